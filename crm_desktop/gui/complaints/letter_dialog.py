"""A letter in a plain editor: merged from the case, changed by hand, kept and printed; what is typed is not lost."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from crm_desktop.domain.letters import BLANK, POINTS, LetterDraft, wants_points
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.theme import Tone, scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.labels import PlainLabel, show_if
from crm_desktop.gui.widgets.line_field import LineField
from crm_desktop.gui.widgets.signs import dress

_TICKED = "✓"
_WIDTH, _HEIGHT = 860, 600
_ABOUT = "一行是一段，改好再打印；底线“____”是单子里还没有的，请补上或删去。"


class LetterDialog(DeskDialog):
    """``keep_wanted`` carries the draft; ``print_wanted`` and ``pdf_wanted``: what was kept goes to paper.

    ``changed``, ``rested``: see ``Words`` of gui/keeping.py.
    """

    changed = Signal()
    rested = Signal()
    keep_wanted = Signal(object)
    print_wanted = Signal()
    pdf_wanted = Signal()
    void_wanted = Signal()

    def __init__(self, draft: LetterDraft, kept: bool, writable: bool, messages: Messages, window: QWidget) -> None:
        """``kept``: it was saved before; ``writable``: the case is not filed."""
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(draft.kind)
        self._draft, self._messages, self._writable = draft, messages, writable
        self._kept = draft if kept else None
        self._title, self._body = LineField("函件标题"), QPlainTextEdit()
        self._ticks = {name: QCheckBox(word) for name, word in POINTS.items()}
        self._told = PlainLabel(role="note")
        self._told.setWordWrap(True)
        self._save = Button("保存", "Ctrl+S", Weight.MAIN)
        self._print, self._pdf = Button("打印预览", "Ctrl+P"), Button("导出 PDF")
        self._void = Button("作废", weight=Weight.QUIET)
        self._lay_out()
        self._fill()
        self._save.clicked.connect(self._on_save)
        self._print.clicked.connect(self._on_print)
        self._pdf.clicked.connect(self._on_pdf)
        self._void.clicked.connect(self._on_void)
        self._body.setFocus()

    def draft(self) -> LetterDraft:
        """The letter as it stands in the editor."""
        points = tuple(name for name, box in self._ticks.items() if box.isChecked())
        return LetterDraft(self._draft.kind, self._title.typed(), self._body.toPlainText(), points)

    def stored(self, draft: LetterDraft) -> None:
        """It is kept now."""
        self._kept = draft
        self._say("")
        self._void.setVisible(self._writable)
        self.rested.emit()

    def words(self) -> dict[str, str]:
        """Title and text as they stand here, and which points are ticked."""
        ticks = {name: _TICKED if box.isChecked() else "" for name, box in self._ticks.items()}
        return {"title": self._title.typed(), "body": self._body.toPlainText(), **ticks}

    def set_typed(self, texts: Mapping[str, str]) -> None:
        """Bring some of them back; they count as not saved."""
        self._title.set_typed(texts.get("title", self._title.typed()))
        self._body.setPlainText(texts.get("body", self._body.toPlainText()))
        for name in self._ticks.keys() & texts.keys():
            self._ticks[name].setChecked(texts[name] == _TICKED)

    def refuse(self, sentence: str) -> None:
        """What is wrong, below the editor."""
        self._say(sentence)

    def reject(self) -> None:
        """Asks before something typed is left."""
        changed = self._writable and self.draft() != (self._kept or self._draft)
        if not changed or self._messages.ask("函件还没有保存", "现在关闭，改过的内容就没有了。", "不保存", "回去保存"):
            self.rested.emit()
            super().reject()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_save(self) -> None:
        self.keep_wanted.emit(self.draft())

    def _on_print(self) -> None:
        if self._is_kept():
            self.print_wanted.emit()

    def _on_pdf(self) -> None:
        if self._is_kept():
            self.pdf_wanted.emit()

    def _on_void(self) -> None:
        self.void_wanted.emit()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _is_kept(self) -> bool:
        """Paper shows what is kept, so what was typed is saved first."""
        if self._writable and self.draft() != self._kept:
            self.keep_wanted.emit(self.draft())
        return self._kept is not None and (not self._writable or self.draft() == self._kept)

    def _say(self, sentence: str) -> None:
        """What is wrong; else what the letter still lacks, which keeps nobody from anything."""
        missing = [word for name, word in POINTS.items() if not self._ticks[name].isChecked()]
        hints = [f"还没有勾：{'、'.join(missing)}"] if missing and wants_points(self._draft.kind) else []
        hints += [f"还有 {self._body.toPlainText().count(BLANK)} 处要补"] if BLANK in self._body.toPlainText() else []
        self._told.setText(sentence or "；".join(hints))
        dress(self._told, Tone.LATE if sentence else Tone.SOON)

    def _on_changed(self) -> None:
        self._say("")
        self.changed.emit()

    def _fill(self) -> None:
        self._title.set_value(self._draft.title)
        self._body.setPlainText(self._draft.body)
        for name, box in self._ticks.items():
            box.setChecked(name in self._draft.points)
            box.toggled.connect(self._on_changed)
        self._title.setReadOnly(not self._writable)
        self._body.setReadOnly(not self._writable)
        self._title.changed.connect(self._on_changed)
        self._body.textChanged.connect(self._on_changed)
        self._save.setVisible(self._writable)
        self._void.setVisible(self._writable and self._kept is not None)
        self._say("")

    def _lay_out(self) -> None:
        self._title.setAccessibleName("函件标题")
        self._body.setAccessibleName("函件正文")
        self._body.setTabChangesFocus(True)
        checks = QVBoxLayout()
        checks.setSpacing(6)
        checks.addWidget(PlainLabel("答复的六点", "heading"))
        for box in self._ticks.values():
            box.setAccessibleName(box.text())
            checks.addWidget(box)
        checks.addStretch(1)
        side = QWidget()
        side.setLayout(checks)
        side.setFixedWidth(scaled(180))
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self._body, 1)
        middle.addWidget(side)
        show_if(side, wants_points(self._draft.kind))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self._save, self._print, self._pdf, self._void):
            foot.addWidget(button)
        foot.addStretch(1)
        close = Button("关闭")
        close.clicked.connect(self.reject)
        foot.addWidget(close)
        body = QVBoxLayout(self)
        body.setContentsMargins(18, 16, 18, 16)
        body.setSpacing(10)
        body.addWidget(PlainLabel(self._draft.kind, "title"))
        body.addWidget(PlainLabel(_ABOUT, "caption"))
        body.addWidget(self._title)
        body.addLayout(middle, 1)
        body.addWidget(self._told)
        body.addLayout(foot)
        self.resize(scaled(_WIDTH), scaled(_HEIGHT))
