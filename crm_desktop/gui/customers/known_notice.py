"""Tells the desk, while phone, plate or VIN is typed, who already has it, with a button that opens his file."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.customers import NAMELESS, Known
from crm_desktop.domain.identity import shown_plate
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.labels import ElidedLabel
from crm_desktop.gui.widgets.signs import dress
from crm_desktop.services.search import Search


class KnownNotice(QWidget):
    """A line each for phone, plate and VIN: it stays until its own field changes.

    ``open_wanted`` carries a customer.
    """

    open_wanted = Signal(int)

    def __init__(self, search: Search) -> None:
        super().__init__()
        self._search = search
        self._own: int | None = None

        self._phone, self._plate, self._vin = _Line(), _Line(), _Line()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for line in self._lines():
            layout.addWidget(line)
            line.open_wanted.connect(self.open_wanted)
        self.hide()

    def begin(self, customer_id: int | None) -> None:
        """Another file is on the desk: what is his own is no news."""
        self._own = customer_id
        for line in self._lines():
            line.say("", None)
        self.hide()

    def ask_phone(self, key: str) -> None:
        """Who has this phone?"""
        self._tell(self._phone, self._search.exact(phone=key) if key else (), "电话", moves=False)

    def ask_plate(self, key: str) -> None:
        """Whose car has this plate?"""
        self._tell(self._plate, self._search.exact(plate=key) if key else (), shown_plate(key), moves=True)

    def ask_vin(self, key: str) -> None:
        """Whose car has this VIN?"""
        self._tell(self._vin, self._search.exact(vin=key) if key else (), "VIN", moves=True)

    def _lines(self) -> tuple[_Line, ...]:
        return self._phone, self._plate, self._vin

    def _tell(self, line: _Line, found: Sequence[Known], what: str, moves: bool) -> None:
        others = [known for known in found if known.customer_id is None or known.customer_id != self._own]
        if others:
            line.say(sentence(others, what, moves), others[0].customer_id)
        else:
            line.say("", None)
        self.setVisible(any(line.speaks for line in self._lines()))


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

    @property
    def speaks(self) -> bool:
        """Whether there is anything to say."""
        return bool(self._words.text())

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
