"""The first page: figures of everything, the first of each list, and nothing on a new desk."""

import pytest

from crm_desktop.domain.followups import PlanDraft
from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.services.today import SHOWN, Today
from tests.makers import act, anonymous, at, closed, day, director, registered, resolved


@pytest.fixture
def today(office):
    """The service of the first page."""
    return Today(office.desk)


def figures(view):
    """Open, without customer, calls due, cars in the workshop."""
    return (view.open_count, view.customer_missing_count, view.due_call_count, view.workshop_count)


def test_a_new_desk_says_that_it_is_new(today):
    view = today.view()
    assert view.is_new
    assert figures(view) == (0, 0, 0, 0)
    assert (view.complaints, view.calls, view.cars) == ((), (), ())


def test_the_complaint_that_waits_longest_comes_first_with_its_next_step(office, today):
    registered(office)
    office.complaints.register(anonymous(received_at=at("2026-11-19 09:00")), act())
    closed(office, received_at=at("2026-11-18 09:00"))
    view = today.view()
    assert [(c.number, c.next_step) for c in view.complaints] == [
        ("TS20261119-001", "移交服务总监"),
        ("TS20261121-001", "移交服务总监"),
    ]
    assert (figures(view), view.is_new) == ((2, 1, 0, 0), False)


def test_the_next_step_follows_the_route(office, today):
    office.complaints.hand_over(registered(office, severity="重大").number, 1, act())
    office.complaints.hand_over(registered(office).number, 1, act())
    registered(office, channel="400热线")
    steps = {c.number: c.next_step for c in today.view().complaints}
    assert steps == {
        "TS20261121-001": "响应客户",
        "TS20261121-002": "定责任人",
        "TS20261121-003": "定责任人",
    }
    office.complaints.assign("TS20261121-003", 1, director(), "技术", "冯学勤")
    steps = {c.number: c.next_step for c in today.view().complaints}
    assert steps["TS20261121-003"] == "响应客户"


def test_calls_due_and_cars_in_rework_are_listed_with_their_days(office, today):
    number = registered(office).number
    for ahead in (-2, 0, 1):
        office.follow_ups.plan(number, PlanDraft(day(ahead)), act("2026-11-10 09:00"))
    office.reworks.register(number, ReworkDraft(came_on=day(-3), items="更换阀体"), act())
    view = today.view()
    assert [(call.late_days, call.phone) for call in view.calls] == [(2, "13800005521"), (0, "13800005521")]
    assert [(car.plate, car.items, car.days) for car in view.cars] == [("沪A8K231", "更换阀体", 3)]
    assert figures(view) == (1, 0, 2, 1)


def test_calls_of_a_void_complaint_are_not_due(office, today):
    saved = registered(office)
    office.follow_ups.plan(saved.number, PlanDraft(day(0)), act())
    office.complaints.void(saved.number, 1, director(), "打错电话")
    assert figures(today.view()) == (0, 0, 0, 0)


def test_a_long_list_is_cut_but_counted_whole(office, today):
    for _ in range(SHOWN + 3):
        registered(office)
    view = today.view()
    assert (view.open_count, len(view.complaints)) == (SHOWN + 3, SHOWN)


def test_the_complaint_of_a_vip_comes_before_those_that_wait_longer(office, today):
    saved = registered(office)
    office.complaints.register(anonymous(received_at=at("2026-11-19 09:00")), act())
    office.grades.confirm(office.cases.case(saved.number).customer_id, "VIP", act(), "车友会会长")
    view = today.view()
    assert [(c.number, c.grade, c.why) for c in view.complaints] == [
        (saved.number, "VIP", "VIP"),
        ("TS20261119-001", "", ""),
    ]


def test_what_is_public_and_late_comes_even_before_a_vip(office, today):
    saved = registered(office)
    published = anonymous(received_at=at("2026-11-10 09:00"), channel="媒体", severity="重大")
    office.complaints.register(published, act())
    office.grades.confirm(office.cases.case(saved.number).customer_id, "VIP", act(), "车友会会长")
    assert [c.why for c in today.view().complaints] == ["媒体 · 重大", "VIP"]


def test_the_third_complaint_of_a_customer_within_a_year_says_so(office, today):
    registered(office, received_at=at("2025-10-01 09:00"))
    for _ in range(3):
        registered(office)
    assert {c.number: c.why for c in today.view().complaints} == {
        "TS20251001-001": "",
        "TS20261121-001": "",
        "TS20261121-002": "第 2 次",
        "TS20261121-003": "第 3 次",
    }


def test_whoever_burns_is_among_the_first_however_many_are_open(office, today):
    """The hottest is the last that came in, behind more than the page shows."""
    for _ in range(SHOWN + 3):
        office.complaints.register(anonymous(), act())
    saved = office.complaints.register(anonymous(channel="媒体", severity="重大"), act())
    assert (today.view().complaints[0].number, today.view().complaints[0].why[:7]) == (saved.number, "媒体 · 重大")


def test_what_waits_to_be_closed_is_counted(office, today):
    resolved(office)
    registered(office)
    assert (today.view().solved_count, today.view().open_count) == (1, 2)
