"""Which 受理 days the list shows: a usual period, or two days of one's own."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from crm_desktop.clock import Clock, local_day
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.fields import ChoiceField
from crm_desktop.gui.widgets.read_fields import DayField

Span = tuple[date, date]
_ANY, _OWN = "不限时间", "自选日期"
_USUAL = ("今天", "近 7 天", "本月", "上月", "今年")


class PeriodField(QWidget):
    """``changed`` comes when another span is meant; days that cannot be read mean no limit yet."""

    changed = Signal()

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._choice = ChoiceField((_ANY, *_USUAL, _OWN), _ANY)
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._first, self._last = DayField("开始日期", clock), DayField("结束日期", clock)
        self._choice.setAccessibleName("受理期间")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._choice)
        for field, name in ((self._first, "开始日期"), (self._last, "结束日期")):
            field.setAccessibleName(name)
            field.setFixedWidth(scaled(104))
            field.hide()
            field.editingFinished.connect(self.changed)
            field.advance.connect(self.changed)
            layout.addWidget(field)
        self._choice.changed.connect(self._on_chosen)

    def span(self) -> Span | None:
        """First and last local day, both included; None for any time."""
        chosen = str(self._choice.value())
        return self._own_span() if chosen == _OWN else _usual_span(chosen, local_day(self._clock()))

    def clear(self) -> None:
        """Any time."""
        self._choice.set_value(_ANY)

    def _on_chosen(self) -> None:
        own = self._choice.value() == _OWN
        for field in (self._first, self._last):
            field.setVisible(own)
        if own:
            self._first.setFocus()
        self.changed.emit()

    def _own_span(self) -> Span | None:
        try:
            first, last = self._first.value(), self._last.value()
        except ValueError:
            return None
        return (min(first, last), max(first, last)) if first and last else None


def _usual_span(chosen: str, today: date) -> Span | None:
    if chosen not in _USUAL:
        return None
    month = today.replace(day=1)
    spans = {
        "今天": (today, today),
        "近 7 天": (today - timedelta(days=6), today),
        "本月": (month, today),
        "上月": ((month - timedelta(days=1)).replace(day=1), month - timedelta(days=1)),
        "今年": (today.replace(month=1, day=1), today),
    }
    return spans[chosen]
