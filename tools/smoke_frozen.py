"""Proves that the frozen program works where there is no Python project: real data in, papers out, window up.

    python3 tools/smoke_frozen.py dist/crm-desktop COMPLAINTS.csv

Standard library only. Every step prints a line; the first that fails ends the run with status 1.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

OPEN_WITHIN, STAY_FOR = 30, 4  # seconds
IN_USE = 5
HOLDER = "writer.txt"


class Broken(Exception):
    """The frozen program did not do what it must."""


def starters(folder: Path) -> tuple[Path, Path]:
    """The window's executable and the command line's (the same one except on Windows)."""
    ending = ".exe" if os.name == "nt" else ""
    window = folder / f"crm-desktop{ending}"
    command_line = folder / f"crm-desktop-cli{ending}"
    return window, command_line if command_line.exists() else window


def offscreen() -> dict[str, str]:
    """An environment without a screen and without anything of the Python that runs this."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "CRM_", "VIRTUAL_ENV"))}
    return {**kept, "QT_QPA_PLATFORM": "offscreen"}


class Program:
    """The frozen program working in one data folder."""

    def __init__(self, folder: Path, home: Path) -> None:
        self._window, self._command_line = starters(folder)
        self._home = home

    def ask(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """One command, whatever it answers."""
        command = [self._command_line, "--home", self._home, *arguments]
        return subprocess.run(command, env=offscreen(), capture_output=True, encoding="utf-8", check=False, timeout=300)

    def do(self, *arguments: str | Path) -> str:
        """One command that has to succeed; returns what it printed."""
        done = self.ask(*arguments)
        if done.returncode:
            raise Broken(f"{' '.join(map(str, arguments))}: status {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def held(self) -> bool:
        """Whether somebody has put his name to the data folder."""
        return (self._home / HOLDER).exists()

    def show(self) -> subprocess.Popen[bytes]:
        """Open the window."""
        return subprocess.Popen([self._window, "--home", self._home], env=offscreen())


def check_import(program: Program, complaints: Path) -> None:
    """All rows of the file go in."""
    rows = len(source_numbers(complaints))
    said = json.loads(program.do("import", "complaints", complaints, "--json"))
    if said["read"] != rows or said["added"] != rows or said["errors"]:
        raise Broken(f"of {rows} rows: {said}")


def check_papers(program: Program, number: str, out: Path) -> None:
    """The register as workbook and PDF and one form as PDF, each whole."""
    year = ("--from", "2020-01-01", "--to", "2020-12-31")
    for paper in ("register.xlsx", "register.pdf"):
        program.do("export", "register", *year, out / paper)
    program.do("export", "complaint", number, out / "complaint.pdf")
    with zipfile.ZipFile(out / "register.xlsx") as workbook:
        if workbook.testzip() or "xl/worksheets/sheet1.xml" not in workbook.namelist():
            raise Broken("register.xlsx is no workbook")
    for paper in ("register.pdf", "complaint.pdf"):
        content = (out / paper).read_bytes()
        if not content.startswith(b"%PDF-") or not content.rstrip().endswith(b"%%EOF"):
            raise Broken(f"{paper} is no PDF")


def check_window(program: Program, complaints: Path) -> None:
    """The window comes up and stays, and while it holds the data folder a second writer is told so."""
    window = program.show()
    deadline = time.monotonic() + OPEN_WITHIN
    try:
        while window.poll() is None and not program.held() and time.monotonic() < deadline:
            time.sleep(0.2)
        refused = program.ask("import", "complaints", complaints)
        if refused.returncode != IN_USE:
            raise Broken(f"no window holds the data folder: {refused.returncode} {refused.stderr}")
        time.sleep(STAY_FOR)
        if window.poll() is not None:
            raise Broken(f"the window went away with status {window.poll()}")
    finally:
        window.terminate()
        window.wait(30)


def source_numbers(complaints: Path) -> list[str]:
    """The numbers under which the sample file keeps its complaints."""
    with complaints.open(encoding="utf-8-sig", newline="") as file:
        return [row["id_"] for row in csv.DictReader(file)]


def main(folder: Path, complaints: Path) -> int:
    """Run every step in a fresh data folder; returns the exit status."""
    with tempfile.TemporaryDirectory() as place:
        program = Program(folder.resolve(), Path(place) / "home")
        steps: tuple[tuple[str, Callable[..., None], tuple[object, ...]], ...] = (
            ("import", check_import, (program, complaints)),
            ("papers", check_papers, (program, source_numbers(complaints)[0], Path(place))),
            ("window", check_window, (program, complaints)),
        )
        for name, step, givens in steps:
            started = time.monotonic()
            try:
                step(*givens)
            except Broken as problem:
                print(f"{name}: {problem}", file=sys.stderr)
                return 1
            print(f"{name}: good ({time.monotonic() - started:.1f} s)", flush=True)
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
