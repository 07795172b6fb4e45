"""回访: calls are planned, made, postponed and cancelled; what is due today is listed."""

import pytest

from crm_desktop.domain.errors import ChangedMeanwhile, InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.followups import CallDraft, PlanDraft
from crm_desktop.services.parties import Party
from tests.makers import PHONE, TODAY, act, at, day, director, registered, resolved

HAPPY = CallDraft(satisfaction="满意", score=9, feedback="修好了")


@pytest.fixture
def number(office):
    """The number of a complaint just registered."""
    return registered(office).number


def plan(office, number, ahead=0, local="2026-11-10 09:00", **more):
    """A planned call; its id."""
    return office.follow_ups.plan(number, PlanDraft(day(ahead), **more), act(local))


def test_a_planned_call_says_whom_to_call_and_why(office, number):
    row = office.follow_ups.get(plan(office, number, caller="叶清扬", reason="修后三天"))
    assert (row.complaint_number, row.customer_name, row.phone, row.plate) == (number, "曾小明", PHONE, "沪A8K231")
    assert (row.planned_on, row.caller, row.reason, row.called_at) == (TODAY, "叶清扬", "修后三天", None)


def test_calls_of_today_and_before_are_due_the_oldest_first(office, number):
    ids = [plan(office, number, ahead) for ahead in (0, -3, 1)]
    assert [(row.id, row.late_days) for row in office.follow_ups.due()] == [(ids[1], 3), (ids[0], 0)]
    assert [row.id for row in office.follow_ups.due(day(1))] == [ids[1], ids[0], ids[2]]
    assert [row.id for row in office.follow_ups.planned()] == [ids[1], ids[0], ids[2]]


def test_a_call_that_was_made_is_no_longer_due(office, number):
    call = plan(office, number, -2)
    assert office.follow_ups.record(call, 1, HAPPY, act(who="叶清扬")) == 2
    row = office.follow_ups.get(call)
    assert (row.caller, row.called_at, row.outcome) == ("叶清扬", at("2026-11-21 14:00"), "成功")
    assert (row.satisfaction, row.score, row.feedback, row.late_days) == ("满意", 9, "修好了", 0)
    assert office.follow_ups.due() == []
    assert office.follow_ups.made_ids() == [call]


def test_a_call_in_vain_plans_the_next_one(office, number):
    call = plan(office, number)
    office.follow_ups.record(call, 1, CallDraft(outcome="无人接听", next_on=day(1)), act(who="叶清扬"))
    following = office.follow_ups.planned()[0]
    assert (following.planned_on, following.reason, following.caller) == (day(1), "无人接听，再拨", "叶清扬")


def test_a_customer_who_was_reached_may_be_called_again(office, number):
    office.follow_ups.call(number, CallDraft(satisfaction="一般", next_on=day(7)), act())
    assert office.follow_ups.planned()[0].reason == "再次回访"


def test_a_call_without_a_plan_is_recorded_too(office, number):
    made = office.follow_ups.call(number, HAPPY, act())
    row = office.follow_ups.get(made)
    assert (row.planned_on, row.reason, row.customer_name) == (TODAY, "主动回访", "曾小明")


@pytest.mark.parametrize("draft", [CallDraft(), CallDraft(satisfaction="满意", score=11)])
def test_a_refused_call_leaves_the_plan_as_it_was(office, number, draft):
    call = plan(office, number)
    with pytest.raises(InvalidInput):
        office.follow_ups.record(call, 1, draft, act())
    assert office.follow_ups.get(call).ver == 1
    with pytest.raises(InvalidInput):
        office.follow_ups.call(number, draft, act())


def test_a_call_is_planned_for_the_day_of_planning_or_later(office, number):
    with pytest.raises(InvalidInput, match="已经过去"):
        plan(office, number, -1, "2026-11-21 09:00")
    assert plan(office, number, 0, "2026-11-21 09:00")


def test_two_people_cannot_record_the_same_call(office, number):
    call = plan(office, number)
    office.follow_ups.record(call, 1, HAPPY, act())
    with pytest.raises(ChangedMeanwhile):
        office.follow_ups.record(call, 1, HAPPY, act())


def test_a_cancelled_call_is_gone_from_every_list_and_its_reason_stays(office, number):
    call = plan(office, number)
    with pytest.raises(InvalidInput, match="写明原因"):
        office.follow_ups.cancel(call, 1, " ", act())
    office.follow_ups.cancel(call, 1, "客户要求不再联系", act())
    assert office.follow_ups.due() == office.follow_ups.planned() == office.follow_ups.of_complaint(number) == []
    assert "客户要求不再联系" in [line.reason for line in office.cases.history(number)]


