"""A finished rework brings its calls: who may make them, when they are due, what an unsatisfied answer does."""

import pytest

from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.followups import CallDraft
from crm_desktop.domain.staff import Role
from tests.makers import day, rework
from tests.services.procedure import assigned, by, received, solved

MANAGER, DIRECTOR = by(Role.MANAGER, "2026-11-24 10:00"), by(Role.DIRECTOR, "2026-11-24 10:00")
CARE, ADVISER = by(Role.CARE_AGENT, "2026-11-24 10:00"), by(Role.ADVISER)
HAPPY, UNHAPPY = CallDraft(satisfaction="满意"), CallDraft(satisfaction="不满意", feedback="又抖了")


def reworked(office, number, **changes):
    """A rework that came in today; its id."""
    return office.reworks.register(number, rework(**{"came_on": day(0), **changes}), ADVISER)


def planned(office, number):
    """The days on which calls are planned."""
    return [row.planned_on for row in office.follow_ups.of_complaint(number) if row.rework_id]


def test_a_finished_rework_plans_two_calls_and_an_unfinished_one_none(office):
    number = assigned(office).number
    made = reworked(office, number)
    assert planned(office, number) == []
    office.reworks.amend(made, 1, rework(came_on=day(0), finished_on=day(0)), ADVISER)
    assert planned(office, number) == [day(3), day(7)]


def test_a_corrected_day_moves_the_calls_and_an_undone_one_takes_them_back(office):
    number = assigned(office).number
    made = reworked(office, number, came_on=day(-2), finished_on=day(0))
    office.reworks.amend(made, 1, rework(came_on=day(-2), finished_on=day(-1)), ADVISER)
    assert planned(office, number) == [day(2), day(6)]
    office.reworks.amend(made, 2, rework(came_on=day(-2)), ADVISER)
    assert planned(office, number) == []


@pytest.mark.parametrize(("caller", "may"), [(MANAGER, True), (DIRECTOR, True), (CARE, False)])
def test_only_manager_or_director_call_after_a_rework(office, caller, may):
    number = assigned(office).number
    reworked(office, number, finished_on=day(0))
    call = office.follow_ups.of_complaint(number)[0]
    if may:
        assert office.follow_ups.record(call.id, 1, HAPPY, caller) == 2
        return
    with pytest.raises(NotAllowed, match="服务经理、服务总监"):
        office.follow_ups.record(call.id, 1, HAPPY, caller)


def test_the_caller_after_a_rework_is_whoever_is_at_the_desk(office):
    number = assigned(office).number
    reworked(office, number, finished_on=day(0))
    call = office.follow_ups.of_complaint(number)[0]
    with pytest.raises(InvalidInput, match="由本人录入"):
        office.follow_ups.record(call.id, 1, CallDraft(satisfaction="满意", caller="顾维"), MANAGER)


def test_a_call_in_vain_stays_with_manager_and_director(office):
    number = assigned(office).number
    reworked(office, number, finished_on=day(0))
    call = office.follow_ups.of_complaint(number)[0]
    office.follow_ups.record(call.id, 1, CallDraft(outcome="无人接听", next_on=day(4)), MANAGER)
    assert planned(office, number) == [day(3), day(7), day(4)]


def test_nobody_calls_his_own_case(office):
    saved = assigned(office)
    own = "回访人不能回访自己经手的单"
    with pytest.raises(NotAllowed, match=own):
        office.follow_ups.call(saved.number, HAPPY, ADVISER)
    office.complaints.amend(saved.number, saved.ver, {"responsible": "梁晓雯"}, DIRECTOR)
    with pytest.raises(NotAllowed, match=own):
        office.follow_ups.call(saved.number, HAPPY, MANAGER)
    assert office.follow_ups.call(saved.number, HAPPY, CARE)


def test_an_unsatisfied_answer_reopens_a_solved_case(office):
    saved = solved(office)
    office.follow_ups.call(saved.number, UNHAPPY, CARE)
    case = office.cases.case(saved.number)
    assert (case.state, case.ver, case.events[-1].note) == ("处理中", saved.ver + 1, "回访不满意：又抖了")


def test_an_answer_given_before_it_was_solved_reopens_nothing(office):
    saved, open_one = solved(office), received(office)
    early = by(Role.CARE_AGENT, "2026-11-21 12:00")
    for number in (saved.number, open_one.number):
        office.follow_ups.call(number, UNHAPPY, early)
    states = [office.cases.case(number).state for number in (saved.number, open_one.number)]
    assert states == ["已解决", "登记"]


def test_the_second_rework_of_car_and_fault_asks_for_a_consultation(office):
    first, second = assigned(office, category="维修质量"), received(office, category="维修质量")
    other = received(office, category="维修时间")
    for number in (first.number, second.number, other.number):
        reworked(office, number)
    rows = [office.reworks.of_complaint(saved.number)[0] for saved in (first, second, other)]
    assert [row.wants_consultation for row in rows] == [False, True, False]
    with pytest.raises(InvalidInput, match="请写会诊记录"):
        office.reworks.consult(rows[1].id, 1, " ", ADVISER)
    office.reworks.consult(rows[1].id, 1, "技术总监拆检：同轴度超差", ADVISER)
    assert not office.reworks.of_complaint(second.number)[0].wants_consultation
