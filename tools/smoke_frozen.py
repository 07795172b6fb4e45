"""Proves that the frozen program works where there is no Python project: real data in, papers out, window up,
the licences inside, a workbook read by the child process, a backup made and put back, the automation door asked, the
wording checked, a paper looked at in the window by keyboard (where there is Xvfb with xdotool).

    python3 tools/smoke_frozen.py dist/crm-desktop [COMPLAINTS.csv]

Without a file three invented complaints go in. Standard library only. Every step prints a line; the first that fails
ends the run with status 1.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

OPEN_WITHIN, STAY_FOR = 30, 4  # seconds
IN_USE, WORKBOOK_REFUSED = 5, 9
HOLDER = "writer.txt"
SAMPLE_PIN = "2468"  # of everybody in a sample home


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
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "CRM_BACKUP_PASSWORD": "eight letters"}  # asked for by --lock alone


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

    def answers(self, *wishes: dict[str, object]) -> list[dict[str, Any]]:
        """What the automation door says to these lines, its greeting first."""
        lines = "".join(json.dumps(wish) + "\n" for wish in wishes)
        command: list[str | Path] = [self._command_line, "--home", self._home, "serve"]
        done = subprocess.run(
            command, env=offscreen(), input=lines, capture_output=True, encoding="utf-8", check=False, timeout=60
        )
        if done.returncode:
            raise Broken(f"serve: status {done.returncode}\n{done.stderr}")
        return [json.loads(line) for line in done.stdout.splitlines()]

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


def check_manual(folder: Path) -> None:
    """The manual lies beside the program as a file to print, and inside it with its pictures, for F1."""
    printed = folder / "使用手册.pdf"
    if not printed.is_file() or not printed.read_bytes().startswith(b"%PDF-"):
        raise Broken(f"{printed.name} is not there")
    inside = next(iter(folder.rglob("resources/manual")), folder)
    if not list(inside.glob("*.md")) or not list(inside.glob("images/*.png")):
        raise Broken("its chapters or pictures are not there")


def check_licences(folder: Path) -> None:
    """The paper of all parts and the texts of their licences lie inside, the one of Qt among them."""
    paper = next(folder.rglob("THIRD_PARTY.md"), None)
    texts = [path for path in (paper.parent / "licences").rglob("*") if path.is_file()] if paper else []
    names = {path.parent.name for path in texts if path.stat().st_size}
    if missing := {"qt", "python", "peewee", "openpyxl", "reportlab", "pillow", "cryptography"} - names:
        raise Broken(f"no text of the licence of {', '.join(sorted(missing))}")


def check_workbook(program: Program, out: Path) -> None:
    """A workbook goes in by way of the reader's child process; one that is none is refused in words."""
    good, bad = out / "customers.xlsx", out / "bad.xlsx"
    write_workbook(good, [["姓名", "电话", "车牌号"], ["验收甲", "13800000001", "京A12345"]])
    bad.write_bytes(b"PK\x03\x04" + bytes(400))
    said = json.loads(program.do("import", "customers", good, "--json"))
    if said["added"] != 1 or said["errors"]:
        raise Broken(f"of one row: {said}")
    if (refused := program.ask("import", "customers", bad)).returncode != WORKBOOK_REFUSED:
        raise Broken(f"a broken workbook: {refused.returncode} {refused.stderr}")


def check_backup(program: Program, out: Path) -> None:
    """What came after a backup is gone when the backup is put back, and what was there before is there."""
    kept, more = out / "kept.crmbackup", out / "more.xlsx"
    program.do("backup", kept)
    write_workbook(more, [["姓名", "电话"], ["验收乙", "13800000002"]])
    program.do("import", "customers", more)
    program.do("restore", kept)
    if not json.loads(program.do("find", "验收甲", "--json")) or json.loads(program.do("find", "验收乙", "--json")):
        raise Broken("restore did not bring the day of the backup back")
    program.do("check")
    locked = out / "kept.locked"
    program.do("backup", "--lock", locked)
    if locked.read_bytes().startswith(b"PK"):
        raise Broken("a locked backup lies there open")
    program.do("restore", locked)


def check_door(program: Program) -> None:
    """The automation door greets, tells its operations and answers a question about the data."""
    greeting, told, found = program.answers(
        {"id": 1, "op": "system.ops"}, {"id": 2, "op": "customers.find", "args": {"text": "验收甲"}}
    )
    if not greeting["ready"] or not told["ok"] or not found["ok"] or not found["result"]:
        raise Broken(f"the door: {greeting} {str(told)[:200]} {found}")


def check_wording(program: Program) -> None:
    """An empty phrase is stopped, by the words and the learnt pieces in resources/."""
    empty = program.ask("check-wording", "--kind", "measure", "加强管理", "--json")
    if empty.returncode != 1 or json.loads(empty.stdout)["verdict"] != "block":
        raise Broken(f"加强管理: {empty.returncode} {empty.stdout}{empty.stderr}")
    cause = program.ask("check-wording", "--kind", "cause", "员工责任心不强", "--json")
    if not json.loads(cause.stdout)["found"]:
        raise Broken(f"a blame: {cause.stdout}{cause.stderr}")


