"""The room 抱怨投诉 on a real data folder, and hands that work it by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMessageBox, QTableView, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.staff import Role
from crm_desktop.gui.complaints.page import ComplaintsPage
from crm_desktop.gui.complaints.procedure import procedure_of
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.fields import Field
from crm_desktop.gui.widgets.suggest_line import SuggestLine
from crm_desktop.services.office import Office
from tests.makers import act

CTRL = Qt.KeyboardModifier.ControlModifier
_PLAIN = Qt.KeyboardModifier.NoModifier


class Room:
    """The page in a window of the size it has at 1366x768, and how many keys were pressed in it."""

    def __init__(self, qtbot: QtBot, office: Office) -> None:
        self.qtbot, self.office = qtbot, office
        self.messages, self.session = Messages(), Session(office.desk)
        self.page = ComplaintsPage(
            procedure_of(office),
            office.follow_ups,
            office.search,
            self.session,
            self.messages,
        )
        self.presses = 0
        self.page.resize(1198, 690)
        qtbot.addWidget(self.page)
        self.page.show()
        qtbot.waitActive(self.page)

    def seat_director(self) -> None:
        """The 服务总监 takes the desk: the only one who may set 责任人, close, reopen and void."""
        self.office.access.hire("程立群", (Role.DIRECTOR,), "2468", act())
        self.session.sit_down(self.office.staff.find("程立群"))

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _PLAIN) -> None:
        """One key chord where the keyboard is."""
        self.presses += 1
        self.qtbot.keyClick(self._hands(), key, modifier)

    def save(self) -> None:
        """Ctrl+S."""
        self.press(Qt.Key.Key_S, CTRL)

    def write(self, text: str) -> None:
        """Words as an input method hands them over; they do not count as presses."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self._hands(), event)

    def pick(self, text: str) -> None:
        """A few characters, then Enter once somebody is offered."""
        line = self._hands()
        assert isinstance(line, SuggestLine)
        self.write(text)
        self.qtbot.waitUntil(lambda: bool(line.offers()))
        self.press(Qt.Key.Key_Return)

    def field(self, label: str, inside: QWidget | None = None) -> Field:
        """The visible input with this accessible name."""
        return self._named(label, Field, inside)

    def fill(self, label: str, text: str, inside: QWidget | None = None) -> None:
        """Text in an input, as typed."""
        self.field(label, inside).setFocus()
        self.field(label, inside).set_typed(text)

    def button(self, text: str, inside: QWidget | None = None) -> QAbstractButton:
        """The visible button with this text."""
        return self._named(text, QAbstractButton, inside)

    def has(self, text: str) -> bool:
        """Whether a button with this text is to be seen."""
        return any(b.accessibleName() == text and b.isVisible() for b in self.page.findChildren(QAbstractButton))

    def has_field(self, label: str) -> bool:
        """Whether an input with this name is to be seen."""
        return any(
            w.accessibleName() == label and w.isVisible()
            for w in self.page.findChildren(QWidget)
            if isinstance(w, Field)
        )

    def walk_to(self, name: str) -> None:
        """Tab until the keyboard stands there; not found after a round is a failure."""
        for _ in range(80):
            if self.focus() == name:
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"{name} is not on the way of the keyboard")

    def click(self, text: str, inside: QWidget | None = None) -> None:
        """A click of the left mouse button."""
        self.qtbot.mouseClick(self.button(text, inside), Qt.MouseButton.LeftButton)

    def table(self, title: str) -> QTableView:
        """The visible list with this title."""
        return self._named(title, QTableView, None)

    def cells(self, title: str, column: int) -> list[str]:
        """What a column of a list shows, top to bottom."""
        model = self.table(title).model()
        return [model.index(row, column).data() for row in range(model.rowCount())]

    def tabs(self) -> QTabWidget:
        """The tabs of the case shown."""
        return self.page.findChild(QTabWidget)

    def turn_to(self, word: str) -> None:
        """Opens a tab by its word."""
        self.tabs().setCurrentIndex(self._tab(word))

    def is_open(self, word: str) -> bool:
        """Whether a tab's turn has come."""
        return self.tabs().isTabEnabled(self._tab(word))

    def dialog(self) -> QDialog:
        """The dialog that is open now."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        self.qtbot.waitUntil(lambda: found.isAncestorOf(QApplication.focusWidget() or self.page))
        return found

    def will_answer(self, word: str) -> None:
        """The next question of the desk gets this answer."""
        QTimer.singleShot(20, lambda: self._answer(word))

    def said(self) -> str:
        """The last sentence for the bar."""
        return self.messages.last.text if self.messages.last else ""

    def focus(self) -> str:
        """The accessible name of what has the keyboard."""
        return QApplication.focusWidget().accessibleName()

    def _hands(self) -> QWidget:
        """What has the keyboard; a window that stood behind another one comes to the front first."""
        if QApplication.focusWidget() is None:
            self.page.activateWindow()
            self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        return QApplication.focusWidget()

    def _answer(self, word: str) -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(button for button in box.buttons() if button.text() == word).click()

    def _tab(self, word: str) -> int:
        texts = [self.tabs().tabText(place).split()[0] for place in range(self.tabs().count())]
        return texts.index(word)

    def _named(self, name, kind, inside):
        within = inside or self.page
        kinds = kind if isinstance(kind, type) else QWidget
        found = [
            widget
            for widget in within.findChildren(kinds)
            if isinstance(widget, kind) and widget.accessibleName() == name and widget.isVisible()
        ]
        assert len(found) == 1, f"{name}: {found}"
        return found[0]


@pytest.fixture
def room(qtbot: QtBot, office: Office) -> Iterator[Room]:
    """The room, with nothing in the files yet."""
    made = Room(qtbot, office)
    yield made
    made.page.close()
