"""Days and times as people and spreadsheets write them: a short strict list, everything else is refused.

Accepted: 2020-06-05, 2020/6/5, 2020.6.5, 2020年6月5日, 20200605, each alone or with 14:05, 14:05:30, 14时05分, 下午2点
or 14点半, and the serial number of a spreadsheet where the cell really was a number. Day and month are never guessed,
and a two-digit year is not a year.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.identity import half_width

EARLIEST = date(1990, 1, 1)
YEARS_AHEAD = 10
"""How far a planned day or an insurance's end may lie in the future."""

_SERIAL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no zone
_SERIALS = range(1, 2_958_466)  # 1900-01-01 to 9999-12-31
_DAY = re.compile(
    r"(?:(?P<year>[0-9]{4})(?:-(?P<m1>[0-9]{1,2})-(?P<d1>[0-9]{1,2})|/(?P<m2>[0-9]{1,2})/(?P<d2>[0-9]{1,2})"
    r"|\.(?P<m3>[0-9]{1,2})\.(?P<d3>[0-9]{1,2})|年(?P<m4>[0-9]{1,2})月(?P<d4>[0-9]{1,2})日"
    r"|(?P<m5>[0-9]{2})(?P<d5>[0-9]{2})))"
)
_TIME = re.compile(
    r"(?P<half>上午|下午)? ?(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{1,2})(?::(?P<second>[0-9]{1,2})(?:\.[0-9]+)?)?"
    r"|[时点](?:(?P<minute2>[0-9]{1,2})分(?:(?P<second2>[0-9]{1,2})秒)?|(?P<past>半)?))"
)
_AMBIGUOUS = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}(?: .*)?")


def parse_day(raw: str | float | date, today: date, *, future: bool = False) -> date:
    """The day, from 1990-01-01 to tomorrow, or up to ten years ahead with ``future``; a time with it is dropped.

    A number is a spreadsheet's serial: pass one only where the cell was numeric, text otherwise.

    :raises InvalidInput: with a sentence that names the value.
    """
    return parse_time(raw, today, future=future)[0].date()


def parse_time(raw: str | float | date, today: date, *, future: bool = False) -> tuple[datetime, bool]:
    """The naive local time and whether the value told one; bounds and errors as ``parse_day``.

    Midnight counts as no time told: spreadsheets write it for every plain day.
    """
    if isinstance(raw, str):
        return _parsed_text(raw, today, future)
    if isinstance(raw, datetime):
        moment = raw.replace(tzinfo=None, microsecond=0)
    elif isinstance(raw, date):
        moment = datetime.combine(raw, time())
    else:
        moment = _from_serial(raw)
    return _within(moment, str(raw), today, future)


@lru_cache(maxsize=8192)
def _parsed_text(raw: str, today: date, future: bool) -> tuple[datetime, bool]:
    text = " ".join(half_width(raw).split())
    day = _DAY.match(text)
    if day is None:
        raise InvalidInput(_not_understood(text))
    return _within(_moment(text, day), text, today, future)


def _moment(text: str, day: re.Match[str]) -> datetime:
    rest = text[day.end() :]
    year, month, number = (int(part) for part in day.groups() if part is not None)
    clock = _TIME.fullmatch(rest[1:] if rest[:1] in (" ", "T") else rest) if rest else None
    if rest and (clock is None or (day["m5"] and rest[0].isdigit())):
        raise InvalidInput(_not_understood(text))
    try:
        return datetime.combine(date(year, month, number), _clock_time(clock) if clock else time())
    except ValueError:
        raise InvalidInput(f"日期“{text}”不存在，请核对年月日和时间。") from None


def _clock_time(clock: re.Match[str]) -> time:
    """:raises ValueError: for 25:00 and its like."""
    hour = int(clock["hour"])
    if clock["half"] and not 1 <= hour <= 12:
        raise ValueError(hour)
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"] == "下午" else 0)
    minute = 30 if clock["past"] else int(clock["minute"] or clock["minute2"] or 0)
    return time(hour, minute, int(clock["second"] or clock["second2"] or 0))


def _from_serial(number: float) -> datetime:
    if 19900101 <= number <= 99991231 and number == int(number):  # 20200605 in a numeric cell
        compact = str(int(number))
        day = _DAY.fullmatch(compact)
        if day is not None:
            return _moment(compact, day)
    if not _SERIALS.start <= number < _SERIALS.stop:  # false for nan too
        raise InvalidInput(f"日期“{number:g}”不是表格软件的日期，请改成 2026-01-11 这样的式样。")
    return (_SERIAL_ZERO + timedelta(seconds=round(number * 86400))).replace(microsecond=0)


def _within(moment: datetime, shown: str, today: date, future: bool) -> tuple[datetime, bool]:
    latest = date(today.year + YEARS_AHEAD, 12, 31) if future else today + timedelta(days=1)
    if not EARLIEST <= moment.date() <= latest:
        raise InvalidInput(f"日期“{shown}”不在 {EARLIEST} 到 {latest} 之间，请核对。")
    return moment, moment.time() != time()


def _not_understood(text: str) -> str:
    shown = text[:20]
    if _AMBIGUOUS.fullmatch(text):
        return f"日期“{shown}”分不清年、月、日的次序，请写成 2026-01-11 这样的式样。"
    return f"日期“{shown}”看不懂，请写成 2026-01-11 这样的式样。"
