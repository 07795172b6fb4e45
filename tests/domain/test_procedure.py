"""Which step a complaint may take from where, and the state that follows from what was recorded."""

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.domain.complaints import EVENT_LABELS, OPEN_STATES, Event, State
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.procedure import (
    ALLOWED_FROM,
    STATE_AFTER,
    OnBehalf,
    check_moment,
    check_move,
    checked_on_behalf,
    effective,
    of_this_round,
    round_of,
    state_of,
)
from tests.makers import at, faults

R, H, A, T = Event.REGISTERED, Event.HANDED_OVER, Event.RESPONDED, Event.TAKEN_UP
S, C, F = Event.RESOLVED, Event.CLOSED, Event.FILED
BACK, AGAIN, VOID = Event.RETURNED, Event.REOPENED, Event.VOIDED


class Told(NamedTuple):
    """An event as it is recorded: number, kind, which one it corrects."""

    id: int
    kind: str
    corrects: int | None = None


@pytest.mark.parametrize(
    ("events", "state"),
    [
        ([], State.REGISTERED),
        ([R, H], State.HANDED_OVER),
        ([R, H, A], State.RESPONDED),
        ([R, A], State.RESPONDED),
        ([R, H, T], State.IN_PROGRESS),
        ([R, H, A, T, S], State.RESOLVED),
        ([R, H, A, T, S, C], State.CLOSED),
        ([R, H, A, T, S, C, F], State.FILED),
        ([R, S], State.RESOLVED),
        ([R, S, T, H, A], State.RESOLVED),
        ([R, T, S, BACK], State.IN_PROGRESS),
        ([R, T, S, BACK, S, C, AGAIN], State.IN_PROGRESS),
        ([R, T, S, C, F, AGAIN, S], State.RESOLVED),
        ([R, VOID], State.VOID),
        ([R, VOID, H], State.VOID),
        ([R, Event.EXTENSION_ASKED, Event.ESCALATED, Event.CORRECTED, "unheard of"], State.REGISTERED),
    ],
)
def test_the_state_is_what_the_events_made_of_it(events, state):
    assert state_of(events) is state


@given(st.lists(st.sampled_from(Event), max_size=8))
@settings(max_examples=100)
def test_whatever_the_procedure_lets_happen_ends_in_a_known_state(wished):
    state, happened = State.REGISTERED, []
    for event in wished:
        if event in ALLOWED_FROM and state in ALLOWED_FROM[event]:
            check_move(event, state)
            happened.append(event)
            state = state_of(happened)
    assert state in STATE_AFTER.values()


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", ALLOWED_FROM)
def test_a_step_out_of_turn_is_refused_with_a_sentence(event, state):
    if state in ALLOWED_FROM[event]:
        check_move(event, state)
        return
    with pytest.raises(NotAllowed, match=f"现在是“{state}”，不能{EVENT_LABELS[event]}"):
        check_move(event, state)


def test_only_open_complaints_can_be_made_void_and_only_closed_ones_are_filed():
    assert ALLOWED_FROM[Event.VOIDED] == set(OPEN_STATES)
    assert ALLOWED_FROM[Event.FILED] == {State.CLOSED}


def test_every_event_has_its_word():
    assert set(EVENT_LABELS) == set(Event)


def test_a_corrected_milestone_keeps_its_place_and_takes_the_newer_one():
    told = [Told(1, R), Told(2, H), Told(3, T), Told(4, H, 2), Told(5, H, 4)]
    assert [step.id for step in effective(told)] == [1, 5, 3]
    assert state_of(step.kind for step in effective(told)) is State.IN_PROGRESS


def test_a_milestone_that_did_not_happen_leaves_the_course():
    told = [Told(1, R), Told(2, A), Told(3, Event.CORRECTED, 2)]
    assert [step.kind for step in effective(told)] == [R]
    assert state_of(step.kind for step in effective(told)) is State.REGISTERED


def test_a_correction_of_the_form_alone_stays_in_the_course():
    assert [step.kind for step in effective([Told(2, Event.CORRECTED), Told(1, R)])] == [R, Event.CORRECTED]


@pytest.mark.parametrize(
    ("kinds", "rounds", "since"),
    [([R, S], 1, [R, S]), ([R, S, BACK], 2, [BACK]), ([R, S, BACK, S, C, AGAIN, T], 3, [AGAIN, T])],
)
def test_going_back_begins_a_new_round(kinds, rounds, since):
    steps = [Told(number, kind) for number, kind in enumerate(kinds)]
    assert round_of(kinds) == rounds
    assert [step.kind for step in of_this_round(steps)] == since


@pytest.mark.parametrize(("told", "field"), [(OnBehalf(" "), "on_behalf_of"), (OnBehalf("程立群", "微信"), "told_how")])
def test_entering_for_somebody_else_says_for_whom_and_how(told, field):
    with pytest.raises(InvalidInput) as refused:
        checked_on_behalf(told)
    assert list(faults(refused)) == [field]


def test_entering_for_somebody_else_is_cleaned():
    assert checked_on_behalf(OnBehalf(" 程立群 ", "签字纸单", " 扫描 1.jpg ")) == OnBehalf(
        "程立群", "签字纸单", "扫描 1.jpg"
    )


@pytest.mark.parametrize(("moment", "fine"), [("08:59", False), ("09:00", True), ("10:04", True), ("10:06", False)])
def test_a_time_told_lies_between_receiving_and_now(moment, fine):
    told = at(f"2026-11-21 {moment}")
    if fine:
        check_moment(told, at("2026-11-21 09:00"), at("2026-11-21 10:00"))
        return
    with pytest.raises(InvalidInput) as refused:
        check_moment(told, at("2026-11-21 09:00"), at("2026-11-21 10:00"))
    assert list(faults(refused)) == ["at"]
