"""The larger inputs of a form, and the reading of them all. The wheel changes nothing, Tab is never trapped."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QPlainTextEdit

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.gui.theme import FIELD_HEIGHT, scaled
from crm_desktop.gui.widgets.line_field import ENTER, LineField, is_window_key
from crm_desktop.gui.widgets.read_fields import DayField, MomentField, NumberField
from crm_desktop.gui.widgets.spoken_choice import spoken

__all__ = [
    "ChoiceField",
    "DayField",
    "Field",
    "LineField",
    "MomentField",
    "NumberField",
    "Option",
    "TextField",
    "read_all",
]

Option = str | tuple[object, str]

QAccessible.installFactory(spoken)


class TextField(QPlainTextEdit):
    """Several lines, the customer's own words: Enter is a new line, Tab and Ctrl+Enter move on."""

    changed = Signal()
    advance = Signal()

    def __init__(self, rows: int = 3, placeholder: str = "") -> None:
        super().__init__()
        self._rows = rows
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._on_text_changed)
        self.fit()

    def fit(self) -> None:
        """Take the height of the wanted number of lines in the present font."""
        line = self.fontMetrics().lineSpacing()
        self.setFixedHeight(max(scaled(FIELD_HEIGHT), self._rows * line + scaled(14)))

    def value(self) -> object:
        """What was typed, as it was typed."""
        return self.toPlainText()

    def set_value(self, value: object) -> None:
        """Show a value."""
        self.setPlainText("" if value is None else str(value))

    def typed(self) -> str:
        """The raw text, for a draft."""
        return self.toPlainText()

    def set_typed(self, text: str) -> None:
        """Bring the raw text of a draft back."""
        self.setPlainText(text)

    def event(self, event: QEvent) -> bool:
        if is_window_key(event):
            event.ignore()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.advance.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def _on_text_changed(self) -> None:
        self.changed.emit()


class ChoiceField(QComboBox):
    """One of few words. Options are words, or (value, word) where they differ."""

    changed = Signal()
    advance = Signal()

    def __init__(self, options: Iterable[Option], default: object = None) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(FIELD_HEIGHT)
        self.setMinimumContentsLength(4)
        self.setPlaceholderText("请选择")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.set_options(options, default)
        self.currentIndexChanged.connect(self._on_index_changed)

    def set_options(self, options: Iterable[Option], default: object = None) -> None:
        """Offer other words; keeps silent about it."""
        self.blockSignals(True)
        self.clear()
        self._values: list[object] = []
        for option in options:
            value, word = option if isinstance(option, tuple) else (option, str(option))
            self._values.append(value)
            self.addItem(word)
        self.set_value(default)
        self.blockSignals(False)

    def value(self) -> object:
        """The value behind the word, None where nothing is chosen."""
        return self._values[self.currentIndex()] if self.currentIndex() >= 0 else None

    def set_value(self, value: object) -> None:
        """Choose; a value that is no longer offered is added, so that an old record keeps its word."""
        if value in (None, "") and value not in self._values:
            self.setCurrentIndex(-1)
            return
        if value not in self._values:
            self._values.append(value)
            self.addItem(str(value))
        self.setCurrentIndex(self._values.index(value))

    def typed(self) -> str:
        """The word shown, for a draft."""
        return self.currentText()

    def set_typed(self, text: str) -> None:
        """Bring the word of a draft back, if it is still offered."""
        self.setCurrentIndex(self.findText(text))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.advance.emit()
            event.accept()
            return
        if self._choose_by_digit(event.text()):
            event.accept()
            return
        super().keyPressEvent(event)

    def _choose_by_digit(self, digit: str) -> bool:
        """3 takes the third word: Chinese words cannot be typed into a list; one that begins with it goes first."""
        place = "123456789".find(digit) if digit else -1
        begins = any(self.itemText(number).startswith(digit) for number in range(self.count()))
        if place < 0 or place >= self.count() or begins:
            return False
        self.setCurrentIndex(place)
        return True

    def _on_index_changed(self) -> None:
        self.changed.emit()


Field = LineField | TextField | ChoiceField


def read_all(fields: dict[str, Field]) -> dict[str, object]:
    """Every field's value by name.

    :raises InvalidInput: with a sentence for each field whose text cannot be read.
    """
    values: dict[str, object] = {}
    faults: dict[str, str] = {}
    for name, field in fields.items():
        try:
            values[name] = field.value()
        except ValueError as fault:
            faults[name] = str(fault)
    if faults:
        raise InvalidInput(faults)
    return values
