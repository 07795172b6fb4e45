"""Customer and car on a form: offered while typing, remembered when picked, recognised by phone, plate and VIN."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, SignalInstance

from crm_desktop.domain.customers import NAMELESS, Known
from crm_desktop.domain.identity import (
    masked_phone,
    phone_doubt,
    phone_key,
    plate_doubt,
    plate_key,
    shown_plate,
    vin_doubt,
    vin_key,
)
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.suggest_line import Suggestion, SuggestLine
from crm_desktop.services.parties import Party
from crm_desktop.services.search import Search

PARTY = ("customer_name", "phone", "plate", "vin")
_DOUBTS = {"phone": phone_doubt, "plate": plate_doubt, "vin": vin_doubt}
_NAMES = 7
# Below these lengths nobody has a whole number yet, so the files are not asked at every letter.
_PHONE_LENGTH, _PLATE_LENGTH, _VIN_LENGTH = 7, 6, 17


@dataclass(frozen=True, slots=True)
class _Remembered:
    """Somebody out of the files, with the texts by which he still stands in the form."""

    customer_id: int | None
    vehicle_id: int | None
    person: tuple[str, str]
    car: tuple[str, str]


class PartyFields(QObject):
    """Looks after the four fields ``PARTY`` of a form.

    ``picked``: somebody was chosen from the offers and filled in; ``begun``: the name typed is a new customer's.
    ``recognised`` carries a tuple of ``Known`` whenever it changes whose phone, plate or VIN stands there.
    ``doubted`` carries a sentence about a phone, plate or VIN that looks wrong, once.
    """

    picked = Signal()
    begun = Signal()
    recognised = Signal(object)
    doubted = Signal(str)

    def __init__(self, search: Search, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search = search
        self._form: FieldForm
        self._remembered: _Remembered | None = None
        self._taken: Known | None = None
        self._who: tuple[Known, ...] = ()
        self._doubts: dict[str, str] = {}

    def attach(self, form: FieldForm) -> None:
        """The form whose fields offer ``suggest``; once, right after it is built."""
        self._form = form
        for name in PARTY:
            field = form.field(name)
            assert isinstance(field, SuggestLine)  # noqa: S101 - the form was built with suggest lines
            field.picked.connect(self._on_picked)
            field.editingFinished.connect(self._on_left)
        form.changed.connect(self._on_changed)

    def suggest(self, text: str) -> list[Suggestion]:
        """Who in the files is meant by a few characters."""
        return [Suggestion(_title(known), known.why, known) for known in self._search.known(text)]

    def suggest_name(self, text: str) -> list[Suggestion]:
        """As ``suggest``; where a name is typed, Enter never takes somebody whose name is only like it."""
        known = self._search.known(text, _NAMES)
        offers = [Suggestion(_title(found), found.why, found) for found in known]
        if not offers or not _is_name(text):
            return offers
        somebody_new = Suggestion(f"新客户“{text}”", "档案里还没有")
        return [*offers, somebody_new] if any(found.name == text for found in known) else [somebody_new, *offers]

    @property
    def customer_id(self) -> int | None:
        """Whoever was picked, as long as neither name nor phone became another one afterwards."""
        kept = self._remembered
        return kept.customer_id if kept and _agree(kept.person, self._person()) else None

    @property
    def vehicle_id(self) -> int | None:
        """The car that was picked, as long as neither plate nor VIN became another one afterwards."""
        kept = self._remembered
        return kept.vehicle_id if kept and _agree(kept.car, self._car()) else None

    def party(self, brought_by: str = "", mileage: int | None = None) -> Party:
        """What stands in the form now, normalised."""
        name, phone = self._person()
        plate, vin = self._car()
        return Party(self.customer_id, self.vehicle_id, name, phone, brought_by, plate, vin, mileage)

    def remember(self, customer_id: int | None, vehicle_id: int | None) -> None:
        """The texts in the form are those of this customer and car."""
        self._remembered = _Remembered(customer_id, vehicle_id, self._person(), self._car())
        self._look()

    def take(self, known: Known, searched_in: str = "") -> None:
        """Fill somebody in; the field in which he was searched never keeps the search text."""
        texts: dict[str, str] = {searched_in: ""} if searched_in else {}
        if known.customer_id is not None:
            texts |= {"customer_name": known.name, "phone": known.phone}
        if known.vehicle_id is not None:
            texts |= {"plate": shown_plate(known.plate), "vin": known.vin}
        for name, text in texts.items():
            self._form.field(name).set_value(text)
        customer_id = known.customer_id if known.customer_id is not None else self.customer_id
        vehicle_id = known.vehicle_id if known.vehicle_id is not None else self.vehicle_id
        self._taken = known
        self.remember(customer_id, vehicle_id)
        self.show_doubts()

    def show_doubts(self) -> None:
        """Say what looks wrong about phone, plate and VIN, in amber."""
        texts = {name: str(self._form.field(name).value()) for name in _DOUBTS}
        doubts = {name: said for name, doubt in _DOUBTS.items() if (said := doubt(texts[name]))}
        fresh = [said for name, said in doubts.items() if self._doubts.get(name) != said]
        self._doubts = doubts
        self._form.show_doubts(doubts)
        if fresh:
            self.doubted.emit(fresh[-1])

    def _on_picked(self, known: Known | None) -> None:
        if known is None:
            self.begun.emit()
            return
        self.take(known, next(name for name in PARTY if self._form.field(name) is self.sender()))
        self.picked.emit()

    def _on_changed(self, name: str) -> None:
        if name not in PARTY:
            return
        if name in self._doubts:
            self.show_doubts()
        self._look()

    def _on_left(self) -> None:
        line = self.sender()
        if isinstance(line, SuggestLine) and line.isModified():
            self.show_doubts()

    def _look(self) -> None:
        phone, (plate, vin) = self._person()[1], self._car()
        found = self._search.exact(
            phone if len(phone) >= _PHONE_LENGTH else "",
            plate if len(plate) >= _PLATE_LENGTH else "",
            vin if len(vin) == _VIN_LENGTH else "",
        )
        taken = self._taken
        if taken is not None and taken.customer_id is not None and taken.customer_id == self.customer_id:
            found = found or [taken]
        who = tuple(sorted(found, key=self._nearest))
        if who != self._who:
            self._who = who
            self.recognised.emit(who)

    def _nearest(self, known: Known) -> tuple[bool, bool, bool, bool]:
        """Whoever was picked stands first, then whoever drives the very car, then whoever is called so."""
        plate, vin = self._car()
        return (
            self.customer_id is None or known.customer_id != self.customer_id,
            self.vehicle_id is None or known.vehicle_id != self.vehicle_id,
            not (plate and known.plate == plate) and not (vin and known.vin == vin),
            known.name != self._person()[0],
        )

    def _person(self) -> tuple[str, str]:
        name, phone = (str(self._form.field(name).value()) for name in ("customer_name", "phone"))
        return name.strip(), phone_key(phone)

    def _car(self) -> tuple[str, str]:
        plate, vin = (str(self._form.field(name).value()) for name in ("plate", "vin"))
        return plate_key(plate), vin_key(vin)


class PartyWords:
    """The words of a form and whoever was picked into it, to be put aside together (``Words`` of gui/keeping.py)."""

    def __init__(self, form: FieldForm, party: PartyFields) -> None:
        self._form, self._party = form, party

    @property
    def changed(self) -> SignalInstance:
        """Somebody types."""
        return self._form.changed

    @property
    def rested(self) -> SignalInstance:
        """Nothing is unsaved any more."""
        return self._form.rested

    def words(self) -> dict[str, str]:
        """The raw texts; whoever was picked by his number in the files, nothing where nobody was."""
        picked = {"customer_id": self._party.customer_id, "vehicle_id": self._party.vehicle_id}
        return self._form.words() | {name: str(value or "") for name, value in picked.items()}

    def set_typed(self, texts: Mapping[str, str]) -> None:
        """Bring them back; where only texts come back, whoever stood there still does."""
        kept = {"customer_id": self._party.customer_id, "vehicle_id": self._party.vehicle_id}
        told = {name: int(texts[name]) if texts[name] else None for name in kept if name in texts}
        self._form.set_typed(texts)
        if told:
            picked = kept | told
            self._party.remember(picked["customer_id"], picked["vehicle_id"])


def who_is(known: Known) -> str:
    """Somebody in the files in one phrase: name · plate · model."""
    return " · ".join(part for part in (known.name or NAMELESS, shown_plate(known.plate), known.model) if part)


def _is_name(text: str) -> bool:
    return any(char >= "\u3400" for char in text) and not any(char.isdigit() for char in text)


def _agree(kept: tuple[str, str], now: tuple[str, str]) -> bool:
    """What was blank in the files may be filled in: it is still the same one."""
    return all(before in ("", after) for before, after in zip(kept, now, strict=True))


def _title(known: Known) -> str:
    parts = (known.name or NAMELESS, shown_plate(known.plate), masked_phone(known.phone), known.model)
    return "  ".join(part for part in parts if part)
