"""Behind the buttons of a scene: every box, tab and menu one can open from it, one after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QMenu,
    QPushButton,
    QRadioButton,
    QTabBar,
    QToolButton,
    QWidget,
)

from crm_desktop.gui.messages import Message, Messages
from crm_desktop.gui.navigation import NavigationButton
from scenes.stage import Scene, Stage, settle

_STAY_OUT = (
    "打开演示数据",
    "锁定",
    "换人",
    "恢复",
    "退出",
    "重新开始",
    "进入",
    "返回",
    "打开抱怨单",
    "打开客户",
    "登记表",
)
"""Ways to another room or home: they are scenes of their own."""
_LET_GO = ("不保存", "丢掉", "放弃")
_GLANCE_MS = 60


class Hesitant(Messages):
    """Somebody who reads every question and answers none: no box and no file dialog holds up the walk."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.said.connect(self._hear)

    def choose(self, title: str, text: str, words: Sequence[str], no_word: str = "取消") -> str:
        """The harmless answer; what was typed on the way is of no use to anybody."""
        self.heard.extend((title, text, *words, no_word))
        return next((word for word in words if word in _LET_GO), no_word)

    def choose_save(self, title: str, suggested: str, filters: Sequence[str]) -> Path | None:
        """Nowhere."""
        self.heard.extend((title, suggested, *filters))
        return None

    def choose_open(self, title: str, filters: Sequence[str]) -> Path | None:
        """Nothing."""
        self.heard.extend((title, *filters))
        return None

    def choose_folder(self, title: str) -> Path | None:
        """Nowhere."""
        self.heard.append(title)
        return None

    def _hear(self, message: Message) -> None:
        self.heard.append(message.text)


def tabs(window: QWidget) -> Iterator[str]:
    """Turns every visible book to each of its pages; the name of the page that now lies open."""
    for bar in [one for one in window.findChildren(QTabBar) if one.isVisible()]:
        first = bar.currentIndex()
        for place in range(bar.count()):
            if place != first and bar.isTabEnabled(place) and bar.isTabVisible(place):
                bar.setCurrentIndex(place)
                settle(_GLANCE_MS)
                yield bar.tabText(place)
        bar.setCurrentIndex(first)


def boxes(stage: Stage, scene: Scene) -> Iterator[tuple[str, QWidget]]:
    """Each box that opens from what the scene shows, with the word that opened it; it is put away afterwards."""
    _set(stage, scene)
    for word in _words(stage):
        if not _open(stage, word):
            _set(stage, scene)
            if not _open(stage, word):
                continue
        front = stage.dialog()
        if front is not None and front is not stage.ground:
            yield word, front
            _put_away(stage)


def _set(stage: Stage, scene: Scene) -> None:
    _put_away(stage, everything=True)
    scene(stage)
    settle(_GLANCE_MS)
    stage.ground = stage.dialog()


def _put_away(stage: Stage, *, everything: bool = False) -> None:
    while (front := stage.dialog()) and (everything or front is not stage.ground):
        front.close()
        settle(0)


def _words(stage: Stage) -> list[str]:
    found = [*(button.text() for button in _buttons(stage)), *(entry.text() for entry in _entries(stage))]
    wanted = [word for word in dict.fromkeys(found) if word and not word.startswith(_STAY_OUT)]
    return [word for word in wanted if not word.isdigit()]


def _open(stage: Stage, word: str) -> bool:
    """Whether there was something of this name to press."""
    for button in _buttons(stage):
        if button.text() == word:
            button.click()
            settle(_GLANCE_MS)
            return True
    for entry in _entries(stage):
        if entry.text() == word:
            entry.trigger()
            settle(_GLANCE_MS)
            return True
    return False


def _buttons(stage: Stage) -> Iterator[QAbstractButton]:
    within = stage.dialog() or stage.window
    for button in within.findChildren(QAbstractButton):
        if not button.isVisible() or not button.isEnabled() or _menu(button):
            continue
        if not isinstance(button, NavigationButton | QCheckBox | QRadioButton):
            yield button


def _entries(stage: Stage) -> Iterator[QAction]:
    within = stage.dialog() or stage.window
    for button in within.findChildren(QAbstractButton):
        menu = _menu(button)
        if menu is None or not button.isVisible() or not button.isEnabled():
            continue
        menu.aboutToShow.emit()
        yield from (entry for entry in menu.actions() if entry.isVisible() and entry.isEnabled())


def _menu(button: QAbstractButton) -> QMenu | None:
    return button.menu() if isinstance(button, QPushButton | QToolButton) else None
