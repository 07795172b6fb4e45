"""附件 of a case, behind one button: signed papers, screenshots, receipts; opened only as what they are."""

from __future__ import annotations

from datetime import datetime
from operator import attrgetter
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.clock import to_local
from crm_desktop.domain.attachments import AttachmentRow
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.complaints import State
from crm_desktop.domain.errors import DeskError, InvalidInput
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.complaints.dialogs import ReasonDialog
from crm_desktop.gui.complaints.turns import ROOM
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.file_field import KINDS
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.attachments import Attachments

TITLE = "附件"
_NONE = "还没有附件。代录时选签字纸单、登记稿件时选截图、收到回执时选文件，都会放到这里。"
_KILO = 1024
_WIDTH, _HEIGHT = 720, 400


def _at(row: AttachmentRow) -> datetime:
    return to_local(row.entered_at)


def _size(row: AttachmentRow) -> str:
    kilo = row.size / _KILO
    return f"{kilo:.0f} KB" if kilo < _KILO else f"{kilo / _KILO:.1f} MB"


_COLUMNS: tuple[Column[AttachmentRow], ...] = (
    Column("名称", attrgetter("name"), width=24),
    Column("是什么", attrgetter("note"), width=18),
    Column("种类", attrgetter("label"), width=6),
    Column("大小", _size, width=8),
    Column("谁", attrgetter("who"), width=8),
    Column("时间", _at, Kind.TIME, width=16),
)


class AttachmentsDialog(QDialog):
    """``add_wanted`` carries the path of a file that is to be added, ``drop_wanted`` the row that is to go."""

    add_wanted = Signal(object)
    drop_wanted = Signal(object)

    def __init__(
        self, attachments: Attachments, number: str, messages: Messages, window: QWidget, *, writable: bool
    ) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._attachments, self._number, self._messages = attachments, number, messages
        self.setWindowTitle(f"{number} 的附件")
        self._table: RowTable[AttachmentRow] = RowTable(TITLE, _COLUMNS, key=attrgetter("id"))
        self._table.set_empty(_NONE)
        self._open = Button("打开", weight=Weight.MAIN)
        self._add = Button("添加附件", icon="plus")
        self._drop = Button("去掉")
        for button in (self._add, self._drop):
            button.setVisible(writable)
        self._refusal = PlainLabel(role="caption")
        self._refusal.setWordWrap(True)
        self._lay_out()
        self._table.opened.connect(self._on_opened)
        self._open.clicked.connect(self._on_open)
        self._add.clicked.connect(self._on_add)
        self._drop.clicked.connect(self._on_drop)
        self.refresh()

    def refresh(self) -> None:
        """Reads the list again."""
        self._table.set_rows(self._attachments.of_complaint(self._number))
        for button in (self._open, self._drop):
            button.setEnabled(self._table.count() > 0)
        if self._table.current_row() is None and self._table.count():
            self._table.selectRow(0)

    def refuse(self, sentence: str) -> None:
        """The bar named 消息 lies behind this window, so a refusal stands here too."""
        self._refusal.setText(sentence)

    def _on_opened(self, row: AttachmentRow) -> None:
        """With the program the computer has for its kind, once it is proven to be what was added."""
        try:
            path = self._attachments.opened(row.id)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            self.refuse(refusal.sentence)
            return
        self.refuse("")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _on_open(self) -> None:
        row = self._table.current_row()
        if row is not None:
            self._on_opened(row)

    def _on_add(self) -> None:
        path = self._messages.choose_open("选文件", KINDS)
        if path is not None:
            self.refuse("")
            self.add_wanted.emit(path)

    def _on_drop(self) -> None:
        row = self._table.current_row()
        if row is not None:
            self.drop_wanted.emit(row)

    def _lay_out(self) -> None:
        close = Button("关闭窗口")
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._open)
        foot.addWidget(self._add)
        foot.addWidget(self._drop)
        foot.addStretch(1)
        foot.addWidget(close)
        body = QVBoxLayout(self)
        body.setContentsMargins(18, 16, 18, 16)
        body.setSpacing(10)
        body.addWidget(PlainLabel(f"{self._number} 的附件", "title"))
        body.addWidget(self._table, 1)
        body.addWidget(self._refusal)
        body.addLayout(foot)
        self.resize(scaled(_WIDTH), scaled(_HEIGHT))


class FilesButton(Button):
    """附件 n: how many there are, and the window with them."""

    def __init__(self, attachments: Attachments, session: Session, messages: Messages) -> None:
        super().__init__(TITLE, weight=Weight.QUIET)
        self._attachments, self._session, self._messages = attachments, session, messages
        self._case: ComplaintCase | None = None
        self._dialog: AttachmentsDialog | None = None
        self._why: ReasonDialog | None = None
        self._going: AttachmentRow | None = None
        self.clicked.connect(self._on_clicked)

    def show_case(self, case: ComplaintCase) -> None:
        """The files of this case."""
        self._case = case
        count = len(self._attachments.of_complaint(case.number))
        self.say(f"{TITLE} {count}" if count else TITLE)

    def _on_clicked(self) -> None:
        case = self._case
        assert case is not None  # noqa: S101 - a button is shown with a case only
        writable = case.state not in (State.FILED, State.VOID)
        self._dialog = AttachmentsDialog(
            self._attachments, case.number, self._messages, self.window(), writable=writable
        )
        self._dialog.add_wanted.connect(self._on_add)
        self._dialog.drop_wanted.connect(self._on_drop)
        self._dialog.open()

    def _on_add(self, path: Path) -> None:
        dialog, case = self._dialog, self._case
        assert dialog is not None and case is not None  # noqa: S101 - only an open window asks
        try:
            self._attachments.add(path, path.name, self._session.act(ROOM), number=case.number)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            dialog.refuse(refusal.sentence)
            return
        self._messages.done(f"{path.name} 已添加到 {case.number}。")
        dialog.refresh()
        self.show_case(case)

    def _on_drop(self, row: AttachmentRow) -> None:
        """A file that does not belong here goes off the list; why stays in the history."""
        sentence = f"“{row.name}”不再列在这张单的附件里，原因留在历史里。"
        self._going = row
        self._why = ReasonDialog("去掉", sentence, self._dialog or self.window(), "附件")
        self._why.told.connect(self._on_reason)
        self._why.open()

    def _on_reason(self, reason: str) -> None:
        why, row, case, dialog = self._why, self._going, self._case, self._dialog
        assert why is not None and row is not None and case is not None  # noqa: S101 - only an open question tells
        try:
            self._attachments.take_back(row.id, row.ver, reason, self._session.act(ROOM))
        except InvalidInput as refusal:
            why.show_errors(refusal.fields)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            why.show_errors({"reason": refusal.sentence})
        else:
            why.accept()
            self._messages.done(f"{row.name} 已从 {case.number} 的附件里去掉。")
            if dialog is not None:
                dialog.refresh()
            self.show_case(case)
