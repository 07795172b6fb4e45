"""The cars of one customer: a list where there are several, and the form of the one at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.clock import Clock
from crm_desktop.domain.customers import VehicleDraft, checked_vehicle
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.identity import phone_doubt, plate_doubt, plate_key, vin_doubt, vin_key
from crm_desktop.gui.customers.columns import CARS, CarLine
from crm_desktop.gui.customers.small_table import SmallTable
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.fields import LineField
from crm_desktop.gui.widgets.labels import PlainLabel

NAMES = tuple(field.name for field in fields(VehicleDraft) if field.name != "id")
_KEPT = "car."
_DOUBTS = {"plate": plate_doubt, "vin": vin_doubt, "brought_by_phone": phone_doubt}


@dataclass(slots=True)
class Car:
    """A car at hand: as last read from the form, and the raw texts where they could not be read."""

    draft: VehicleDraft
    unread: dict[str, str] | None = None


class VehiclePanel(QWidget):
    """All cars of a customer, one of them in the form; there is always one, empty for who has none.

    ``plates_typed`` and ``vins_typed`` carry those of all cars in stored form while one is typed, ``doubted``
    a sentence about what was left and looks wrong.
    """

    changed = Signal()
    plates_typed = Signal(object)
    vins_typed = Signal(object)
    doubted = Signal(str)

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._cars: list[Car] = [Car(VehicleDraft())]
        self._place = 0
        self._told: set[str] = set()

        self._heading = PlainLabel("车辆", "heading")
        self._add = Button("添加车辆", weight=Weight.QUIET, icon="plus")
        self._another = Button("复制新建", weight=Weight.QUIET)
        self._another.setToolTip("同样的品牌、车系、车型再加一台；车牌和 VIN 另填")
        self._remove = Button("移出这台车", weight=Weight.QUIET)
        self._remove.setToolTip("车辆记录会保留，只是不再算在这位客户名下")
        self._table = SmallTable("车辆", CARS, attrgetter("place"))
        self._form = _form(clock)

        self._lay_out()
        self._connect()

    def set_vehicles(self, vehicles: Sequence[VehicleDraft]) -> None:
        """Show these; the first one stands in the form."""
        self._cars = [Car(vehicle) for vehicle in vehicles] or [Car(VehicleDraft())]
        self._place = 0
        self._show_car()
        self._show_list()

    def vehicles(self) -> tuple[VehicleDraft, ...]:
        """What stands here, unchecked, without cars of which nothing was filled in.

        :raises InvalidInput: something cannot be read; that car is in the form now, with the fault at its field.
        """
        self._keep()
        for place, car in enumerate(self._cars):
            try:
                if car.unread is not None:
                    self.show_place(place)
                    self._form.values()
                checked_vehicle(car.draft)
            except InvalidInput as refusal:
                self.show_place(place)
                self._form.show_errors(refusal.fields)
                raise
        return tuple(car.draft for car in self._cars if car.draft.id or car.draft != VehicleDraft())

    def typed(self) -> tuple[object, ...]:
        """What stands here, for comparison only: never refuses."""
        self._keep()
        return tuple((car.draft, car.unread) for car in self._cars)

    def words(self) -> dict[str, str]:
        """A text for each car, by its number in the files, or its place among the new ones; none for an empty one."""
        self._keep()
        told = {f"{_KEPT}{car.draft.id or f'+{place}'}": _text(car) for place, car in enumerate(self._cars)}
        return {name: text for name, text in told.items() if text.strip()}

    def set_typed(self, texts: Mapping[str, str]) -> None:
        """Bring some of them back: changed, new, and taken away where the text is empty."""
        mine = {name: text for name, text in texts.items() if name.startswith(_KEPT)}
        if not mine:
            return
        told = {**self.words(), **mine}
        self._cars = [_car(name.removeprefix(_KEPT), text) for name, text in told.items() if text]
        self._cars = self._cars or [Car(VehicleDraft())]
        for place in reversed(range(len(self._cars))):
            self._place = place
            self._show_car()
            self._keep()
        self._show_list()
        self._tell_typed()
        self.changed.emit()

    def current_id(self) -> int | None:
        """The car at hand, if it is already in the files."""
        return self._cars[self._place].draft.id

    def show_vehicle(self, vehicle_id: int) -> None:
        """Put this car into the form, with the keyboard; one that is not here changes nothing."""
        place = next((at for at, car in enumerate(self._cars) if car.draft.id == vehicle_id), None)
        if place is not None:
            self.show_place(place)
            self._form.go_to("plate")

    def show_place(self, place: int) -> None:
        """Put the car at this place of the list into the form."""
        if place != self._place:
            self._keep()
            self._place = place
            self._show_car()
        self._show_list()

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_chosen(self, line: CarLine | None) -> None:
        if line is not None and line.place != self._place:
            self.show_place(line.place)

    def _on_opened(self, line: CarLine) -> None:
        self._form.go_to("plate")

    def _on_another(self) -> None:
        """One more like the car at hand: what a fleet has in common, never what tells its cars apart."""
        self._keep()
        like = self._cars[self._place].draft
        self._begin_car(VehicleDraft(brand=like.brand, series=like.series, model=like.model))

    def _on_add(self) -> None:
        self._begin_car(VehicleDraft())

    def _begin_car(self, draft: VehicleDraft) -> None:
        self._keep()
        self._cars.append(Car(draft))
        self.show_place(len(self._cars) - 1)
        self._form.go_to("plate")
        self.changed.emit()

    def _on_remove(self) -> None:
        del self._cars[self._place]
        self._cars = self._cars or [Car(VehicleDraft())]
        self._place = min(self._place, len(self._cars) - 1)
        self._show_car()
        self._show_list()
        self._form.go_to("plate")
        self._tell_typed()
        self.changed.emit()

    def _on_form_changed(self, name: str) -> None:
        self._keep()
        self._show_list()
        self._show_doubts(but=name)
        self.changed.emit()
        if name in ("plate", "vin"):
            self._tell_typed()

    def _on_left(self) -> None:
        doubts = self._show_doubts()
        for sentence in doubts - self._told:
            self.doubted.emit(sentence)
        self._told = doubts

    # -- helpers -------------------------------------------------------------------------------------------------

    def _tell_typed(self) -> None:
        """The plates and VINs as they stand here, those of the car at hand as they are typed."""
        here = self._form.typed()
        cars = [(car.draft.plate, car.draft.vin) for car in self._cars]
        cars[self._place] = (here["plate"], here["vin"])
        self.plates_typed.emit(tuple(plate_key(plate) for plate, _ in cars))
        self.vins_typed.emit(tuple(vin_key(vin) for _, vin in cars))

    def _keep(self) -> None:
        """Read the form into the car at hand; what cannot be read is kept as it was typed."""
        car = self._cars[self._place]
        try:
            car.draft, car.unread = VehicleDraft(**self._form.values(), id=car.draft.id), None
        except InvalidInput:
            car.unread = self._form.typed()

    def _show_car(self) -> None:
        car = self._cars[self._place]
        self._form.set_values({name: getattr(car.draft, name) for name in NAMES})
        if car.unread is not None:
            self._form.blockSignals(True)
            self._form.set_typed(car.unread)
            self._form.blockSignals(False)
        self._told = self._show_doubts()

    def _show_list(self) -> None:
        count = sum(1 for car in self._cars if car.draft.id or car.draft != VehicleDraft())
        self._heading.setText(f"车辆 {count} 台" if count > 1 else "车辆")
        self._table.setVisible(len(self._cars) > 1)
        here = self._cars[self._place].draft
        self._another.setVisible(here.id is not None and bool(here.series or here.model))
        self._table.set_rows([CarLine(place, car.draft) for place, car in enumerate(self._cars)])
        self._table.choose(self._place)

    def _show_doubts(self, but: str = "") -> set[str]:
        """Show and return what looks wrong, except at the field that is still being typed."""
        typed = self._form.typed()
        found = {name: doubt(typed[name]) or "" for name, doubt in _DOUBTS.items() if name != but}
        self._form.show_doubts(found)
        return {sentence for sentence in found.values() if sentence}

    def _connect(self) -> None:
        self._add.clicked.connect(self._on_add)
        self._another.clicked.connect(self._on_another)
        self._remove.clicked.connect(self._on_remove)
        self._table.chosen.connect(self._on_chosen)
        self._table.opened.connect(self._on_opened)
        self._form.changed.connect(self._on_form_changed)
        for name in _DOUBTS:
            field = self._form.field(name)
            if isinstance(field, LineField):
                field.editingFinished.connect(self._on_left)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self._add)
        head.addWidget(self._another)
        head.addWidget(self._remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._table)
        layout.addWidget(self._form)


def _text(car: Car) -> str:
    raw = car.unread or {name: getattr(car.draft, name) for name in NAMES}
    return "\t".join(_typed(raw[name]).replace("\t", " ") for name in NAMES)


def _typed(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def _car(key: str, text: str) -> Car:
    raw = dict(zip(NAMES, text.split("\t"), strict=True))
    return Car(VehicleDraft(id=None if key.startswith("+") else int(key)), raw)


def _form(clock: Clock) -> FieldForm:
    """Twelve places in three columns; the VIN takes two. 车主 is the customer, 送修人 stands apart."""
    form = FieldForm(columns=3, clock=clock)
    form.add_line("plate", "车牌号")
    form.add_line("vin", "VIN", span=2)
    form.add_line("brand", "品牌")
    form.add_line("series", "车系")
    form.add_line("model", "车型")
    form.add_line("colour", "颜色")
    form.add_line("engine_number", "发动机号")
    form.add_day("bought_on", "购车日期")
    form.add_number("mileage", "行驶里程", "km")
    form.add_line("brought_by", "送修人", "与车主不同时填")
    form.add_line("brought_by_phone", "送修人电话")
    return form
