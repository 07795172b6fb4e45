"""今日: what the first page shows, and what is to be done next with an open complaint (seed 001 篇1 五)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from crm_desktop.domain.complaints import State


@dataclass(frozen=True, slots=True)
class OpenComplaint:
    """One complaint that is not closed. ``received_at`` is UTC; ``next_step`` says what to do with it now.

    ``grade`` is the customer's, empty where nobody has graded him.
    """

    number: str
    state: str
    severity: str
    received_at: datetime
    customer_name: str
    plate: str
    words: str
    next_step: str
    grade: str = ""


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

    ``is_new`` marks a desk where nothing has been entered yet.
    """

    open_count: int
    customer_missing_count: int
    due_call_count: int
    workshop_count: int
    complaints: tuple[OpenComplaint, ...] = ()
    calls: tuple[DueCall, ...] = ()
    cars: tuple[WorkshopCar, ...] = ()
    is_new: bool = False


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


def next_step(state: str, written: Written) -> str:
    """What the desk does next with a complaint, in the order of the procedure (seed 001 篇1 五.1 to 五.4).

    First what runs by the minute, 移交 and 响应; then who complained, who is responsible, the correction; the root
    cause comes before the measures.
    """
    if state != State.RESOLVED and not written.handed_over:
        return "移交服务总监"
    if state != State.RESOLVED and not written.responded:
        return "响应客户"
    if not written.customer:
        return "补客户资料"
    if not written.responsible and state != State.RESOLVED:
        return "定责任人"
    if state != State.RESOLVED:
        return _before_resolved(written)
    if not written.root_cause:
        return "写根本原因"
    return "关闭" if written.long_term_measure else "写长期措施"


def _before_resolved(written: Written) -> str:
    if written.in_rework:
        return "等返修修竣"
    return "记录解决" if written.correction else "写缺点纠正"
