"""Who will explode next: points of the case and of its clock, the reason in words, and clocks that tick unasked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from crm_desktop.domain.due import OpenMilestone, as_of
from crm_desktop.domain.standing import ClockState
from crm_desktop.domain.today import NextStep, OpenComplaint, hottest_first
from crm_desktop.domain.urgency import Tinder, burns_first, heat, reasons

NOON = datetime(2026, 11, 21, 12)


def case(**changes: Any) -> Tinder:
    """An everyday complaint at the desk, but for these signs."""
    return Tinder(**{"channel": "接待", "severity": "一般", **changes})


PLAIN = case()


def clock(hours_left: float, lasts: float = 10) -> OpenMilestone:
    """A clock of ten hours with so many left at noon."""
    due = NOON + timedelta(hours=hours_left)
    begun = OpenMilestone("TS1", "resolve", due, 0, ClockState.RUNNING, 0.0, "", started=due - timedelta(hours=lasts))
    return as_of(begun, NOON, 0.75)


@pytest.mark.parametrize(
    ("hotter", "cooler"),
    [
        (case(channel="媒体"), case(channel="400热线")),
        (case(channel="400热线"), PLAIN),
        (case(severity="重大"), case(channel="400热线")),
        (case(times=3), case(times=2)),
        (case(mood="失控"), case(mood="激动")),
        (case(mood="平静"), case(solved=True)),
        (case(vip=True), case(channel="媒体", severity="重大", times=3)),
    ],
)
def test_of_two_cases_with_the_same_clock_the_worse_one_burns_first(hotter, cooler):
    assert burns_first(hotter, clock(5)) < burns_first(cooler, clock(5))


@pytest.mark.parametrize(("sooner", "later"), [(-9, -1), (-1, 0.5), (0.5, 5), (5, 9.9)])
def test_of_two_everyday_cases_the_one_with_less_time_burns_first(sooner, later):
    assert heat(PLAIN, clock(sooner)) > heat(PLAIN, clock(later)) > heat(PLAIN, None)


def test_what_is_solved_waits_behind_everything_unless_its_clock_runs_on_and_is_late():
    solved = Tinder("媒体", "重大", vip=True, solved=True)
    assert burns_first(PLAIN, None) < burns_first(solved, clock(1))
    assert burns_first(solved, clock(-1)) < burns_first(PLAIN, clock(1))


def test_the_reason_stands_in_words():
    assert reasons(Tinder("媒体", "重大", vip=True, times=3, mood="愤怒")) == "媒体 · 重大 · 第 3 次 · VIP · 愤怒"
    assert reasons(Tinder("400热线", "一般", times=2)) == "400 · 第 2 次"
    assert reasons(Tinder("自定渠道", "一般", mood="平静")) == ""


def test_a_clock_ticks_without_being_read_again():
    running = clock(1)
    assert (running.state, running.late_minutes) == (ClockState.SOON, 0)
    late = as_of(running, NOON + timedelta(minutes=70), 0.75)
    assert (late.state, late.late_minutes) == (ClockState.LATE, 10)
    assert as_of(running, NOON - timedelta(days=2), 0.75) == running


def test_the_list_turns_over_while_the_clocks_run():
    def row(number: str, tinder: Tinder, left: float) -> OpenComplaint:
        return OpenComplaint(number, "登记", "一般", NOON, "", "", "", NextStep.ASSIGN, tinder, clock=clock(left, 40))

    rows = [row("A", case(mood="失控"), 30), row("B", PLAIN, 0.5)]
    assert [one.number for one in hottest_first(rows, NOON - timedelta(hours=9), 0.75)] == ["B", "A"]
    assert [one.number for one in hottest_first(rows, NOON + timedelta(hours=31), 0.75)] == ["A", "B"]
