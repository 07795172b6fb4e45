"""The two data folders the scenes play in, both with a clock that stands: one with sample data and one just made."""

from __future__ import annotations

import os
from pathlib import Path

from crm_desktop.app import start_qt
from crm_desktop.cli import parse, run
from crm_desktop.clock import TEST_MARK
from scenes.stage import SAMPLE_PERSON, SAMPLE_PIN

UNTIL, NOW = "2026-11-20", "2026-11-20T10:24"
SAMPLE, FRESH = Path("客诉管家-demo"), Path("客诉管家")
"""Beside each other in the folder one stands in, by short names: pictures show no path of a machine."""


def prepare() -> None:
    """Before the first window: the clock, the PIN of the sample's people, and a cursor that does not blink."""
    os.environ.update(CRM_NOW=NOW, CRM_PIN=SAMPLE_PIN)
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
