"""今日: what the first page shows, and what is to be done next with an open complaint (seed 001 篇1 五)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from crm_desktop.domain.complaints import State
from crm_desktop.domain.due import OpenMilestone, as_of
from crm_desktop.domain.urgency import Tinder, burns_first, reasons

NAME, PEOPLE, FOLDER = "店名", "员工", "第二个备份文件夹"
"""What 首次设置 may not have been told yet, in the words of an empty desk."""


class NextStep(StrEnum):
    """What the desk does next with a complaint, in the order of the procedure (seed 001 篇1 五.1 to 五.4)."""

    HAND_OVER = "移交服务总监"
    RESPOND = "响应客户"
    IDENTIFY = "补客户资料"
    ASSIGN = "定责任人"
    AWAIT_REPAIR = "等返修修竣"
    CORRECT = "写缺点纠正"
    RESOLVE = "记录解决"
    ROOT_CAUSE = "写根本原因"
    MEASURE = "写长期措施"
    CLOSE = "关闭"


@dataclass(frozen=True, slots=True)
class OpenComplaint:
    """One complaint that is not closed. ``received_at`` is UTC; ``next_step`` says what to do with it now.

    ``grade`` is the customer's, empty where nobody has graded him. ``clock`` is the one that presses most, None where
    none runs; ``tinder`` is what makes it urgent besides.
    """

    number: str
    state: str
    severity: str
    received_at: datetime
    customer_name: str
    plate: str
    words: str
    next_step: NextStep
    tinder: Tinder
    grade: str = ""
    clock: OpenMilestone | None = None

    @property
    def why(self) -> str:
        """Why it stands where it stands, without its clock: 媒体 · 第 3 次."""
        return reasons(self.tinder)


@dataclass(frozen=True, slots=True)
class DueCall:
    """One call to be made today. ``late_days`` > 0 where its day has passed."""

    id: int
    planned_on: date
    late_days: int
    customer_name: str
    phone: str
    reason: str


@dataclass(frozen=True, slots=True)
class WorkshopCar:
    """One car in rework. ``days`` counts from the day it came in; 0 is today."""

    id: int
    plate: str
    customer_name: str
    items: str
    days: int


class TodayView(NamedTuple):
    """The first page. The figures count everything, the lists hold the first of each.

    ``is_new`` marks a desk where nothing has been entered yet, ``untold`` what 首次设置 has not been told there;
    ``soon_share`` is that of the rules in force.
    """

    open_count: int
    customer_missing_count: int
    due_call_count: int
    workshop_count: int
    solved_count: int = 0
    complaints: tuple[OpenComplaint, ...] = ()
    calls: tuple[DueCall, ...] = ()
    cars: tuple[WorkshopCar, ...] = ()
    is_new: bool = False
    soon_share: float = 0.75
    untold: tuple[str, ...] = ()


class Written(NamedTuple):
    """Which blocks of a form are filled in, as far as the next step depends on them.

    ``handed_over`` and ``responded`` are also true where the route does not ask for them.
    """

    customer: bool = False
    responsible: bool = False
    correction: bool = False
    root_cause: bool = False
    long_term_measure: bool = False
    in_rework: bool = False
    handed_over: bool = True
    responded: bool = True


def hottest_first(rows: Sequence[OpenComplaint], now: datetime, soon_share: float) -> list[OpenComplaint]:
    """The rows with their clocks at ``now`` (naive local), who will explode next first (``domain/urgency.py``)."""
    ticked = [replace(row, clock=as_of(row.clock, now, soon_share)) if row.clock else row for row in rows]
    return sorted(ticked, key=_by_heat)


def _by_heat(row: OpenComplaint) -> tuple[bool, float, str, str]:
    return (*burns_first(row.tinder, row.clock), row.number)


def next_step(state: str, written: Written) -> NextStep:
    """What the desk does next with a complaint.

    First what runs by the minute, 移交 and 响应; then who complained, who is responsible, the correction; the root
    cause comes before the measures.
    """
    if state != State.RESOLVED and not written.handed_over:
        return NextStep.HAND_OVER
    if state != State.RESOLVED and not written.responded:
        return NextStep.RESPOND
    if not written.customer:
        return NextStep.IDENTIFY
    if not written.responsible and state != State.RESOLVED:
        return NextStep.ASSIGN
    if state != State.RESOLVED:
        return _before_resolved(written)
    if not written.root_cause:
        return NextStep.ROOT_CAUSE
    return NextStep.CLOSE if written.long_term_measure else NextStep.MEASURE


def _before_resolved(written: Written) -> NextStep:
    if written.in_rework:
        return NextStep.AWAIT_REPAIR
    return NextStep.RESOLVE if written.correction else NextStep.CORRECT
