"""The steps of the course: their rights, their times, 代录, the short way at the counter, reasons for lateness."""

import pytest

from crm_desktop.domain.closing import NotReady
from crm_desktop.domain.errors import ChangedMeanwhile, InvalidInput, NotAllowed
from crm_desktop.domain.procedure import OnBehalf
from crm_desktop.domain.solutions import SolutionDraft
from crm_desktop.domain.staff import Role
from tests.makers import ANALYSED, SOLVED, act, at, complaint, director, faults, registered
from tests.services.procedure import by, fields, handed_over, moment, received, solved

BY_PHONE = OnBehalf("程立群", "电话")


def last(office, number):
    """The last event recorded."""
    return office.cases.case(number).events[-1]


def test_a_hand_over_tells_to_whom_and_when(office):
    saved = received(office)
    done = office.complaints.hand_over(saved.number, saved.ver, act(), "程立群", moment("09:04"), note="当面交")
    event = last(office, saved.number)
    assert (done.state, event.detail, event.at, event.entered_at) == ("已移交", "程立群", moment("09:04"), act().at)


def test_a_complaint_is_handed_to_the_director_where_nobody_is_named(guarded, by):
    saved = guarded.complaints.register(complaint(), by("谢文杰"))
    guarded.complaints.hand_over(saved.number, saved.ver, by("谢文杰"))
    assert last(guarded, saved.number).detail == "程立群"


def test_a_late_step_is_saved_without_a_reason_and_the_reason_is_asked_for_until_closing(office):
    saved = received(office)
    verbs = office.complaints
    saved = verbs.hand_over(saved.number, saved.ver, act("2026-11-22 09:00"), at=moment("17:42"))
    assert "late_reason" in fields(office, saved.number)
    event = last(office, saved.number)
    saved = office.corrections.explain_late(saved.number, saved.ver, act(), event.id, "客户晚到")
    assert "late_reason" not in fields(office, saved.number)


def test_a_route_with_no_hand_over_goes_straight_to_the_answer(office):
    saved = received(office, channel="400热线")
    with pytest.raises(InvalidInput, match="先由服务总监定责任人"):
        office.complaints.respond(saved.number, saved.ver, director())
    saved = office.complaints.assign(saved.number, saved.ver, director(), "配件", "何思齐")
    assert office.complaints.respond(saved.number, saved.ver, director()).state == "处理中"
    assert {"hand_over", "respond"}.isdisjoint(fields(office, saved.number))


def test_naming_a_line_names_who_answers_for_it(guarded, by):
    saved = guarded.complaints.register(complaint(), by("谢文杰"))
    with pytest.raises(InvalidInput, match="技术线还没有人负责"):
        guarded.complaints.assign(saved.number, saved.ver, by("程立群"), "技术")
    answering = guarded.staff.find("谢文杰")
    guarded.duties.answer_for("技术", answering.id, by("程立群"))
    guarded.complaints.assign(saved.number, saved.ver, by("程立群"), "技术")
    assert guarded.cases.case(saved.number).fields["responsible"] == "谢文杰"


def test_solving_at_the_counter_answers_and_solves_in_one_step(office):
    saved = handed_over(office)
    done = office.complaints.resolve_on_the_spot(saved.number, saved.ver, act(), fields=SOLVED, at=moment("09:15"))
    events = office.cases.case(saved.number).events
    assert (done.state, [event.kind for event in events[-2:]]) == ("已解决", ["responded", "resolved"])
    assert events[-2].at == events[-1].at == moment("09:15")


def test_solving_needs_its_texts_and_what_was_told_carries_its_time(office):
    saved = handed_over(office)
    with pytest.raises(NotReady, match="缺 1 项：没有写告知客户的内容"):
        office.complaints.resolve(saved.number, saved.ver, act(), fields={**SOLVED, "told_customer": ""})
    assert office.cases.case(saved.number).fields["solution"] == ""
    office.complaints.resolve(saved.number, saved.ver, act(), at=moment("11:00"), fields=SOLVED)
    assert office.cases.case(saved.number).fields["told_at"] == moment("11:00")


def test_a_time_of_telling_put_right_stands_in_the_course(office):
    saved = solved(office)
    office.complaints.amend(saved.number, saved.ver, {"told_at": moment("09:20")}, act())
    told = [event.at for event in office.cases.case(saved.number).events if event.kind == "informed"]
    assert told[-1] == moment("09:20")


def test_an_option_not_agreed_upon_yet_is_asked_for_by_its_button(office):
    saved = handed_over(office, severity="重大")
    office.solutions.propose(saved.number, SolutionDraft("免费重做"), act())
    with pytest.raises(NotReady, match="方案已写，还没有记下客户同意的是哪一个，请点“商定方案”"):
        office.complaints.resolve(saved.number, saved.ver, act(), fields=SOLVED)


def test_a_returned_case_is_back_in_hand_with_the_reason_and_is_solved_again(office):
    saved = solved(office)
    saved = office.complaints.return_(saved.number, saved.ver, by(Role.DIRECTOR), "客户没有认可")
    assert (saved.state, last(office, saved.number).note) == ("处理中", "客户没有认可")
    assert fields(office, saved.number) == ["resolve"]
    saved = office.complaints.resolve(saved.number, saved.ver, act(), "再次解决")
    assert office.complaints.close(saved.number, saved.ver, by(Role.DIRECTOR)).state == "已关闭"


