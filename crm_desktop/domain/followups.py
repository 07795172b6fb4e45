"""回访: planned and made calls, their outcome and the customer's answer (facts.md section 3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.text import checked_line, checked_text


class Outcome(StrEnum):
    """Whether the customer was reached (facts.md 3.2, codes of a maker's system)."""

    REACHED = "成功"
    NO_ANSWER = "无人接听"
    REFUSED = "拒访"
    DEAD_NUMBER = "空号"
    WRONG_NUMBER = "电话有误"
    UNREACHABLE = "无法接通"
    SMS = "已发短信"
    LETTER = "已寄信函"


class Satisfaction(StrEnum):
    """What the customer says of the handling."""

    SATISFIED = "满意"
    FAIR = "一般"
    DISSATISFIED = "不满意"
    SILENT = "未表态"


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A call to be made: on which day, by whom, why; ``way`` is 短信 or 信函 where one writes instead (else empty)."""

    on: date
    caller: str = ""
    reason: str = "解决后回访"
    way: str = ""


@dataclass(frozen=True, slots=True)
class CallDraft:
    """A call that was made. ``called_at`` aware UTC, None means now; ``score`` 1 to 10 if he gave one.

    ``answers`` are those to the script by step (``domain/script.py``); ``next_way`` is how he is asked next time.
    """

    outcome: str = Outcome.REACHED
    satisfaction: str = ""
    score: int | None = None
    feedback: str = ""
    caller: str = ""
    called_at: datetime | None = None
    next_on: date | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    next_way: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One planned or made call. ``late_days`` > 0 when the planned day has passed and nobody called.

    ``rework_id`` is set where it asks about a finished rework: then only 服务经理 or 服务总监 make it (A27).
    """

    id: int
    ver: int
    complaint_number: str
    customer_name: str
    phone: str
    plate: str
    planned_on: date | None
    caller: str
    reason: str
    called_at: datetime | None
    outcome: str
    satisfaction: str
    score: int | None
    feedback: str
    next_on: date | None
    late_days: int = 0
    rework_id: int | None = None
    way: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


def read_call_days(table: Mapping[str, Any]) -> tuple[int, ...]:
    """On which days after a rework was finished the customer is called, from resources/rules/followups.json.

    :raises InvalidInput: for what is no day from 1 to 90.
    """
    return _days(table.get("after_rework_days", ()), "返修后的回访日请填修竣后的第几天（1 到 90），如 3、7。")


def read_solved_days(table: Mapping[str, Any]) -> tuple[int, ...]:
    """On which days after it was solved a customer is called whom no rework and no plan calls (A178, A192).

    :raises InvalidInput: for what is no day from 1 to 90; none at all is allowed.
    """
    return _days(table.get("after_solution_days", []), "解决后的回访日请填解决后的第几天（1 到 90），如 7。")


def _days(days: object, sentence: str) -> tuple[int, ...]:
    if not isinstance(days, list) or not all(isinstance(day, int) and 1 <= day <= 90 for day in days):
        raise InvalidInput(sentence)
    return tuple(sorted(set(days)))


def checked_plan(draft: PlanDraft) -> PlanDraft:
    """The plan cleaned; raises InvalidInput for texts that are too long."""
    return replace(
        draft, caller=checked_line(draft.caller, "回访人", 80), reason=checked_line(draft.reason, "事由", 120)
    )


def checked_call(draft: CallDraft, now: datetime, today: date) -> CallDraft:
    """The call cleaned, with ``called_at`` filled in.

    A satisfaction is never assumed: a reached customer needs an answer chosen (未表态 is one), an unreached one
    has none.

    :raises InvalidInput: unknown outcome, no satisfaction chosen, a score outside 1 to 10, days that cannot be.
    """
    faults: dict[str, str] = {}
    reached = draft.outcome == Outcome.REACHED
    if draft.outcome not in tuple(Outcome):
        faults["outcome"] = "请选回访结果：" + "、".join(Outcome) + "。"
    if reached and draft.satisfaction not in tuple(Satisfaction):
        faults["satisfaction"] = "请选满意度；客户没有说就选“未表态”。"
    if draft.score is not None and not 1 <= draft.score <= 10:
        faults["score"] = "评分请填 1 到 10；客户没有打分就留空。"
    if draft.called_at is not None and (draft.called_at - now).total_seconds() > 300:
        faults["called_at"] = "回访时间晚于现在，请核对。"
    if draft.next_on is not None and draft.next_on < today:
        faults["next_on"] = "下次回访日期已经过去，请改为今天或以后。"
    if faults:
        raise InvalidInput(faults)
    return replace(
        draft,
        satisfaction=draft.satisfaction if reached else "",
        score=draft.score if reached else None,
        answers=dict(draft.answers) if reached else {},
        feedback=checked_text(draft.feedback, "顾客反馈"),
        caller=checked_line(draft.caller, "回访人", 80),
        called_at=draft.called_at or now,
    )
