"""The dispatcher of 回访: who may call whom, when one tries again, what is asked, and what an answer turns into."""

from __future__ import annotations

import pytest

from crm_desktop.domain.customers import ContactDraft
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.followups import CallDraft, PlanDraft
from crm_desktop.domain.profile import FactsDraft
from crm_desktop.domain.redial import Way
from crm_desktop.domain.staff import Role
from crm_desktop.services.office import Office
from crm_desktop.services.rules import RuleName
from tests.makers import PHONE, TODAY, act, complaint, customer, day, director, registered
from tests.services.people import hired

ANSWERS = {"fixed": "否", "attitude": "4", "overall": "5", "expected": "9", "perceived": "6", "return": "看情况"}


def planned(office: Office, number: str) -> int:
    """A call of today."""
    return office.follow_ups.plan(number, PlanDraft(TODAY), act())


def in_vain(office: Office, number: str, times: int, outcome: str = "无人接听") -> int:
    """So many calls nobody answered; the id of the next one."""
    call = planned(office, number)
    for _ in range(times):
        found = office.dispatch.after(call, outcome)
        draft = CallDraft(outcome=outcome, next_on=found.on, next_way="" if found.way is Way.PHONE else found.way)
        office.follow_ups.record(call, 1, draft, act(who="叶清扬"))
        call = office.follow_ups.planned()[-1].id
    return call


def test_after_a_call_in_vain_the_next_one_is_tomorrow_and_the_fifth_becomes_a_message(office: Office):
    number = registered(office).number
    call = in_vain(office, number, 4)
    found = office.dispatch.after(call, "无法接通")
    assert (found.on, found.way, found.told) == (TODAY, Way.SMS, "第 5 次没接通，改用短信；下次进厂核对电话")
    office.follow_ups.record(call, 1, CallDraft("无法接通", next_on=found.on, next_way=found.way), act(who="叶清扬"))
    row = office.follow_ups.planned()[0]
    assert (row.way, row.reason) == ("短信", "无法接通，改用短信")


def test_whoever_answered_once_begins_the_count_anew(office: Office):
    number = registered(office).number
    call = in_vain(office, number, 2)
    office.follow_ups.record(call, 1, CallDraft(satisfaction="一般"), act(who="叶清扬"))
    assert office.dispatch.after(planned(office, number), "无人接听").told.startswith("第 1 次没接通")


@pytest.mark.parametrize(
    ("outcome", "way"), [("空号", Way.LETTER), ("电话有误", Way.LETTER), ("拒访", None), ("成功", None)]
)
def test_a_wrong_number_is_written_to_and_a_refusal_left_alone(office: Office, outcome: str, way: Way | None):
    found = office.dispatch.after(planned(office, registered(office).number), outcome)
    assert (found.way if found else None) == way


def test_the_plan_is_the_dealerships_own(office: Office):
    table = office.rules.table(RuleName.FOLLOW_UPS)
    table["redial"] |= {"attempts": 2, "then": "信函", "days": 3}
    office.rules.change(RuleName.FOLLOW_UPS, table, act(), "本店规定")
    call = planned(office, registered(office).number)
    assert office.dispatch.after(call, "无人接听").on == day(3)
    with pytest.raises(InvalidInput):
        office.rules.change(RuleName.FOLLOW_UPS, {**table, "redial": {"then": "飞鸽"}}, act(), "试")


def test_who_is_complained_about_is_told_before_he_dials_and_who_may_instead(office: Office):
    hired(office, "程立群", Role.DIRECTOR)
    first = office.staff.act(office.staff.find("程立群"), "设置")
    hired(office, "谢文杰", Role.ADVISER, by=first)
    hired(office, "叶清扬", Role.CARE_AGENT, by=first)
    saved = office.complaints.register(complaint(), first)
    number = office.complaints.amend(saved.number, saved.ver, {"adviser": "谢文杰"}, first).number
    call = office.follow_ups.plan(number, PlanDraft(TODAY), first)
    mine = office.staff.act(office.staff.find("谢文杰"), "回访")
    told = office.dispatch.brief(call, mine.who)
    assert told.sentence == "您经手过这张单，不能自己回访，请换叶清扬（F9）"
    with pytest.raises(NotAllowed):
        office.follow_ups.record(call, 1, CallDraft(satisfaction="满意"), mine)
    assert office.dispatch.brief(call, "叶清扬").sentence == ""


def test_a_number_he_does_not_want_to_be_called_at_is_never_dialled(office: Office):
    contacts = (ContactDraft(PHONE), ContactDraft("13900001111"))
    found, _ = office.customers.register(customer(contacts=contacts), act())
    office.desk.rows("UPDATE contacts SET do_not_disturb = 1 WHERE value = ?", (PHONE,))
    call = office.follow_ups.plan_for(found, None, PlanDraft(TODAY), act())
    assert office.follow_ups.get(call).phone == "13900001111"
    office.desk.rows("UPDATE contacts SET do_not_disturb = 1")
    assert office.follow_ups.get(call).phone == ""


def test_who_does_not_want_to_be_disturbed_is_written_to_but_called_about_his_complaint(office: Office):
    number = registered(office).number
    office.desk.rows("UPDATE customers SET do_not_disturb = 1")
    about_it = planned(office, number)
    care = office.follow_ups.plan_for(1, None, PlanDraft(TODAY, reason="苗头"), act())
    assert (office.follow_ups.get(about_it).way, office.follow_ups.get(care).way) == ("", "信函")
    assert office.dispatch.brief(about_it).sentence == "勿扰：只谈这次的事，不推荐别的"


