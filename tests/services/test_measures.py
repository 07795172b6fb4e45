"""纠正预防措施: cause before measure, words that say something, another evaluates, and what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crm_desktop.domain.errors import ChangedMeanwhile, InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.measure_list import COLUMNS, numbered
from crm_desktop.domain.measures import EvaluationDraft, MeasureState
from crm_desktop.domain.staff import Role
from crm_desktop.services.clocks import Clocks
from crm_desktop.services.measures import SavedMeasure
from crm_desktop.services.office import Office
from tests.makers import TODAY, act, at, customer, day, director, faults, registered
from tests.services.procedure import by
from tests.services.records import care, measure

EFFECTIVE = EvaluationDraft(before=2, after=0, conclusion="有效", basis="抱怨台账同类件数，抽查记录 4 份")


def kept(office: Office, **changes: object) -> SavedMeasure:
    return office.measures.register(measure(**changes), act())


def finished(office: Office) -> SavedMeasure:
    made = kept(office)
    return office.measures.finish(made.id, made.ver, "终检单第 5 版，照片 3 张", act(), done_by="张师傅")


def test_a_measure_gets_its_own_number_and_keeps_every_word(office: Office):
    number = registered(office).number
    made = kept(office, complaints=(number,))
    assert made.number == "JY2026-001"
    assert office.measure_lists.of_complaint(number)[0].draft == measure(complaints=(number,))


@pytest.mark.parametrize("name", ["cause", "what", "who", "due_on", "verify"])
def test_a_measure_says_why_who_what_when_and_how_it_is_verified(office: Office, name: str):
    with pytest.raises(InvalidInput) as refused:
        kept(office, **{name: None if name == "due_on" else ""})
    assert name in faults(refused)


def test_words_that_say_nothing_are_refused(office: Office):
    with pytest.raises(InvalidInput) as refused:
        kept(office, what="加强培训，提高责任心")
    assert "加强培训" in faults(refused)["what"]


def test_a_cause_that_only_blames_is_refused(office: Office):
    with pytest.raises(InvalidInput) as refused:
        kept(office, cause="员工责任心不强")
    assert "为什么" in faults(refused)["cause"]


def test_only_the_director_lets_vague_words_pass_and_says_why(office: Office):
    vague = measure(what="加强培训")
    with pytest.raises(NotAllowed):
        office.measures.register(vague, care(), on_behalf_of="技术总监", override="急")
    made = office.measures.register(vague, director(), on_behalf_of="技术总监", override="厂家模板原文")
    assert office.measure_lists.get(made.id).override_reason == "厂家模板原文"


def test_another_s_measure_is_changed_or_cancelled_only_for_him_and_waits_for_his_word(office: Office):
    made = kept(office, who="冯学勤")
    with pytest.raises(NotAllowed):
        office.measures.amend(made.id, made.ver, measure(who="冯学勤", due_on=day(9)), care())
    with pytest.raises(NotAllowed):
        office.measures.cancel(made.id, made.ver, "不做了", care())
    new = measure(who="冯学勤", due_on=day(9))
    office.measures.amend(made.id, made.ver, new, care(), on_behalf_of="冯学勤")
    row = office.measure_lists.get(made.id)
    assert (row.draft.due_on, row.on_behalf_of, row.awaits_confirmation) == (day(9), "冯学勤", True)
    (line,) = numbered([row], TODAY)
    assert next(column for column in COLUMNS if column.title == "责任人").value(line) == "冯学勤（代录，待确认）"


def test_what_was_entered_for_him_he_confirms_himself(office: Office):
    made = kept(office, who="冯学勤")
    made = office.measures.finish(made.id, made.ver, "照片 3 张", care())
    with pytest.raises(NotAllowed, match="请由本人确认"):
        office.measures.confirm(made.id, made.ver, care())
    office.measures.confirm(made.id, made.ver, by(Role.TECHNICAL_DIRECTOR))
    row = office.measure_lists.get(made.id)
    assert (row.done_by, row.on_behalf_of, row.awaits_confirmation) == ("冯学勤", "冯学勤", False)


def test_a_measure_is_entered_only_for_those_who_answer_for_it(office: Office):
    office.staff.add("谢文杰", (Role.ADVISER,), act())
    with pytest.raises(InvalidInput) as refused:
        office.measures.register(measure(who="冯学勤"), care(), on_behalf_of="谢文杰")
    assert "不负责这项措施" in faults(refused)["on_behalf_of"]


def test_a_measure_of_an_unknown_complaint_is_refused(office: Office):
    with pytest.raises(NotFound):
        kept(office, complaints=("TS20200101-001",))


def test_what_the_complaint_says_is_not_typed_twice(office: Office):
    number = registered(office).number
    assert office.measures.draft_of(number).complaints == (number,)


def test_links_to_complaints_come_and_go(office: Office):
    first, second = registered(office).number, registered(office, plate="沪C99999").number
    made = kept(office, complaints=(first,))
    office.measures.amend(made.id, made.ver, measure(complaints=(second,)), act())
    assert office.measure_lists.of_complaint(first) == []
    assert office.measure_lists.get(made.id).draft.complaints == (second,)


def test_two_who_change_the_same_measure_do_not_overwrite_each_other(office: Office):
    made = kept(office)
    office.measures.amend(made.id, made.ver, measure(amount="每周抽查 12 台"), act())
    with pytest.raises(ChangedMeanwhile):
        office.measures.amend(made.id, made.ver, measure(amount="每周抽查 8 台"), act())


def test_a_measure_is_done_only_with_evidence(office: Office):
    made = kept(office)
    with pytest.raises(InvalidInput) as refused:
        office.measures.finish(made.id, made.ver, " ", act())
    assert "evidence" in faults(refused)


@pytest.mark.parametrize("done_on", [day(1), day(-1)])
def test_a_measure_is_not_done_before_it_was_decided_nor_tomorrow(office: Office, done_on: date):
    made = kept(office)
    with pytest.raises(InvalidInput):
        office.measures.finish(made.id, made.ver, "照片", act(), done_on)


def test_a_measure_done_is_not_changed_any_more(office: Office):
    done = finished(office)
    with pytest.raises(NotAllowed):
        office.measures.amend(done.id, done.ver, measure(), act())


def test_a_cancelled_measure_stays_with_its_reason(office: Office):
    made = kept(office)
    office.measures.cancel(made.id, made.ver, "厂家已统一整改", act())
    assert office.measure_lists.get(made.id).state(TODAY) == MeasureState.CANCELLED
    assert office.measure_lists.open() == []


def test_who_carried_it_out_does_not_evaluate_it(office: Office):
    done = finished(office)
    later = care("2026-12-22 10:00")
    for doer in (replace(later, who="张师傅"), replace(later, roles=("技术总监",))):
        with pytest.raises(NotAllowed):
            office.measures.evaluate(done.id, done.ver, EFFECTIVE, doer)


def test_an_evaluation_waits_for_its_window(office: Office):
    done = finished(office)
    with pytest.raises(NotAllowed) as refused:
        office.measures.evaluate(done.id, done.ver, EFFECTIVE, care("2026-12-20 10:00"))
    assert "2026-12-21" in refused.value.sentence
    office.measures.evaluate(done.id, done.ver, EFFECTIVE, care("2026-12-21 10:00"))
    assert office.measure_lists.get(done.id).state(TODAY) == MeasureState.EFFECTIVE


def test_what_came_again_is_not_called_effective(office: Office):
    done = finished(office)
    with pytest.raises(InvalidInput) as refused:
        office.measures.evaluate(done.id, done.ver, replace(EFFECTIVE, after=1), care("2026-12-21 10:00"))
    assert "不能判“有效”" in faults(refused)["conclusion"]


def test_a_measure_that_failed_may_be_called_so_at_once_and_is_replaced(office: Office):
    done = finished(office)
    failed = replace(EFFECTIVE, after=1, conclusion="无效")
    office.measures.evaluate(done.id, done.ver, failed, care())
    again = kept(office, replaces=done.id)
    assert office.measure_lists.get(again.id).draft.replaces == done.id


def test_due_tells_running_measures_and_waiting_evaluations(office: Office):
    number = registered(office).number
    kept(office, complaints=(number,))
    finished(office)
    rows = office.measure_lists.open_milestones(at("2026-11-28 17:31"))
    assert [(row.number, row.milestone, str(row.due), row.late_minutes) for row in rows] == [
        (number, "measure", "2026-11-28 17:30:00", 1),
        ("JY2026-002", "evaluation", "2026-12-21 17:30:00", 0),
    ]
    assert rows[1].why == "JY2026-002 完成后满评估窗口：2026-12-21 下班前"


def test_who_may_not_write_measures_is_told_who_may(office: Office):
    with pytest.raises(NotAllowed) as refused:
        office.measures.register(measure(), care(rights=frozenset()))
    assert "写长期措施" in refused.value.sentence


def test_the_list_of_a_period_holds_what_was_registered_in_it(office: Office):
    kept(office)
    assert len(office.measure_lists.rows(TODAY, TODAY)) == 1
    assert office.measure_lists.rows(day(1), day(2)) == []


def test_measures_stand_among_everything_that_is_due(office: Office):
    kept(office)
    rows = Clocks(office.desk).open_milestones(at("2026-11-30 09:00"))
    assert [(row.milestone, row.label, row.state) for row in rows] == [("measure", "纠正预防措施", "已超期")]


@pytest.mark.parametrize("field", ["cause", "what", "who", "amount", "verify"])
def test_a_measure_with_a_place_left_open_is_refused_at_its_field(office: Office, field: str):
    with pytest.raises(InvalidInput) as refused:
        kept(office, **{field: f"{getattr(measure(), field)}，____"})
    assert "还空着" in faults(refused)[field]


def test_who_complained_is_called_when_it_is_better_once_and_only_if_wanted(office: Office):
    who = office.customers.register(customer(name="周敏", vehicles=()), act())[0]
    numbers = tuple(registered(office, customer_id=who, vehicle_id=None).number for _ in range(2))
    quiet, told = (kept(office, complaints=numbers) for _ in range(2))
    office.measures.finish(quiet.id, quiet.ver, "终检单第 5 版", act())
    assert office.follow_ups.planned() == []
    office.measures.finish(told.id, told.ver, "终检单第 5 版", act(), tell_on=day(2))
    (call,) = office.follow_ups.planned()
    assert (call.complaint_number, call.planned_on) == (numbers[1], day(2))
    assert call.reason == f"{told.number} 已完成，告诉客户改好了"


def test_nobody_is_told_on_a_day_that_has_passed(office: Office):
    made = kept(office)
    with pytest.raises(InvalidInput, match="请填今天或以后"):
        office.measures.finish(made.id, made.ver, "终检单第 5 版", act(), tell_on=day(-1))
    assert office.measure_lists.get(made.id).done_on is None
