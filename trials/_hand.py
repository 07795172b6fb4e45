"""The hand of ``trials/_window.py``: finds what can be worked on the page or the dialog in front, and works it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QProcess, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QWidget,
)

from crm_desktop import app
from crm_desktop.gui.crash import CrashGuard
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.navigation import Navigation

_KINDS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QTabBar, QAbstractItemView)
_WORDS = ("张三", "13812345678", "京A12345", "异响", "2026-11-20", "", "9" * 40, "<b>&", "=1+1", "\u202e反")
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_F1, Qt.Key.Key_F5)
_STUCK = 12
"""Actions in one dialog before it is closed by Escape."""
_WAYS_OUT = 300
"""Tries to come back to the window in the end, where dialogs ask one after the other."""


class _NoFiles(Messages):
    """Asks for no file outside the folder of the trial; half of the time nobody picks one."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        super().__init__()
        self._place, self._chance = folder, chance

    def choose_save(self, title: str, suggested: str, filters: Sequence[str]) -> Path | None:
        del title, filters
        return self._maybe(self._place / Path(suggested).name)

    def choose_open(self, title: str, filters: Sequence[str]) -> Path | None:
        del title, filters
        return self._maybe(next(iter(sorted(self._place.glob("*.*"))), self._place))

    def choose_folder(self, title: str) -> Path | None:
        del title
        return self._maybe(self._place / "另一个文件夹")

    def _maybe(self, path: Path) -> Path | None:
        return path if self._chance.random() < 0.5 else None


class Hand:
    """One window of one home, worked ``actions`` times."""

    def __init__(self, home: Path, actions: int, chance: random.Random) -> None:
        self._left, self._chance, self._log = actions, chance, home / app.LOG
        self._dialog: QWidget | None = None
        self._stuck = 0
        self._seen: set[str] = set()
        QDesktopServices.openUrl = _opened  # type: ignore[method-assign]
        QProcess.startDetached = _started  # type: ignore[method-assign, assignment]
        messages = _NoFiles(home.parent, chance)
        self._qt = app.start_qt()
        self._program = app.open_program(home, messages)
        self._guard = CrashGuard(self._log)
        self._guard.install()
        self._guard.broke.connect(messages.refused)
        self._program.show()

    def sit_down(self, person: str, pin: str) -> None:
        """At the gate, as people do; what breaks the first time is done once more."""
        for _ in range(6):
            QTest.qWait(200)
            fields = [one for one in self._all(QLineEdit) if "PIN" in one.accessibleName()]
            if not fields:
                return
            for table in self._all(QTableView):
                _choose(table, person)
            fields[0].clear()
            QTest.keyClicks(fields[0], pin)
            QTest.keyClick(fields[0], Qt.Key.Key_Return)
        raise SystemExit("nobody could sit down")

    def work(self) -> dict[str, Any]:
        """How many windows were seen, whether the desk is still open, and what the log says."""
        QTimer.singleShot(0, self._step)
        self._qt.exec()
        alive = self._program.window.isVisible()
        self._guard.uninstall()
        self._program.close()
        log = self._log.read_text(encoding="utf-8") if self._log.exists() else ""
        return {"windows": len(self._seen), "alive": alive, "log": log}

    def _step(self) -> None:
        """One action; the next is booked before, for a dialog may keep this one until it is closed."""
        front = self._front()
        at_home = front is self._program.window
        if self._left <= 0 and (at_home or self._left < -_WAYS_OUT):
            self._qt.exit(0)
            return
        QTimer.singleShot(0, self._step)
        self._left -= 1
        self._seen.add(f"{type(front).__module__}.{type(front).__name__}")
        self._stuck = self._stuck + 1 if front is self._dialog else 0
        self._dialog = front
        if isinstance(front, QMenu):
            self._chosen(front)
        elif isinstance(front, QMessageBox):  # its harmless button alone would lead back for ever
            self._chance.choice(front.buttons()).click()
        elif not at_home and (self._left <= 0 or self._stuck > _STUCK):
            QTest.keyClick(front, Qt.Key.Key_Escape)
            if self._stuck > 2 * _STUCK:
                front.close()
        elif at_home and self._chance.random() < 0.1:
            self._worked(self._chance.choice(self._program.window.findChild(Navigation).findChildren(QAbstractButton)))
        elif found := [one for kind in _KINDS for one in self._all(kind, front)]:
            self._worked(self._chance.choice(found))
        if not self._program.window.isVisible():
            self._program.window.show()

    def _chosen(self, menu: QMenu) -> None:
        actions = [action for action in menu.actions() if action.isEnabled() and not action.isSeparator()]
        menu.close()
        if actions and self._chance.random() < 0.7:
            self._chance.choice(actions).trigger()

    def _worked(self, widget: QWidget) -> None:
        if isinstance(widget, QAbstractButton):
            widget.click()
        elif isinstance(widget, QTabBar):
            widget.setCurrentIndex(self._chance.randrange(max(widget.count(), 1)))
        elif isinstance(widget, QComboBox):
            widget.setCurrentIndex(self._chance.randrange(max(widget.count(), 1)))
            widget.activated.emit(widget.currentIndex())
        elif isinstance(widget, QAbstractItemView):
            self._picked(widget)
        else:
            widget.setFocus()
            for letter in self._chance.choice(_WORDS):
                _typed(0, letter)
            _typed(self._chance.choice(_KEYS), "")

    def _picked(self, view: QAbstractItemView) -> None:
        model = view.model()
        rows = model.rowCount(view.rootIndex()) if model is not None else 0
        if not rows:
            return
        index = model.index(self._chance.randrange(rows), 0, view.rootIndex())
        view.setCurrentIndex(index)
        view.activated.emit(index)
        if self._chance.random() < 0.3:
            view.customContextMenuRequested.emit(QPoint(5, 5))

    def _front(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.activeModalWidget() or self._program.window

    def _all(self, kind: type[Any], inside: QWidget | None = None) -> list[Any]:
        found = (inside or self._program.window).findChildren(kind)
        return [one for one in found if one.isVisible() and one.isEnabled()]


def _typed(key: int, text: str) -> None:
    """To whatever has the keyboard by now."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        if (widget := QApplication.focusWidget()) is not None:
            QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


def _opened(url: QUrl) -> bool:
    """Nothing is opened beside the window."""
    return url.isValid()


def _started(program: str, arguments: Sequence[str] = ()) -> tuple[bool, int]:
    """No second window (示例数据) either: it would live on, and hold the pipes that the trial reads to their end."""
    return bool(program) and arguments is not None, 0


def _choose(table: QTableView, name: str) -> None:
    model = table.model()
    for row in range(model.rowCount()):
        if name in str(model.index(row, 0).data()):
            table.selectionModel().setCurrentIndex(
                model.index(row, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )
