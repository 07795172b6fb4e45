"""Makers of a set table: an open data folder, acts and drafts with good defaults, so that a test names what matters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.clock import TEST_MARK, to_utc
from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaint_rows import ComplaintDraft
from crm_desktop.domain.customers import ContactDraft, CustomerDraft, VehicleDraft
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.domain.rights import rights_of
from crm_desktop.domain.staff import Role
from crm_desktop.services.complaints import Saved
from crm_desktop.services.office import Office, open_office

TODAY = date(2026, 11, 21)
NOW = "2026-11-21T14:00:00"
"""Local time at the desk of every test."""

PHONE, PLATE, VIN = "13800005521", "沪A8K231", "LSVAB4188N2004204"


@pytest.fixture
def office(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """All services of a new data folder, whose clock stands at ``NOW``."""
    (home / TEST_MARK).touch()
    monkeypatch.setenv("CRM_NOW", NOW)
    opened = open_office(home)
    yield opened
    opened.desk.close()


def at(local: str) -> datetime:
    """The UTC time of a local one: ``2026-11-20 09:00``."""
    return to_utc(datetime.fromisoformat(local))


def day(ahead: int) -> date:
    """So many days after ``TODAY``; before it where negative."""
    return TODAY + timedelta(days=ahead)


def act(local: str = NOW, **changes: Any) -> Act:
    """Something done now, or at another local time."""
    return replace(Act("谢文杰", at(local), "抱怨投诉"), **changes)


def director(local: str = NOW, **changes: Any) -> Act:
    """Something the 服务总监 does, who may decide."""
    plain = act(local, who="程立群", role=Role.DIRECTOR, roles=(Role.DIRECTOR,), rights=rights_of((Role.DIRECTOR,)))
    return replace(plain, **changes)


def complaint(**changes: Any) -> ComplaintDraft:
    """A complaint of a customer with name, phone and plate, as typed."""
    plain = ComplaintDraft(words="变速箱一顿一顿", customer_name="曾小明", phone=PHONE, plate=PLATE)
    return replace(plain, **changes)


def anonymous(**changes: Any) -> ComplaintDraft:
    """A complaint of which only the car's plate is known."""
    return replace(ComplaintDraft(words="空调不冷", plate="沪B12345"), **changes)


def rework(**changes: Any) -> ReworkDraft:
    """A car that came back today, with what is done to it."""
    return replace(ReworkDraft(items="更换阀体"), **changes)


def customer(**changes: Any) -> CustomerDraft:
    """A person with one phone and one car."""
    plain = CustomerDraft(name="曾小明", contacts=(ContactDraft(PHONE),), vehicles=(vehicle(),))
    return replace(plain, **changes)


def vehicle(**changes: Any) -> VehicleDraft:
    """A car with plate, VIN and model."""
    plain = VehicleDraft(plate=PLATE, vin=VIN, brand="上汽大众", series="朗逸", model="朗逸 1.5L", mileage=32000)
    return replace(plain, **changes)


def registered(office: Office, **changes: Any) -> Saved:
    """A complaint in the files, state 登记, version 1."""
    return office.complaints.register(complaint(**changes), act())


SOLVED: dict[str, Any] = {
    "correction": "更换阀体总成，试车 20 公里换挡平顺",
    "solution": "免费更换阀体总成，送一次保养",
    "soothing": "当面道歉，修车期间提供代步车",
    "told_customer": "阀体已更换，质保重新计算一年",
}
"""What 解决 asks for."""
ANALYSED: dict[str, Any] = {
    "root_cause": "阀体油道有毛刺，入库检验单没有油道清洁度这一项，所以装车前没有检出",
    "long_term_measure": "质检员吴晓东自12月1日起每批阀体抽查5件油道清洁度并在检验单签字，技术总监每月5日复核",
}
"""A root cause and a measure that pass."""


def resolved(office: Office, **changes: Any) -> Saved:
    """A complaint in the files, state 已解决."""
    saved = registered(office, **changes)
    return office.complaints.resolve(saved.number, saved.ver, act(), fields=SOLVED)


def complete(office: Office, **changes: Any) -> Saved:
    """A complaint that only waits to be closed."""
    saved, verbs = registered(office, **changes), office.complaints
    received = office.cases.case(saved.number).received_at
    saved = verbs.hand_over(saved.number, saved.ver, act(), "程立群", received)
    saved = verbs.assign(saved.number, saved.ver, director(), "技术", "冯学勤", received)
    saved = verbs.amend(saved.number, saved.ver, ANALYSED, act())
    return verbs.resolve(saved.number, saved.ver, act(), at=received, fields=SOLVED)


def closed(office: Office, **changes: Any) -> Saved:
    """A complaint in the files, state 已关闭."""
    saved = complete(office, **changes)
    return office.complaints.close(saved.number, saved.ver, director())


def faults(refused: pytest.ExceptionInfo[InvalidInput]) -> dict[str, str]:
    """The refusal's sentences by field."""
    return refused.value.fields
