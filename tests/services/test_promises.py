"""回话: promises to the customer are clocks; kept or broken, they stay on record."""

import pytest

from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.staff import Role
from tests.makers import PHONE, act, at, director, registered
from tests.services.procedure import by, moment, received

ADVISER = by(Role.ADVISER)


def promised(office, local="16:00", what="下午4点回电"):
    """A promise of today; its id."""
    return office.promises.make(received(office).number, what, moment(local), ADVISER, moment("09:10"))


def test_today_s_promises_say_whom_to_call_and_what_was_promised(office):
    later, sooner = promised(office), promised(office, "15:00")
    promised(office, "23:59")
    office.promises.make(received(office).number, "明天送车", at("2026-11-22 09:00"), ADVISER)
    rows = office.promises.due()
    assert [row.id for row in rows][:2] == [sooner, later]
    assert len(rows) == 3
    assert (rows[1].customer_name, rows[1].phone, rows[1].what) == ("曾小明", PHONE, "下午4点回电")


def test_a_kept_promise_is_no_longer_due(office):
    number = promised(office)
    office.promises.keep(number, 1, ADVISER, note="已回电")
    (row,) = office.promises.of_complaint("TS20261121-001")
    assert (office.promises.due(), row.outcome, row.settled_at, row.note) == ([], "已兑现", ADVISER.at, "已回电")


def test_a_broken_promise_says_why(office):
    number = promised(office)
    with pytest.raises(InvalidInput, match="请写明原因"):
        office.promises.break_(number, 1, ADVISER, " ")
    office.promises.break_(number, 1, ADVISER, "客户关机，改为明天")
    assert office.promises.of_complaint("TS20261121-001")[0].outcome == "没有兑现"


@pytest.mark.parametrize(("what", "local"), [(" ", "16:00"), ("回电", "09:00")])
def test_a_promise_says_what_and_lies_ahead(office, what, local):
    with pytest.raises(InvalidInput):
        promised(office, local, what)


def test_a_promise_is_not_kept_before_now(office):
    number = promised(office)
    with pytest.raises(InvalidInput, match="晚于现在"):
        office.promises.keep(number, 1, ADVISER, at("2026-11-22 09:00"))


def test_a_void_complaint_takes_no_promise_and_owes_none(office):
    promised(office)
    saved = registered(office)
    for number, ver in (("TS20261121-001", 1), (saved.number, saved.ver)):
        office.complaints.void(number, ver, director(), "打错电话")
    assert office.promises.due() == []
    with pytest.raises(NotAllowed, match="已作废"):
        office.promises.make(saved.number, "回电", at("2026-11-22 09:00"), act())
