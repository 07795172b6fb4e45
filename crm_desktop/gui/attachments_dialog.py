"""附件 of a case or a customer: dropped, pasted or chosen, and opened only as what they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.clock import to_local
from crm_desktop.domain.attachments import AttachmentRow
from crm_desktop.domain.errors import DeskError
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.given_files import Given, given_by
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.opening import open_outside
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.ask_dialog import closing_foot
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.file_field import KINDS
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.attachments import Attachments

TITLE = "附件"
NOTHING_TO_PASTE = "剪贴板里没有文件也没有图片，请先复制再粘贴。"
_HOW = "可以把文件拖到这里，按 Ctrl+V 粘贴文件或截图，或用“添加附件”选。只收图片、PDF 和录音。"
_NONE_OF_CASE = "还没有附件。代录时选签字纸单、登记稿件时选截图、收到回执时选文件，都会放到这里。"
_NONE_OF_CUSTOMER = "还没有附件。行驶证、合同、通话录音可以放在客户这里；他的抱怨单的附件也会列出。"
_NONE_OF_MEASURE = "还没有附件。能证明措施做了的照片、记录表、签到单放在这里，评估报告会列出名称。"
_KILO = 1024
_WIDTH, _HEIGHT = 760, 420


@dataclass(frozen=True, slots=True)
class Whose:
    """A case by its ``number``, a customer or a measure by its id; ``title`` is what it is called.

    ``writable``: not filed.
    """

    title: str
    number: str = ""
    customer_id: int | None = None
    writable: bool = True
    measure_id: int | None = None

    @property
    def nothing(self) -> str:
        """What an empty list says."""
        if self.measure_id is not None:
            return _NONE_OF_MEASURE
        return _NONE_OF_CASE if self.number else _NONE_OF_CUSTOMER

    def rows(self, attachments: Attachments) -> list[AttachmentRow]:
        """Its attachments; a customer's cases' are among his."""
        if self.measure_id is not None:
            return attachments.of_measure(self.measure_id)
        if self.customer_id is None:
            return attachments.of_complaint(self.number)
        return attachments.of_customer(self.customer_id)


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
_OF_CUSTOMER = (_COLUMNS[0], Column("单号", attrgetter("number"), width=14), *_COLUMNS[2:])


class AttachmentsDialog(DeskDialog):
    """``add_wanted`` carries the files that are to be added, ``drop_wanted`` the row that is to go."""

    add_wanted = Signal(object)
    drop_wanted = Signal(object)

    def __init__(self, attachments: Attachments, whose: Whose, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._attachments, self._whose, self._messages = attachments, whose, messages
        self.setWindowTitle(f"{whose.title} 的附件")
        columns = _OF_CUSTOMER if whose.customer_id is not None else _COLUMNS
        self._table: RowTable[AttachmentRow] = RowTable(TITLE, columns, key=attrgetter("id"))
        self._table.set_empty(whose.nothing)
        self._open = Button("打开", weight=Weight.MAIN)
        self._add = Button("添加附件", icon="plus")
        self._drop = Button("去掉")
        self._table.offer(self._drop)
        self._refusal = PlainLabel(role="caption")
        self._refusal.setWordWrap(True)
        self._lay_out()
        self._table.opened.connect(self._on_opened)
        self._open.clicked.connect(self._on_open)
        self._add.clicked.connect(self._on_add)
        self._drop.clicked.connect(self._on_drop)
        if whose.writable:
            self.setAcceptDrops(True)
            QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self).activated.connect(self._on_paste)
        self.refresh()

    def refresh(self) -> None:
        """Reads the list again."""
        self._table.set_rows(self._whose.rows(self._attachments))
        for button in (self._open, self._drop):
            button.setEnabled(self._table.count() > 0)
        if self._table.current_row() is None and self._table.count():
            self._table.selectRow(0)

    def refuse(self, sentence: str) -> None:
        """The bar named 消息 lies behind this window, so a refusal stands here too."""
        self._refusal.setText(sentence)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if given_by(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._give(given_by(event.mimeData()))

    def _give(self, files: tuple[Given, ...]) -> None:
        self.refuse("" if files else NOTHING_TO_PASTE)
        if files:
            self.add_wanted.emit(files)

    def _on_paste(self) -> None:
        self._give(given_by(QGuiApplication.clipboard().mimeData()))

    def _on_opened(self, row: AttachmentRow) -> None:
        """With the program the computer has for its kind, once it is proven to be what was added."""
        try:
            path = self._attachments.opened(row.id)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            self.refuse(refusal.sentence)
            return
        self.refuse("")
        open_outside(path, self._messages)

    def _on_open(self) -> None:
        row = self._table.current_row()
        if row is not None:
            self._on_opened(row)

    def _on_add(self) -> None:
        path = self._messages.choose_open("选文件", KINDS)
        if path is not None:
            self._give((Given(path, path.name),))

    def _on_drop(self) -> None:
        row = self._table.current_row()
        if row is not None:
            self.drop_wanted.emit(row)

    def _lay_out(self) -> None:
        body = QVBoxLayout(self)
        body.setContentsMargins(18, 16, 18, 16)
        body.setSpacing(10)
        body.addWidget(PlainLabel(f"{self._whose.title} 的附件", "title"))
        body.addWidget(self._table, 1)
        how = PlainLabel(_HOW, "caption")
        body.addWidget(how)
        body.addWidget(self._refusal)
        body.addLayout(closing_foot(self, self._open, self._add, self._drop))
        for piece in (how, self._add, self._drop):
            piece.setVisible(self._whose.writable)
        self.resize(scaled(_WIDTH), scaled(_HEIGHT))
