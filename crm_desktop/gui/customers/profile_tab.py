"""What every tab of the profile is: it shows one customer, may hold typed text, and saves it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.domain.acts import Act
from crm_desktop.domain.customers import CustomerProfile


class ProfileTab(QWidget):
    """``changed``: something was typed. ``stored`` carries a sentence about what was done at once."""

    changed = Signal()
    stored = Signal(str)

    title = ""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")  # lets the card's ground through
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 10, 8, 0)
        self.body.setSpacing(8)

    @property
    def dirty(self) -> bool:
        """Whether something typed is not saved."""
        return False

    def show_profile(self, profile: CustomerProfile) -> None:
        """Another customer, or the same one read again."""
        raise NotImplementedError

    def save(self, act: Act) -> None:
        """Saves what was typed; raises what the verb raises, with the fault already at its field."""

    def give_up(self) -> None:
        """What was typed is gone."""
