"""The calendars and rulebooks that ``deadlines.csv`` calls by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from crm_desktop.domain.calendar import Calendar, Hours, read_hours, shipped_calendar
from crm_desktop.domain.routes import Rulebook, Span, shipped_rulebook

OFFICE = read_hours("08:30-17:30")


def days(first: str, last: str) -> frozenset[date]:
    """Every day from ``first`` to ``last``, both included."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return frozenset(start + timedelta(days=ahead) for ahead in range((end - start).days + 1))


def week(saturday: Hours | None, sunday: Hours | None) -> tuple[Hours | None, ...]:
    """Monday to Friday at office hours, and this weekend."""
    return (*[OFFICE] * 5, saturday, sunday)


CALENDARS = {
    "每天": shipped_calendar(),
    "周末休": Calendar(
        week(None, None),
        OFFICE,
        closed=days("2026-10-01", "2026-10-07"),
        made_up=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
    ),
    "短周六": Calendar(week(read_hours("09:00-12:00"), None), OFFICE),
    "晚班": Calendar((read_hours("10:00-20:00"),) * 7, OFFICE),
    "春节休": Calendar(week(OFFICE, OFFICE), OFFICE, closed=days("2027-02-05", "2027-02-11")),
}


def in_working_days(shipped: Rulebook) -> Rulebook:
    """Three working days instead of 72 hours on every route."""
    return replace(shipped, rules=tuple(replace(rule, resolve=Span.read("3工作日")) for rule in shipped.rules))


def in_working_time(shipped: Rulebook) -> Rulebook:
    """The hotline's answer and the media's hand-over count opening hours only."""
    changed = {
        "400热线": {"respond": Span.read("3工作小时")},
        "媒体": {"hand_over": Span.read("30工作分钟")},
    }
    return replace(shipped, rules=tuple(replace(r, **changed.get(r.channel, {})) for r in shipped.rules))


RULEBOOKS = {
    "默认": shipped_rulebook(),
    "工作日": in_working_days(shipped_rulebook()),
    "工作时": in_working_time(shipped_rulebook()),
}
