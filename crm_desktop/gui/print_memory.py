"""What this computer remembers of printing: for each kind of paper its printer and copies, and the shift of 套打.

It lies beside the window's place and columns: printers belong to the computer and not to the data.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings

from crm_desktop.domain.print_style import FARTHEST, Shift

_MOST_COPIES = 99


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """``two``: 一式两联 or 一式两份, each with its own foot."""

    printer: str = ""
    copies: int = 1
    two: bool = False


def kind_of(title: str) -> str:
    """The kind of a paper out of its title, which begins with it: 抱怨投诉单 TS20261121-001."""
    return title.partition(" ")[0]


class PrintMemory:
    """Read and written at once; what makes no sense in the file is as if nothing were remembered."""

    def __init__(self, memory: Path) -> None:
        self._memory = memory

    def choice(self, kind: str) -> PrintChoice:
        """How this kind of paper was printed last."""
        if not self._memory.is_file():
            return PrintChoice()
        copies = self._text(f"print/{kind}/copies")
        return PrintChoice(
            self._text(f"print/{kind}/printer"),
            max(1, min(int(copies), _MOST_COPIES)) if copies.isdecimal() else 1,
            self._text(f"print/{kind}/two") == "1",
        )

    def keep(self, kind: str, choice: PrintChoice) -> None:
        """For the next time."""
        self._put(f"print/{kind}/printer", choice.printer)
        self._put(f"print/{kind}/copies", str(choice.copies))
        self._put(f"print/{kind}/two", "1" if choice.two else "0")

    def uses_stock(self, kind: str) -> bool:
        """Whether 套打 is switched on for this kind of paper."""
        return self._text(f"stock/{kind}/on") == "1"

    def shift(self, kind: str) -> Shift:
        """How far its values are moved."""
        return Shift(self._number(f"stock/{kind}/right"), self._number(f"stock/{kind}/down"))

    def keep_stock(self, kind: str, on: bool, shift: Shift) -> None:
        """From the next preview on."""
        self._put(f"stock/{kind}/on", "1" if on else "0")
        self._put(f"stock/{kind}/right", f"{shift.right:g}")
        self._put(f"stock/{kind}/down", f"{shift.down:g}")

    def _settings(self) -> QSettings:
        return QSettings(str(self._memory), QSettings.Format.IniFormat)

    def _text(self, name: str) -> str:
        return str(self._settings().value(name) or "") if self._memory.is_file() else ""

    def _number(self, name: str) -> float:
        try:
            told = float(self._text(name) or 0)
        except ValueError:
            return 0.0
        return told if abs(told) <= FARTHEST else 0.0

    def _put(self, name: str, text: str) -> None:
        self._settings().setValue(name, text)
