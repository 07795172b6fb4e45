"""What a screen reader hears of a ``ChoiceField``: its label as the name, the word chosen as the value.

Qt on Linux gives a combo box the name of its current word (complexwidgets.cpp: "we use relations for this"), so that
接收渠道 would be heard, and found, as 接待. This puts the label back. It is asked only while somebody listens.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QComboBox
from shiboken6 import isValid

# Qt deletes an interface together with its widget; until then Python must not let go of it.
_held: list[SpokenChoice] = []


class SpokenChoice(QAccessibleWidget):
    """One choice as assistive technology sees it; its list of words is Qt's own."""

    def __init__(self, choice: QComboBox) -> None:
        super().__init__(choice, QAccessible.Role.ComboBox, "")
        self._choice = choice

    def text(self, kind: QAccessible.Text) -> str:
        """Name, value, description …"""
        if kind == QAccessible.Text.Name:
            return self._choice.accessibleName()
        if kind == QAccessible.Text.Value:
            return self._choice.currentText()
        return super().text(kind)

    def childCount(self) -> int:
        return 1

    def child(self, index: int) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._choice.view())

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return 0 if child.object() is self._choice.view() else -1

    def actionNames(self) -> list[str]:
        return ["ShowMenu", "Press", "Increase", "Decrease", "SetFocus"]

    def doAction(self, name: str) -> None:
        """What a listener may do: open the list, take the next or the previous word, go there."""
        if name == "SetFocus":
            self._choice.setFocus()
        elif name in ("Increase", "Decrease"):
            step = 1 if name == "Increase" else -1
            self._choice.setCurrentIndex(max(0, min(self._choice.currentIndex() + step, self._choice.count() - 1)))
        else:
            self._choice.showPopup()


def spoken(kind: str, thing: QObject) -> QAccessibleInterface | None:
    """Qt asks for each thing that is listened to; ours are the choices of forms."""
    if kind != "ChoiceField" or not isinstance(thing, QComboBox):
        return None
    _held[:] = [held for held in _held if isValid(held)]
    _held.append(SpokenChoice(thing))
    return _held[-1]
