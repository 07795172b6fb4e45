"""召回和服务活动: the campaigns with their VIN ranges, and the cars on file each is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.identity import shown_plate
from crm_desktop.domain.recalls import told_ranges
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.asking import Asking, Question
from crm_desktop.gui.customers.profile_desk import SCREEN, ProfileDesk
from crm_desktop.gui.customers.recall_questions import EnterRecall, WithdrawRecall
from crm_desktop.gui.customers.repair_questions import RecallDone
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from crm_desktop.gui.widgets.row_sources import PagedRows
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.recalls import RecallCar, RecallCount

TITLE = "召回和服务活动"
_CARS = "范围内的车"
_HOW = "按 VIN 范围提示接待的人；双击一辆车打开它的客户。"
_NONE = "还没有登记召回或服务活动。接到厂家通知后按“登记”填上 VIN 范围。"
_WIDTH, _HEIGHT = 1120, 640


def _span(row: RecallCount) -> str:
    first, last = row.recall.draft.starts_on, row.recall.draft.ends_on
    return " ".join((f"{first} 起" if first else "", f"到 {last}" if last else "")).strip()


def _ranges(row: RecallCount) -> str:
    return told_ranges(row.recall.draft.ranges, "；")


def _plate(car: RecallCar) -> str:
    return shown_plate(car.plate)


def _done_on(car: RecallCar) -> date | None:
    return car.done_on


_RECALLS: tuple[Column[RecallCount], ...] = (
    Column("类型", attrgetter("recall.draft.kind"), width=8),
    Column("编号", attrgetter("recall.draft.number"), width=11),
    Column("名称", attrgetter("recall.draft.title"), width=22),
    Column("涉及", attrgetter("cars"), Kind.INTEGER, width=6),
    Column("已做", attrgetter("done"), Kind.INTEGER, width=6),
    Column("起止", _span, width=23),
    Column("VIN 范围", _ranges, width=38, wrap=True),
)
_TOUCHED: tuple[Column[RecallCar], ...] = (
    Column("车牌号", _plate, width=11),
    Column("VIN", attrgetter("vin"), width=20),
    Column("车型", attrgetter("model"), width=24),
    Column("客户", attrgetter("customer_name"), width=24, wrap=True),
    Column("完成日期", _done_on, Kind.DATE, width=12),
)


class RecallsDialog(DeskDialog):
    """``customer_wanted`` carries the customer and the car that was opened."""

    customer_wanted = Signal(int, int)

    def __init__(self, desk: ProfileDesk, session: Session, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._session, self._messages = desk, session, messages
        self._entered: EnterRecall | None = None
        self._asking = Asking(desk.access, desk.staff, session, self._now, messages, self)
        self._recalls: RowTable[RecallCount] = RowTable(TITLE, _RECALLS, key=attrgetter("recall.id"))
        self._cars: RowTable[RecallCar] = RowTable(_CARS, _TOUCHED)
        self._enter = Button("登记", weight=Weight.MAIN, icon="plus")
        self._change, self._withdraw = Button("修改", icon="edit"), Button("撤下")
        self._done, self._open = Button("记为已做"), Button("打开客户", icon="user")
        self._recalls.offer(self._change, self._withdraw)
        self._cars.offer(self._done)
        self._count, self._told = PlainLabel(role="heading"), ElidedLabel(role="caption")
        self._lay_out()
        self.resize(min(scaled(_WIDTH), window.width()), min(scaled(_HEIGHT), window.height()))
        self._connect()
        self._fill()
        if self._recalls.count():
            self._recalls.setFocus()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_chosen(self, row: RecallCount | None) -> None:
        for button in (self._change, self._withdraw):
            button.setEnabled(row is not None)
        ids = self._desk.recalls.car_ids(row.recall.id) if row else []
        self._cars.set_paged(PagedRows(ids, self._fetch, attrgetter("vehicle_id")))
        self._cars.set_empty("档案里没有这个范围内的车。" if row else "")
        left = f"，还有 {row.cars - row.done:,} 辆没做" if row and row.cars > row.done else ""
        self._count.setText(f"{_CARS}：{row.cars:,} 辆{left}" if row else _CARS)
        if ids and self._cars.current_row() is None:
            self._cars.selectRow(0)
        self._on_car(self._cars.current_row())

    def _on_car(self, car: RecallCar | None) -> None:
        self._done.setEnabled(car is not None and car.done_on is None)
        self._open.setEnabled(car is not None and car.customer_id is not None)

    def _on_enter(self) -> None:
        self._begin(EnterRecall(self._desk.recalls))

    def _on_change(self) -> None:
        row = self._recalls.current_row()
        if row is not None:
            self._on_opened(row)

    def _on_opened(self, row: RecallCount) -> None:
        self._begin(EnterRecall(self._desk.recalls, row.recall))

    def _on_withdraw(self) -> None:
        row = self._recalls.current_row()
        if row is not None:
            self._begin(WithdrawRecall(self._desk.recalls, row.recall))

    def _on_done(self) -> None:
        row, car = self._recalls.current_row(), self._cars.current_row()
        if row is not None and car is not None:
            self._begin(RecallDone(self._desk, car.vehicle_id, row.recall))

    def _on_open(self) -> None:
        car = self._cars.current_row()
        if car is not None:
            self._on_car_opened(car)

    def _on_car_opened(self, car: RecallCar) -> None:
        if car.customer_id is None:
            self._told.setText("这辆车还没有客户；先在客户档案里给它的车主建档。")
            return
        self.accept()
        self.customer_wanted.emit(car.customer_id, car.vehicle_id)

    def _on_stored(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._messages.done(sentence)
        self._fill(self._entered.kept_id if self._entered else 0)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _now(self) -> datetime:
        return self._session.act(SCREEN).at

    def _begin(self, question: Question) -> None:
        self._entered = question if isinstance(question, EnterRecall) else None
        self._asking.begin(question, SCREEN)

    def _fill(self, recall_id: int = 0) -> None:
        """Reads everything again; the campaign just entered is at hand."""
        self._recalls.set_rows(self._desk.recalls.listed())
        chosen = bool(recall_id) and self._recalls.choose(recall_id)
        if not chosen and self._recalls.current_row() is None and self._recalls.count():
            self._recalls.selectRow(0)
        self._on_chosen(self._recalls.current_row())

    def _fetch(self, ids: Sequence[int]) -> list[RecallCar]:
        row = self._recalls.current_row()
        return self._desk.recalls.cars(row.recall.id, ids) if row else []

    def _connect(self) -> None:
        self._asking.stored.connect(self._on_stored)
        self._recalls.chosen.connect(self._on_chosen)
        self._recalls.opened.connect(self._on_opened)
        self._recalls.begin_wanted.connect(self._on_enter)
        self._cars.chosen.connect(self._on_car)
        self._cars.opened.connect(self._on_car_opened)
        self._enter.clicked.connect(self._on_enter)
        self._change.clicked.connect(self._on_change)
        self._withdraw.clicked.connect(self._on_withdraw)
        self._done.clicked.connect(self._on_done)
        self._open.clicked.connect(self._on_open)

    def _lay_out(self) -> None:
        self.setWindowTitle(TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._recalls.set_empty(_NONE)
        close = Button("关闭窗口")
        close.clicked.connect(self.reject)
        above, foot = QHBoxLayout(), QHBoxLayout()
        above.addWidget(PlainLabel(_HOW, "caption"))
        above.addStretch(1)
        for button in (self._enter, self._change, self._withdraw):
            above.addWidget(button)
        for widget in (self._done, self._open):
            foot.addWidget(widget)
        foot.addWidget(self._told, 1)
        foot.addWidget(close)
        for row in (above, foot):
            row.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 18, 24, 18)
        layout.setSpacing(10)
        layout.addWidget(PlainLabel(TITLE, "title"))
        layout.addLayout(above)
        layout.addWidget(self._recalls, 2)
        layout.addWidget(self._count)
        layout.addWidget(self._cars, 3)
        layout.addLayout(foot)
