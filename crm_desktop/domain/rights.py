"""权限: who may do what (requirements A2, A3; part 2, «People and rights»), asked by the verbs, not by the widgets.

The table is data the dealership can edit; the shipped one lies in resources/rules/rights.json, each line with its
source. A verb asks once, at its top: ``act = require(act, Right.CLOSE)``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import NotAllowed
from crm_desktop.paths import resource

OWNER = "本单责任人"
"""Stands among the roles of the table: whoever is responsible for the complaint in hand."""
FIRST_STAFF = "这一步要有人负责：请先在“设置 → 员工”里建员工。"

RightsTable = Mapping[str, tuple[str, ...]]
"""Who holds each right: role words by right word."""


class Right(StrEnum):
    """What may be allowed or not, in the order of the procedure."""

    REGISTER = "登记"
    HAND_OVER = "移交"
    RESPOND = "响应"
    ASSIGN = "定责任人"
    ROOT_CAUSE = "写根本原因"
    MEASURE = "写长期措施"
    RESOLVE = "解决"
    REWORK = "返修"
    REWORK_CALL = "返修回访"
    CALL = "回访"
    EXTEND = "批准延期"
    CLOSE = "关闭"
    RETURN = "退回"
    REOPEN = "重开"
    VOID = "作废"
    OVERRIDE = "空话放行"
    MALICIOUS = "判定恶意"
    CORRECT = "更正"
    FILE = "存档"
    PROPOSE_DISPOSAL = "提出销毁"
    APPROVE_DISPOSAL = "批准销毁"
    EVALUATE = "评估措施"
    FREEZE = "编制月报"
    SIGN_REPORT = "签月报"
    REVIEW = "审阅"
    UNMASK = "看完整号码"
    ERASE = "删除个人信息"
    RULES = "改规则"
    STAFF = "管员工"
    BACKUP = "备份恢复"
    PROFILE = "改客户档案"
    CUSTOMER_BASE = "管客户库"
    IMPORT = "导入"
    EXPORT = "导出"


@dataclass(frozen=True, slots=True)
class RightRule:
    """One line of the table. ``on_behalf``: 代录 is allowed; ``needs_person``: never done in a home without staff."""

    right: Right
    held_by: tuple[str, ...]
    on_behalf: bool
    needs_person: bool
    source: str


@lru_cache(maxsize=1)
def shipped_rights() -> tuple[RightRule, ...]:
    """The table the program comes with."""
    told = json.loads(resource("rules", "rights.json").read_text(encoding="utf-8"))
    return tuple(
        RightRule(
            Right(line["right"]),
            tuple(line["held_by"]),
            line.get("on_behalf", False),
            line.get("needs_person", False),
            line["source"],
        )
        for line in told["rights"]
    )


ROLE_RIGHTS: RightsTable = {rule.right: rule.held_by for rule in shipped_rights()}
ON_BEHALF = frozenset(rule.right for rule in shipped_rights() if rule.on_behalf)
NEEDS_PERSON = frozenset(rule.right for rule in shipped_rights() if rule.needs_person)


def rights_of(roles: Collection[str], table: RightsTable = ROLE_RIGHTS) -> frozenset[str]:
    """What somebody in these roles may do."""
    return frozenset(right for right, held_by in table.items() if not set(held_by).isdisjoint(roles))


def require(act: Act, right: Right, *, own: bool = False, on_behalf: bool = False) -> Act:
    """The act as the history is to tell it: who acts by a right lent to him stands there as 代.

    ``own``: the person is the 责任人 of the complaint in hand. ``on_behalf``: he enters what another said or wrote
    (代录), which whoever may register may do for the rights that allow it.

    :raises NotAllowed: one sentence that says who may do it.
    """
    if act.rights is None:
        if right in NEEDS_PERSON:
            raise NotAllowed(FIRST_STAFF)
        return act
    table = act.holders or ROLE_RIGHTS
    if right in act.rights:
        return replace(act, who=f"{act.who}（代{act.deputy_of}）") if right in act.lent else act
    if own and OWNER in table.get(right, ()):
        return act
    if on_behalf and right in ON_BEHALF and Right.REGISTER in act.rights:
        return act
    raise NotAllowed(refusal(act.who, right, table))


def may(act: Act, right: Right) -> bool:
    """Whether ``require`` would let the act pass, for a button that is not offered in vain."""
    return right in act.rights if act.rights is not None else right not in NEEDS_PERSON


def refusal(who: str, right: Right, table: RightsTable) -> str:
    """Who may do it instead, in one sentence."""
    held_by = table.get(right, ())
    instead = f"由{'、'.join(held_by)}办理" if held_by else "现在没有岗位可以办理"
    return f"{who}没有“{right}”的权限：按权限表{instead}，请换人操作（F9）。"
