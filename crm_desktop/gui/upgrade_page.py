"""What a data folder needs before it opens, and how far that is: shown until the window can come."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.labels import PlainLabel

TITLE = "正在整理数据"
SENTENCE = (
    "这份数据由较早的版本写成，第一次用新版本打开要整理一次，以后不再需要。"
    "原来的数据先备份在数据文件夹的 backups 里；请不要关机，做完自动打开。"
)
_WIDTH = 520


class UpgradePage(QWidget):
    """Closes only by itself: the work behind it cannot be left half done."""

    def __init__(self, title: str = TITLE, sentence: str = SENTENCE) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint)
        self.setProperty("role", "page")
        self.setWindowTitle(f"客诉管家 – {title}")
        self._what = PlainLabel("", "caption")
        self._bar = QProgressBar()
        self._bar.setAccessibleName(title)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        told = PlainLabel(sentence)
        told.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 18, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel(title, "title"))
        layout.addWidget(told)
        layout.addWidget(self._bar)
        layout.addWidget(self._what)
        self.resize(scaled(_WIDTH), layout.totalHeightForWidth(scaled(_WIDTH)))

    def say(self, what: str, done: int, total: int) -> None:
        """What is being done and how much of how much of it; 0 of 0 where nobody knows."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._what.setText(f"{what} {100 * done // total}%" if total else f"{what}……")

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