def write_workbook(path: Path, rows: list[list[str]]) -> None:
    """The least that Excel calls a workbook: one sheet of texts."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    office = "http://schemas.openxmlformats.org"
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in row) + "</row>" for row in rows
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    relation = f"{office}/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{office}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{office}/package/2006/relationships">'
        f'<Relationship Id="a" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{office}/spreadsheetml/2006/main" xmlns:r="{relation}">'
        '<sheets><sheet name="Sheet1" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{office}/package/2006/relationships">'
        f'<Relationship Id="a" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{office}/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, head + content)


@contextmanager
def display() -> Iterator[dict[str, str]]:
    """An X display of our own, as an environment for those who draw on it or type."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        yield {**offscreen(), "QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{number}"}
    finally:
        server.terminate()
        server.wait(30)


def title_seen(environment: dict[str, str], word: str) -> str:
    """The number of the visible window whose title has this word; raises Broken when none comes."""
    deadline = time.monotonic() + OPEN_WITHIN
    while time.monotonic() < deadline:
        asked = ["xdotool", "search", "--onlyvisible", "--name", word]
        found = subprocess.run(
            asked, env=environment, capture_output=True, encoding="utf-8", check=False
        ).stdout.split()
        if found:
            return found[-1]
        time.sleep(0.3)
    raise Broken(f"no window named {word}")


def check_preview(folder: Path, home: Path) -> None:
    """By keyboard alone on a real display: 1 and the PIN, Ctrl+K and a number, Enter, Ctrl+P shows the paper."""
    program = Program(folder, home)
    program.do("demo")
    found = subprocess.run(
        [starters(folder)[1], "--home", home, "--as", "服务总监", "find", "TS2", "--json"],
        env={**offscreen(), "CRM_PIN": SAMPLE_PIN}, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    number = json.loads(found.stdout)[0]["number"]
    keys: tuple[tuple[str, str], ...] = (
        ("type", "1"), ("type", SAMPLE_PIN), ("key", "Return"), ("key", "ctrl+k"), ("type", number), ("key", "Return"),
        ("key", "ctrl+p"),
    )  # fmt: skip
    with display() as environment:
        window = subprocess.Popen([starters(folder)[0], "--home", home], env=environment)
        try:
            subprocess.run(["xdotool", "windowfocus", title_seen(environment, "客诉管家")], env=environment, check=True)
            time.sleep(1)
            for kind, words in keys:
                subprocess.run(["xdotool", kind, words], env=environment, check=True)
                time.sleep(2)
            title_seen(environment, f"打印预览.*{number}")
        finally:
            window.terminate()
            window.wait(30)


def source_numbers(complaints: Path) -> list[str]:
    """The numbers under which the sample file keeps its complaints."""
    with complaints.open(encoding="utf-8-sig", newline="") as file:
        return [row["id_"] for row in csv.DictReader(file)]


def invented(path: Path) -> Path:
    """Three complaints of 2020 with the headings of the published ones."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["brand", "car_model", "datetime", "desc", "id", "id_", "problem", "status", "type", "type_"])
        for day in (1, 2, 3):
            what = "发动机异响"
            rows.writerow(
                ["验收", "样车", f"2020-08-0{day}", what, day, f"验收{day}", what, "信息审核", "质量问题", "发动机"]
            )
    return path


def main(folder: Path, given: Path | None) -> int:
    """Run every step in a fresh data folder; returns the exit status."""
    with tempfile.TemporaryDirectory() as place:
        complaints = given or invented(Path(place) / "complaints.csv")
        program = Program(folder.resolve(), Path(place) / "home")
        steps: tuple[tuple[str, Callable[..., None], tuple[object, ...]], ...] = (
            ("import", check_import, (program, complaints)),
            ("papers", check_papers, (program, source_numbers(complaints)[0], Path(place))),
            ("window", check_window, (program, complaints)),
            ("manual", check_manual, (folder.resolve(),)),
            ("licences", check_licences, (folder.resolve(),)),
            ("workbook", check_workbook, (program, Path(place))),
            ("backup", check_backup, (program, Path(place))),
            ("door", check_door, (program,)),
            ("wording", check_wording, (program,)),
            ("preview", check_preview, (folder.resolve(), Path(place) / "sample")),
        )
        for name, step, givens in steps:
            if step is check_preview and not all(map(shutil.which, ("Xvfb", "xdotool"))):
                print("preview: not tried, there is no Xvfb with xdotool here", flush=True)
                continue
            started = time.monotonic()
            try:
                step(*givens)
            except Broken as problem:
                print(f"{name}: {problem}", file=sys.stderr)
                return 1
            print(f"{name}: good ({time.monotonic() - started:.1f} s)", flush=True)
    return 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else None))
