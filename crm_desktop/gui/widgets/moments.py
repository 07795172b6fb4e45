"""Days and times as the desk types them: 13:44, 11-21, 11-21 13:44, 昨天 9:05, 2026-11-21 13:44."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

DAY_HINT = "请写成 11-21 或 2026-11-21。"
MOMENT_HINT = "请写成 13:44、11-21 13:44 或 2026-11-21 13:44。"

_FULL_WIDTH = str.maketrans("０１２３４５６７８９：－／．年月日", "0123456789:-/.---")
_DAY = re.compile(r"(?:(\d{4})[-/.])?(\d{1,2})[-/.](\d{1,2})-?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_WORDS = {"今天": 0, "昨天": -1, "前天": -2, "明天": 1, "后天": 2}


def read_day(text: str, today: date) -> date:
    """A typed day; without a year the nearest such day to ``today`` is meant.

    :raises ValueError: what was typed is no day.
    """
    text = text.strip().translate(_FULL_WIDTH)
    if text in _WORDS:
        return today + timedelta(days=_WORDS[text])
    found = _DAY.fullmatch(text)
    if not found:
        raise ValueError(text)
    year, month, day = found.groups()
    if year:
        return date(int(year), int(month), int(day))
    return _nearest(int(month), int(day), today)


def read_moment(text: str, now: datetime) -> datetime:
    """A typed local time (naive); a time alone is today's, a day alone is its midnight.

    :raises ValueError: what was typed is no time.
    """
    parts = text.strip().translate(_FULL_WIDTH).replace("T", " ").split()
    clock = _TIME.fullmatch(parts[-1]) if parts else None
    days = parts[:-1] if clock else parts
    if not parts or len(days) > 1:
        raise ValueError(text)
    day = read_day(days[0], now.date()) if days else now.date()
    return datetime.combine(day, time(int(clock[1]), int(clock[2])) if clock else time())


def short_moment(moment: datetime, now: datetime) -> str:
    """A local time as the form shows it: the year only where it is not this one."""
    return moment.strftime("%m-%d %H:%M" if moment.year == now.year else "%Y-%m-%d %H:%M")


def _nearest(month: int, day: int, today: date) -> date:
    near: list[date] = []
    for year in (today.year, today.year - 1, today.year + 1):
        try:
            near.append(date(year, month, day))
        except ValueError:
            continue
    if not near:
        raise ValueError(f"{month}-{day}")
    return min(near, key=lambda found: abs(found - today))
