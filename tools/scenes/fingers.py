"""What a keyboard and a wheel do to whatever stands open: Tab goes round, Enter sends nothing half filled, the wheel
changes nothing, an input method at work is left alone. Each check gives a line for each fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QInputMethodEvent, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

_ROUND = 400
"""More stops than any screen has."""
_INPUTS = (QLineEdit, QComboBox, QCheckBox, QRadioButton, QAbstractSpinBox)
"""Where Enter is meant for the input; in a text it is a new line, in a list it opens a row."""
_LINKS = 40
_NOTCH = 120
_NONE = Qt.KeyboardModifier.NoModifier
_WAYS = {"Tab": Qt.Key.Key_Tab, "Shift+Tab": Qt.Key.Key_Backtab}


def tab_faults(window: QWidget) -> Iterator[str]:
    """Where Tab or Shift+Tab stays, goes round without its beginning, or never comes by."""
    stops = [widget for widget in window.findChildren(QWidget) if _takes_tab(widget)]
    if not stops:
        return
    for way, key in _WAYS.items():
        first = _begin(window, stops[0])
        passed = [first]
        while len(passed) < _ROUND:
            here = _next_stop(window, passed[-1], key)
            if here is passed[-1]:
                yield f"{way} stays at {name_of(here)}"
                break
            if here is first:
                missed = [stop for stop in stops if isValid(stop) and _takes_tab(stop) and stop not in passed]
                if way == "Tab":
                    yield from (f"Tab never comes to {name_of(stop)}" for stop in missed if not _grouped(stop, passed))
                break
            if here in passed:
                yield f"{way} goes round at {name_of(here)} and never comes back to {name_of(first)}"
                break
            passed.append(here)


def wheel_faults(window: QWidget) -> Iterator[str]:
    """Values that a turn of the wheel changes though the keyboard is elsewhere."""
    for widget in window.findChildren(QWidget):
        read = _reader(widget)
        if read is None or not widget.isVisible() or not widget.isEnabled():
            continue
        if (holder := window.focusWidget()) is not None:
            holder.clearFocus()
        before = read()
        for notch in (-_NOTCH, _NOTCH):
            _turn(widget, notch)
            if read() != before:
                yield f"the wheel changes {name_of(widget)}"
                _turn(widget, -notch)
                break


def enter_faults(window: QWidget) -> Iterator[str]:
    """Inputs in which Enter presses a button, or does anything but stay while a word is being composed."""
    for line in [one for one in window.findChildren(QLineEdit) if _takes_tab(one) and not one.isReadOnly()]:
        if isValid(line) and _takes_tab(line):
            yield from _composing_faults(window, line)
    pressed: list[QAbstractButton] = []
    with _listening(window, pressed):
        for piece in [one for one in window.findChildren(QWidget) if isinstance(one, _INPUTS) and _takes_tab(one)]:
            if not isValid(piece) or not _takes_tab(piece):
                continue
            _begin(window, piece)
            if _focus(window) is piece:
                QTest.keyClick(piece, Qt.Key.Key_Return)
            if pressed or not isValid(window) or not window.isVisible():
                yield f"Enter in {name_of(piece) if isValid(piece) else 'an input'} presses {_words(pressed)}"
                return


def chords(window: QWidget) -> set[str]:
    """Every key chord that does something here besides what its own widget makes of it."""
    keys = [key.toString() for shortcut in window.findChildren(QShortcut) for key in shortcut.keys()]  # noqa: SIM118 - a shortcut is no mapping
    keys += [key.toString() for action in window.findChildren(QAction) for key in action.shortcuts()]
    return {key for key in keys if key}


def name_of(widget: QWidget) -> str:
    """What a reader would call it, with what it is."""
    return f"{widget.accessibleName() or '?'} ({type(widget).__name__})"


@contextmanager
def _listening(window: QWidget, pressed: list[QAbstractButton]) -> Iterator[None]:
    """Notes every button that is pressed meanwhile."""

    def note() -> None:
        button = window.sender() if isValid(window) else None
        pressed.append(button if isinstance(button, QAbstractButton) else QPushButton())

    buttons = window.findChildren(QPushButton)
    for button in buttons:
        button.clicked.connect(note)
    yield
    for button in buttons:
        if isValid(button):
            button.clicked.disconnect(note)


def _words(pressed: list[QAbstractButton]) -> str:
    return "、".join(button.text() or "a button" for button in pressed if isValid(button)) or "a button"


def _composing_faults(window: QWidget, line: QLineEdit) -> Iterator[str]:
    _begin(window, line)
    line.end(False)
    before = line.text()
    QApplication.sendEvent(line, QInputMethodEvent("ni", []))
    QTest.keyClick(line, Qt.Key.Key_Return)
    if not isValid(window) or not window.isVisible() or _focus(window) is not line or line.text() != before:
        yield f"Enter fires in {name_of(line)} while a word is being composed"
    if isValid(line):
        QApplication.sendEvent(line, QInputMethodEvent())


def _reader(widget: QWidget) -> Callable[[], object] | None:
    if isinstance(widget, QComboBox):
        return widget.currentIndex
    if isinstance(widget, QAbstractSpinBox):
        return widget.text
    if isinstance(widget, QTabBar):
        return widget.currentIndex
    if isinstance(widget, QAbstractSlider) and not isinstance(widget, QScrollBar):
        return widget.value
    return None


def _turn(widget: QWidget, notch: int) -> None:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, notch),
        Qt.MouseButton.NoButton,
        _NONE,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def _next_stop(window: QWidget, stop: QWidget, key: Qt.Key) -> QWidget:
    """Where the key leads; what holds several links is left behind the last of them."""
    for _ in range(_LINKS):
        QTest.keyClick(stop, key)
        if (here := _focus(window)) is not stop:
            return here
    return stop


def _begin(window: QWidget, stop: QWidget) -> QWidget:
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    stop.setFocus(Qt.FocusReason.TabFocusReason)
    return _focus(window)


def _focus(window: QWidget) -> QWidget:
    return QApplication.focusWidget() or window


def _takes_tab(widget: QWidget) -> bool:
    wants = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    return wants and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def _grouped(stop: QWidget, passed: list[QWidget]) -> bool:
    """Whether it is reached by the arrows from a neighbour, or it is the inside of something that was passed."""
    return any(
        stop is not one and (one.isAncestorOf(stop) or (type(stop) is type(one) and _exclusive(stop))) for one in passed
    )


def _exclusive(stop: QWidget) -> bool:
    return bool(getattr(stop, "autoExclusive", bool)())


__all__ = ["chords", "enter_faults", "name_of", "tab_faults", "wheel_faults"]
