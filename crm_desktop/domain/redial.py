"""Who was not reached: when to try again, and when to write instead of calling (F5: 连续五天联系不上改短信、信件)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from crm_desktop.domain.calendar import Calendar
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.followups import Outcome


class Way(StrEnum):
    """How a customer is asked; a call is kept as an empty word."""

    PHONE = "电话"
    SMS = "短信"
    LETTER = "信函"


WRITTEN = {Way.SMS: Outcome.SMS, Way.LETTER: Outcome.LETTER}
"""What comes of asking in writing."""
_AGAIN = frozenset({Outcome.NO_ANSWER, Outcome.UNREACHABLE})
_WRONG = frozenset({Outcome.DEAD_NUMBER, Outcome.WRONG_NUMBER})
_MOST, _LONGEST = 30, 30


@dataclass(frozen=True, slots=True)
class RedialRule:
    """After ``attempts`` calls in vain, ``days`` apart, one writes ``then``; at once where the number is wrong.

    ``do_not_disturb`` is how those are asked who do not want to be called.
    """

    attempts: int = 5
    days: int = 1
    then: Way = Way.SMS
    wrong_number: Way = Way.LETTER
    do_not_disturb: Way = Way.LETTER


@dataclass(frozen=True, slots=True)
class Redial:
    """The next attempt: on which day, how, and why in a few words."""

    on: date
    way: Way
    told: str


def next_try(rule: RedialRule, outcome: str, tries: int, today: date, calendar: Calendar) -> Redial | None:
    """What follows ``tries`` calls in vain in a row, this one among them; None where nobody is asked again."""
    if outcome in _WRONG:
        return Redial(today, rule.wrong_number, f"{outcome}，改用{rule.wrong_number}；下次进厂核对电话")
    if outcome not in _AGAIN:
        return None
    if tries >= rule.attempts:
        return Redial(today, rule.then, f"第 {tries} 次没接通，改用{rule.then}；下次进厂核对电话")
    on = today + timedelta(days=rule.days)
    if calendar.hours(on) is None:
        on = calendar.next_working_day(on)
    return Redial(on, Way.PHONE, f"第 {tries} 次没接通，再拨；满 {rule.attempts} 次改用{rule.then}")


def read_redial(table: Mapping[str, Any]) -> RedialRule:
    """The plan of resources/rules/followups.json.

    :raises InvalidInput: numbers nobody would go by, or a way that is none.
    """
    told = table.get("redial", {})
    plain = RedialRule()
    attempts, days = told.get("attempts", plain.attempts), told.get("days", plain.days)
    if not isinstance(attempts, int) or not 1 <= attempts <= _MOST:
        raise InvalidInput({"value": f"打几次没接通改用书面，请填 1 到 {_MOST}。"})
    if not isinstance(days, int) or not 1 <= days <= _LONGEST:
        raise InvalidInput({"value": f"隔几天再拨，请填 1 到 {_LONGEST}。"})
    names = ("then", "wrong_number", "do_not_disturb")
    ways = [told.get(name, getattr(plain, name)) for name in names]
    if any(way not in tuple(WRITTEN) for way in ways):
        raise InvalidInput({"value": f"改用什么方式请从 {'、'.join(WRITTEN)} 中选。"})
    return RedialRule(attempts, days, *(Way(way) for way in ways))
