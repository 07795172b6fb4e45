"""The window of one home at one size, worked through what stands on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QColor, QImage, QInputMethodEvent, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTableView, QWidget

from crm_desktop.app import open_program
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.theme import DARK, colours
from scenes.cast import cast

SAMPLE_PERSON, SAMPLE_PIN = "服务总监", "2468"  # in a sample home one person has each role, and all have the same PIN
_SETTLE_MS = 350
_PATIENCE_MS, _STEP_MS = 20_000, 50
_AROUND = 28
_SHADE_LIGHT, _SHADE_DARK = QColor(29, 37, 48, 70), QColor(0, 0, 0, 130)

Scene = Callable[["Stage"], None]


def settle(milliseconds: int = _SETTLE_MS) -> None:
    """Time for lists to fill, pages to paint and jobs to go on: QTest.qWait would hold the jobs' threads back."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Stage:
    """The window, worked through what stands on it."""

    def __init__(self, home: Path, size: QSize, messages: Messages | None = None) -> None:
        """``messages``: who answers its questions, where not somebody at the screen."""
        self.home = home
        self.ground: QWidget | None = None  # a box the scene itself has opened
        self.cast = cast(home)
        self.program = open_program(home, messages or Messages())
        self.window = self.program.window
        self.program.show()
        self.window.resize(size)
        settle()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)

    def sit_down(self, role: str, pin: str) -> None:
        """The one who holds this role proves it, as in the morning."""
        people = self._named(QTableView, "换人")
        model = people.model()
        rows = [row for row in range(model.rowCount()) if role in str(model.index(row, 2).data())]
        people.selectRow(rows[0])
        self.fill("PIN 码", pin)
        self.press("进入")
        settle()

    def enter(self, room: str) -> Any:
        """A room's page, shown."""
        return self.window.show_page(room)

    def press(self, name: str) -> None:
        """The button of this name, in the window or in the dialog before it."""
        QTest.mouseClick(self._named(QAbstractButton, name), Qt.MouseButton.LeftButton)

    def press_like(self, beginning: str) -> None:
        """The button whose word begins so: a count stands behind it."""
        words = [button.text() for button in self.window.findChildren(QAbstractButton) if button.isVisible()]
        self.press(next(word for word in words if word.startswith(beginning)))

    def choose(self, beginning: str) -> None:
        """An entry of a menu, by how it begins."""
        actions = self.window.findChildren(QAction)
        next(action for action in actions if action.text().startswith(beginning)).trigger()
        settle()

    def ask(self, text: str) -> None:
        """Ctrl+K and a text, as an input method hands it over."""
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        QTest.keyClick(self.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self._named(QWidget, "搜索"), event)

    def fill(self, label: str, text: str) -> None:
        """Text in an input."""
        field = self._named(QWidget, label)
        field.setFocus()
        field.set_typed(text)

    def pick(self, label: str, value: str) -> None:
        """One of the words to choose from."""
        self._named(QWidget, label).set_value(value)
        settle()

    def type_in(self, label: str, keys: str) -> None:
        """Keys into an input that offers what is already in the files; Enter takes the first offer."""
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)
        field = self._named(QWidget, label)
        field.setFocus()
        QTest.keyClicks(field, keys)
        settle()
        QTest.keyClick(field, Qt.Key.Key_Return)

    def until(self, there: Callable[[], object]) -> None:
        """Waits for the end of a job."""
        for _ in range(_PATIENCE_MS // _STEP_MS):
            if there():
                return
            settle(_STEP_MS)
        raise TimeoutError("the window never came to what the scene waits for")

    def offers(self, name: str) -> Callable[[], bool]:
        """Whether the button of this name may be pressed."""

        def ready() -> bool:
            buttons = (self.dialog() or self.window).findChildren(QAbstractButton)
            return any(b.accessibleName() == name and b.isVisible() and b.isEnabled() for b in buttons)

        return ready

    def dialog(self) -> QWidget | None:
        """What stands before the window."""
        front = QApplication.activeModalWidget()
        if front is not None:
            return front
        others = (widget for widget in QApplication.topLevelWidgets() if widget is not self.window)
        return next((widget for widget in others if widget.isVisible() and widget.isWindow()), None)

    def picture(self) -> QImage:
        """Window and dialog as somebody sees them."""
        seen = self.window.grab()
        if front := self.dialog():
            _lay_before(seen, front.grab())
        return seen.toImage()

    def part(self) -> QRect:
        """What of the picture is worth showing by itself: the dialog and a little around it, or all of it."""
        whole, front = self.window.rect(), self.dialog()
        if front is None:
            return whole
        around = front.rect().adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
        around.moveCenter(whole.center())
        return around.intersected(whole)

    def end(self) -> None:
        """Lets go of the home."""
        if front := self.dialog():
            front.close()
        self.window.hide()
        self.program.close()

    def _named(self, kind: type[Any], name: str) -> Any:
        inside = self.dialog() or self.window
        found = [w for w in inside.findChildren(kind) if w.accessibleName() == name and w.isVisible()]
        if not found:
            raise LookupError(f"{name} is not to be seen")
        return found[0]


def _lay_before(window: QPixmap, front: QPixmap) -> None:
    at = QPoint((window.width() - front.width()) // 2, (window.height() - front.height()) // 2)
    worn = colours()
    with QPainter(window) as painter:
        painter.fillRect(window.rect(), _SHADE_DARK if worn is DARK else _SHADE_LIGHT)
        painter.drawPixmap(at, front)
        painter.setPen(QColor(worn.strong_line))  # the frame a dialog has on a desktop
        painter.drawRect(QRect(at, front.size()).adjusted(-1, -1, 0, 0))
