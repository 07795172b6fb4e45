"""What a page is laid out with: its head with title and buttons, and the cards it stands on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel, show_if
from crm_desktop.gui.widgets.signs import Chip

MARGIN = 16
GAP = 12


class PageHead(QWidget):
    """Title and what belongs to it at the left, buttons at the right."""

    def __init__(self, title: str, subtitle: str = "") -> None:
        super().__init__()
        self._title = PlainLabel(title, "title")
        self._subtitle = ElidedLabel(subtitle, "subtitle")
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        self._right = QHBoxLayout()
        self._right.setSpacing(8)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._title)
        layout.addWidget(self._subtitle)
        layout.addLayout(self._chips)
        layout.addStretch(1)
        layout.addLayout(self._right)

    def say(self, title: str, subtitle: str = "") -> None:
        """Another title."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)

    def add_chip(self, text: str = "", tone: Tone = Tone.GREY) -> Chip:
        """A chip behind the title."""
        chip = Chip(text, tone)
        self._chips.addWidget(chip)
        return chip

    def add_button(self, button: Button) -> Button:
        """A button at the right; the main one last."""
        self._right.addWidget(button)
        return button

    def add_widget(self, widget: QWidget) -> None:
        """Something else at the right: a filter, the steps."""
        self._right.addWidget(widget)


class Card(QFrame):
    """A white ground with an optional heading; what is added stands below one another."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._heading = PlainLabel(title, "heading")
        self._head = QHBoxLayout()
        self._head.addWidget(self._heading)
        self._head.addStretch(1)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(14, 12, 14, 14)
        self.body.setSpacing(8)
        self.body.addLayout(self._head)
        show_if(self._heading, bool(title))
        self.setAccessibleName(title)

    def say(self, title: str) -> None:
        """Another heading."""
        self._heading.setText(title)
        show_if(self._heading, bool(title))
        self.setAccessibleName(title)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Another piece below."""
        self.body.addWidget(widget, stretch)

    def add_to_head(self, widget: QWidget) -> None:
        """Something small at the right of the heading."""
        self._head.addWidget(widget)


class Page(QWidget):
    """A page on the light ground with the usual margins: head first, then what is added."""

    def __init__(self, head: PageHead | None = None) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(18, MARGIN, 18, MARGIN)
        self.body.setSpacing(GAP)
        if head is not None:
            self.body.addWidget(head)


class Aside(Page):
    """A page that stands beside another for a while: ``back_wanted`` leads there again, ``opened`` carries the number
    of what somebody wants to see of it.
    """

    back_wanted = Signal()
    opened = Signal(str)

    def refresh(self) -> None:
        """Read again what is shown."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """The keyboard where the work begins."""
        raise NotImplementedError


class Rule(QFrame):
    """A thin line between two things."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "rule")
        self.setFixedHeight(1)
