"""Makes the Windows installer out of a frozen program; runs on Windows and on Linux, wherever makensis is.

    python3 tools/make_installer.py dist/crm-desktop dist/crm-desktop-setup.exe

A program built on Linux can be packed too, which proves the script and nothing more: it will not run on Windows.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "packaging" / "windows" / "installer.nsi"


def version() -> str:
    """The three numbers in crm_desktop/__init__.py."""
    text = (ROOT / "crm_desktop" / "__init__.py").read_text(encoding="utf-8")
    return ".".join(re.findall(r'__version__ = "(\d+)\.(\d+)\.(\d+)', text)[0])


def command(source: Path, out: Path) -> list[str]:
    """What makensis is asked; a warning is an error."""
    makensis = shutil.which("makensis") or "makensis"
    givens = {"VERSION": version(), "SOURCE": source.resolve(), "OUT": out.resolve()}
    return [
        makensis,
        "-V2",
        "-WX",
        "-INPUTCHARSET",
        "UTF8",
        *(f"-D{name}={given}" for name, given in givens.items()),
        str(SCRIPT),
    ]


def main(source: Path, out: Path) -> int:
    """Compile; the status of makensis comes back."""
    if not shutil.which("makensis"):
        print("makensis is not here: install NSIS first (Debian: apt-get install nsis).", file=sys.stderr)
        return 2
    return subprocess.run(command(source, out), check=False).returncode


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
