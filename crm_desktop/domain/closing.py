"""关闭: what is still missing, line by line, each leading to its field (seed 001 篇1 五; part 2, «关闭»).

Closing asks for exactly this list. It never waits for follow-ups, for measures carried out or for evaluations: an
unsatisfied answer reopens the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crm_desktop.domain.complaints import FIELD_LABELS, Channel, Severity
from crm_desktop.domain.errors import InvalidInput, NotAllowed


class Tab(StrEnum):
    """Where a line leads: the tabs of a case."""

    RECEIVED = "受理"
    HANDLING = "处理"
    SOLUTION = "方案"
    REWORKS = "返修"
    MEASURES = "措施"


OUTSIDE = frozenset({Channel.MEDIA, Channel.CONSUMER_BODY, Channel.AUTHORITY})
"""The routes of seed 001 篇1 四, where a 重大 complaint goes up to the maker's public relations."""


_NOT_OFFERED = "重大投诉或补偿超过限额的，请先写方案，并记下客户同意的一个。"
_NOT_AGREED = "方案已写，还没有记下客户同意的是哪一个，请点“商定方案”。"


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that is missing: its field (as the verbs name it), a sentence, and the tab of that field."""

    field: str
    sentence: str
    tab: Tab


class NotReady(NotAllowed):
    """Something is missing before the step; ``fields`` maps each field to its sentence."""

    def __init__(self, what: str, blockers: tuple[Blocker, ...]) -> None:
        self.blockers = blockers
        self.fields = {blocker.field: blocker.sentence for blocker in blockers}
        told = "；".join(blocker.sentence.rstrip("。") for blocker in blockers)
        super().__init__(f"还不能{what}，缺 {len(blockers)} 项：{told}。")


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """What is known of a complaint, as far as closing asks for it.

    ``unexplained`` are the labels of milestones done late without a reason. ``cause_fault`` and ``measure_fault`` say
    what the wording check still wants, empty when it passed or was overridden. ``published`` counts what the media
    brought, ``unsettled`` what of it is neither withdrawn nor known to be past withdrawing.
    """

    channel: str
    severity: str
    customer_name: str = ""
    reachable: bool = False
    car: bool = False
    words: str = ""
    asks_hand_over: bool = False
    asks_response: bool = False
    handed_over: bool = False
    responded: bool = False
    resolved: bool = False
    unexplained: tuple[str, ...] = ()
    responsible: str = ""
    correction: str = ""
    solution: str = ""
    soothing: str = ""
    told_customer: bool = False
    root_cause: str = ""
    cause_fault: str = ""
    long_term_measure: str = ""
    measure_fault: str = ""
    reworks_open: int = 0
    oem_ticket: str = ""
    oem_closed: bool = False
    published: int = 0
    unsettled: int = 0
    receipt: bool = False


def closing_blockers(facts: ClosingFacts, spared: frozenset[str] = frozenset()) -> tuple[Blocker, ...]:
    """What closing still wants, in the order of the form; nothing when it may be closed.

    ``spared`` are the fields the dealership does not ask for (``read_spared``).
    """
    parts = (_blocks(facts), _milestones(facts), _texts(facts), _cause_and_measure(facts), _route(facts))
    return tuple(blocker for part in parts for blocker in part if blocker.field not in spared)


def read_spared(table: Mapping[str, Any]) -> frozenset[str]:
    """The fields closing does not ask for, from a list like resources/rules/closing.json.

    :raises InvalidInput: for a list that asks for nothing at all.
    """
    rows = table.get("asked", ())
    if not any(row.get("asked") for row in rows):
        raise InvalidInput("关闭清单不能一条也不要求，请至少留下一条。")
    return frozenset(field for row in rows if not row.get("asked") for field in row.get("fields", ()))


def resolving_blockers(
    facts: ClosingFacts, *, wants_solution: bool, agreed: bool, offered: bool = False
) -> tuple[Blocker, ...]:
    """What 解决 needs: the four texts of the solution, and an agreed 方案 where one is asked for.

    ``offered``: there is a 方案, only nobody has noted yet that the customer agreed to it.
    """
    missing = list(_texts(facts, with_responsible=False))
    if wants_solution and not agreed:
        missing.append(Blocker("solutions", _NOT_AGREED if offered else _NOT_OFFERED, Tab.SOLUTION))
    return tuple(missing)


def _blocks(facts: ClosingFacts) -> Iterator[Blocker]:
    """The four blocks of the form (A19): customer, car, channel, words; the channel is always there."""
    if not facts.customer_name:
        yield Blocker("customer_name", "客户信息没有填客户姓名。", Tab.RECEIVED)
    if not facts.reachable:
        yield Blocker("phone", "客户信息没有联系方式。", Tab.RECEIVED)
    if not facts.car:
        yield Blocker("plate", "车辆信息没有填车牌号或 VIN。", Tab.RECEIVED)
    if not facts.words:
        yield Blocker("words", "没有写抱怨内容。", Tab.RECEIVED)


def _milestones(facts: ClosingFacts) -> Iterator[Blocker]:
    if facts.asks_hand_over and not facts.handed_over:
        yield Blocker("hand_over", "没有记录移交。", Tab.HANDLING)
    if facts.asks_response and not facts.responded:
        yield Blocker("respond", "没有记录响应。", Tab.HANDLING)
    if not facts.resolved:
        yield Blocker("resolve", "没有记录解决。", Tab.SOLUTION)
    for label in facts.unexplained:
        yield Blocker("late_reason", f"{label}超期，没有写原因。", Tab.HANDLING)


def _texts(facts: ClosingFacts, *, with_responsible: bool = True) -> Iterator[Blocker]:
    if with_responsible and not facts.responsible:
        yield Blocker("responsible", "没有定责任人。", Tab.HANDLING)
    written: Iterable[tuple[str, object, Tab]] = (
        ("correction", facts.correction, Tab.HANDLING),
        ("solution", facts.solution, Tab.SOLUTION),
        ("soothing", facts.soothing, Tab.SOLUTION),
        ("told_customer", facts.told_customer, Tab.SOLUTION),
    )
    for name, text, tab in written:
        if not text:
            yield Blocker(name, f"没有写{FIELD_LABELS[name]}。", tab)


def _cause_and_measure(facts: ClosingFacts) -> Iterator[Blocker]:
    if not facts.root_cause:
        yield Blocker("root_cause", "没有写抱怨产生根本原因分析。", Tab.HANDLING)
    elif facts.cause_fault:
        yield Blocker("root_cause", f"抱怨产生根本原因分析没有通过：{facts.cause_fault}", Tab.HANDLING)
    if not facts.long_term_measure:
        yield Blocker("long_term_measure", "没有写长期质量保证的措施。", Tab.MEASURES)
    elif facts.measure_fault:
        yield Blocker("long_term_measure", f"长期质量保证的措施没有通过：{facts.measure_fault}", Tab.MEASURES)


def _route(facts: ClosingFacts) -> Iterator[Blocker]:
    """Reworks finished, and what the route asks for besides (A13, A15, A16)."""
    if facts.reworks_open:
        yield Blocker("finished_on", f"还有 {facts.reworks_open} 次返修没有修竣。", Tab.REWORKS)
    if facts.channel == Channel.HOTLINE and not facts.oem_ticket:
        yield Blocker("oem_ticket", "没有填厂家工单号。", Tab.HANDLING)
    if facts.channel == Channel.HOTLINE and not facts.oem_closed:
        yield Blocker("oem_closed_at", "没有填厂家工单的关闭时间。", Tab.HANDLING)
    if facts.channel == Channel.MEDIA and (facts.unsettled or not facts.published):
        unsettled = f"还有 {facts.unsettled} 篇稿件没有结果" if facts.unsettled else "没有写稿件是否撤销"
        yield Blocker("withdrawals", f"{unsettled}：已撤销、不能撤销（写原因）或没有发布。", Tab.HANDLING)
    if facts.channel in OUTSIDE and facts.severity == Severity.MAJOR and not facts.receipt:
        yield Blocker("receipt", "重大投诉没有上报公关部的回执。", Tab.HANDLING)
