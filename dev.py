#!/usr/bin/env python3
"""The developer's front door: one file, standard library only, that sets the project up and runs it.

    python3 dev.py run               open the program (without a display: do its main job and print the files)
    python3 dev.py test [ARGS]       the whole suite, headless; ARGS go to pytest
    python3 dev.py check             format, lint, types and floors first, then the suite
    python3 dev.py build             the frozen program under dist/ (PyInstaller, build.spec)
    python3 dev.py bench NAME        one benchmark of benchmarks/
    python3 dev.py trial NAME        a trial of reliability (all of them without a name); --big is the release size
    python3 dev.py manual [FILE]     使用手册 as a PDF (out/使用手册.pdf); build puts it beside the program
    python3 dev.py shots             pictures of the window and the papers, for README, manual and for looking at
    python3 dev.py proofread         every screen read for words that are not Chinese or have no room
    python3 dev.py fingers           every screen worked by keys and wheel: Tab goes round, Enter and wheel do no harm

Everything goes into .venv beside this file, and what is there is remembered in .venv/installed.json, so the next start
installs nothing. On Windows say ``py dev.py run``.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed.json"
OUT = ROOT / "out"
SAMPLE_PERSON, SAMPLE_PIN = "服务总监", "2468"  # who reads in the sample home, see crm_desktop/services/samples.py

# What Qt loads at start and its wheel does not bring: shared library -> Debian package.
QT_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libbrotlidec.so.1": "libbrotli1",
}
# The same for a window on an X display.
DISPLAY_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
CHECKS = {
    "format": ("-m", "ruff", "format", "--check"),
    "lint": ("-m", "ruff", "check"),
    "types": ("-m", "mypy"),
    "floors": ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
}
OFFLINE_SIGNS = ("NewConnectionError", "Failed to establish", "name resolution", "timed out", "Max retries exceeded")


class SetupError(Exception):
    """Setting up cannot go on; the text says what to do."""


# --- what the system must bring -------------------------------------------------------------------------------------


def has_display() -> bool:
    """Whether a window opened now would be seen by somebody."""
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal"):
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _loads(library: str) -> bool:
    with suppress(OSError):
        return bool(ctypes.CDLL(library))
    return False


def missing_libraries() -> dict[str, str]:
    """The shared libraries Qt would not find here, each with its Debian package; Linux only."""
    if not sys.platform.startswith("linux"):
        return {}
    wanted = QT_LIBRARIES | (DISPLAY_LIBRARIES if has_display() else {})
    return {library: package for library, package in wanted.items() if not _loads(library)}


def can_get_pip() -> bool:
    """Whether a new environment can have packages: by ensurepip or by the pip of this Python."""
    return any(importlib.util.find_spec(name) for name in ("ensurepip", "pip"))


def ensure_system() -> None:
    """Install what is missing with apt as root; otherwise raise SetupError with the one command that does."""
    libraries = missing_libraries()
    packages = list(libraries.values())
    if not PYTHON.exists() and not can_get_pip():
        packages.insert(0, "python{}.{}-venv".format(*sys.version_info[:2]))
    if not packages:
        return
    install = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if not shutil.which("apt-get"):
        missing = ", ".join(libraries) or "pip for this Python"
        raise SetupError(f"Please install these with your system's package manager: {missing}")
    if os.geteuid() != 0:
        raise SetupError(f"Please run this once, then start again:\n\n    sudo {install}\n")
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get update", install):
        status = subprocess.run(command.split(), env=quiet, stdout=subprocess.DEVNULL, check=False).returncode
    if status:
        raise SetupError(f"apt-get could not install them (is there a network?). Try it by hand:\n\n    {install}\n")
    importlib.invalidate_caches()


# --- the environment ------------------------------------------------------------------------------------------------


def fingerprint() -> str:
    """Changes whenever an old environment may no longer fit: Python, place, this file or what pyproject.toml wants."""
    import tomllib  # noqa: PLC0415 - an older Python, which lacks it, must get as far as being told so

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wants = {name: project[name] for name in ("build-system", "project")}
    parts = (sys.version, str(ROOT), json.dumps(wants), Path(__file__).read_text(encoding="utf-8"))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def installed_extras() -> set[str] | None:
    """The extras in .venv, or None when it has to be set up."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return set(stamp["extras"]) if stamp["fingerprint"] == fingerprint() and PYTHON.exists() else None


