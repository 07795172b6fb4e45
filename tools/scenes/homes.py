"""The two data folders the scenes play in, both with a clock that stands: one with sample data and one just made."""

from __future__ import annotations

import json
import os
from pathlib import Path

from PySide6.QtCore import QSize

from crm_desktop.app import start_qt
from crm_desktop.cli import parse, run
from crm_desktop.clock import TEST_MARK
from scenes.stage import SAMPLE_PERSON, SAMPLE_PIN

UNTIL, NOW = "2026-11-20", "2026-11-20T10:24"
SAMPLE, FRESH = Path("客诉管家-demo"), Path("客诉管家")
"""Beside each other in the folder one stands in, by short names: pictures show no path of a machine."""
_DISPLAY = Path("display.json")


def prepare(pixels: QSize, scale: float = 1) -> None:
    """Before the first window: the clock, the PIN of the sample's people, a cursor that does not blink, and a display
    of so many pixels on which the system shows everything at ``scale``. Its description lies in the folder one is in.
    """
    display = {"name": "display", "x": 0, "y": 0, "width": pixels.width(), "height": pixels.height()}
    _DISPLAY.write_text(json.dumps({"screens": [{**display, "logicalDpi": 96, "dpr": 1}]}), encoding="utf-8")
    os.environ.update(CRM_NOW=NOW, CRM_PIN=SAMPLE_PIN, QT_SCALE_FACTOR=str(scale))
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={_DISPLAY}"
    start_qt().setCursorFlashTime(0)


def make_homes() -> tuple[Path, Path]:
    """The sample and the fresh one."""
    for home in (SAMPLE, FRESH):
        home.mkdir()
        (home / TEST_MARK).touch()
    command("demo", "--until", UNTIL)
    return SAMPLE, FRESH


def command(*words: str) -> None:
    """A line of the command line, in the sample home; raises SystemExit where it is refused."""
    if status := run(parse(["--home", str(SAMPLE), "--as", SAMPLE_PERSON, *words])):
        raise SystemExit(f"{' '.join(words)} ended with {status}")
