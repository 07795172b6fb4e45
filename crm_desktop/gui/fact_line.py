"""What matters of whoever stands at the counter: one line, as much as fits, and all of it behind a button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.domain.banner import Banner
from crm_desktop.gui.banner_facts import Fact, facts_of
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import ElidedLabel, show_if
from crm_desktop.gui.widgets.signs import dress

HEIGHT = 28
_MOST, _GAP = 4, 8


class FactLine(QWidget):
    """Nothing at all where nothing is known. ``case_wanted`` carries the number of a complaint."""

    case_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._banner: Banner | None = None
        self._facts: tuple[Fact, ...] = ()
        self._labels = [ElidedLabel(role="chip") for _ in range(_MOST)]
        self._more = Button("", weight=Weight.QUIET)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP)
        for label in self._labels:
            layout.addWidget(label)
        layout.addWidget(self._more)
        layout.addStretch(1)
        self.setFixedHeight(scaled(HEIGHT))
        self._more.clicked.connect(self._on_more)
        show_if(self, wanted=False)

    def say(self, banner: Banner | None) -> None:
        """The facts of this banner."""
        self._banner, self._facts = banner, facts_of(banner)
        for label, fact in zip(self._labels, self._facts, strict=False):
            label.setText(fact.words)
            dress(label, fact.tone)
        self.setAccessibleName(f"要点 {'，'.join(fact.words for fact in self._facts)}" if self._facts else "")
        self._fit()
        show_if(self, bool(self._facts))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_more(self) -> None:
        from crm_desktop.gui.facts_dialog import FactsDialog  # noqa: PLC0415 - when somebody wants to know all

        assert self._banner is not None  # noqa: S101 - the button is there for somebody only
        dialog = FactsDialog(self._banner.name, self._facts, self.window())
        dialog.case_wanted.connect(self.case_wanted)
        dialog.open()

    def _fit(self) -> None:
        """The first fact always, cut where it must be; of the others those that are read whole."""
        self._more.say(_all_of(len(self._facts)))  # at its widest
        room = self.width() - self._more.sizeHint().width() - _GAP
        shown = 0
        for place, label in enumerate(self._labels):
            wide = label.sizeHint().width()
            fits = place < len(self._facts) and shown == place and (place == 0 or wide <= room)
            label.setVisible(fits)
            label.setMaximumWidth(max(0, min(wide, room)))
            shown += fits
            room -= wide + _GAP
        hidden = len(self._facts) - shown
        self._more.say(_all_of(hidden) if hidden else "详情")


def _all_of(hidden: int) -> str:
    return f"更多（{hidden}）"
