"""The verbs of the complaint form: register, amend, correct, and every step from 登记 to 已关闭."""

import pytest

from crm_desktop.domain.errors import ChangedMeanwhile, InvalidInput, NotAllowed, NotFound
from crm_desktop.services.parties import Party
from tests.makers import (
    SOLVED,
    TODAY,
    act,
    anonymous,
    at,
    closed,
    complaint,
    customer,
    director,
    faults,
    registered,
    resolved,
    vehicle,
)


def field(office, number, name):
    """One field of a complaint as it stands now."""
    return office.cases.case(number).fields[name]


def reasons(office, number):
    """The reasons that stand in the complaint's history."""
    return [line.reason for line in office.cases.history(number) if line.reason]


def test_a_registered_complaint_gets_its_number_and_state(office):
    saved = office.complaints.register(complaint(), act())
    assert (saved.number, saved.state, saved.ver) == ("TS20261121-001", "登记", 1)
    assert registered(office).number == "TS20261121-002"


def test_the_number_carries_the_day_the_complaint_was_received(office):
    assert registered(office, received_at=at("2026-11-19 23:30")).number == "TS20261119-001"
    assert registered(office, received_at=at("2026-11-19 08:30")).number == "TS20261119-002"


def test_what_was_typed_comes_back(office):
    saved = registered(office, demand="换总成", order_number="RO1", mileage=32100, occurred_at=at("2026-11-20 18:00"))
    case = office.cases.case(saved.number)
    assert (case.customer_name, case.phone, case.plate) == ("曾小明", "13800005521", "沪A8K231")
    assert (case.fields["demand"], case.fields["order_number"], case.fields["mileage"]) == ("换总成", "RO1", 32100)
    assert (case.fields["occurred_at"], case.received_by) == (at("2026-11-20 18:00"), "谢文杰")


def test_a_refused_complaint_leaves_nothing_behind(office):
    with pytest.raises(InvalidInput):
        office.complaints.register(complaint(words=""), act())
    assert office.desk.rows("SELECT COUNT(*) FROM customers") == [(0,)]
    assert registered(office).number == "TS20261121-001"


def test_the_car_is_remembered_as_it_was_that_day(office):
    owner, _ = office.customers.register(customer(), act())
    saved = registered(office)
    office.customers.add_vehicle(owner, vehicle(model="途观L"), act())
    assert office.cases.case(saved.number).model == "朗逸 1.5L"


@pytest.mark.parametrize("chosen", [{"customer_id": 99}, {"vehicle_id": 99}])
def test_somebody_who_is_not_in_the_files_cannot_be_chosen(office, chosen):
    with pytest.raises(NotFound, match="编号为 99 的"):
        office.complaints.register(complaint(**chosen), act())
    saved = registered(office)
    changes = {name.removesuffix("_id"): number for name, number in chosen.items()}
    with pytest.raises(NotFound):
        office.complaints.amend(saved.number, saved.ver, changes, act(), "更正")


def test_a_change_is_saved_with_the_next_version(office):
    saved = registered(office)
    changed = office.complaints.amend(saved.number, saved.ver, {"correction": "更换阀体"}, act())
    assert (changed.ver, changed.state) == (2, "登记")
    assert field(office, saved.number, "correction") == "更换阀体"


def test_a_change_by_the_source_number_or_in_small_letters_finds_the_complaint(office):
    saved = registered(office)
    assert office.complaints.amend(" ts20261121-001 ", 1, {"remarks": "x"}, act()).number == saved.number


def test_a_change_of_what_somebody_else_saved_first_is_refused(office):
    saved = registered(office)
    office.complaints.amend(saved.number, 1, {"correction": "更换阀体"}, act(who="冯学勤"))
    with pytest.raises(ChangedMeanwhile):
        office.complaints.amend(saved.number, 1, {"correction": "更换总成"}, act())
    assert field(office, saved.number, "correction") == "更换阀体"


def test_naming_who_is_responsible_begins_the_handling(office):
    saved = registered(office)
    changed = office.complaints.amend(saved.number, saved.ver, {"responsible": "冯学勤", "line": "技术"}, director())
    assert changed.state == "处理中"
    again = office.complaints.amend(saved.number, changed.ver, {"responsible": "梁晓雯"}, director())
    assert again.state == "处理中"
    events = office.cases.case(saved.number).events
    assert [(event.kind, event.detail) for event in events[1:]] == [("taken_up", "冯学勤"), ("taken_up", "梁晓雯")]


@pytest.mark.parametrize(
    "changes", [{"channel": "媒体"}, {"received_at": at("2026-11-20 09:00")}, {"customer": None}, {"vehicle": None}]
)
def test_what_was_told_wrongly_is_corrected_only_with_a_reason(office, changes):
    saved = registered(office)
    with pytest.raises(InvalidInput) as refused:
        office.complaints.amend(saved.number, saved.ver, changes, act())
    assert list(faults(refused)) == ["reason"]
    assert office.complaints.amend(saved.number, saved.ver, changes, act(), "登记时听错").ver == 2
    assert reasons(office, saved.number)[0] == "登记时听错"
    assert "corrected" in [event.kind for event in office.cases.case(saved.number).events]


