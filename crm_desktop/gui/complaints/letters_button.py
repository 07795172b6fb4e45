"""函件 beside the five records: a new letter of one of three kinds, or one that was written before."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from crm_desktop.clock import to_local
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.complaints import State
from crm_desktop.domain.errors import DeskError, InvalidInput
from crm_desktop.domain.letters import LetterDraft, LetterKind, LetterRow
from crm_desktop.domain.papers import Paper
from crm_desktop.gui.complaints.letter_dialog import LetterDialog
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.keeping import Keeping
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.reason_dialog import ReasonDialog
from crm_desktop.gui.record_desk import PREVIEW, RecordWish
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.signs import dress

TITLE = "函件"
_SCREEN = f"抱怨投诉·{TITLE}"
_CLOSED_TO = (State.FILED, State.VOID)


class LettersButton(QPushButton):
    """Opens letters and keeps them. ``paper_wanted`` carries a ``RecordWish``."""

    paper_wanted = Signal(object)

    def __init__(self, procedure: Procedure, session: Session, messages: Messages) -> None:
        super().__init__(TITLE)
        self._services, self._session, self._messages = procedure, session, messages
        self._number, self._writable = "", False
        self._row: LetterRow | None = None
        self._dialog: LetterDialog | None = None
        self._why: ReasonDialog | None = None
        self.setProperty("role", "mark")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._menu = QMenu(self)
        self._begun: dict[QAction, str] = {}
        self._kept: dict[QAction, LetterRow] = {}
        self.setMenu(self._menu)
        self._menu.triggered.connect(self._on_chosen)

    def show_case(self, case: ComplaintCase) -> None:
        """The letters of this complaint; a filed one is read only."""
        self._number = case.number
        self._writable = not case.history and State(case.state) not in _CLOSED_TO
        self._show()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_chosen(self, action: QAction) -> None:
        if action in self._kept:
            self._open(self._kept[action].draft, self._kept[action])
        else:
            who = self._session.name
            self._open(self._services.letters.begin(self._number, self._begun[action], who), None)

    def _on_keep(self, draft: LetterDraft) -> None:
        dialog, letters = self._dialog, self._services.letters
        assert dialog is not None  # noqa: S101 - only an open letter is kept
        try:
            act = self._session.act(_SCREEN)
            if self._row is None:
                found = letters.write(self._number, draft, act)
            else:
                found = self._row.id
                letters.amend(found, self._row.ver, draft, act)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            dialog.refuse(refusal.sentence)
            return
        self._row = next(row for row in letters.of_complaint(self._number) if row.id == found)
        dialog.stored(draft)
        self._messages.done(f"{draft.title} {self._row.number} 已保存。")
        self._show()

    def _on_print(self) -> None:
        self._hand_out(PREVIEW)

    def _on_pdf(self) -> None:
        self._hand_out(".pdf")

    def _on_void(self) -> None:
        assert self._dialog is not None  # noqa: S101 - only an open letter is taken back
        self._why = ReasonDialog("作废", "作废的函件不再列出，原文留在历史里。", self._dialog, TITLE)
        self._why.told.connect(self._on_told)
        self._why.keep(self._session, f"{self._number}/{self._row.id if self._row else ''}")
        self._why.open()

    def _on_told(self, reason: str) -> None:
        assert self._row is not None and self._why is not None  # noqa: S101 - see _on_void
        try:
            self._services.letters.take_back(self._row.id, self._row.ver, reason, self._session.act(_SCREEN))
        except InvalidInput as refusal:
            self._why.show_errors(refusal.fields)
            return
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._why.accept()
        if self._dialog is not None:
            self._dialog.accept()
        self._messages.done(f"函件 {self._row.number} 已作废。")
        self._show()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _open(self, draft: LetterDraft, row: LetterRow | None) -> None:
        self._row = row
        self._dialog = LetterDialog(draft, row is not None, self._writable, self._messages, self.window())
        self._dialog.keep_wanted.connect(self._on_keep)
        self._dialog.print_wanted.connect(self._on_print)
        self._dialog.pdf_wanted.connect(self._on_pdf)
        self._dialog.void_wanted.connect(self._on_void)
        if self._writable:
            keeping = Keeping(self._session, draft.kind, self._dialog, self._dialog)
            keeping.told.connect(self._dialog.refuse)
            keeping.turn_to(f"{self._number}/{row.id if row else ''}")
        self._dialog.open()

    def _hand_out(self, suffix: str) -> None:
        if self._row is not None:
            self.paper_wanted.emit(RecordWish(Paper.LETTER, self._row.number, suffix))

    def _show(self) -> None:
        rows = self._services.letters.of_complaint(self._number)
        self._menu.clear()
        self._begun = {self._menu.addAction(f"写{kind}"): kind for kind in LetterKind} if self._writable else {}
        if rows and self._begun:
            self._menu.addSeparator()
        self._kept = {
            self._menu.addAction(f"{row.draft.title}　{to_local(row.at):%m-%d} {row.who}"): row for row in rows
        }
        text = f"{TITLE} ✓" if rows else TITLE
        self.setText(text)
        self.setAccessibleName(text)
        self.setEnabled(bool(self._begun or self._kept))
        dress(self, Tone.DONE if rows else Tone.GREY)
