"""Who was hired, who stands in for a role, and who answers for a line (seed 001 篇1 五.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from crm_desktop.domain.errors import InvalidInput


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