def test_the_answers_to_the_script_are_kept_with_the_call(office: Office):
    call = planned(office, registered(office).number)
    office.follow_ups.record(call, 1, CallDraft(satisfaction="一般", answers=ANSWERS), act(who="叶清扬"))
    row = office.follow_ups.get(call)
    assert (row.answers, row.score) == (ANSWERS, 5)


def test_an_answer_its_question_does_not_have_is_refused(office: Office):
    call = planned(office, registered(office).number)
    with pytest.raises(InvalidInput, match="不能回答“11”"):
        office.follow_ups.record(call, 1, CallDraft(satisfaction="一般", answers={"overall": "11"}), act(who="叶清扬"))


def test_an_unhappy_answer_without_a_complaint_becomes_one_with_its_words(office: Office):
    office.customers.register(customer(), act())
    call = office.follow_ups.plan_for(1, 1, PlanDraft(TODAY), act())
    said = CallDraft(satisfaction="不满意", feedback="又响了", answers={"fixed": "否", "place": "9"})
    office.follow_ups.record(call, 1, said, act(who="叶清扬"))
    saved = office.dispatch.complain(call, act())
    fields = office.cases.case(saved.number)
    assert fields.fields["words"] == "又响了；这次的问题一次就解决了吗？否"
    assert (fields.customer_name, office.follow_ups.get(call).complaint_number) == ("曾小明", saved.number)
    with pytest.raises(NotAllowed, match="已经挂着抱怨单"):
        office.dispatch.complain(call, act())


def test_who_has_an_open_complaint_gets_no_second_one_from_an_answer(office: Office):
    number = registered(office).number
    call = office.follow_ups.plan_for(1, 1, PlanDraft(TODAY), act())
    office.follow_ups.record(call, 1, CallDraft(satisfaction="不满意", feedback="洗车太慢"), act(who="叶清扬"))
    with pytest.raises(InvalidInput, match=number):
        office.dispatch.complain(call, act())


def test_answers_are_counted_with_the_calls_behind_them(office: Office):
    number, ids = registered(office).number, []
    for answers in (
        ANSWERS,
        {"attitude": "10", "checked": "电话、车牌"},
        {"attitude": "7", "expected": "6", "perceived": "8"},
    ):
        ids.append(office.follow_ups.call(number, CallDraft(satisfaction="满意", answers=answers), act()))
    found = {figure.step.key: figure for figure in office.call_answers.figures(TODAY, TODAY)}
    assert (found["attitude"].ids, found["attitude"].mean) == ({"4": (ids[0],), "7": (ids[2],), "10": (ids[1],)}, 7)
    assert (found["attitude"].low, found["return"].asked) == ((ids[0],), (ids[0],))
    assert found["checked"].ids == {"电话": (ids[1],), "车牌": (ids[1],)}
    gap = office.call_answers.gap(TODAY, TODAY)
    assert (gap.ids, gap.value, gap.worse) == ((ids[0], ids[2]), -0.5, (ids[0],))


def test_a_home_that_set_its_days_before_there_was_a_script_has_one(office: Office):
    office.rules.change(RuleName.FOLLOW_UPS, {"after_rework_days": [2]}, act(), "本店规定")
    assert (office.rules.call_days(), len(office.dispatch.script())) == ((2,), 14)


def test_a_director_who_received_a_hotline_call_may_ask_him(office: Office):
    number = registered(office, channel="400热线").number
    call = planned(office, number)
    assert office.dispatch.brief(call, director().who).barred == ""


def test_the_month_tells_what_was_answered_and_written_words_are_no_calls(office: Office):
    number = registered(office).number
    for answers in (ANSWERS, {"fixed": "是", "attitude": "10", "return": "愿意"}):
        office.follow_ups.call(number, CallDraft(satisfaction="满意", answers=answers), act())
    office.follow_ups.call(number, CallDraft("已发短信"), act())
    month = office.monthly.of("2026-11")
    assert month.figure("回访总数").text == "2"
    assert month.figure("一次解决").text == "50.0 %（1/2）"
    assert month.figure("服务态度评分").text == "7.0 分（2 人）"
    assert month.figure("愿意再来店").text == "50.0 %（1/2）"
    assert month.figure("感受减期望").text == "-3.0 分（问到 1 人，1 人感受低于期望）"


def test_what_was_gone_through_with_the_customer_is_checked_as_of_today(office: Office):
    number = registered(office).number
    told = CallDraft(satisfaction="满意", answers={"checked": "电话、里程"})
    office.follow_ups.call(number, told, act())
    found = office.desk.rows("SELECT basics_checked_on, contacts_checked_on, vehicles_checked_on FROM customers")
    assert found == [(None, TODAY.isoformat(), TODAY.isoformat())]


def test_calls_of_care_leave_out_whom_nobody_may_call_and_whom_somebody_calls_already(office: Office):
    drafts = [customer(name=f"客户{n}", contacts=(ContactDraft(f"1380000000{n}"),), vehicles=()) for n in range(3)]
    ids = [office.customers.register(draft, act())[0] for draft in drafts]
    office.profiles.amend_facts(ids[0], 1, FactsDraft(do_not_disturb=True), act())
    office.follow_ups.plan_for(ids[1], None, PlanDraft(day(3)), act())
    assert office.dispatch.plan_care(ids, PlanDraft(day(1), "叶清扬", "关怀"), act()) == 1
    with pytest.raises(InvalidInput, match="都不用再计划"):
        office.dispatch.plan_care(ids, PlanDraft(day(1)), act())


def test_calls_of_care_do_not_bury_the_calls_about_complaints(office: Office):
    with pytest.raises(InvalidInput, match="一次最多给 200 位"):
        office.dispatch.plan_care(range(1, 202), PlanDraft(day(1)), act())
    with pytest.raises(InvalidInput, match="已经过去"):
        office.dispatch.plan_care((1,), PlanDraft(day(-1)), act())
