"""What somebody is told when he sits down: whatever waits for his word, and nothing else."""

from __future__ import annotations

import pytest

from crm_desktop.app.waiting import what_waits
from crm_desktop.domain.acts import Act
from crm_desktop.domain.staff import Role
from crm_desktop.services.office import Office
from tests.makers import at, complaint
from tests.makers import office as opened  # noqa: F401 - a fixture, found by its name below
from tests.services.people import DIRECTOR, hired
from tests.services.records import measure

TECHNICIAN = "冯学勤"


@pytest.fixture
def office(opened: Office) -> Office:  # noqa: F811 - the same office, with two people
    hired(opened, DIRECTOR, Role.DIRECTOR)
    hired(opened, TECHNICIAN, Role.TECHNICAL_DIRECTOR, by=opened.staff.act(opened.staff.find(DIRECTOR), "设置"))
    return opened


def waits(office: Office, name: str) -> str:
    return what_waits(office, office.staff.act(office.staff.find(name), ""))


def director(office: Office) -> Act:
    return office.staff.act(office.staff.find(DIRECTOR), "抱怨投诉")


def test_nobody_is_told_anything_where_nothing_waits(office: Office):
    assert waits(office, DIRECTOR) == waits(office, TECHNICIAN) == ""


def test_a_measure_entered_for_somebody_waits_for_him_alone(office: Office):
    office.measures.register(measure(who=TECHNICIAN), director(office), on_behalf_of=TECHNICIAN)
    assert waits(office, TECHNICIAN) == "等您确认的措施：JY2026-001。"
    assert waits(office, DIRECTOR) == ""


def test_more_time_asked_for_waits_for_who_may_grant_it(office: Office):
    act = director(office)
    saved = office.complaints.register(complaint(), act)
    office.extensions.ask(saved.number, saved.ver, act, at("2026-11-26 12:00"), "等配件")
    assert waits(office, DIRECTOR) == f"等您审批的延期：{saved.number}。"
    assert waits(office, TECHNICIAN) == ""
