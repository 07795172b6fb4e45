"""撤销上一步: the last change of whoever sits here is taken back by a new entry; everything else says why it stays."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.domain import undo
from crm_desktop.domain.customers import ContactDraft
from crm_desktop.domain.errors import ChangedMeanwhile, InvalidInput, NotAllowed
from crm_desktop.domain.followups import CallDraft, PlanDraft
from crm_desktop.domain.papers import Paper
from crm_desktop.services.handouts import Handouts
from crm_desktop.services.office import Office
from crm_desktop.services.steps import Saved
from tests.makers import NOW, act, at, closed, customer, day, registered, vehicle
from tests.services.profile_world import visit

LATER, THEN = "2026-11-21 15:10", "2026-11-21 15:20"


@pytest.fixture
def changed(office: Office) -> Saved:
    """A complaint whose words and mileage were changed ten minutes after it was taken."""
    saved = registered(office, words="变速箱顿挫", mileage=1000)
    changes = {"words": "空调不冷", "mileage": 38620}
    return office.complaints.amend(saved.number, saved.ver, changes, act(LATER))


def history(office: Office, number: str) -> list[tuple[str, str, str, str]]:
    return [(line.field, line.old, line.new, line.reason) for line in office.cases.history(number)]


def sentence(office: Office, saved: Saved, **told: Any) -> str:
    """Why it is refused."""
    with pytest.raises(NotAllowed) as refused:
        office.undo.case(saved.number, saved.ver, **{"act": act(THEN), **told})
    return refused.value.sentence


def test_the_last_change_of_a_case_is_taken_back_by_a_new_entry(office: Office, changed: Saved) -> None:
    before = history(office, changed.number)
    taken = office.undo.case(changed.number, changed.ver, act(THEN))
    fields = office.cases.case(changed.number).fields
    assert (fields["words"], fields["mileage"], taken.ver) == ("变速箱顿挫", 1000, changed.ver + 1)
    assert set(taken.labels) == {"抱怨内容", "行驶里程"}
    now = history(office, changed.number)
    assert now[: len(before)] == before
    assert ("抱怨内容", "空调不冷", "变速箱顿挫", undo.REASON) in now[len(before) :]


def test_what_was_taken_back_is_not_taken_back_again(office: Office, changed: Saved) -> None:
    taken = office.undo.case(changed.number, changed.ver, act(THEN))
    with pytest.raises(NotAllowed) as refused:
        office.undo.case(changed.number, taken.ver, act("2026-11-21 15:30"))
    assert refused.value.sentence == undo.ALREADY


def test_days_and_what_was_empty_come_back_as_they_were(office: Office, changed: Saved) -> None:
    new = office.complaints.amend(changed.number, changed.ver, {"planned_on": day(3), "remarks": "等配件"}, act(THEN))
    office.undo.case(changed.number, new.ver, act("2026-11-21 15:30"))
    fields = office.cases.case(changed.number).fields
    assert (fields["planned_on"], fields["remarks"]) == (None, "")


def test_what_somebody_else_changed_stays(office: Office, changed: Saved) -> None:
    assert sentence(office, changed, act=act(THEN, who="冯学勤")) == undo.by_another(act().who)


def test_a_case_saved_by_somebody_meanwhile_stays(office: Office, changed: Saved) -> None:
    with pytest.raises(ChangedMeanwhile):
        office.undo.case(changed.number, changed.ver - 1, act(THEN))


def test_the_change_of_an_earlier_sitting_stays(office: Office, changed: Saved) -> None:
    assert sentence(office, changed, since=at("2026-11-21 15:15")) == undo.TOO_OLD
    assert sentence(office, changed, act=act("2026-11-22 09:00")) == undo.TOO_OLD


def test_a_new_complaint_cannot_be_taken_back(office: Office) -> None:
    assert "不能撤销" in sentence(office, registered(office))


def test_a_step_of_the_procedure_cannot_be_taken_back(office: Office, changed: Saved) -> None:
    office.follow_ups.plan(changed.number, PlanDraft(day(1)), act(THEN))
    assert sentence(office, changed, act=act("2026-11-21 15:30")) == undo.of_another_kind("回访·新建")
    office.complaints.respond(changed.number, changed.ver, act("2026-11-21 15:31"))
    assert sentence(office, changed, act=act("2026-11-21 15:32")) == undo.STEP


def test_what_is_on_paper_since_stays(office: Office, changed: Saved) -> None:
    Handouts(office.desk).note(changed.number, Paper.COMPLAINT, "打印 2 份", act("2026-11-21 15:15", who="叶清扬"))
    assert sentence(office, changed) == undo.printed("叶清扬", "11-21 15:15")
    assert not office.undo.offers_case(changed.number, act(THEN))
    line = office.cases.history(changed.number)[-1]
    assert (line.who, line.field, line.old, line.new) == ("叶清扬", "打印或导出", "", "打印 2 份《抱怨/投诉单》")
    assert [finding for finding in office.upkeep.check() if finding.trouble] == []


def test_what_was_on_paper_before_goes_back(office: Office) -> None:
    saved = registered(office, words="变速箱顿挫")
    Handouts(office.desk).note(saved.number, Paper.COMPLAINT, "打印 1 份", act(NOW))
    saved = office.complaints.amend(saved.number, saved.ver, {"words": "空调不冷"}, act(LATER))
    assert office.undo.case(saved.number, saved.ver, act(THEN)).labels == ("抱怨内容",)


def test_a_closed_case_stays_as_it_is(office: Office) -> None:
    saved = closed(office)
    later = "2026-11-22 10:00"
    saved = office.complaints.amend(saved.number, saved.ver, {"remarks": "客户来电致谢"}, act(later))
    assert sentence(office, saved, act=act("2026-11-22 10:05")) == undo.shut("已关闭")


def test_a_field_is_taken_back_with_the_right_it_asks_for(office: Office, changed: Saved) -> None:
    nobody = act(THEN, rights=frozenset())
    assert "的权限：" in sentence(office, changed, act=nobody)
    assert office.cases.case(changed.number).fields["words"] == "空调不冷"


def test_the_last_change_of_a_customer_is_taken_back_with_numbers_and_cars(office: Office) -> None:
    number, ver = office.customers.register(customer(vehicles=(vehicle(),)), act(NOW))
    before = office.customers.profile(number).draft
    draft = customer(
        name="周海洋", contacts=(*before.contacts, ContactDraft("13900001111")),
        vehicles=(vehicle(id=before.vehicles[0].id, mileage=99_000),),
    )  # fmt: skip
    new = office.customers.amend(number, ver, draft, act(LATER))
    taken = office.undo.customer(number, new, act(THEN))
    assert office.customers.profile(number).draft == before
    assert taken.labels == ("姓名", "联系方式", "车辆")


def test_a_new_customer_cannot_be_taken_back(office: Office) -> None:
    number, ver = office.customers.register(customer(), act(NOW))
    with pytest.raises(NotAllowed) as refused:
        office.undo.customer(number, ver, act(LATER))
    assert refused.value.sentence == undo.of_another_kind("新建客户")


def planned(office: Office) -> list[int]:
    """Two calls of tomorrow."""
    number = registered(office).number
    return [office.follow_ups.plan(number, PlanDraft(day(1)), act(NOW)) for _ in range(2)]


def test_calls_moved_together_go_back_together(office: Office) -> None:
    calls = planned(office)
    assert office.follow_ups.move_all(calls, day(5), "客户出差", act(LATER)) == 2
    assert {office.follow_ups.get(one).planned_on for one in calls} == {day(5)}
    assert office.undo.many("follow_ups", calls, act(THEN)) == 2
    assert {office.follow_ups.get(one).planned_on for one in calls} == {day(1)}


def test_all_or_none_of_what_was_done_together_goes_back(office: Office) -> None:
    calls = planned(office)
    office.follow_ups.move_all(calls, day(5), "客户出差", act(LATER))
    office.follow_ups.move(calls[0], 2, day(6), "客户改口", act("2026-11-21 15:15", who="冯学勤"))
    with pytest.raises(NotAllowed) as refused:
        office.undo.many("follow_ups", calls, act(THEN))
    assert refused.value.sentence == undo.by_another("冯学勤")
    assert office.follow_ups.get(calls[1]).planned_on == day(5)


def test_a_call_that_was_made_cannot_be_moved_with_others(office: Office) -> None:
    calls = planned(office)
    with pytest.raises(InvalidInput):
        office.follow_ups.move_all(calls, day(-1), "晚了", act(LATER))
    office.follow_ups.record(calls[0], 1, CallDraft(satisfaction="满意", score=9, feedback="好了"), act(LATER))
    with pytest.raises(NotAllowed):
        office.follow_ups.move_all(calls, day(5), "客户出差", act(THEN))
    assert office.follow_ups.get(calls[1]).planned_on == day(1)


def test_customers_given_away_together_come_back_to_whom_they_belonged(office: Office) -> None:
    for name in ("梁晓雯", "冯学勤"):
        office.staff.add(name, (), act(NOW))
    ids = [office.customers.register(customer(contacts=(), name=name), act(NOW))[0] for name in ("周海", "陈静")]
    office.owners.assign(ids[:1], "冯学勤", act("2026-11-21 15:00"))
    office.owners.assign(ids, "梁晓雯", act(LATER))
    assert office.undo.many("customers", ids, act(THEN)) == 2
    assert (office.owners.ids("冯学勤"), office.owners.ids("")) == (ids[:1], ids[1:])


@pytest.fixture
def graded(office: Office) -> list[int]:
    """Two customers who came, one of them 优质 already, and both proposals accepted."""
    ids = []
    for name, plate in (("周海", "沪A11111"), ("陈静", "沪A22222")):
        draft = customer(name=name, contacts=(), vehicles=(vehicle(plate=plate, vin=""),))
        ids.append(office.customers.register(draft, act(NOW))[0])
        visit(office, day(-9), customer_name=name, phone="", plate=plate, vin="", amount_fen=100_000)
    office.grades.confirm(ids[0], "优质", act("2026-11-21 15:00"), "老客户")
    assert office.grades.accept(ids, act(LATER)) == 2
    return ids


def grades(office: Office) -> list[str]:
    return [grade for (grade,) in office.desk.rows("SELECT grade FROM customers ORDER BY id")]


def test_grades_accepted_together_go_back_together_and_wait_again(office: Office, graded: list[int]) -> None:
    assert "优质" not in grades(office)
    assert office.undo.many("grades", graded, act(THEN)) == 2
    assert grades(office) == ["优质", ""]
    assert [proposal.waits for proposal in office.grades.proposals()] == [True, True]
    assert [row.reason for row in office.grades.past(graded[0])] == [undo.REASON, "", "老客户"]
    assert [finding for finding in office.upkeep.check() if finding.trouble] == []


def test_grades_are_taken_back_once_and_all_or_none(office: Office, graded: list[int]) -> None:
    with pytest.raises(NotAllowed, match="没有写在一起"):
        office.undo.many("grades", graded[:1], act(THEN))
    with pytest.raises(NotAllowed, match="不能撤销"):
        office.undo.many("grades", graded, act(THEN, who="梁晓雯"))
    office.undo.many("grades", graded, act(THEN))
    with pytest.raises(NotAllowed) as refused:
        office.undo.many("grades", graded, act("2026-11-21 15:40"))
    assert refused.value.sentence == undo.ALREADY


def test_the_history_still_proves_itself_after_it(office: Office, changed: Saved) -> None:
    office.undo.case(changed.number, changed.ver, act(THEN))
    assert [finding for finding in office.upkeep.check() if finding.trouble] == []


def test_it_is_offered_only_where_it_would_be_done(office: Office, changed: Saved) -> None:
    asked = [act(THEN), act(THEN, who="冯学勤"), act("2026-11-22 09:00")]
    assert [office.undo.offers_case(changed.number, who) for who in asked] == [True, False, False]
    assert not office.undo.offers_customer(1, act(THEN))
