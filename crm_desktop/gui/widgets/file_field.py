"""A line that takes a file: chosen with its button or dropped onto it; a name may also be typed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from crm_desktop.gui.widgets.labels import plain_tooltip
from crm_desktop.gui.widgets.line_field import LineField

CHOOSE = "选文件…"
KINDS = ("图片、PDF、录音 (*.png *.jpg *.jpeg *.pdf *.mp3 *.m4a *.wav)", "所有文件 (*)")
"""What ``domain/attachments.py`` takes; its content decides in the end, not its name."""


class FileField(LineField):
    """``value`` is the path of a file that was chosen here, or the words that were typed instead of it."""

    choose_wanted = Signal()

    def __init__(self, placeholder: str = "") -> None:
        super().__init__(placeholder)
        self._path: Path | None = None
        self.setAcceptDrops(True)

    def choose(self, path: Path) -> None:
        """This file, shown by its name; whoever changes the name means no file any more."""
        self._path = path
        self.setText(path.name)
        self.setToolTip(plain_tooltip(path.name))

    def value(self) -> object:
        return self._path if self._path is not None and self.text() == self._path.name else self.text()

    def set_value(self, value: object) -> None:
        self._path = None
        super().set_value(value)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is None:
            super().dropEvent(event)
        elif not self.isReadOnly():
            self.choose(path)
            event.acceptProposedAction()


def _dropped(event: QDropEvent) -> Path | None:
    """The one file of this computer that is dragged, if it is one."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
