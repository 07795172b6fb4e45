"""One-line inputs that read what was typed: whole numbers, times, days."""

from __future__ import annotations

from datetime import date, datetime

from crm_desktop.clock import Clock, to_local, to_utc
from crm_desktop.gui.widgets.line_field import LineField
from crm_desktop.gui.widgets.moments import DAY_HINT, MOMENT_HINT, read_day, read_moment, short_moment


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
