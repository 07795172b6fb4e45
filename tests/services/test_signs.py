"""What may become a complaint, on one list."""

from __future__ import annotations

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.followups import CallDraft, PlanDraft
from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.domain.signs import SignKind
from crm_desktop.services.office import Office
from tests.makers import PHONE, act, at, complaint, day, registered
from tests.services.profile_world import known, visit


def kinds(office: Office) -> list[SignKind]:
    """The kinds on the list."""
    return [row.kind for row in office.signs.rows()]


def test_a_quiet_home_has_no_signs(office: Office) -> None:
    known(office)
    assert office.signs.rows() == []
    assert set(office.signs.counts().values()) == {0}


def test_a_promise_past_its_time(office: Office) -> None:
    saved = office.complaints.register(complaint(), act("2026-11-21T12:00:00"))
    office.promises.make(saved.number, "下午回电", at("2026-11-21 13:30"), act(), at("2026-11-21 13:00"))
    (row,) = office.signs.rows()
    assert (row.kind, row.number, row.what, row.customer_name) == (
        SignKind.LATE_PROMISE,
        saved.number,
        "下午回电",
        "曾小明",
    )


def test_a_car_that_was_reworked_twice(office: Office) -> None:
    saved = registered(office)
    office.reworks.register(saved.number, ReworkDraft("外返", "RO1", day(-60), day(-59), items="阀体"), act())
    assert kinds(office) == []
    office.reworks.register(saved.number, ReworkDraft("外返", "RO2", day(-1), items="阀体"), act())
    (row,) = office.signs.rows()
    assert (row.kind, row.what, row.plate) == (SignKind.REPEAT_REPAIR, "2 次返修：阀体", "沪A8K231")


def test_who_complained_and_never_came_back(office: Office) -> None:
    early = "2026-01-10T09:00:00"
    office.complaints.register(complaint(), act(early))
    assert kinds(office) == [SignKind.STAYED_AWAY]
    visit(office, day(-3))
    assert kinds(office) == []


def test_who_stayed_away_is_no_sign_for_a_while_once_somebody_reached_him(office: Office) -> None:
    office.complaints.register(complaint(), act("2026-01-10T09:00:00"))
    for outcome, left in (("无人接听", [SignKind.STAYED_AWAY]), ("成功", [])):
        call = office.signs.call(office.signs.rows()[0], act())
        office.follow_ups.record(call, 1, CallDraft(outcome=outcome, satisfaction="一般" if not left else ""), act())
        assert kinds(office) == left


def test_a_customer_known_to_be_lost_is_no_sign_any_more(office: Office) -> None:
    saved = office.complaints.register(complaint(), act("2026-01-10T09:00:00"))
    office.profiles.move_stage(office.cases.case(saved.number).customer_id, "流失", act())
    assert kinds(office) == []


def test_a_noted_sign_stays_until_its_remedy_is_told(office: Office) -> None:
    found, car = known(office)
    sign = office.signs.note("等了两小时，脸色不好", act(), found, car)
    (row,) = office.signs.rows(["记下的苗头"])
    assert (row.id, row.customer_id, row.vehicle_id, row.on) == (sign, found, car, day(0))
    with pytest.raises(InvalidInput, match="怎样补救"):
        office.signs.settle(sign, " ", act())
    office.signs.settle(sign, "服务经理道歉，送洗车券，客户接受", act())
    assert office.signs.rows() == []
    assert [line.title for line in office.timelines.page(found, kinds=["苗头"]).rows] == ["已补救"]


def test_a_sign_becomes_a_complaint_in_one_go(office: Office) -> None:
    found, car = known(office)
    office.signs.note("等了两小时，脸色不好", act(), found, car)
    saved = office.signs.complain(office.signs.rows()[0], act())
    case = office.cases.case(saved.number)
    assert (case.fields["words"], case.customer_id, case.vehicle_id) == ("等了两小时，脸色不好", found, car)
    assert office.signs.rows() == []
    assert [f for f in office.upkeep.check() if f.trouble] == []


