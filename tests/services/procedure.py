"""The people of the procedure as acts, and the steps of a case that several tests begin with."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.rights import rights_of
from crm_desktop.domain.staff import Role
from crm_desktop.services.office import Office
from crm_desktop.services.steps import Saved
from tests.makers import ANALYSED, NOW, SOLVED, act, at, complaint

PEOPLE = {
    Role.DIRECTOR: "程立群",
    Role.MANAGER: "梁晓雯",
    Role.ADVISER: "谢文杰",
    Role.CARE_AGENT: "叶清扬",
    Role.MARKETING_MANAGER: "苏敏",
    Role.TECHNICAL_DIRECTOR: "冯学勤",
    Role.PARTS_MANAGER: "何思齐",
    Role.GENERAL_MANAGER: "顾维",
}


def by(role: Role, local: str = NOW, **changes: Any) -> Act:
    """Something done by the holder of a role, with the rights of that role."""
    plain = act(local, who=PEOPLE[role], role=role, roles=(role,), rights=rights_of((role,)))
    return replace(plain, **changes)


def received(office: Office, local: str = "2026-11-21 09:00", **changes: Any) -> Saved:
    """A complaint of a certain time, entered by 谢文杰 that minute."""
    return office.complaints.register(complaint(**changes), by(Role.ADVISER, local))


def handed_over(office: Office, local: str = "2026-11-21 09:05", **changes: Any) -> Saved:
    """A complaint handed over to 程立群."""
    saved = received(office, **changes)
    return office.complaints.hand_over(saved.number, saved.ver, by(Role.ADVISER, local))


def assigned(office: Office, **changes: Any) -> Saved:
    """A complaint handed over, answered, and given to 冯学勤."""
    saved, verbs = handed_over(office, **changes), office.complaints
    saved = verbs.respond(saved.number, saved.ver, by(Role.DIRECTOR, "2026-11-21 09:20"))
    return verbs.assign(saved.number, saved.ver, by(Role.DIRECTOR, "2026-11-21 09:30"), "技术", "冯学勤")


def analysed(office: Office, **changes: Any) -> Saved:
    """A complaint whose root cause and measure are written by 冯学勤."""
    saved = assigned(office, **changes)
    technical = by(Role.TECHNICAL_DIRECTOR, "2026-11-21 11:00")
    return office.complaints.amend(saved.number, saved.ver, ANALYSED, technical)


def solved(office: Office, **changes: Any) -> Saved:
    """A complaint that only waits to be closed."""
    saved = analysed(office, **changes)
    technical = by(Role.TECHNICAL_DIRECTOR, "2026-11-21 13:00")
    return office.complaints.resolve(saved.number, saved.ver, technical, fields=SOLVED)


def moment(local: str) -> datetime:
    """The UTC time of a local one on the day of the tests: ``09:20``."""
    return at(f"2026-11-21 {local}")


def fields(office: Office, number: str) -> list[str]:
    """What closing still wants, by field."""
    return [blocker.field for blocker in office.closing.blockers(number)]
