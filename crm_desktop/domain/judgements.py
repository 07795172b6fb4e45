"""恶意 and 无效 complaints: judged by 服务总监 with a reason, counted apart in the month's satisfaction (gap G17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Validity(StrEnum):
    """What a complaint was judged to be, where it was judged at all."""

    MALICIOUS = "恶意"
    INVALID = "无效"


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """One judgement that holds. ``at`` is UTC."""

    id: int
    ver: int
    kind: str
    reason: str
    evidence: str
    who: str
    at: datetime
