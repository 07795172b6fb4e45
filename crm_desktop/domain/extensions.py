"""延期申请 and 暂不能解决: asked for with a reason, decided by 服务总监, counted (part 2; A301)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ExtensionKind(StrEnum):
    """Why more time is wanted."""

    EXTENSION = "延期"
    CANNOT_NOW = "暂不能解决"


class Decision(StrEnum):
    """What 服务总监 said."""

    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    """One application. Times are UTC; ``decision`` is empty until it is decided."""

    id: int
    ver: int
    complaint_number: str
    kind: str
    milestone: str
    until: datetime
    reason: str
    asked_by: str
    asked_at: datetime
    explained_at: datetime | None = None
    decision: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    note: str = ""
