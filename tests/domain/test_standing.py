"""How far a clock has run, computed whenever it is asked."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from crm_desktop.domain.calendar import shipped_calendar
from crm_desktop.domain.deadlines import Deadline, Milestone, milestones
from crm_desktop.domain.routes import shipped_rulebook
from crm_desktop.domain.standing import ClockState, Happened, standing, standings

TEN = datetime.fromisoformat("2026-11-23T10:00")
CLOCK = Deadline(Milestone.RESPOND, TEN, TEN + timedelta(minutes=100), TEN + timedelta(minutes=100), "")


def after(minutes: float) -> datetime:
    return TEN + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minutes", "state", "share", "late"),
    [
        (0, ClockState.RUNNING, 0.0, 0),
        (79, ClockState.RUNNING, 0.79, 0),
        (80, ClockState.SOON, 0.8, 0),
        (100, ClockState.SOON, 1.0, 0),
        (100.5, ClockState.LATE, 1.005, 1),
        (101, ClockState.LATE, 1.01, 1),
        (160, ClockState.LATE, 1.6, 60),
    ],
)
def test_a_running_clock(minutes: float, state: ClockState, share: float, late: int) -> None:
    stands = standing(CLOCK, after(minutes), 0.8)
    assert (stands.state, stands.late_minutes, stands.moved) == (state, late, "")
    assert stands.share == pytest.approx(share)


@pytest.mark.parametrize(
    ("minutes", "state", "late"),
    [(5, ClockState.DONE, 0), (100, ClockState.DONE, 0), (103, ClockState.DONE_LATE, 3)],
)
def test_a_clock_stops_when_the_step_is_done(minutes: int, state: ClockState, late: int) -> None:
    stands = standing(CLOCK, after(5000), 0.8, done_at=after(minutes))
    assert (stands.state, stands.late_minutes) == (state, late)
    assert stands.share == pytest.approx(minutes / 100)


def test_a_clock_set_back_is_said_and_gives_no_negative_age() -> None:
    stands = standing(CLOCK, after(-60), 0.8)
    assert (stands.state, stands.share, stands.late_minutes) == (ClockState.RUNNING, 0.0, 0)
    assert stands.moved == "电脑时间 2026-11-23 09:00 早于已有的记录 2026-11-23 10:00，请核对电脑时间。"


def test_a_clock_set_back_behind_the_last_record_stands_at_that_record() -> None:
    stands = standing(CLOCK, after(10), 0.8, last_recorded=after(130))
    assert (stands.state, stands.late_minutes) == (ClockState.LATE, 30)
    assert "12:10" in stands.moved


def test_an_old_record_does_not_disturb_a_right_clock() -> None:
    assert standing(CLOCK, after(10), 0.8, last_recorded=after(-500)).moved == ""


def test_a_step_dated_before_the_complaint_is_pointed_out() -> None:
    stands = standing(CLOCK, after(10), 0.8, done_at=after(-5))
    assert (stands.state, stands.share) == (ClockState.DONE, 0.0)
    assert stands.moved.startswith("响应的时间 2026-11-23 09:55 早于起算的时间")


def test_patience_that_had_passed_is_late_from_the_first_minute() -> None:
    clocks = milestones(shipped_rulebook(), shipped_calendar(), "接待", "一般", TEN, patience=after(-30))
    found = standings(clocks, Happened(), after(1), 0.8)
    assert {(stands.state, stands.late_minutes) for stands in found} == {(ClockState.LATE, 1)}


@pytest.mark.parametrize(("channel", "stopped"), [("接待", True), ("400热线", False), ("媒体", False)])
def test_the_clock_of_the_solution_stops_where_the_route_says(channel: str, stopped: bool) -> None:
    clocks = milestones(shipped_rulebook(), shipped_calendar(), channel, "重大", TEN)
    found = standings(clocks, Happened(resolved=after(60)), after(90), 0.8)
    resolve = next(stands for stands in found if stands.deadline.milestone is Milestone.RESOLVE)
    assert (resolve.state is ClockState.DONE) is stopped


def test_every_step_stops_at_its_own_event() -> None:
    clocks = milestones(shipped_rulebook(), shipped_calendar(), "接待", "重大", TEN, closed_at=after(200))
    done = Happened(after(5), after(40), after(100), after(200), after(300))
    states = [stands.state for stands in standings(clocks, done, after(9000), 0.8)]
    assert states == [ClockState.DONE, ClockState.DONE_LATE, ClockState.DONE, ClockState.DONE]
