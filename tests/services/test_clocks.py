"""Clocks are computed from what was recorded: what is open, until when, how late, and whom it is brought before."""

import pytest

from crm_desktop.domain.followups import PlanDraft
from crm_desktop.domain.staff import Role
from crm_desktop.domain.standing import ClockState
from tests.makers import act, at, day, director, registered
from tests.services.procedure import assigned, by, handed_over, received, solved


def due(office, local, number=""):
    """Milestone, local due time and minutes late of everything open at a local time."""
    rows = office.clocks.open_milestones(at(local))
    return [(r.milestone, f"{r.due:%m-%d %H:%M}", r.late_minutes) for r in rows if number in ("", r.number)]


def steps_due(office, local, number=""):
    """As ``due``, without the calls that were planned with the solution."""
    return [row for row in due(office, local, number) if row[0] != "follow_up"]


def test_a_new_complaint_has_the_clocks_of_its_route(office):
    received(office, severity="重大")
    assert due(office, "2026-11-21 09:05") == [
        ("hand_over", "11-21 09:10", 0),
        ("respond", "11-21 09:30", 0),
        ("resolve", "11-24 09:00", 0),
    ]


def test_what_is_done_is_no_longer_due_and_what_is_late_says_so(office):
    handed_over(office, severity="重大")
    assert due(office, "2026-11-21 09:45") == [("respond", "11-21 09:30", 15), ("resolve", "11-24 09:00", 0)]


def test_the_time_told_counts_and_not_the_time_of_typing(office):
    saved = received(office, severity="重大")
    late_entry = by(Role.ADVISER, "2026-11-21 10:00")
    office.complaints.hand_over(saved.number, saved.ver, late_entry, at=at("2026-11-21 09:08"))
    hand_over = office.clocks.milestones_of(saved.number, at("2026-11-21 10:00"))[0]
    assert (hand_over.state, hand_over.late_minutes) == (ClockState.DONE, 0)


@pytest.mark.parametrize(
    ("local", "tell"),
    [("09:20", ""), ("09:24", "服务经理"), ("09:30", "服务总监"), ("09:45", "总经理"), ("10:30", "总经理")],
)
def test_a_clock_running_out_is_brought_before_one_after_the_other(office, local, tell):
    handed_over(office, severity="重大")
    respond = office.clocks.open_milestones(at(f"2026-11-21 {local}"))[0]
    assert (respond.milestone, respond.tell) == ("respond", tell)


def test_alerts_are_what_is_due_soon_or_late(office):
    handed_over(office, severity="重大")
    assert office.clocks.alerts(at("2026-11-21 09:20")) == []
    (alert,) = office.clocks.alerts(at("2026-11-21 09:24"))
    assert (alert.label, alert.alarming, alert.why) == (
        "响应",
        True,
        "接待·重大：11月21日 09:00 受理，30分钟内响应 → 11月21日 09:30",
    )


def test_a_ticket_from_outside_runs_until_it_is_closed(office):
    saved = solved(office)
    assert steps_due(office, "2026-11-21 14:00") == []
    office.complaints.amend(saved.number, saved.ver, {"channel": "消协"}, act(), "选错渠道")
    assert steps_due(office, "2026-11-21 14:00") == [("resolve", "11-24 09:00", 0)]


def test_a_clock_that_stops_with_the_closing_is_told_as_closing(office):
    saved = solved(office)
    office.complaints.amend(saved.number, saved.ver, {"channel": "消协"}, act(), "选错渠道")
    received(office)
    rows = [row for row in office.clocks.open_milestones(at("2026-11-21 14:00")) if row.milestone == "resolve"]
    assert [row.label for row in rows] == ["关闭", "解决"]


def test_what_is_closed_is_to_be_filed_by_the_end_of_the_next_working_day(office):
    saved = solved(office)
    office.complaints.close(saved.number, saved.ver, by(Role.DIRECTOR))
    assert steps_due(office, "2026-11-21 14:00") == [("file", "11-22 17:30", 0)]


def test_a_reopened_case_is_solved_anew_and_a_returned_one_goes_on(office):
    first, second = solved(office), solved(office)
    office.complaints.reopen(first.number, first.ver, by(Role.DIRECTOR), "又犯")
    office.complaints.return_(second.number, second.ver, by(Role.DIRECTOR), "没说清")
    assert steps_due(office, "2026-11-21 14:00", first.number) == [("resolve", "11-24 14:00", 0)]
    assert steps_due(office, "2026-11-21 14:00", second.number) == [("resolve", "11-24 09:00", 0)]


def test_a_ticket_solved_but_not_closed_gets_no_new_time_by_being_reopened(office):
    saved = solved(office)
    saved = office.complaints.amend(saved.number, saved.ver, {"channel": "消协"}, act(), "选错渠道")
    office.complaints.reopen(saved.number, saved.ver, by(Role.DIRECTOR), "又犯")
    assert steps_due(office, "2026-11-24 09:30") == [("resolve", "11-24 09:00", 30)]


def test_the_customer_s_patience_comes_first(office):
    received(office, patience_until=at("2026-11-21 12:00"))
    assert due(office, "2026-11-21 10:00") == [("hand_over", "11-21 12:00", 0), ("resolve", "11-21 12:00", 0)]


def test_a_higher_level_has_other_clocks_at_once(office):
    saved = received(office)
    office.complaints.grade(saved.number, saved.ver, act(), "重大", ("media",))
    assert due(office, "2026-11-21 09:05")[0] == ("hand_over", "11-21 09:10", 0)


def test_calls_promises_and_milestones_stand_in_one_list_the_soonest_first(office):
    saved = assigned(office)
    office.follow_ups.plan(saved.number, PlanDraft(day(0)), director())
    office.promises.make(saved.number, "下午4点回电", at("2026-11-21 16:00"), by(Role.ADVISER))
    assert due(office, "2026-11-21 16:30") == [
        ("promise", "11-21 16:00", 30),
        ("follow_up", "11-21 17:30", 0),
        ("resolve", "11-24 09:00", 0),
    ]


def test_imported_history_and_void_complaints_have_no_clocks(office):
    saved = registered(office)
    office.desk.database.execute_sql("UPDATE complaints SET origin = 'history'")
    void = registered(office)
    office.complaints.void(void.number, void.ver, director(), "打错电话")
    assert due(office, "2026-11-30 09:00") == []
    assert office.clocks.milestones_of(saved.number) == ()


def test_a_computer_whose_clock_was_set_back_is_noticed(office):
    saved = registered(office)
    office.complaints.hand_over(saved.number, saved.ver, act("2026-11-25 09:00"))
    resolve = office.clocks.milestones_of(saved.number)[-1]
    assert resolve.moved.startswith("电脑时间 2026-11-21 14:00 早于已有的记录 2026-11-25 09:00")


def test_the_desk_is_told_of_a_clock_set_back_and_in_december_of_next_year(office):
    registered(office)
    assert office.clocks.notices(at("2026-11-21 13:57")) == {}
    assert "早于已有的记录 2026-11-21 14:00" in office.clocks.notices(at("2026-11-20 14:00"))["set_back"]
    assert "2027 年的放假安排还没有填" in office.clocks.notices(at("2026-12-01 09:00"))["holidays"]


def test_a_received_day_without_a_time_counts_from_its_entry(office):
    registered(office, received_at=at("2026-11-21 00:00"))
    office.desk.database.execute_sql("UPDATE complaints SET received_has_time = 0")
    assert due(office, "2026-11-21 14:00")[-1] == ("resolve", "11-24 14:00", 0)
