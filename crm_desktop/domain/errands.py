"""今日, beside the clocks: what else wants to be taken up today, and where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ErrandKind(StrEnum):
    """What it is, in the order in which it is told."""

    MEASURE = "措施到期"
    EVALUATION = "待评估"
    UNHAPPY = "不满意"
    DRAFT = "没写完"


@dataclass(frozen=True, slots=True)
class Errand:
    """One of them. ``at`` is naive local: until when, since when, or when it was put aside.

    ``opens`` says where it is done: the number of a complaint or a measure, ``call:12`` for an answer, the record of a
    draft, empty for a complaint that has no number yet. ``about`` is whose it is, ``what`` a sentence.
    """

    kind: ErrandKind
    opens: str
    about: str
    what: str
    at: datetime
    late: bool = False
