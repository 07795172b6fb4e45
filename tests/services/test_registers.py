"""《顾客抱怨及返修记录》 writes itself: one row a complaint, further reworks below, void ones marked."""

import time

import pytest

from crm_desktop.domain.followups import CallDraft
from crm_desktop.domain.reworks import ReworkDraft
from tests.makers import ANALYSED, TODAY, act, anonymous, at, closed, customer, day, director, registered, rework


def rows(office, first=TODAY, last=TODAY, **more):
    """The register of some local days, today if not told."""
    return list(office.registers.rows(first, last, **more))


@pytest.fixture
def zone(monkeypatch):
    """Sets the desk's time zone."""

    def put(name):
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield put
    monkeypatch.undo()
    time.tzset()


def test_a_period_without_complaints_has_no_rows(office):
    assert rows(office) == []
    assert office.registers.count(TODAY, TODAY) == 0


def test_a_row_gathers_customer_car_and_case(office):
    office.customers.register(customer(), act())
    saved = registered(office, category="维修质量", order_number="RO1", mileage=32100)
    texts = {**ANALYSED, "correction": "更换阀体", "planned_on": day(2), "done_on": TODAY}
    office.complaints.amend(saved.number, 1, texts, act())
    office.complaints.amend(saved.number, 2, {"responsible": "冯学勤"}, director())
    row = rows(office)[0]
    assert (row.sequence, row.received_on, row.number, row.channel, row.severity) == (
        1,
        TODAY,
        saved.number,
        "接待",
        "一般",
    )
    assert (row.category, row.order_number, row.plate, row.mileage) == ("维修质量", "RO1", "沪A8K231", 32100)
    assert (row.model, row.customer_name, row.words) == ("上汽大众 朗逸 1.5L", "曾小明", "变速箱一顿一顿")
    assert {name: getattr(row, name) for name in texts} == texts
    assert row.responsible == "冯学勤"


def test_the_first_rework_fills_the_row_and_further_ones_stand_below(office):
    saved = registered(office)
    office.reworks.register(saved.number, ReworkDraft("外返", "RO2", day(-2), day(-1)), act())
    office.reworks.register(saved.number, ReworkDraft("内返", "RO3"), act())
    registered(office)
    first, second, third = rows(office)
    assert (first.rework, first.rework_order_number, first.rework_finished_on) == ("外返", "RO2", day(-1))
    assert (second.rework, second.rework_order_number, second.rework_finished_on) == ("内返", "RO3", None)
    assert (first.sequence, second.sequence, third.sequence) == (1, 1, 2)
    assert (second.number, second.plate, second.words) == (saved.number, "沪A8K231", "")
    assert third.rework == "否"


def test_a_void_complaint_stays_in_the_register_and_is_marked(office):
    saved = registered(office)
    office.complaints.void(saved.number, saved.ver, director(), "打错电话")
    assert [row.words for row in rows(office)] == ["【作废】变速箱一顿一顿"]


def test_phones_are_masked_unless_asked_for_in_full(office):
    registered(office)
    assert rows(office)[0].phone == "138****5521"
    assert rows(office, unmasked=True)[0].phone == "13800005521"


def test_a_masked_phone_is_masked_in_the_rows_of_further_reworks_too(office):
    saved = registered(office)
    for _ in range(2):
        office.reworks.register(saved.number, rework(), act())
    assert {row.phone for row in rows(office)} == {"138****5521"}


def test_the_call_that_reached_the_customer_counts_and_not_a_later_one_in_vain(office):
    saved = registered(office)
    answer = CallDraft(satisfaction="一般", feedback="还行", caller="叶清扬", called_at=at("2026-11-20 10:00"))
    office.follow_ups.call(saved.number, answer, act())
    office.follow_ups.call(saved.number, CallDraft(outcome="无人接听"), act())
    row = rows(office)[0]
    assert (row.followed_up_on, row.follow_up_by) == (day(-1), "叶清扬")
    assert (row.follow_up_result, row.feedback) == ("一般", "还行")


def test_where_nobody_was_reached_the_outcome_stands(office):
    saved = registered(office)
    office.follow_ups.call(saved.number, CallDraft(outcome="空号"), act())
    assert rows(office)[0].follow_up_result == "空号"


def test_who_closed_stands_there_only_while_it_is_closed(office):
    saved = closed(office)
    assert (rows(office)[0].closed_on, rows(office)[0].closed_by) == (TODAY, "程立群")
    office.complaints.reopen(saved.number, saved.ver, director(), "又犯")
    assert (rows(office)[0].closed_on, rows(office)[0].closed_by) == (None, "")


def test_a_complaint_of_an_unknown_customer_has_its_row(office):
    office.complaints.register(anonymous(), act())
    row = rows(office)[0]
    assert (row.customer_name, row.phone, row.plate) == ("", "", "沪B12345")


def test_both_days_of_a_period_belong_to_it_and_rows_come_in_the_order_received(office):
    for local in ("2026-11-21 00:00", "2026-11-18 23:59", "2026-11-20 23:59", "2026-11-19 00:00", "2026-11-20 08:00"):
        registered(office, received_at=at(local))
    found = rows(office, day(-2), day(-1))
    assert [row.received_on for row in found] == [day(-2), day(-1), day(-1)]
    assert [row.sequence for row in found] == [1, 2, 3]
    assert office.registers.count(day(-2), day(-1)) == 3


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a running program can be set on Unix only")
@pytest.mark.parametrize("name", ["Asia/Shanghai", "UTC", "America/New_York", "Asia/Kathmandu"])
def test_a_day_is_the_day_at_the_desk_whatever_its_zone(office, zone, name):
    zone(name)
    for local in ("2026-11-20 23:59", "2026-11-21 00:00", "2026-11-21 00:01"):
        registered(office, received_at=at(local))
    assert [row.received_on for row in rows(office, day(-1), TODAY)] == [day(-1), TODAY, TODAY]
    assert [row.number[:10] for row in rows(office, TODAY, TODAY)] == ["TS20261121", "TS20261121"]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a running program can be set on Unix only")
def test_what_was_received_is_kept_when_the_desk_moves_to_another_zone(office, zone):
    zone("Asia/Shanghai")
    registered(office, received_at=at("2026-11-21 01:00"))
    zone("UTC")
    assert rows(office) == []
    assert rows(office, day(-1), day(-1))[0].received_on == day(-1)


def test_rows_come_as_they_are_read(office):
    registered(office)
    found = office.registers.rows(TODAY, TODAY)
    assert next(found).sequence == 1
    assert next(found, None) is None
