"""The window while nobody sits at it: covered by the list of people, with everything typed kept beneath."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QFrame, QMenu, QVBoxLayout, QWidget
from shiboken6 import isValid

from crm_desktop.domain.staff import Person
from crm_desktop.gui.person_gate import PersonGate
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.services.access import Access

_TICKS = 10
_SIGNS_OF_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.InputMethod,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class LockPage(QFrame):
    """``passed`` carries whoever sits down; ``recovery_wanted`` as in ``PersonGate``."""

    def __init__(self, people: Sequence[Person], access: Access) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAccessibleName("已锁定")
        self._gate = PersonGate(people, access)
        self.passed = self._gate.passed
        self.recovery_wanted = self._gate.recovery_wanted
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(scaled(520))
        card.setMaximumHeight(scaled(620))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(20, 16, 20, 16)
        inside.addWidget(PlainLabel("谁在用这台电脑？", "title"))
        inside.addWidget(PlainLabel("窗口已锁定，没有保存的内容都还在。", "caption"))
        inside.addWidget(self._gate, 1)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(card, 8, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def show_people(self, people: Sequence[Person], current: Person | None) -> None:
        """These may sit down now; the one who sat here last is offered first."""
        self._gate.show_people(people, current)


class IdleWatch(QObject):
    """``idle``: no key and no pointer stirred for so long, in whichever window of the program.

    It listens to the windows, not to every widget: one look at an event costs the desk nothing.
    """

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._quiet = 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_tick)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)  # noqa: S101 - there is no window without it
        application.focusWindowChanged.connect(self._on_window)
        self._on_window(application.focusWindow())

    def watch(self, milliseconds: int) -> None:
        """From now on this long counts as idle; measured in tenths."""
        self._quiet = 0
        self._timer.start(max(1, milliseconds // _TICKS))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self._quiet = 0
        return super().eventFilter(watched, event)

    def _on_window(self, window: QWindow | None) -> None:
        self._quiet = 0
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def _on_tick(self) -> None:
        self._quiet += 1
        if self._quiet >= _TICKS:
            self._quiet = 0
            self.idle.emit()


class Curtain:
    """Dialogs and previews that stand beside the window: out of sight while it is locked, back afterwards."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._hidden: list[QWidget] = []

    def close(self) -> None:
        """Hides what else is open; menus go for good."""
        others = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not self._window]
        for menu in [widget for widget in others if isinstance(widget, QMenu)]:
            menu.close()
        self._hidden = [widget for widget in others if not isinstance(widget, QMenu)]
        for widget in self._hidden:
            widget.hide()

    def open(self) -> None:
        """Shows again what was hidden and still is wanted."""
        for widget in self._hidden:
            if isValid(widget):
                widget.show()
        self._hidden = []