def test_a_planned_call_moves_to_another_day_with_the_reason(office, number):
    call = plan(office, number, -2)
    with pytest.raises(InvalidInput, match="写明原因"):
        office.follow_ups.move(call, 1, day(3), "", act())
    assert office.follow_ups.move(call, 1, day(3), "客户出差，周二后再打", act()) == 2
    assert (office.follow_ups.due(), office.follow_ups.get(call).planned_on) == ([], day(3))
    line = office.cases.history(number)[-1]
    assert (line.old, line.new, line.reason) == ("2026-11-19", "2026-11-24", "客户出差，周二后再打")


def test_a_call_moves_to_no_day_that_has_passed_and_not_once_it_was_made(office, number):
    call = plan(office, number)
    with pytest.raises(InvalidInput, match="已经过去"):
        office.follow_ups.move(call, 1, day(-1), "改期", act())
    office.follow_ups.record(call, 1, HAPPY, act())
    with pytest.raises(NotAllowed, match="已经打过"):
        office.follow_ups.move(call, 2, day(3), "改期", act())


def test_a_call_recorded_wrongly_is_corrected_with_the_reason_and_both_stay(office, number):
    made = office.follow_ups.call(number, HAPPY, act("2026-11-21 10:00", who="叶清扬"))
    with pytest.raises(InvalidInput, match="写明原因"):
        office.follow_ups.correct(made, 1, HAPPY, " ", act())
    right = CallDraft(satisfaction="一般", score=6, feedback="还有点响", caller="叶清扬")
    assert office.follow_ups.correct(made, 1, right, "听错了分数", act()) == 2
    row = office.follow_ups.get(made)
    assert (row.satisfaction, row.score, row.called_at) == ("一般", 6, at("2026-11-21 10:00"))
    told = {(line.old, line.new) for line in office.cases.history(number) if line.reason == "听错了分数"}
    assert told == {("满意", "一般"), ("9", "6"), ("修好了", "还有点响")}


def test_a_correction_is_checked_like_a_call_and_plans_no_other(office, number):
    made = office.follow_ups.call(number, CallDraft(satisfaction="满意", next_on=day(7)), act())
    with pytest.raises(InvalidInput, match="请选满意度"):
        office.follow_ups.correct(made, 1, CallDraft(), "听错", act())
    office.follow_ups.correct(made, 1, CallDraft(satisfaction="一般", next_on=day(9)), "听错", act())
    assert [row.planned_on for row in office.follow_ups.planned()] == [day(7)]
    assert office.follow_ups.get(made).next_on == day(7)


def test_only_a_call_that_was_made_is_corrected(office, number):
    with pytest.raises(NotAllowed, match="还没有打"):
        office.follow_ups.correct(plan(office, number), 1, HAPPY, "听错", act())


def test_a_customer_found_unhappy_by_a_correction_brings_the_case_back(office):
    solved = resolved(office).number
    made = office.follow_ups.call(solved, HAPPY, act(who="叶清扬"))
    office.follow_ups.correct(made, 1, CallDraft(satisfaction="不满意", feedback="还响"), "记反了", act())
    assert office.cases.case(solved).state == "处理中"


def test_calls_of_a_void_complaint_are_not_due_and_no_more_are_planned(office, number):
    plan(office, number)
    office.complaints.void(number, 1, director(), "打错电话")
    assert office.follow_ups.due() == office.follow_ups.planned() == []
    with pytest.raises(NotAllowed, match="已作废"):
        plan(office, number)


def test_a_planned_call_goes_to_the_customer_a_complaint_was_corrected_to(office, number):
    made, planned = office.follow_ups.call(number, HAPPY, act()), plan(office, number)
    office.complaints.identify(number, 1, Party(name="李四", phone="13900000001"), act(), "认错人")
    assert office.follow_ups.get(planned).phone == "13900000001"
    assert office.follow_ups.get(made).phone == PHONE


def test_a_call_nobody_planned_is_not_found(office):
    with pytest.raises(NotFound):
        office.follow_ups.get(99)
    with pytest.raises(NotFound):
        office.follow_ups.record(99, 1, HAPPY, act())
    with pytest.raises(NotFound):
        office.follow_ups.plan("TS1", PlanDraft(TODAY), act())


def test_calls_of_a_complaint_are_listed_in_order(office, number):
    first = office.follow_ups.call(number, CallDraft(outcome="拒访"), act())
    second = plan(office, number)
    assert [row.id for row in office.follow_ups.of_complaint(number)] == [first, second]
