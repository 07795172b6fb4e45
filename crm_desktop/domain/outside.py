"""The world outside: what the media published, and what went up to the maker (seed 001 篇1 三, 四; A13 to A17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

PUBLIC_RELATIONS = "大众RBO公关部"
"""Whom a 重大 complaint of seed 001 篇1 四 goes up to; other makers have other names."""


class Withdrawn(StrEnum):
    """What became of something published (撤稿)."""

    WITHDRAWN = "已撤销"
    CANNOT = "不能撤销"
    NOT_PUBLISHED = "没有发布"


@dataclass(frozen=True, slots=True)
class PublicationDraft:
    """Something published: where, its link, and the name of the screenshot."""

    medium: str
    link: str = ""
    screenshot: str = ""


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """One publication. ``outcome`` is empty while it still stands; times are UTC."""

    id: int
    ver: int
    draft: PublicationDraft
    outcome: str = ""
    settled_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EscalationRow:
    """One report to the maker's public relations; ``receipt`` is what came back. Times are UTC."""

    id: int
    ver: int
    recipient: str
    at: datetime
    how: str
    receipt: str = ""
    received_at: datetime | None = None
    who: str = ""