def test_a_channel_that_stays_the_same_needs_no_reason(office):
    saved = registered(office)
    assert office.complaints.amend(saved.number, saved.ver, {"channel": "接待", "remarks": "x"}, act()).ver == 2


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"received_at": at("2026-11-22 09:00")}, "received_at"),
        ({"occurred_at": at("2026-11-21 15:00")}, "occurred_at"),
        ({"words": ""}, "words"),
        ({"severity": "特急"}, "severity"),
    ],
)
def test_a_change_to_what_cannot_be_is_refused(office, changes, name):
    saved = registered(office)
    with pytest.raises(InvalidInput) as refused:
        office.complaints.amend(saved.number, saved.ver, changes, act(), "更正")
    assert list(faults(refused)) == [name]


def test_a_complaint_may_be_solved_at_the_counter(office):
    assert resolved(office).state == "已解决"


@pytest.mark.parametrize("verb", ["hand_over", "close", "resolve", "void", "return_"])
def test_a_closed_complaint_takes_no_step_but_back(office, verb):
    saved = closed(office)
    more = ("写错了",) if verb in ("void", "return_") else ()
    with pytest.raises(NotAllowed, match="已关闭"):
        getattr(office.complaints, verb)(saved.number, saved.ver, director(), *more)


def test_an_open_complaint_cannot_be_closed_unhandled(office):
    saved = registered(office)
    with pytest.raises(NotAllowed, match="只有“已解决”的单可以"):
        office.complaints.close(saved.number, saved.ver, director())
    assert office.cases.case(saved.number).state == "登记"


def test_a_solution_may_be_told_later_than_it_happened(office):
    saved = registered(office, received_at=at("2026-11-18 09:00"))
    office.complaints.resolve(saved.number, saved.ver, act(), "试车正常", at("2026-11-20 17:00"), fields=SOLVED)
    event = office.cases.case(saved.number).events[-1]
    assert (event.at, event.entered_at, event.note) == (at("2026-11-20 17:00"), act().at, "试车正常")


@pytest.mark.parametrize("moment", ["2026-11-22 09:00", "2026-11-17 09:00"])
def test_a_solution_lies_between_receiving_and_now(office, moment):
    saved = registered(office, received_at=at("2026-11-18 09:00"))
    with pytest.raises(InvalidInput) as refused:
        office.complaints.resolve(saved.number, saved.ver, act(), at=at(moment))
    assert list(faults(refused)) == ["at"]


@pytest.mark.parametrize("verb", ["reopen", "void"])
def test_going_back_and_voiding_need_a_reason(office, verb):
    saved = resolved(office)
    with pytest.raises(InvalidInput, match="请写明原因"):
        getattr(office.complaints, verb)(saved.number, saved.ver, director(), " \n")


@pytest.mark.parametrize("before", [resolved, closed])
def test_a_complaint_can_be_reopened(office, before):
    saved = before(office)
    assert office.complaints.reopen(saved.number, saved.ver, director(), "交车两天又犯").state == "处理中"
    assert "交车两天又犯" in reasons(office, saved.number)


def test_a_void_complaint_stays_in_the_files(office):
    saved = registered(office)
    assert office.complaints.void(saved.number, saved.ver, director(), "打错电话").state == "作废"
    assert office.cases.case(saved.number).fields["words"] == "变速箱一顿一顿"


def test_a_step_on_an_older_version_is_refused_and_leaves_no_event(office):
    saved = registered(office)
    office.complaints.amend(saved.number, saved.ver, {"remarks": "x"}, act())
    with pytest.raises(ChangedMeanwhile):
        office.complaints.resolve(saved.number, saved.ver, act())
    assert len(office.cases.case(saved.number).events) == 1


def test_a_number_nobody_knows_is_not_found(office):
    with pytest.raises(NotFound, match="没有单号为“TS1”的抱怨单"):
        office.complaints.amend("TS1", 1, {"remarks": "x"}, act())


def test_a_missing_customer_is_filled_in_without_a_reason(office):
    saved = office.complaints.register(anonymous(), act())
    office.complaints.amend(saved.number, saved.ver, {"vehicle": None}, act(), "车牌听错")
    party = Party(name=" 李四 ", phone="139 0000 0001", plate="沪b·54321")
    changed = office.complaints.identify(saved.number, 2, party, act())
    case = office.cases.case(changed.number)
    assert (changed.ver, case.customer_name, case.phone, case.plate) == (3, "李四", "13900000001", "沪B54321")


def test_a_wrong_customer_is_exchanged_with_a_reason_and_both_stay_in_history(office):
    saved = registered(office)
    party = Party(name="李四", phone="13900000001")
    with pytest.raises(InvalidInput, match="请写明原因"):
        office.complaints.identify(saved.number, saved.ver, party, act())
    office.complaints.identify(saved.number, saved.ver, party, act(), "同名认错人")
    assert office.cases.case(saved.number).customer_name == "李四"
    change = next(line for line in office.cases.history(saved.number) if line.reason == "同名认错人")
    assert change.old
    assert change.new


def test_nobody_cannot_be_who_complained(office):
    saved = registered(office)
    with pytest.raises(InvalidInput) as refused:
        office.complaints.identify(saved.number, saved.ver, Party(), act(), "认错")
    assert list(faults(refused)) == ["customer_name"]


def test_what_is_entered_later_keeps_both_times(office):
    saved = registered(office, received_at=at("2026-11-19 09:00"))
    case = office.cases.case(saved.number)
    assert (case.received_at, case.entered_at) == (at("2026-11-19 09:00"), act().at)
    assert office.desk.today() == TODAY
