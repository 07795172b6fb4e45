"""处理手册 to read, one text at a time, and to edit for whoever keeps the rules; 恢复原文 puts the shipped one back."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from crm_desktop.domain.errors import ChangedMeanwhile, DeskError
from crm_desktop.domain.playbook import Chapter
from crm_desktop.domain.rights import Right, may
from crm_desktop.gui.keeping import Keeping
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import Tone, scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.fields import ChoiceField
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.signs import Chip
from crm_desktop.services.playbook import Playbook

TITLE = "处理手册"
_ABOUT = "怎样听、怎样道歉、怎样谈：每篇一个题目，六步向导里显示的话也从这里来。"
_HOW = "“## ”开头是小标题，“- ”开头是一条；最上面三行和六步向导用的小标题请保留。"
_WIDTH, _HEIGHT = 860, 600


class PlaybookTab(QWidget):
    """Read by anybody; 修改 asks for the right to change rules when it is kept.

    ``changed``, ``rested``: see ``Words`` of gui/keeping.py.
    """

    changed = Signal()
    rested = Signal()

    def __init__(self, playbook: Playbook, session: Session, messages: Messages) -> None:
        super().__init__()
        self._playbook, self._session, self._messages = playbook, session, messages
        chapters = playbook.chapters()
        self._name = next(iter(chapters))
        self._choice = ChoiceField([(name, one.title) for name, one in chapters.items()], self._name)
        self._own = Chip()
        self._text = QPlainTextEdit()
        self._hint = PlainLabel(_ABOUT, "caption")
        self._edit = Button("修改", icon="edit")
        self._save = Button("保存", weight=Weight.MAIN)
        self._leave = Button("不改了")
        self._restore = Button("恢复原文", weight=Weight.QUIET)
        self._editing, self._seen = False, ""
        self._keeping = Keeping(session, TITLE, self, self)
        self._keeping.told.connect(messages.note)
        self._lay_out()
        self._choice.changed.connect(self._on_choice)
        self._edit.clicked.connect(self._on_edit)
        self._save.clicked.connect(self._on_save)
        self._leave.clicked.connect(self._on_leave)
        self._restore.clicked.connect(self._on_restore)
        self._text.textChanged.connect(self._on_text_changed)

    def words(self) -> dict[str, str]:
        """The text as it stands in the editor."""
        return {"text": self._text.toPlainText()}

    def set_typed(self, texts: Mapping[str, str]) -> None:
        """Bring it back."""
        self._text.setPlainText(texts["text"])

    def refresh(self) -> None:
        """Reads the text in force; one that is being edited stays."""
        if not self._editing:
            self._show()

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not kept."""
        return self._editing and self._text.toPlainText() != self._playbook.text(self._name)

    def may_leave(self) -> bool:
        """Asks before something typed is left."""
        leaves = not self.dirty or self._messages.ask(
            "手册还没有保存", "现在离开，改过的内容就没有了。", "不保存", "回去保存"
        )
        if leaves:
            self.rested.emit()
        return leaves

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_choice(self) -> None:
        wanted = str(self._choice.value())
        if wanted == self._name:
            return
        if not self.may_leave():
            self._choice.blockSignals(True)
            self._choice.set_value(self._name)
            self._choice.blockSignals(False)
            return
        self._name, self._editing = wanted, False
        self._show()

    def _on_edit(self) -> None:
        self._editing, self._seen = True, self._playbook.text(self._name)
        self._show()
        self._keeping.turn_to(self._name)
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_leave(self) -> None:
        if self.may_leave():
            self._editing = False
            self._show()

    def _on_save(self) -> None:
        try:
            chapter = self._playbook.write(self._name, self._text.toPlainText(), self._session.act(TITLE), self._seen)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            if isinstance(refusal, ChangedMeanwhile):  # told by now
                self._seen = self._playbook.text(self._name)
            return
        self._editing = False
        self._messages.done(f"《{chapter.title}》已保存，六步向导从现在起照它显示。")
        self._show()

    def _on_restore(self) -> None:
        if not self._messages.ask("恢复原文？", "本店改过的内容会换成程序自带的原文。", "恢复原文"):
            return
        try:
            chapter = self._playbook.restore(self._name, self._session.act(TITLE))
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._editing = False
        self._messages.done(f"《{chapter.title}》已恢复原文。")
        self._show()

    def _on_text_changed(self) -> None:
        if self._editing:
            self.changed.emit()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        if not self._editing:
            self.rested.emit()
            self._keeping.leave()
        own, allowed = self._playbook.is_own(self._name), may(self._session.act(TITLE), Right.RULES)
        chapter = self._playbook.chapter(self._name)
        self._text.setReadOnly(not self._editing)
        self._text.setPlainText(self._playbook.text(self._name) if self._editing else _readable(chapter))
        self._text.moveCursor(QTextCursor.MoveOperation.Start)
        self._hint.setText(_HOW if self._editing else _ABOUT)
        self._own.say("本店改过" if own else "", Tone.INFO)
        self._edit.setVisible(allowed and not self._editing)
        self._restore.setVisible(allowed and own)
        for button in (self._save, self._leave):
            button.setVisible(self._editing)

    def _lay_out(self) -> None:
        self._choice.setAccessibleName("篇目")
        self._choice.setMinimumWidth(scaled(240))
        self._text.setAccessibleName(TITLE)
        self._text.setTabChangesFocus(True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._choice)
        head.addWidget(self._own)
        head.addStretch(1)
        for button in (self._edit, self._save, self._leave, self._restore):
            head.addWidget(button)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 12, 0, 0)
        body.setSpacing(8)
        body.addWidget(self._hint)
        body.addLayout(head)
        body.addWidget(self._text, 1)


class PlaybookWindow(DeskDialog):
    """The same in a window of its own, beside a case."""

    def __init__(self, playbook: Playbook, session: Session, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(TITLE)
        self._tab = PlaybookTab(playbook, session, messages)
        self._tab.refresh()
        body = QVBoxLayout(self)
        body.setContentsMargins(18, 16, 18, 16)
        body.addWidget(PlainLabel(TITLE, "title"))
        body.addWidget(self._tab, 1)
        self.resize(scaled(_WIDTH), scaled(_HEIGHT))

    def reject(self) -> None:
        """Asks before something typed is left."""
        if self._tab.may_leave():
            super().reject()


def _readable(chapter: Chapter) -> str:
    """Headings and lines, without the marks of the file."""
    parts = [f"{one.heading}\n" + "\n".join(f"　{line}" for line in one.lines) for one in chapter.sections]
    return "\n\n".join(parts)
