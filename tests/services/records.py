"""A home with measures and filed complaints, and acts of those who may file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.archive import FilingDraft
from crm_desktop.domain.measures import MeasureDraft
from crm_desktop.domain.rights import rights_of
from crm_desktop.domain.staff import Role
from crm_desktop.services.office import Office
from crm_desktop.services.steps import Saved
from tests.makers import NOW, act, closed, day

CAUSE = "终检单上没有油压一项，所以上次只清了故障码而没有测油压，换挡压力低没有被检出"


def care(local: str = NOW, **changes: Any) -> Act:
    """Something the 客户关爱员 does."""
    roles = (Role.CARE_AGENT,)
    return replace(act(local, who="叶清扬", role=roles[0], roles=roles, rights=rights_of(roles)), **changes)


def measure(**changes: Any) -> MeasureDraft:
    """A measure that says who does what, by when, how much and how it is verified."""
    plain = MeasureDraft(
        cause=CAUSE,
        what="在终检单上增加变速箱油压一项，每台变速箱维修车辆终检时测量并记录",
        who="技术总监",
        due_on=day(7),
        amount="每周抽查 10 台",
        verify="服务经理每周五抽查 10 台的油压记录，连续 4 周 0 台不合格",
    )
    return replace(plain, **changes)


def filed(office: Office, on: date | None = None, **changes: Any) -> Saved:
    """A complaint in the archive."""
    saved = closed(office, **changes)
    return office.archive.file(saved.number, saved.ver, FilingDraft("A柜 3 盒", on), care())
