"""The people of the procedure and their roles (seed 001 篇1: 处理工作责任, and the actors named in its steps)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from crm_desktop.domain.errors import InvalidInput

ADMINISTRATOR = "系统管理"
"""Stands among the roles of the table of rights, though it is no post: the first person created holds it."""


class Role(StrEnum):
    """Roles of requirements A2 and A3, in the order of the seed."""

    DIRECTOR = "服务总监"
    MANAGER = "服务经理"
    CARE_DIRECTOR = "客户关爱总监"
    ADVISER = "服务顾问"
    CLAIMS = "索赔员"
    PARTS_MANAGER = "配件经理"
    TECHNICAL_DIRECTOR = "技术总监"
    CARE_AGENT = "客户关爱员"
    MARKETING_MANAGER = "市场经理"
    GENERAL_MANAGER = "总经理"


@dataclass(frozen=True, slots=True)
class Person:
    """One of the staff as the desk sees them; ``left`` people keep their history.

    ``administers``: holds 系统管理 besides the roles. ``has_pin``: may sit down at the desk of a guarded home.
    """

    id: int
    ver: int
    name: str
    roles: tuple[str, ...]
    left: bool = False
    administers: bool = False
    has_pin: bool = False

    @property
    def role(self) -> str:
        """The first role, shown beside the name."""
        return self.roles[0] if self.roles else ""

    @property
    def duties(self) -> tuple[str, ...]:
        """The roles and, where he holds it, 系统管理: what the rights table knows him by."""
        return (*self.roles, ADMINISTRATOR) if self.administers else self.roles


@dataclass(frozen=True, slots=True)
class Hired:
    """A new colleague. ``recovery_code`` is told once, to the first one of a home, and nowhere kept as it stands."""

    person_id: int
    recovery_code: str = ""


@dataclass(frozen=True, slots=True)
class DeputyRow:
    """Somebody who stands in for a role, both days included; ``ended_at`` (UTC) where it was ended early."""

    id: int
    ver: int
    person_id: int
    name: str
    role: str
    first_on: date
    last_on: date
    reason: str
    ended_at: datetime | None

    def stands_in(self, day: date) -> bool:
        """Whether the deputy acts on this day."""
        return self.ended_at is None and self.first_on <= day <= self.last_on


@dataclass(frozen=True, slots=True)
class LineRow:
    """Who answers for a line (技术, 服务, 配件) and since when (UTC); nobody where ``name`` is empty."""

    line: str
    person_id: int | None = None
    name: str = ""
    since: datetime | None = None
    left: bool = False


def checked_period(first_on: date, last_on: date, today: date) -> None:
    """:raises InvalidInput: a deputyship that ends before it begins, or begins before today: nothing is lent
    in hindsight.
    """
    if last_on < first_on:
        raise InvalidInput({"last_on": "代理的最后一天早于第一天，请核对。"})
    if first_on < today:
        raise InvalidInput({"first_on": "代理不能从过去的日子算起，请从今天或以后开始。"})
