"""撤销上一步: the last change of whoever sits here is taken back by a new entry; everything else says why it stays."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.domain import undo
from crm_desktop.domain.customers import ContactDraft
from crm_desktop.domain.errors import ChangedMeanwhile, NotAllowed
from crm_desktop.domain.followups import PlanDraft
from crm_desktop.services.office import Office
from crm_desktop.services.steps import Saved
from tests.makers import NOW, act, at, closed, customer, day, registered, vehicle

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


def test_the_history_still_proves_itself_after_it(office: Office, changed: Saved) -> None:
    office.undo.case(changed.number, changed.ver, act(THEN))
    assert [finding for finding in office.upkeep.check() if finding.trouble] == []


def test_it_is_offered_only_where_it_would_be_done(office: Office, changed: Saved) -> None:
    asked = [act(THEN), act(THEN, who="冯学勤"), act("2026-11-22 09:00")]
    assert [office.undo.offers_case(changed.number, who) for who in asked] == [True, False, False]
    assert not office.undo.offers_customer(1, act(THEN))
