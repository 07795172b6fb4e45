"""The inputs of a form. Enter moves on and never submits, the wheel changes nothing, Tab is never trapped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from crm_desktop.clock import Clock, to_local, to_utc
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.gui.theme import FIELD_HEIGHT, scaled
from crm_desktop.gui.widgets.moments import DAY_HINT, MOMENT_HINT, read_day, read_moment, short_moment

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Option = str | tuple[object, str]


class LineField(QLineEdit):
    """One line of text. ``advance`` wishes for the next field (Enter, but not while a word is being composed)."""

    changed = Signal()
    advance = Signal()

    def __init__(self, placeholder: str = "") -> None:
        super().__init__()
        self._composing = False
        self.setPlaceholderText(placeholder)
        self.setMinimumHeight(FIELD_HEIGHT)
        self.textChanged.connect(self._on_text_changed)

    def value(self) -> object:
        """What was typed, as it was typed: services clean and check."""
        return self.text()

    def set_value(self, value: object) -> None:
        """Show a value."""
        self.setText("" if value is None else str(value))
        self.setCursorPosition(0)

    def typed(self) -> str:
        """The raw text, for a draft: never refuses."""
        return self.text()

    def set_typed(self, text: str) -> None:
        """Bring the raw text of a draft back."""
        self.setText(text)

    def is_composing(self) -> bool:
        """Whether an input method is at work on an unfinished word."""
        return self._composing

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            if not self._composing:
                self.advance.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def _on_text_changed(self) -> None:
        self.changed.emit()


class NumberField(LineField):
    """A whole number with its unit behind it: 38620, 38,620 and 38620 km are the same."""

    def __init__(self, label: str, unit: str = "") -> None:
        super().__init__()
        self._label = label
        self._unit = unit

    def value(self) -> int | None:
        """The number, or None for nothing typed.

        :raises ValueError: with a sentence, for what is no number.
        """
        text = self.text().strip().lower()
        if self._unit:
            text = text.removesuffix(self._unit.lower()).removesuffix("公里").strip()
        digits = text.replace(",", "").replace("，", "").replace(" ", "")
        if not digits:
            return None
        if not digits.isdecimal() or len(digits) > 15:
            raise ValueError(f"{self._label}应是数字，如 38620，请重新填写。")
        return int(digits)

    def set_value(self, value: object) -> None:
        text = f"{value:,}" if isinstance(value, int) else ""
        super().set_value(f"{text} {self._unit}".rstrip() if text else "")


class MomentField(LineField):
    """A time typed in words of the desk, handed on in UTC and shown in local time."""

    def __init__(self, label: str, clock: Clock) -> None:
        super().__init__("月-日 时:分")
        self._label = label
        self._clock = clock

    def value(self) -> datetime | None:
        """UTC, or None for nothing typed.

        :raises ValueError: with a sentence, for what is no time.
        """
        if not self.text().strip():
            return None
        try:
            return to_utc(read_moment(self.text(), to_local(self._clock())))
        except (ValueError, OverflowError) as fault:
            raise ValueError(f"{self._label}看不懂，{MOMENT_HINT}") from fault

    def set_value(self, value: object) -> None:
        if isinstance(value, datetime):
            super().set_value(short_moment(to_local(value), to_local(self._clock())))
        else:
            super().set_value(None)


class DayField(LineField):
    """A calendar day at the desk."""

    def __init__(self, label: str, clock: Clock) -> None:
        super().__init__("年-月-日")
        self._label = label
        self._clock = clock

    def value(self) -> date | None:
        """The day, or None for nothing typed.

        :raises ValueError: with a sentence, for what is no day.
        """
        if not self.text().strip():
            return None
        try:
            return read_day(self.text(), to_local(self._clock()).date())
        except ValueError as fault:
            raise ValueError(f"{self._label}看不懂，{DAY_HINT}") from fault

    def set_value(self, value: object) -> None:
        super().set_value(value.isoformat() if isinstance(value, date) else None)


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
        super().keyPressEvent(event)

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
