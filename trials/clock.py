"""A clock that is wrong: three days back, 75 years on, other zones, the hour that comes twice (T13)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from trials.furniture import Caller, Trial, TrialFailed, command, new_home

_RIGHT = datetime(2026, 11, 21, 14, 0)  # noqa: DTZ001 - local, as at the desk
_WRONG = (timedelta(days=-3), timedelta(days=365 * 75), timedelta(hours=-1), timedelta(days=-366))
_ZONES = ("Asia/Shanghai", "UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Apia")
_TWICE = {"America/New_York": datetime(2026, 11, 1, 1, 30), "Europe/Berlin": datetime(2026, 10, 25, 2, 30)}  # noqa: DTZ001


def run(rounds: int, seed: int) -> str:
    """Each round: written by the right clock, by a wrong one, and by the right one again."""
    each = len(_WRONG)
    tried = [(zone, _WRONG[(place + turn) % each]) for turn in range(each) for place, zone in enumerate(_ZONES)][
        :rounds
    ]
    for zone, wrong in tried:
        right = _TWICE.get(zone, _RIGHT) + timedelta(minutes=seed)
        with new_home() as home:
            home.mkdir()
            (home / ".crm-test").touch()
            _one(home, zone, right)
            first = _one(home, zone, right + wrong, honest=False)
            later = right + timedelta(hours=2)
            _one(home, zone, later)
            _ages(home, zone, later, first)
            command(home, "check", more={"TZ": zone, "CRM_NOW": later.isoformat()})
    return f"{len(tried)} 次把时钟拨错再拨回（{len(_ZONES)} 个时区，含夏令时）：没有负的时长，拨回后的时间都对"


def _one(home: Path, zone: str, now: datetime, *, honest: bool = True) -> str:
    """One complaint by this clock, which has to stand under it; returns its number."""
    caller = Caller(home, more={"TZ": zone, "CRM_NOW": now.isoformat()})
    answer = caller.answer("complaints.register", words="异响", name="客户", phone="13812345678")
    if not answer["ok"]:
        raise TrialFailed(f"{zone} {now}: {answer['error']}")
    number = str(answer["result"]["number"])
    if honest:
        last = caller.ask("history.rows", after=caller.ask("history.verify")["lines"] - 1)[-1]["at"]
        entered = [event["entered_at"] for event in caller.ask("complaints.get", number=number)["events"]]
        meant = now.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        if entered != [now.isoformat()] * len(entered) or datetime.fromisoformat(last).astimezone(UTC) != meant:
            raise TrialFailed(f"{zone}: {entered}, {last} instead of {now}")
    caller.close()
    return number


def _ages(home: Path, zone: str, now: datetime, number: str) -> None:
    caller = Caller(home, more={"TZ": zone, "CRM_NOW": now.isoformat()})
    due: list[dict[str, Any]] = caller.ask("clocks.due")
    if below := [one for one in due if one.get("late_minutes", 0) < 0]:
        raise TrialFailed(f"{zone}: {below}")
    milestones = caller.ask("complaints.milestones", number=number)
    if any(isinstance(value, int) and value < 0 for one in milestones for value in one.values()):
        raise TrialFailed(f"{zone}: {milestones}")
    if not caller.ask("history.verify")["ok"]:
        raise TrialFailed(f"{zone}: the history does not verify")
    caller.close()


TRIAL = Trial("clock", "时钟不对", 6, 24, run)