def _fits(python: Path) -> bool:
    same = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    return python.exists() and subprocess.run([str(python), "-c", same], check=False).returncode == 0


def create_environment() -> None:
    """Make .venv, also where this Python has no ensurepip (pip then comes from outside)."""
    print("Creating .venv", flush=True)
    bare = [] if importlib.util.find_spec("ensurepip") else ["--without-pip"]
    if subprocess.run([sys.executable, "-m", "venv", "--clear", *bare, str(VENV)], check=False).returncode:
        raise SetupError(f"{sys.executable} could not make an environment in {VENV}.")


def pip_command() -> list[str]:
    """The pip that installs into .venv: its own, or this Python's."""
    own = subprocess.run([str(PYTHON), "-c", "import pip"], stderr=subprocess.DEVNULL, check=False)
    return [str(PYTHON), "-m", "pip"] if own.returncode == 0 else [sys.executable, "-m", "pip", "--python", str(PYTHON)]


def install(extras: set[str]) -> None:
    """Install the project, editable; raises SetupError when pip fails, and names the network when that is why."""
    print("Installing the packages (the first time some 300 MB: a few minutes)", flush=True)
    target = f"{ROOT}[{','.join(sorted(extras))}]" if extras else str(ROOT)
    command = [*pip_command(), "install", *([] if sys.stdout.isatty() else ["--quiet"]), "--editable", target]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        if any(sign in done.stderr for sign in OFFLINE_SIGNS):
            raise SetupError("The package index cannot be reached. Connect this computer to a network and start again.")
        raise SetupError("pip could not install the packages; its reason stands above.")


def ensure_environment(*extras: str) -> None:
    """Have .venv hold the project and at least these extras; instant when it already does."""
    ensure_system()
    have = installed_extras()
    wanted = set(extras)
    if have is not None and wanted <= have:
        return
    if not _fits(PYTHON):
        create_environment()
    STAMP.unlink(missing_ok=True)
    wanted |= have or set()
    install(wanted)
    STAMP.write_text(json.dumps({"fingerprint": fingerprint(), "extras": sorted(wanted)}), encoding="utf-8")


# --- the verbs ------------------------------------------------------------------------------------------------------


