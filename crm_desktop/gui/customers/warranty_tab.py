"""保修 of one car: 包修 and 三包 with their counters and repairs, recalls, the last guarantee; its own terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout

from crm_desktop.clock import Clock, to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.customers import CustomerProfile, VehicleDraft
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.recalls import RecallRow
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.domain.warranty import PRIVATE_USE, CoverState, Level, Terms, WarrantyRepair
from crm_desktop.gui.asking import Asking, Question
from crm_desktop.gui.customers.columns import plate_of
from crm_desktop.gui.customers.profile_desk import SCREEN, ProfileDesk
from crm_desktop.gui.customers.profile_tab import ProfileTab
from crm_desktop.gui.customers.repair_questions import RecallDone, RecordRepair, TakeRepairBack
from crm_desktop.gui.customers.small_table import SmallTable
from crm_desktop.gui.keeping import Keeping
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.fields import ChoiceField
from crm_desktop.gui.widgets.labels import PlainLabel, plain_tooltip, show_if
from crm_desktop.gui.widgets.page import Rule
from crm_desktop.gui.widgets.signs import Chip
from crm_desktop.services.warranties import CarTerms, WarrantyView

_PURPOSES = (("", "未填"), *((word, word) for word in (*filter(None, PRIVATE_USE), "公务", "营运", "租赁")))
_TERMS = tuple(field.name for field in fields(Terms))
_COVERS = {
    CoverState.IN: Tone.DONE,
    CoverState.OVER: Tone.GREY,
    CoverState.TOO_FAR: Tone.GREY,
    CoverState.UNKNOWN: Tone.GREY,
}
_LEVELS = {Level.QUIET: Tone.GREY, Level.NEAR: Tone.SOON, Level.REACHED: Tone.LATE}
_LEAST = "只对这辆车的承诺；不填按规则"
_Line = tuple[str, Tone, str, str, RecallRow | None]


def _came(row: WarrantyRepair) -> datetime:
    return to_local(row.came_at)


def _result(row: WarrantyRepair) -> str:
    return "在修" if row.finished_at is None else "修好了" if row.settled else "没有修好"


_REPAIRS: tuple[Column[WarrantyRepair], ...] = (
    Column("送修时间", _came, Kind.TIME, width=15),
    Column("质量问题", attrgetter("problem"), width=18, wrap=True),
    Column("系统", attrgetter("system"), width=9),
    Column("结果", _result, width=7),
)


class WarrantyTab(ProfileTab):
    """One car at a time; its terms are typed and saved with the file, repairs and recalls are recorded at once."""

    title = "保修"

    def __init__(self, desk: ProfileDesk, session: Session, messages: Messages, clock: Clock) -> None:
        super().__init__()
        self._desk = desk
        self._cars: tuple[VehicleDraft, ...] = ()
        self._view: WarrantyView | None = None
        self._asking = Asking(desk.access, desk.staff, session, clock, messages, self)
        self._recalls: dict[Button, RecallRow] = {}

        self._which = ChoiceField(())
        self._none = PlainLabel("这位客户还没有车辆；在“档案”里添加后，这里能看到保修和三包。", "empty")
        self._lines = QGridLayout()
        self._form = _form(clock)
        self._keeping = Keeping(session, "保修条款", self._form, self)
        self._keeping.told.connect(messages.note)
        self._heading = PlainLabel("三包修理", "heading")
        self._record = Button("登记三包修理", icon="plus")
        self._take_back = Button("撤回三包修理", weight=Weight.QUIET)
        self._repairs: SmallTable[WarrantyRepair] = SmallTable("三包修理", _REPAIRS, attrgetter("id"))
        self._repairs.offer(self._take_back)
        self._lay_out()

        self._asking.stored.connect(self.stored)
        self._which.changed.connect(self._on_which)
        self._form.changed.connect(self._on_changed)
        self._record.clicked.connect(self._on_record)
        self._take_back.clicked.connect(self._on_take_back)
        self._repairs.opened.connect(self._on_repair)

    @property
    def dirty(self) -> bool:
        return self._form.dirty

    def show_profile(self, profile: CustomerProfile) -> None:
        cars = tuple(car for car in profile.draft.vehicles if car.id is not None)
        if self.dirty and cars == self._cars:
            return
        ids, before = [car.id for car in cars], self._which.value()
        chosen = before if before in ids else next(iter(ids), None)
        self._cars = cars
        self._which.set_options([(car.id, plate_of(car)) for car in cars], chosen)
        self._show_car()

    def save(self, act: Act) -> None:
        try:
            values = self._form.values()
            price, known = values.pop("price"), self._car.car.price_fen
            terms = Terms(**{name: values.pop(name) for name in _TERMS})
            fen = known if price == _yuan(known) else price * 100
            told = CarTerms(**values, price_fen=fen, terms=terms)
            self._desk.warranties.set_terms(self._car.vehicle_id, self._car.ver, told, act)
        except InvalidInput as refusal:
            self._form.show_errors(refusal.fields)
            raise
        self.give_up()

    def give_up(self) -> None:
        self._form.mark_saved()
        self._which.setEnabled(True)

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_which(self) -> None:
        self._show_car()

    def _on_changed(self) -> None:
        self._which.setEnabled(not self.dirty)
        self.changed.emit()

    def _on_record(self) -> None:
        self._begin(RecordRepair(self._desk, self._car.vehicle_id))

    def _on_repair(self, repair: WarrantyRepair) -> None:
        self._begin(RecordRepair(self._desk, self._car.vehicle_id, repair))

    def _on_take_back(self) -> None:
        repair = self._repairs.current_row()
        if repair is not None:
            self._begin(TakeRepairBack(self._desk, repair))

    def _on_recall(self) -> None:
        button = self.sender()
        assert isinstance(button, Button)  # noqa: S101 - only our buttons are connected
        self._begin(RecallDone(self._desk, self._car.vehicle_id, self._recalls[button]))

    # -- helpers -------------------------------------------------------------------------------------------------

    @property
    def _car(self) -> WarrantyView:
        assert self._view is not None  # noqa: S101 - without a car nothing can be typed or pressed
        return self._view

    def _begin(self, question: Question) -> None:
        self._asking.begin(question, SCREEN)

    def _show_car(self) -> None:
        chosen = self._which.value()
        self._view = view = self._desk.warranties.view(int(str(chosen))) if chosen is not None else None
        _empty(self._lines)
        self._recalls = {}
        for widget in (self._which, self._form, self._heading, self._record, self._repairs):
            show_if(widget, view is not None)
        show_if(self._take_back, bool(view and view.repairs))
        show_if(self._none, view is None)
        if view is None:
            self._form.mark_saved()
            return
        for row, line in enumerate(self._told(view)):
            self._add(row, *line)
        self._repairs.set_rows(view.repairs[::-1])
        self._form.set_values(_shown(view.car))
        self._keeping.turn_to(f"vehicle:{view.vehicle_id}")
        self._form.show_hints(dict.fromkeys(("repair_months", "exchange_months"), _LEAST))

    def _add(self, row: int, topic: str, tone: Tone, text: str, source: str, waiting: RecallRow | None) -> None:
        said = PlainLabel(text)
        said.setWordWrap(True)
        said.setToolTip(plain_tooltip(source))
        for column, label in enumerate((Chip(topic, tone), said)):
            self._lines.addWidget(label, row, column)
            label.show()
        if waiting is not None:
            button = Button(f"{topic}已做", weight=Weight.QUIET)
            self._recalls[button] = waiting
            button.clicked.connect(self._on_recall)
            self._lines.addWidget(button, row, 2)
            button.show()  # at once, so that it can take the keyboard

    def _told(self, view: WarrantyView) -> Iterator[_Line]:
        for cover in view.covers:
            yield cover.name, _COVERS[cover.state], cover.sentence, cover.source, None
        for counter in view.counters:
            yield counter.name, _LEVELS[counter.level], counter.sentence, counter.source, None
        for sentence in view.early:
            yield "三包", Tone.SOON, sentence, "", None
        for recall in self._desk.recalls.of_vehicle(view.vehicle_id):
            done = f"，{recall.done_on} 已做" if recall.done_on else "，还没有做"
            tone, waiting = (Tone.DONE, None) if recall.done_on else (Tone.LATE, recall)
            yield recall.draft.kind, tone, f"{recall.draft.title}{done}", "", waiting
        if view.last_order is not None:
            tone = Tone.DONE if view.last_order.in_force else Tone.GREY
            yield "质保", tone, view.last_order.sentence, view.last_order.source, None

    def _lay_out(self) -> None:
        self._which.setAccessibleName("车辆")
        self._which.setMinimumContentsLength(12)
        self._repairs.set_empty("还没有三包修理记录；修过的按“登记三包修理”。")
        self._lines.setColumnStretch(1, 1)
        self._lines.setHorizontalSpacing(10)
        self._lines.setVerticalSpacing(6)
        head, repairs = QHBoxLayout(), QHBoxLayout()
        head.addWidget(PlainLabel("车辆", "label"))
        head.addWidget(self._which)
        head.addStretch(1)
        repairs.addWidget(self._heading)
        repairs.addStretch(1)
        repairs.addWidget(self._take_back)
        repairs.addWidget(self._record)
        self.body.addLayout(head)
        self.body.addWidget(self._none)
        self.body.addLayout(self._lines)
        self.body.addWidget(Rule())
        self.body.addLayout(repairs)
        self.body.addWidget(self._repairs)
        self.body.addWidget(Rule())
        self.body.addWidget(self._form)
        self.body.addStretch(1)


def _form(clock: Clock) -> FieldForm:
    form = FieldForm(columns=2, clock=clock)
    form.add_day("invoiced_on", "开票日期")
    form.add_day("delivered_on", "交付日期")
    form.add_choice("purpose", "用途", _PURPOSES, "")
    form.add_number("price", "购车价", "元")
    form.add_number("repair_months", "包修期", "个月")
    form.add_number("repair_km", "包修里程", "km")
    form.add_number("exchange_months", "三包有效期", "个月")
    form.add_number("exchange_km", "三包里程", "km")
    return form


def _shown(car: CarTerms) -> dict[str, Any]:
    plain = {"invoiced_on": car.invoiced_on, "delivered_on": car.delivered_on, "purpose": car.purpose}
    return plain | {"price": _yuan(car.price_fen)} | {name: getattr(car.terms, name) for name in _TERMS}


def _yuan(fen: int | None) -> int | None:
    return None if fen is None else fen // 100


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
