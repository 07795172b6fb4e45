"""A file or folder opened with what this computer has for it; where that cannot be, one sentence says where it lies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from crm_desktop.gui.messages import Messages


def open_outside(path: Path, messages: Messages) -> bool:
    """Says whether it was handed over; nothing leaves the computer for it."""
    if not path.exists():
        messages.refused(f"“{path.name}”已经不在原处，可能被移走、改名或删除了；原来在 {path.parent}。")
    elif QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        return True
    else:
        what = "文件夹" if path.is_dir() else "这类文件"
        messages.refused(f"这台电脑没有打开{what}的程序，请自己找到它：{path}")
    return False