def python(*arguments: str, **environment: str) -> int:
    """Run the environment's Python in the project's folder; the exit status comes back."""
    command = [str(PYTHON), *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode


def run(arguments: list[str]) -> int:
    """Open the program, or do its main job where nobody could see a window."""
    ensure_environment()
    if not arguments and not has_display():
        return run_headless()
    if os.name == "posix":  # in our place, so that whoever stops us stops the program
        os.execv(PYTHON, [str(PYTHON), "-m", "crm_desktop", *arguments])
    return python("-m", "crm_desktop", *arguments)


def desk(*arguments: str) -> str:
    """One command of the program on the sample home; returns what it printed, raises SetupError when it refuses."""
    command = [str(PYTHON), "-m", "crm_desktop", "--home", str(OUT / "home"), "--as", SAMPLE_PERSON, *arguments]
    signed = {**os.environ, "CRM_PIN": SAMPLE_PIN}
    done = subprocess.run(command, cwd=ROOT, env=signed, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    if done.returncode:
        raise SetupError(f"crm_desktop {' '.join(arguments)} ended with {done.returncode}.")
    return done.stdout


def run_headless() -> int:
    """A sample home, the register as xlsx and pdf and one complaint form as pdf, all under out/."""
    print("There is no display here, so no window opens. The main job without one:", flush=True)
    home = OUT / "home"
    if not home.exists():
        desk("demo")
    today = date.today()  # noqa: DTZ011 - the desk's own day
    year = ("--from", str(today - timedelta(days=365)), "--to", str(today))
    papers = [OUT / "register.xlsx", OUT / "register.pdf", OUT / "complaint.pdf"]
    for paper in papers[:2]:
        desk("export", "register", *year, str(paper))
    found = json.loads(desk("find", f"TS{today.year // 10}", "--json"))
    if not found:
        raise SetupError(f"There are no complaints in {home}: delete that folder and start again.")
    desk("export", "complaint", found[0]["number"], str(papers[2]))
    print(*(f"  {path}" for path in (home, *papers)), sep="\n")
    return 0


def test(arguments: list[str]) -> int:
    """The whole suite, headless, file by file in two processes; named tests run in one, which starts sooner."""
    ensure_environment("dev")
    named = any(Path(argument.partition("::")[0]).exists() for argument in arguments)
    spread = () if named else ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
    return python("-m", "pytest", *spread, *arguments, QT_QPA_PLATFORM="offscreen")


def check(arguments: list[str]) -> int:
    """The quick checks first, then the suite; stops at the first that fails."""
    ensure_environment("dev")
    for name, tool in CHECKS.items():
        print(f"--- {name}", flush=True)
        if python(*tool):
            return 1
    return test(arguments)


def build(arguments: list[str]) -> int:
    """The frozen program, dist/crm-desktop, and the manual in the same folder, where people find it."""
    ensure_environment("dev")
    status = python("-m", "PyInstaller", "--noconfirm", *arguments, "build.spec")
    return status or python("tools/make_manual.py", "dist/crm-desktop/使用手册.pdf")


def bench(arguments: list[str]) -> int:
    """One benchmark by its name: ``register_excel`` is benchmarks/bench_register_excel.py."""
    ensure_environment("dev", "bench")
    names = sorted(path.stem.removeprefix("bench_") for path in (ROOT / "benchmarks").glob("bench_*.py"))
    if not arguments or arguments[0] not in names:
        raise SetupError(f"Say which one: {' '.join(names)}")
    return python("-m", f"benchmarks.bench_{arguments[0]}", *arguments[1:])


def trial(arguments: list[str]) -> int:
    """Trials of reliability by their names, or all of them."""
    ensure_environment("dev")
    return python("-m", "trials", *(arguments or ["all"]))


def manual(arguments: list[str]) -> int:
    """The manual as a PDF."""
    ensure_environment()
    return python("tools/make_manual.py", *arguments)


def shots(arguments: list[str]) -> int:
    """Pictures of every page, light and dark, at four sizes under out/shots/; what README and manual show is kept."""
    ensure_environment("dev")
    return python("tools/shots.py", *arguments, QT_QPA_PLATFORM="offscreen")


def proofread(arguments: list[str]) -> int:
    """Every screen and every box read for words that are not Chinese or have no room."""
    ensure_environment("dev")
    return python("tools/proofread.py", *arguments, QT_QPA_PLATFORM="offscreen")


def fingers(arguments: list[str]) -> int:
    """Every screen and every box worked by keys and wheel."""
    ensure_environment("dev")
    return python("tools/fingers.py", *arguments, QT_QPA_PLATFORM="offscreen")


VERBS = {
    "run": run,
    "test": test,
    "check": check,
    "build": build,
    "bench": bench,
    "manual": manual,
    "shots": shots,
    "proofread": proofread,
    "fingers": fingers,
    "trial": trial,
}


def main(arguments: list[str]) -> int:
    """Do one verb; returns the exit status."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this line is for those who have an older one
        print("This needs Python 3.11 or newer; here is {}.{}.".format(*sys.version_info), file=sys.stderr)
        return 1
    if not arguments or arguments[0] not in VERBS:
        print(__doc__)
        return 2
    try:
        return VERBS[arguments[0]](arguments[1:])
    except SetupError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