def test_who_has_an_open_complaint_gets_no_second_one_from_a_sign(office: Office) -> None:
    found, car = known(office)
    office.signs.note("等了两小时，脸色不好", act(), found, car)
    sign = office.signs.rows()[0]
    saved = office.signs.complain(sign, act())
    with pytest.raises(InvalidInput, match=saved.number):
        office.signs.complain(sign, act())


def test_nothing_noticed_is_not_noted(office: Office) -> None:
    with pytest.raises(InvalidInput, match="什么苗头"):
        office.signs.note("", act())


def test_a_sign_without_a_complaint_is_called_today(office: Office) -> None:
    found, car = known(office)
    office.signs.note("等得太久，脸色不好", act(), found, car)
    call = office.signs.call(office.signs.rows()[0], act())
    (row,) = office.follow_ups.due()
    assert (row.id, row.complaint_number, row.reason) == (call, "", "苗头：等得太久，脸色不好")
    assert (row.customer_name, row.phone, row.plate, row.planned_on) == ("曾小明", PHONE, "沪A8K231", day(0))


def test_a_call_without_a_complaint_is_counted_by_none(office: Office) -> None:
    found, car = known(office)
    call, saved = office.follow_ups.plan_for(found, car, PlanDraft(day(0)), act()), registered(office)
    office.follow_ups.record(call, 1, CallDraft(satisfaction="不满意", feedback="没人道歉"), act(who="叶清扬"))
    assert office.follow_ups.of_complaint(saved.number) == []
    (listed,) = office.registers.rows(day(-1), day(0))
    assert (listed.number, listed.followed_up_on, listed.follow_up_result) == (saved.number, None, "")
    (line,) = office.timelines.page(found, kinds=["回访"]).rows
    assert (line.title, line.number) == ("成功·不满意", "")


def test_a_call_in_vain_without_a_complaint_plans_the_next_one_for_the_same_customer(office: Office) -> None:
    found, car = known(office)
    office.signs.note("脸色不好", act(), found, car)
    call = office.signs.call(office.signs.rows()[0], act())
    office.follow_ups.record(call, 1, CallDraft(outcome="无人接听", next_on=day(1)), act(who="叶清扬"))
    (following,) = office.follow_ups.planned()
    assert (following.customer_name, following.plate, following.planned_on) == ("曾小明", "沪A8K231", day(1))


def test_the_same_customer_is_not_put_on_todays_list_twice(office: Office) -> None:
    found, car = known(office)
    office.signs.note("脸色不好", act(), found, car)
    sign = office.signs.rows()[0]
    office.signs.call(sign, act())
    with pytest.raises(InvalidInput, match="已经在要打的回访里"):
        office.signs.call(sign, act())


def test_a_sign_of_nobody_known_cannot_be_called(office: Office) -> None:
    office.signs.note("休息区有客户大声抱怨", act())
    with pytest.raises(InvalidInput, match="不知道给谁打电话"):
        office.signs.call(office.signs.rows()[0], act())


def test_an_unsatisfied_call_without_a_complaint_is_a_sign_until_somebody_made_it_good(office: Office) -> None:
    found, car = known(office)
    for satisfaction in ("不满意", "满意"):
        call = office.follow_ups.plan_for(found, car, PlanDraft(day(0)), act())
        made = CallDraft(satisfaction=satisfaction, feedback="洗车太慢")
        office.follow_ups.record(
            call, 1, made, act("2026-11-21T15:00:00" if satisfaction == "满意" else "2026-11-21T14:30:00")
        )
        assert kinds(office) == ([SignKind.UNSATISFIED_CALL] if satisfaction == "不满意" else [])


def test_an_unsatisfied_call_that_became_a_complaint_is_no_sign_any_more(office: Office) -> None:
    found, car = known(office)
    call = office.follow_ups.plan_for(found, car, PlanDraft(day(0)), act())
    office.follow_ups.record(call, 1, CallDraft(satisfaction="不满意", feedback="洗车太慢"), act())
    office.signs.complain(office.signs.rows()[0], act())
    assert kinds(office) == []
