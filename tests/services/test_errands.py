"""今日 beside its clocks: measures due, answers nobody took up, forms that were not finished."""

from __future__ import annotations

import pytest

from crm_desktop.domain.errands import ErrandKind
from crm_desktop.domain.followups import CallDraft, PlanDraft
from crm_desktop.services.errands import Errands
from tests.makers import act, customer, day
from tests.services.records import measure


@pytest.fixture
def errands(office):
    """The service."""
    return Errands(office.desk)


def told(errands):
    """Kind, what it opens, whether it is late."""
    return [(row.kind, row.opens, row.late) for row in errands.rows()]


def test_a_quiet_desk_has_none(errands):
    assert errands.rows() == []


def test_a_measure_is_told_once_its_day_is_near(office, errands):
    office.measures.register(measure(due_on=day(0)), act("2026-11-02 09:00"))
    office.measures.register(measure(due_on=day(60)), act("2026-11-20 09:00"))
    assert told(errands) == [(ErrandKind.MEASURE, "JY2026-001", False)]


def test_an_answer_of_discontent_leads_to_its_call(office, errands):
    found = office.customers.register(customer(), act())
    call = office.follow_ups.plan_for(found[0], None, PlanDraft(day(0)), act())
    unhappy = CallDraft(outcome="成功", satisfaction="不满意", feedback="方向盘抖")
    office.follow_ups.record(call, 1, unhappy, act())
    assert told(errands) == [(ErrandKind.UNHAPPY, f"call:{call}", False)]


@pytest.mark.parametrize(
    ("form", "record", "opens"),
    [
        ("complaint", "", [""]),
        ("处理", "TS20261121-001", ["TS20261121-001"]),
        ("回访", "TS20261121-001/call:3", ["TS20261121-001/call:3"]),
        ("客户档案", "customer:7", ["customer:7"]),
        ("保修", "vehicle:7", []),
        ("店名", "", []),
    ],
)
def test_a_form_that_was_not_finished_is_told_where_it_can_be_opened(office, errands, form, record, opens):
    office.drafts.put(form, {"words": "空调不冷"}, record)
    assert [row.opens for row in errands.rows()] == opens
