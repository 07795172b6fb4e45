"""One place for what went wrong or well: sentences for the bar named 消息, and a box only for a decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

FilePaths = tuple[Path, ...]


class Mood(Enum):
    """How a sentence is meant."""

    DONE = "done"
    REFUSED = "refused"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for the desk; ``paths`` are files it speaks of, offered as 打开文件 and 打开所在文件夹, ``number`` a
    complaint, offered as 打开抱怨单, ``undo`` takes back what it tells, offered as 撤销. ``unasked``: it came
    by itself."""

    mood: Mood
    text: str
    paths: FilePaths = ()
    number: str = ""
    undo: Callable[[], None] | None = None
    unasked: bool = False


class Messages(QObject):
    """Anybody may report; the bar decides how it looks. ``last`` is what a test asks for.

    ``wanted``: somebody wants to see the complaint a sentence speaks of.
    """

    said = Signal(object)
    wanted = Signal(str)

    def __init__(self, window: QWidget | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._folder = ""
        self.last: Message | None = None

    def stand_on(self, window: QWidget) -> None:
        """Boxes and file dialogs belong to this window, or to the dialog of it that is being used."""
        self._window = window

    def done(self, text: str, *paths: Path, undo: Callable[[], None] | None = None) -> None:
        """It worked: say what and, for a file, where; ``undo`` where it can be taken back."""
        self._say(Message(Mood.DONE, text, paths, undo=undo))

    def refused(self, text: str) -> None:
        """It did not work: one sentence with the reason and what to do."""
        self._say(Message(Mood.REFUSED, text))

    def note(self, text: str, number: str = "") -> None:
        """Good to know, nothing to do at once; ``number`` is the complaint it speaks of."""
        self._say(Message(Mood.NOTE, text, number=number))

    def alert(self, text: str, number: str = "", mood: Mood = Mood.NOTE) -> None:
        """What comes by itself while somebody works; an answer that offers 撤销 keeps its place."""
        self._say(Message(mood, text, number=number, unasked=True))

    def say(self, message: Message) -> None:
        """A sentence that was worded before there was a bar."""
        self._say(message)

    def ask(self, title: str, text: str, yes_word: str, no_word: str = "取消") -> bool:
        """A decision, with both answers as verbs; Enter and Esc choose the harmless ``no_word``."""
        return self.choose(title, text, (yes_word,), no_word) == yes_word

    def choose(self, title: str, text: str, words: Sequence[str], no_word: str = "取消") -> str:
        """A decision with more than two answers: gives the word chosen, or ``no_word``."""
        from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 - not needed to paint the window

        box = QMessageBox(self._owner())
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(title)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(title)
        box.setInformativeText(text)
        for word in words:
            box.addButton(word, QMessageBox.ButtonRole.AcceptRole)
        harmless = box.addButton(no_word, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(harmless)
        box.setEscapeButton(harmless)
        for button in box.buttons():
            button.setIcon(button.icon().__class__())
        box.exec()
        if not isValid(box):
            return no_word  # what it stood on was closed, and took the question along
        chosen = box.clickedButton()
        box.deleteLater()
        return chosen.text() if chosen is not None else no_word

    def choose_save(self, title: str, suggested: str, filters: Sequence[str]) -> Path | None:
        """Where to write; ``filters`` like ``"Excel 工作簿 (*.xlsx)"``. The ending follows the chosen filter."""
        dialog = self._file_dialog(title, filters)
        dialog.setAcceptMode(dialog.AcceptMode.AcceptSave)
        dialog.setLabelText(dialog.DialogLabel.Accept, "保存")
        dialog.selectFile(suggested)
        path = self._picked(dialog)
        return path if path is None or path.suffix else path.with_suffix(_ending(dialog.selectedNameFilter()))

    def choose_open(self, title: str, filters: Sequence[str]) -> Path | None:
        """Which file to read."""
        dialog = self._file_dialog(title, filters)
        dialog.setFileMode(dialog.FileMode.ExistingFile)
        dialog.setLabelText(dialog.DialogLabel.Accept, "打开")
        return self._picked(dialog)

    def choose_folder(self, title: str) -> Path | None:
        """Which folder to use."""
        dialog = self._file_dialog(title, ())
        dialog.setFileMode(dialog.FileMode.Directory)
        dialog.setOption(dialog.Option.ShowDirsOnly)
        return self._picked(dialog)

    def _say(self, message: Message) -> None:
        self.last = message
        self.said.emit(message)

    def _owner(self) -> QWidget | None:
        """A box over a dialog must not open behind it; one that was closed just now takes its boxes with it."""
        in_front = (QApplication.activeModalWidget(), QApplication.activeWindow())
        return next((widget for widget in in_front if widget is not None and widget.isVisible()), self._window)

    def _file_dialog(self, title: str, filters: Sequence[str]) -> QFileDialog:
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - not needed to paint the window

        dialog = QFileDialog(self._owner(), title, self._folder or str(Path.home()))
        dialog.setNameFilters(list(filters))
        part = dialog.DialogLabel  # Qt's own translation leaves two of these in English
        words = {part.LookIn: "位置", part.FileName: "文件名", part.FileType: "文件类型", part.Reject: "取消"}
        for label, word in words.items():
            dialog.setLabelText(label, word)
        return dialog

    def _picked(self, dialog: QFileDialog) -> Path | None:
        accepted = dialog.exec()
        files = dialog.selectedFiles()
        dialog.deleteLater()
        if not accepted or not files:
            return None
        self._folder = dialog.directory().absolutePath()
        return Path(files[0])


def _ending(name_filter: str) -> str:
    """``.xlsx`` out of ``Excel 工作簿 (*.xlsx)``; nothing where the filter takes every file."""
    start = name_filter.find("*.")
    return "" if start < 0 else name_filter[start + 1 :].split(" ", 1)[0].rstrip(")").replace(".*", "")
