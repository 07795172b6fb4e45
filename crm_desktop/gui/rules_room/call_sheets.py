"""回访: when one tries again and when one writes instead, and the words of the script."""

from __future__ import annotations

from collections.abc import Mapping

from crm_desktop.domain.redial import WRITTEN, RedialRule
from crm_desktop.gui.rules_room.rule_lines import NAMED, RuleField, RuleLine, RuleSheet, Table, read_number
from crm_desktop.services.rules import RuleName

_NUMBERS = {"attempts": "连续几次没接通改用书面", "days": "没接通隔几天再拨"}
_WAYS = {
    "then": "多次没接通改用什么",
    "wrong_number": "空号、电话有误改用什么",
    "do_not_disturb": "勿扰的客户（不是谈他的抱怨）用什么",
}
_WAY = (RuleField("value", "现在是", 20, options=tuple(str(way) for way in WRITTEN)),)
_SCRIPT_FIELDS = (
    RuleField("label", "第几步", 12, fixed=True),
    RuleField("value", "怎样说", 60, long=True, hint="{客户} {回访人} {日期} 会换成实际的"),
)
_KINDS = {"say": "说", "yes_no": "是/否", "score": "1到10分", "choice": "选一个", "ticks": "打勾"}


def _redial_lines(table: Table) -> list[RuleLine]:
    told, source = table.get("redial", {}), table.get("sources", {}).get("redial", "")
    plain = RedialRule()
    lines = []
    for key, label in {**_NUMBERS, **_WAYS}.items():
        value = str(told.get(key, getattr(plain, key)))
        typed = {"value": value} if key in _WAYS else {}
        lines.append(RuleLine(key, {"label": label, "value": value}, source, asked=_WAY if typed else (), typed=typed))
    return lines


def _put_redial(table: Table, key: str, values: Mapping[str, str]) -> None:
    word = values["value"].strip()
    value = read_number(word.removesuffix("次").removesuffix("天"), "value", _NUMBERS[key]) if key in _NUMBERS else word
    table["redial"] = {**table.get("redial", {}), key: value}


def _script_lines(table: Table) -> list[RuleLine]:
    source = table.get("sources", {}).get("script", "")
    return [
        RuleLine(step["key"], {"label": f"{place} {_KINDS[step['kind']]}", "value": step["ask"]}, source)
        for place, step in enumerate(table.get("script", ()), 1)
    ]


def _put_script(table: Table, key: str, values: Mapping[str, str]) -> None:
    for step in table["script"]:
        if step["key"] == key:
            step["ask"] = " ".join(values["value"].split())


CALL_SHEETS = (
    RuleSheet(
        RuleName.FOLLOW_UPS,
        "再拨计划",
        "没接通的，登记结果时按这里建议下次回访的日期；可以改，也可以不排。",
        NAMED,
        _redial_lines,
        _put_redial,
    ),
    RuleSheet(
        RuleName.FOLLOW_UPS,
        "回访话术",
        "打电话时按 F6 一步一步问，数字键回答；话可以改，怎样回答不变，月报才比得出来。",
        _SCRIPT_FIELDS,
        _script_lines,
        _put_script,
    ),
)
