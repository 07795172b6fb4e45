"""Whether this computer shows notices beside the clock of its own; kept with the place of the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

_KEPT = "notice/silent"


def are_shown(memory: Path) -> bool:
    """Unless somebody switched them off here."""
    return not memory.is_file() or str(QSettings(str(memory), QSettings.Format.IniFormat).value(_KEPT) or "") != "1"


def show(memory: Path, wanted: bool) -> None:
    """From the next notice on."""
    QSettings(str(memory), QSettings.Format.IniFormat).setValue(_KEPT, "0" if wanted else "1")
