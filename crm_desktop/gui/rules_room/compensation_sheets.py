"""What a customer may be given, and up to what sum each role gives it by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crm_desktop.gui.rules_room.rule_lines import RuleField, RuleLine, RuleSheet, Table, read_number
from crm_desktop.services.rules import RuleName

_BETWEEN = re.compile(r"[\s、，,；;]+")
_KINDS = "kinds"
_NO_LIMIT = "不限"
_FIELDS = (
    RuleField("label", "规则", 30, fixed=True),
    RuleField("value", "现在是", 60, long=True, hint="方式用顿号隔开；额度填元，不设上限写“不限”"),
)


def _lines(table: Table) -> list[RuleLine]:
    kinds = {"label": "可以给的补偿", "value": "、".join(table["kinds"])}
    told = table.get("limits_source", "")
    limits = [
        RuleLine(line["role"], {"label": f"{line['role']}的额度（一张单合计）", "value": _yuan(line["yuan"])}, told)
        for line in table["limits"]
    ]
    return [RuleLine(_KINDS, kinds, table.get("kinds_source", "")), *limits]


def _yuan(yuan: int | None) -> str:
    return _NO_LIMIT if yuan is None else f"{yuan} 元"


def _put(table: Table, key: str, values: Mapping[str, str]) -> None:
    told = values["value"].strip()
    if key == _KINDS:
        table["kinds"] = [word for word in _BETWEEN.split(told) if word]
        return
    for line in table["limits"]:
        if line["role"] == key:
            line["yuan"] = None if told == _NO_LIMIT else read_number(told.removesuffix("元"), "value", "额度（元）")


COMPENSATION_SHEETS = (
    RuleSheet(
        RuleName.COMPENSATION,
        "补偿额度",
        "登记补偿时可以选的方式，和每个岗位自己能定到多少；超过的要有额度的人输入 PIN。",
        _FIELDS,
        _lines,
        _put,
    ),
)
