"""保修 of one car: 包修 and 三包 with their counters, recalls, the guarantee of the last repair; its own terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout

from crm_desktop.clock import Clock
from crm_desktop.domain.acts import Act
from crm_desktop.domain.customers import CustomerProfile, VehicleDraft
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.warranty import PRIVATE_USE, CoverState, Level, Terms
from crm_desktop.gui.customers.columns import plate_of
from crm_desktop.gui.customers.profile_desk import ProfileDesk
from crm_desktop.gui.customers.profile_tab import ProfileTab
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.fields import ChoiceField
from crm_desktop.gui.widgets.labels import PlainLabel
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
_LEAST = "厂家承诺；不填按法定最低"
_Line = tuple[str, Tone, str, str]


class WarrantyTab(ProfileTab):
    """One car at a time; its terms are typed and saved with the file."""

    title = "保修"

    def __init__(self, desk: ProfileDesk, clock: Clock) -> None:
        super().__init__()
        self._desk = desk
        self._cars: tuple[VehicleDraft, ...] = ()
        self._view: WarrantyView | None = None
        self._which = ChoiceField(())
        self._which.setAccessibleName("车辆")
        self._which.setMinimumContentsLength(12)
        self._none = PlainLabel("这位客户还没有车辆；在“档案”里添加后，这里能看到保修和三包。", "empty")
        self._lines = QGridLayout()
        self._form = _form(clock)
        self._lay_out()
        self._which.changed.connect(self._on_which)
        self._form.changed.connect(self._on_changed)

    @property
    def dirty(self) -> bool:
        return self._form.dirty

    def show_profile(self, profile: CustomerProfile) -> None:
        cars = tuple(car for car in profile.draft.vehicles if car.id is not None)
        if self.dirty and cars == self._cars:
            return
        self._cars = cars
        self._which.set_options([(car.id, plate_of(car)) for car in cars], cars[0].id if cars else None)
        self._show_car()

    def save(self, act: Act) -> None:
        assert self._view is not None  # noqa: S101 - without a car nothing is typed
        try:
            values = self._form.values()
            price = values.pop("price")
            terms = Terms(**{name: values.pop(name) for name in _TERMS})
            told = CarTerms(**values, price_fen=None if price is None else price * 100, terms=terms)
            self._desk.warranties.set_terms(self._view.vehicle_id, self._view.ver, told, act)
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

    # -- helpers -------------------------------------------------------------------------------------------------

    def _show_car(self) -> None:
        chosen = self._which.value()
        self._view = self._desk.warranties.view(int(str(chosen))) if chosen is not None else None
        _empty(self._lines)
        for widget in (self._which, self._form):
            widget.setVisible(self._view is not None)
        self._none.setVisible(self._view is None)
        if self._view is None:
            self._form.mark_saved()
            return
        for row, (topic, tone, text, source) in enumerate(self._told(self._view)):
            said = PlainLabel(text)
            said.setWordWrap(True)
            said.setToolTip(source)
            for column, label in enumerate((Chip(topic, tone), said)):
                self._lines.addWidget(label, row, column)
                label.show()
        self._form.set_values(_shown(self._view.car))
        self._form.show_hints(dict.fromkeys(("repair_months", "exchange_months"), _LEAST))

    def _told(self, view: WarrantyView) -> Iterator[_Line]:
        for cover in view.covers:
            yield cover.name, _COVERS[cover.state], cover.sentence, cover.source
        for counter in view.counters:
            yield counter.name, _LEVELS[counter.level], counter.sentence, counter.source
        for sentence in view.early:
            yield "三包", Tone.SOON, sentence, ""
        for recall in self._desk.recalls.of_vehicle(view.vehicle_id):
            done = f"，{recall.done_on} 已做" if recall.done_on else "，还没有做"
            tone = Tone.DONE if recall.done_on else Tone.LATE
            yield recall.draft.kind, tone, f"{recall.draft.title}{done}", ""
        if view.last_order is not None:
            tone = Tone.DONE if view.last_order.in_force else Tone.GREY
            yield "质保", tone, view.last_order.sentence, view.last_order.source

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(PlainLabel("车辆", "label"))
        head.addWidget(self._which)
        head.addStretch(1)
        self._lines.setColumnStretch(1, 1)
        self._lines.setHorizontalSpacing(10)
        self._lines.setVerticalSpacing(6)
        self.body.addLayout(head)
        self.body.addWidget(self._none)
        self.body.addLayout(self._lines)
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
    price = None if car.price_fen is None else car.price_fen // 100
    plain = {"invoiced_on": car.invoiced_on, "delivered_on": car.delivered_on, "purpose": car.purpose, "price": price}
    return plain | {name: getattr(car.terms, name) for name in _TERMS}


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
