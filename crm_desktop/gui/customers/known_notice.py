"""Tells the desk, while phone, plate or VIN is typed, who already has it, with a button that opens his file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.customers import NAMELESS, CustomerDraft, Known
from crm_desktop.domain.identity import phone_key, plate_key, shown_plate, vin_key
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.labels import ElidedLabel
from crm_desktop.gui.widgets.signs import dress
from crm_desktop.services.search import Search

_Told = tuple[str, int | None]
"""A sentence, and whose file it offers to open."""
_KINDS = ("phone", "plate", "vin")
_MOST = 4
"""So many lines stand there at a time; more would push the file itself off a small screen."""


class KnownNotice(QWidget):
    """A line for every phone, plate and VIN typed that somebody else has; it stays until that number changes.

    ``open_wanted`` carries a customer.
    """

    open_wanted = Signal(int)

    def __init__(self, search: Search) -> None:
        super().__init__()
        self._search = search
        self._own: int | None = None
        self._saved: frozenset[str] = frozenset()
        self._told: dict[str, list[_Told]] = {}

        self._lines = [_Line() for _ in range(_MOST)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for line in self._lines:
            layout.addWidget(line)
            line.open_wanted.connect(self.open_wanted)
        self.hide()

    def begin(self, customer_id: int | None, draft: CustomerDraft) -> None:
        """Another file is on the desk: what is stored in it is no news."""
        self._own = customer_id
        phones = (phone_key(contact.value) for contact in draft.contacts)
        cars = (key for car in draft.vehicles for key in (plate_key(car.plate), vin_key(car.vin)))
        self._saved = frozenset((*phones, *cars))
        self._told = {}
        self._show()

    def ask_phones(self, keys: Sequence[str]) -> None:
        """Who has these phones?"""
        self._told["phone"] = [told for key in self._new(keys) for told in self._tell("电话", moves=False, phone=key)]
        self._show()

    def ask_plates(self, keys: Sequence[str]) -> None:
        """Whose cars have these plates?"""
        self._told["plate"] = [
            told for key in self._new(keys) for told in self._tell(shown_plate(key), moves=True, plate=key)
        ]
        self._show()

    def ask_vins(self, keys: Sequence[str]) -> None:
        """Whose cars have these VINs?"""
        self._told["vin"] = [told for key in self._new(keys) for told in self._tell("VIN", moves=True, vin=key)]
        self._show()

    def _new(self, keys: Sequence[str]) -> list[str]:
        return [key for key in dict.fromkeys(keys) if key and key not in self._saved]

    def _tell(self, what: str, moves: bool, **asked: str) -> list[_Told]:
        found = self._search.exact(**asked)
        others = [known for known in found if known.customer_id is None or known.customer_id != self._own]
        return [(sentence(others, what, moves), others[0].customer_id)] if others else []

    def _show(self) -> None:
        told = [one for kind in _KINDS for one in self._told.get(kind, ())]
        for place, line in enumerate(self._lines):
            line.say(*(told[place] if place < len(told) else ("", None)))
        self.setVisible(bool(told))


class _Line(QWidget):
    """Who has it, cut in the middle where the name is too long, and the button for his file."""

    open_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._other: int | None = None
        self._words = ElidedLabel(role="chip", cut=Qt.TextElideMode.ElideMiddle)
        self._open = Button("打开档案")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._open)
        self.say("", None)
        self._open.clicked.connect(self._on_open)

    def say(self, words: str, customer_id: int | None) -> None:
        """Words, and whose file the button opens; without words the line is gone."""
        self._other = customer_id
        self._words.setText(words)
        dress(self._words, Tone.SOON if words else None)
        self._open.setVisible(customer_id is not None)
        self._open.setAccessibleDescription(words)
        self.setVisible(bool(words))

    def _on_open(self) -> None:
        if self._other is not None:
            self.open_wanted.emit(self._other)


def sentence(found: Sequence[Known], what: str, moves: bool) -> str:
    """Who has it already, and for a car (``moves``) what saving would do; short, for the foot of the file."""
    first = found[0]
    if first.customer_id is None:
        return f"{what} 已有记录、没有车主，保存后归这位客户"
    people = len({known.customer_id for known in found})
    whose = f"{first.name or NAMELESS}{f' 等 {people} 位' if people > 1 else ''}"
    if moves:
        return f"{what} 现在{whose}名下，保存后归这位客户"
    car = f"（{shown_plate(first.plate)}）" if first.plate else ""
    waiting = f"，{first.open_complaints} 张未关闭" if first.open_complaints else ""
    return f"{what}已有客户：{whose}{car}{waiting}"
