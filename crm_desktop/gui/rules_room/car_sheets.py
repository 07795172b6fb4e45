"""保修和三包 as data: the periods, the counts of the rule of 2022, and the guarantee on repairs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from crm_desktop.domain.dates import parse_day
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.warranty import read_warranty
from crm_desktop.gui.rules_room.rule_lines import NAMED, RuleField, RuleLine, RuleSheet, Table, read_number
from crm_desktop.services.rules import RuleName

_PERIODS = {"repair": "包修期", "exchange": "三包有效期"}
_PERIOD_ASKED = (NAMED[0], RuleField("months", "月数"), RuleField("km", "公里数"))
_LIMITS = {
    "safety_repairs": ("严重安全性能故障修理几次", "次"),
    "assembly_changes": ("同一总成更换几次", "次"),
    "part_changes": ("同一主要零部件更换几次", "次"),
    "repair_days": ("修理时间累计超过几日", "日"),
    "near_days": ("修理时间累计到几日就提醒", "日"),
    "same_problem": ("同一质量问题修理超过几次", "次"),
    "single_repair_days": ("一次修理超过几日要给备用车", "日"),
}
_BETWEEN = re.compile(r"[\s、，,；;]+")
_FAR = date(2100, 1, 1)
"""A promise may begin on any day."""


def _period_lines(table: Table) -> list[RuleLine]:
    told, terms, limits = table.get("sources", {}), table["terms"], table["limits"]
    lines = []
    for key, label in _PERIODS.items():
        typed = {"months": str(terms[f"{key}_months"]), "km": str(terms[f"{key}_km"])}
        shown = f"{typed['months']} 个月或 {terms[f'{key}_km']:,} 公里，先到为准"
        values = {"label": label, "value": shown}
        lines.append(RuleLine(key, values, told.get("terms", ""), asked=_PERIOD_ASKED, typed=typed))
    for key, (label, unit) in _LIMITS.items():
        values = {"label": label, "value": f"{limits[key]} {unit}"}
        asked = (NAMED[0], RuleField("count", "几" + unit))
        lines.append(RuleLine(key, values, told.get("limits", ""), asked=asked, typed={"count": str(limits[key])}))
    return lines


def _put_period(table: Table, key: str, values: Mapping[str, str]) -> None:
    if key in _PERIODS:
        table["terms"][f"{key}_months"] = read_number(values["months"], "months", "月数")
        table["terms"][f"{key}_km"] = read_number(values["km"], "km", "公里数")
        _check(table, "months")
    else:
        table["limits"][key] = read_number(values["count"], "count", "次数和天数")
        _check(table, "count")


_MAKER_FIELDS = (
    RuleField("brand", "品牌", 16, hint="和车辆档案里写的品牌一样"),
    RuleField("since", "从哪天交付的车起", 16, hint="如 2026-01-01；一直这样就空着"),
    RuleField("repair_months", "包修月数", 10, hint="不填按法定最低"),
    RuleField("repair_km", "包修公里", 12),
    RuleField("exchange_months", "三包月数", 10),
    RuleField("exchange_km", "三包公里", 12),
)
_MAKER_NUMBERS = tuple(field for field in _MAKER_FIELDS if field.name not in ("brand", "since"))


def _maker_lines(table: Table) -> list[RuleLine]:
    told = table.get("sources", {}).get("makers", "")
    return [
        RuleLine(str(place), {f.name: str(one.get(f.name) or "") for f in _MAKER_FIELDS}, told, False)
        for place, one in enumerate(table.get("makers", ()))
    ]


def _put_maker(table: Table, key: str, values: Mapping[str, str]) -> None:
    table["makers"][int(key)] = _maker(values)
    _check(table, "brand")


def _add_maker(table: Table, values: Mapping[str, str]) -> None:
    table.setdefault("makers", []).append(_maker(values))
    _check(table, "brand")


def _drop_maker(table: Table, key: str) -> None:
    del table["makers"][int(key)]


def _maker(values: Mapping[str, str]) -> dict[str, object]:
    told: dict[str, object] = {"brand": " ".join(values["brand"].split()), "since": _day_of(values["since"])}
    for field in _MAKER_NUMBERS:
        if values[field.name].strip():
            told[field.name] = read_number(values[field.name], field.name, field.label)
    return told


def _day_of(text: str) -> str:
    try:
        return parse_day(text, _FAR).isoformat() if text.strip() else ""
    except InvalidInput as refusal:
        raise InvalidInput({"since": refusal.sentence}) from None


_GUARANTEE_FIELDS = (
    RuleField("name", "修理类别", 24),
    RuleField("words", "维修项目里有这些字就是", 26, hint="用顿号隔开；空着的那一行适用于其余修理"),
    RuleField("days", "保几天", 8),
    RuleField("km", "保多少公里", 10),
)


def _guarantee_lines(table: Table) -> list[RuleLine]:
    told = table.get("sources", {}).get("guarantees", "")
    return [
        RuleLine(
            str(place),
            {"name": one["name"], "words": "、".join(one["words"]), "days": str(one["days"]), "km": str(one["km"])},
            told,
            not one["words"],
        )
        for place, one in enumerate(table["guarantees"])
    ]


def _put_guarantee(table: Table, key: str, values: Mapping[str, str]) -> None:
    table["guarantees"][int(key)] = _guarantee(values)
    _check(table, "words")


def _add_guarantee(table: Table, values: Mapping[str, str]) -> None:
    """At the top: the first line that fits holds."""
    added = _guarantee(values)
    if not added["words"]:
        raise InvalidInput({"words": "请写维修项目里有哪些字就算这一类；适用于其余修理的一行已经有了。"})
    table["guarantees"].insert(0, added)


def _drop_guarantee(table: Table, key: str) -> None:
    del table["guarantees"][int(key)]


def _guarantee(values: Mapping[str, str]) -> dict[str, object]:
    name = " ".join(values["name"].split())
    if not name:
        raise InvalidInput({"name": "请写修理类别。"})
    words = [word for word in _BETWEEN.split(values["words"]) if word]
    days, km = read_number(values["days"], "days", "天数"), read_number(values["km"], "km", "公里数")
    return {"words": words, "name": name, "days": days, "km": km}


def _check(table: Table, name: str) -> None:
    """:raises InvalidInput: what the whole document cannot be, at the field that was typed."""
    try:
        read_warranty(table)
    except InvalidInput as refusal:
        raise InvalidInput({name: refusal.sentence}) from None


CAR_SHEETS = (
    RuleSheet(
        RuleName.WARRANTY,
        "三包",
        "法定的期限和次数；期限只能比法定的长，次数只能比法定的少。厂家对一辆车承诺得更长，填在档案的“保修”页。",
        NAMED,
        _period_lines,
        _put_period,
    ),
    RuleSheet(
        RuleName.WARRANTY,
        "厂家保修",
        "厂家对一个品牌承诺的期限，比法定长的按这里算；只对一辆车另有承诺的，填在它的“保修”页。",
        _MAKER_FIELDS,
        _maker_lines,
        _put_maker,
        _add_maker,
        _drop_maker,
    ),
    RuleSheet(
        RuleName.WARRANTY,
        "维修质保",
        "修好出厂以后保多久，日期和里程先到为准；从上往下，第一行对上的算。",
        _GUARANTEE_FIELDS,
        _guarantee_lines,
        _put_guarantee,
        _add_guarantee,
        _drop_guarantee,
    ),
)
