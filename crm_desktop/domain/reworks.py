"""返修: a workshop order of its own that points back to the complaint (seed 001 篇1 五.3; facts.md 1.1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.text import checked_line, checked_text


class ReworkKind(StrEnum):
    """内返: sent back before delivery; 外返: the customer came back (facts.md 3.5)."""

    EXTERNAL = "外返"
    INTERNAL = "内返"


@dataclass(frozen=True, slots=True)
class ReworkDraft:
    """A rework as typed. Days are local; ``finished_on`` None while the car is in the workshop."""

    kind: str = ReworkKind.EXTERNAL
    order_number: str = ""
    came_on: date | None = None
    finished_on: date | None = None
    technician: str = ""
    inspector: str = ""
    items: str = ""
    result: str = ""
    parts: str = ""


@dataclass(frozen=True, slots=True)
class ReworkRow:
    """One rework as shown in the case and in the list of cars in rework.

    ``again`` marks the second (or a later) rework of the same car and fault, which asks for a 会诊; ``consultation``
    is the note of it.
    """

    id: int
    ver: int
    complaint_number: str
    plate: str
    customer_name: str
    draft: ReworkDraft
    again: bool = False
    consultation: str = ""

    @property
    def wants_consultation(self) -> bool:
        """Whether a 会诊 is due and not written down yet (facts.md 3.5, last line)."""
        return self.again and not self.consultation


def checked_rework(draft: ReworkDraft, today: date) -> ReworkDraft:
    """The draft cleaned.

    :raises InvalidInput: unknown kind, days in an order that cannot be, or nothing that tells one rework from another.
    """
    faults: dict[str, str] = {}
    if not any(told.strip() for told in (draft.order_number, draft.technician, draft.items, draft.parts, draft.result)):
        faults["items"] = "请写返修做什么，或填返修委托书号。"
    if draft.kind not in tuple(ReworkKind):
        faults["kind"] = "返修类型请选 外返 或 内返。"
    came = draft.came_on or today
    if came > today:
        faults["came_on"] = "进厂日期晚于今天，请核对。"
    if draft.finished_on and not came <= draft.finished_on <= today:
        faults["finished_on"] = "修竣日期应在进厂日期和今天之间，请核对。"
    if faults:
        raise InvalidInput(faults)
    return replace(
        draft,
        came_on=came,
        order_number=checked_line(draft.order_number, "返修委托书号", 60),
        technician=checked_line(draft.technician, "返修技师", 80),
        inspector=checked_line(draft.inspector, "质检员", 80),
        items=checked_text(draft.items, "返修项目"),
        result=checked_text(draft.result, "返修结果"),
        parts=checked_text(draft.parts, "更换配件"),
    )
