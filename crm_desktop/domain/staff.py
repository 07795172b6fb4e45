"""The people of the procedure and their roles (seed 001 篇1: 处理工作责任, and the actors named in its steps)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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
