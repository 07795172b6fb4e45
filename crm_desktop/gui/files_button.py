"""附件 n: the button beside a case or a customer that says how many files there are, takes more, and shows them."""

from __future__ import annotations

from PySide6.QtGui import QDragEnterEvent, QDropEvent

from crm_desktop.clock import to_local
from crm_desktop.domain.attachments import AttachmentRow
from crm_desktop.domain.errors import DeskError, InvalidInput
from crm_desktop.gui.attachments_dialog import TITLE, AttachmentsDialog, Whose
from crm_desktop.gui.given_files import Given, given_by
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.reason_dialog import ReasonDialog
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.services.attachments import Attachments


class FilesButton(Button):
    """Files may be dropped onto it; pressed, it opens the window with them."""

    def __init__(self, attachments: Attachments, session: Session, messages: Messages, screen: str) -> None:
        super().__init__(TITLE, weight=Weight.QUIET)
        self._attachments, self._session, self._messages, self._screen = attachments, session, messages, screen
        self._whose: Whose | None = None
        self._dialog: AttachmentsDialog | None = None
        self._why: ReasonDialog | None = None
        self._going: AttachmentRow | None = None
        self.setAcceptDrops(True)
        self.clicked.connect(self._on_clicked)

    def show_those_of(self, whose: Whose | None) -> None:
        """The files of this case or customer; of nobody there are none to show."""
        self._whose = whose
        self.setEnabled(whose is not None)
        count = len(whose.rows(self._attachments)) if whose is not None else 0
        self.say(f"{TITLE} {count}" if count else TITLE)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._whose is not None and self._whose.writable and given_by(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._on_add(given_by(event.mimeData()))

    def _on_clicked(self) -> None:
        whose = self._whose
        assert whose is not None  # noqa: S101 - of nobody the button is off
        self._dialog = dialog = AttachmentsDialog(self._attachments, whose, self._messages, self.window())
        dialog.add_wanted.connect(self._on_add)
        dialog.drop_wanted.connect(self._on_drop)
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def _on_closed(self) -> None:
        self._dialog = None

    def _on_add(self, files: tuple[Given, ...]) -> None:
        """Each file by itself: one that is refused keeps the others from nothing, and is named."""
        whose = self._whose
        assert whose is not None  # noqa: S101 - nobody takes no files
        names, refusals = [], []
        for file in files:
            try:
                names.append(self._keep(file, whose))
            except DeskError as refusal:
                refusals.append(refusal.sentence if len(files) == 1 else f"{file.name}：{refusal.sentence}")
        if names:
            self._messages.done(f"{'、'.join(names)} 已添加到 {whose.title}。")
        if refusals:
            self._messages.refused(" ".join(refusals))
        if self._dialog is not None:
            self._dialog.refuse(" ".join(refusals))
            self._dialog.refresh()
        self.show_those_of(whose)

    def _keep(self, file: Given, whose: Whose) -> str:
        act = self._session.act(self._screen)
        name = file.name or f"图片 {to_local(act.at):%Y-%m-%d %H%M%S}.png"
        self._attachments.add(
            file.source, name, act, number=whose.number, customer_id=whose.customer_id, measure_id=whose.measure_id
        )
        return name

    def _on_drop(self, row: AttachmentRow) -> None:
        """A file that does not belong here goes off the list; why stays in the history."""
        sentence = f"“{row.name}”不再列在附件里，原因留在历史里。"
        self._going = row
        self._why = ReasonDialog("去掉", sentence, self._dialog or self.window(), TITLE)
        self._why.told.connect(self._on_reason)
        self._why.keep(self._session, f"attachment:{row.id}")
        self._why.open()

    def _on_reason(self, reason: str) -> None:
        why, row, whose = self._why, self._going, self._whose
        assert why is not None and row is not None and whose is not None  # noqa: S101 - only an open question tells
        try:
            self._attachments.take_back(row.id, row.ver, reason, self._session.act(self._screen))
        except InvalidInput as refusal:
            why.show_errors(refusal.fields)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            why.show_errors({"reason": refusal.sentence})
        else:
            why.accept()
            self._messages.done(f"{row.name} 已从 {whose.title} 的附件里去掉。")
            if self._dialog is not None:
                self._dialog.refresh()
            self.show_those_of(whose)
