"""A home with people who have a PIN, and acts of theirs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crm_desktop.domain.acts import Act
from crm_desktop.domain.duties import Hired
from crm_desktop.domain.staff import Role
from crm_desktop.services.office import Office
from tests.makers import act

PIN = "2468"
DIRECTOR, ADVISER, CARER = "程立群", "谢文杰", "叶清扬"
ActOf = Callable[[str], Act]


def hired(office: Office, name: str, *roles: Role, by: Act | None = None) -> Hired:
    """One more colleague with the usual PIN, entered by whoever may."""
    return office.access.hire(name, roles, PIN, by or act())


@pytest.fixture
def guarded(office: Office) -> Office:
    """The office of 程立群 (服务总监, 系统管理), 谢文杰 (服务顾问) and 叶清扬 (客户关爱员)."""
    hired(office, DIRECTOR, Role.DIRECTOR)
    first = office.staff.act(office.staff.find(DIRECTOR), "设置")
    hired(office, ADVISER, Role.ADVISER, by=first)
    hired(office, CARER, Role.CARE_AGENT, by=first)
    return office


@pytest.fixture
def by(guarded: Office) -> ActOf:
    """Something done now by the person of this name."""

    def done_by(name: str) -> Act:
        return guarded.staff.act(guarded.staff.find(name), "抱怨投诉")

    return done_by