def test_a_ticket_closed_late_asks_the_director_why(office):
    saved = solved(office, channel="行业管理")
    late = by(Role.DIRECTOR, "2026-11-24 09:01")
    with pytest.raises(InvalidInput) as refused:
        office.complaints.close(saved.number, saved.ver, late)
    assert list(faults(refused)) == ["late_reason"]
    assert office.complaints.close(saved.number, saved.ver, late, late_reason="等主管部门回函").state == "已关闭"


@pytest.mark.parametrize("verb", ["hand_over", "respond"])
def test_what_another_said_by_phone_is_entered_for_him_and_waits_for_him(guarded, by, verb):
    saved = guarded.complaints.register(complaint(), by("叶清扬"))
    saved = getattr(guarded.complaints, verb)(saved.number, saved.ver, by("叶清扬"), told=BY_PHONE)
    event = last(guarded, saved.number)
    assert (event.who, event.on_behalf_of, event.told_how, event.awaits_confirmation) == (
        "叶清扬",
        "程立群",
        "电话",
        True,
    )
    assert [number for number, _ in guarded.corrections.to_confirm("程立群")] == [saved.number]
    with pytest.raises(NotAllowed, match="请由本人确认"):
        guarded.corrections.confirm(saved.number, saved.ver, by("叶清扬"), event.id)
    guarded.corrections.confirm(saved.number, saved.ver, by("程立群"), event.id)
    assert guarded.corrections.to_confirm("程立群") == []


def test_responsible_cause_and_measure_may_be_entered_for_those_whose_they_are(guarded, by):
    carer, verbs = by("叶清扬"), guarded.complaints
    saved = verbs.register(complaint(), carer)
    saved = verbs.assign(saved.number, saved.ver, carer, "技术", "冯学勤", told=BY_PHONE)
    with pytest.raises(InvalidInput, match="“程立群”不能写根本原因，代录请写有权的人：冯学勤"):
        verbs.amend(saved.number, saved.ver, ANALYSED, carer, told=BY_PHONE)
    on_paper = OnBehalf("冯学勤", "签字纸单", "扫描 1.jpg")
    verbs.amend(saved.number, saved.ver, ANALYSED, carer, told=on_paper)
    signed = [event for event in guarded.cases.case(saved.number).events if event.on_behalf_of == "冯学勤"]
    assert [(event.kind, event.scan) for event in signed] == [
        ("cause_written", "扫描 1.jpg"),
        ("measure_written", "扫描 1.jpg"),
    ]


def test_nothing_else_may_be_entered_for_somebody(office):
    saved = registered(office)
    with pytest.raises(InvalidInput, match="可以代录"):
        office.complaints.amend(saved.number, saved.ver, {"correction": "换件"}, act(), told=BY_PHONE)


def test_a_step_on_an_older_version_is_refused_whole(office):
    saved = received(office)
    office.complaints.amend(saved.number, saved.ver, {"remarks": "x"}, act())
    with pytest.raises(ChangedMeanwhile):
        office.complaints.resolve(saved.number, saved.ver, act(), fields=SOLVED)
    assert office.cases.case(saved.number).fields["solution"] == ""


def test_a_home_without_staff_says_who_is_needed(office):
    saved = received(office)
    with pytest.raises(NotAllowed, match="请先在“设置 → 员工”里建员工"):
        office.complaints.close(saved.number, saved.ver, act())


def test_the_level_goes_up_at_any_time_and_down_with_a_reason(office):
    saved, verbs = received(office), office.complaints
    saved = verbs.grade(saved.number, saved.ver, act(), "重大", ("crowd",))
    assert (last(office, saved.number).kind, last(office, saved.number).detail) == ("upgraded", "一般→重大")
    assert office.cases.case(saved.number).fields["severity_ticks"] == '["crowd"]'
    with pytest.raises(InvalidInput, match="写明理由"):
        verbs.grade(saved.number, saved.ver, act(), "一般")
    verbs.grade(saved.number, saved.ver, act(), "一般", ("crowd",), "已当场散开")
    kinds = [event.kind for event in office.cases.case(saved.number).events]
    assert kinds == ["registered", "upgraded", "downgraded"]


def test_a_tick_speaks_for_major_unless_a_reason_says_otherwise(office):
    with pytest.raises(InvalidInput, match="仍按一般处理请写明理由"):
        registered(office, severity_ticks=("media",))
    with pytest.raises(InvalidInput, match="没有“ghost”这条"):
        registered(office, severity="重大", severity_ticks=("ghost",))
    saved = registered(office, severity_ticks=("media",), severity_reason="只是问询")
    assert office.cases.case(saved.number).fields["severity_reason"] == "只是问询"


def test_a_form_filled_by_hand_keeps_who_received_it_and_when_it_happened(office):
    paper = {"occurred_at": at("2026-11-19 08:00"), "received_at": at("2026-11-19 10:00"), "received_by": "梁晓雯"}
    saved = registered(office, **paper)
    case, row = office.cases.case(saved.number), last(office, saved.number)
    told = (case.received_by, case.received_at, case.entered_at, row.at, row.entered_at, row.who)
    now = act().at
    assert told == ("梁晓雯", paper["received_at"], now, paper["received_at"], now, "谢文杰")
    assert row.note == "补录纸单，接收人 梁晓雯"


def test_times_of_a_form_filled_by_hand_are_taken_over(office):
    saved = registered(office, received_at=at("2026-11-19 10:00"))
    paper = OnBehalf("程立群", "签字纸单", at=at("2026-11-19 10:20"))
    office.complaints.hand_over(saved.number, saved.ver, act(), "程立群", at("2026-11-19 10:05"))
    office.complaints.respond(saved.number, 2, act(), told=paper)
    assert last(office, saved.number).at == at("2026-11-19 10:20")
