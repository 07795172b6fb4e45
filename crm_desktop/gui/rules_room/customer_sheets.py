"""What the customer's file is kept by: dictionaries, own fields, spans of time, and how a year of him is graded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.grading import FIGURES, Grade, read_grading
from crm_desktop.gui.rules_room.rule_lines import (
    NAMED,
    RuleField,
    RuleLine,
    RuleSheet,
    Table,
    read_amount,
    read_number,
)
from crm_desktop.services.rules import RuleName

_BETWEEN = re.compile(r"[\s、，,；;]+")
_WORD_FIELDS = (
    RuleField("label", "字典", 12, fixed=True),
    RuleField("words", "提示哪些词", 60, long=True, hint="词用顿号或空格隔开；档案里已经写着的不会变"),
)


def _dictionary_lines(table: Table) -> list[RuleLine]:
    told = table.get("sources", {}).get("dictionaries", "")
    return [
        RuleLine(name, {"label": name, "words": "、".join(words)}, told)
        for name, words in table["dictionaries"].items()
    ]


def _put_dictionary(table: Table, key: str, values: Mapping[str, str]) -> None:
    table["dictionaries"][key] = [word for word in _BETWEEN.split(values["words"]) if word]


_OWN_FIELDS = (RuleField("label", "字段名称", 60),)


def _own_lines(table: Table) -> list[RuleLine]:
    told = "本店加的，显示在客户档案的“资料”页"
    return [RuleLine(own["key"], {"label": own["label"]}, told, False) for own in table["custom_fields"]]


def _put_own(table: Table, key: str, values: Mapping[str, str]) -> None:
    for own in table["custom_fields"]:
        if own["key"] == key:
            own["label"] = _own_label(values)


def _add_own(table: Table, values: Mapping[str, str]) -> None:
    """By its name: a field that was taken away and comes back finds what customers had in it."""
    label = _own_label(values)
    key, used = blake2b(label.encode(), digest_size=4).hexdigest(), {own["key"] for own in table["custom_fields"]}
    while key in used:  # the field of this name was renamed since
        key += "x"
    table["custom_fields"].append({"key": key, "label": label})


def _drop_own(table: Table, key: str) -> None:
    table["custom_fields"] = [own for own in table["custom_fields"] if own["key"] != key]


def _own_label(values: Mapping[str, str]) -> str:
    label = " ".join(values["label"].split())
    if not 1 <= len(label) <= 12:
        raise InvalidInput({"label": "字段名称请用 1 到 12 个字。"})
    return label


_SPANS = {
    "stale_months": "几个月没有核实算“久未核实”",
    "away_months": "投诉后几个月没有再来算“流失”",
    "repeat_days": "几天内再返修要在柜台提醒",
}


def _span_lines(table: Table) -> list[RuleLine]:
    told = table.get("sources", {})
    return [RuleLine(key, {"label": t, "value": str(table[key])}, told.get(key, "")) for key, t in _SPANS.items()]


def _put_span(table: Table, key: str, values: Mapping[str, str]) -> None:
    table[key] = read_number(values["value"].removesuffix("个月").removesuffix("天"), "value", "月数和天数")


_GRADING_FIELDS = (RuleField("label", "规则", 8, fixed=True), RuleField("value", "现在是", 72))
_MONTHS, _WEIGHTS, _FULL = "months", "weights", "full_marks"
_PLAIN = {name: label.split("（")[0] for name, label in FIGURES.items()}
_MOST_POLICY = 60
_MONTHS_ASKED = (NAMED[0], RuleField("months", "看最近几个月", hint="1 到 60；每年评一次就填 12"))
_WEIGHTS_ASKED = (NAMED[0], *(RuleField(n, f"{label}占（%）") for n, label in _PLAIN.items()))
_FULL_ASKED = (NAMED[0], *(RuleField(n, label, hint="到这个数就是满分") for n, label in FIGURES.items()))
_GRADE_ASKED = (
    NAMED[0],
    RuleField("from", "多少分起", hint="满分 100"),
    RuleField("policy", "优惠政策", hint=f"{_MOST_POLICY} 个字以内，接待的人在要点里看到"),
)


def _grading_lines(table: Table) -> list[RuleLine]:
    told = table.get("sources", {})
    weights, full = ({n: f"{table[key][n]:g}" for n in FIGURES} for key in (_WEIGHTS, _FULL))
    months = str(table["months"])
    return [
        RuleLine(_MONTHS, _named("评价周期", f"最近 {months} 个月"), told.get(_MONTHS, ""),
                 asked=_MONTHS_ASKED, typed={"months": months}),
        RuleLine(_WEIGHTS, _named("五项权重", _list_of(weights)), told.get(_WEIGHTS, ""),
                 asked=_WEIGHTS_ASKED, typed=weights),
        RuleLine(_FULL, _named("满分标准", _list_of(full)), told.get(_WEIGHTS, ""), asked=_FULL_ASKED, typed=full),
        *(_grade_line(one, told.get("grades", "")) for one in table["grades"]),
    ]  # fmt: skip


def _grade_line(one: Mapping[str, object], source: str) -> RuleLine:
    grade, least, policy = str(one["grade"]), str(one["from"]), str(one.get("policy", ""))
    shown = f"{least} 分起　{policy or '没有优惠政策'}"
    return RuleLine(grade, _named(grade, shown), source, asked=_GRADE_ASKED, typed={"from": least, "policy": policy})


def _put_grading(table: Table, key: str, values: Mapping[str, str]) -> None:
    if key == _MONTHS:
        table[key] = read_number(values["months"], "months", "月数")
        _check(table, "months")
    elif key in (_WEIGHTS, _FULL):
        table[key] = {name: read_amount(values[name], name, _PLAIN[name]) for name in FIGURES}
        whole = sum(table[_WEIGHTS].values())
        if key == _WEIGHTS and round(whole) != 100:
            raise InvalidInput({"visits": f"五项权重合计应为 100，现在是 {whole:g}，请核对。"})
        _check(table, "visits")
    else:
        policy = " ".join(values["policy"].split())
        if len(policy) > _MOST_POLICY:
            raise InvalidInput({"policy": f"优惠政策请用 {_MOST_POLICY} 个字以内写，柜台上一眼要看完。"})
        row = table["grades"][list(Grade).index(Grade(key))]
        row.update({"from": read_number(values["from"], "from", "分数线"), "policy": policy})
        _check(table, "from")


def _check(table: Table, name: str) -> None:
    """:raises InvalidInput: what the whole document cannot be, at the field that was typed."""
    try:
        read_grading(table)
    except InvalidInput as refusal:
        raise InvalidInput({name: refusal.sentence}) from None


def _list_of(values: Mapping[str, str]) -> str:
    return "、".join(f"{_PLAIN[name]} {value}" for name, value in values.items())


def _named(label: str, value: str) -> dict[str, str]:
    return {"label": label, "value": value}


CUSTOMER_SHEETS = (
    RuleSheet(
        RuleName.PROFILE,
        "字典",
        "填客户档案时提示哪些词；只是提示，写别的词也可以。去掉一个词，已经写着它的档案不变。",
        _WORD_FIELDS,
        _dictionary_lines,
        _put_dictionary,
    ),
    RuleSheet(
        RuleName.PROFILE,
        "自定义字段",
        "客户档案的“资料”页里本店自己的字段，最多十个；去掉以后填过的内容还在，再加上同名的又会出现。",
        _OWN_FIELDS,
        _own_lines,
        _put_own,
        _add_own,
        _drop_own,
    ),
    RuleSheet(
        RuleName.PROFILE,
        "核实和流失",
        "多久没有核实、没有再来、又来返修要提醒。",
        NAMED,
        _span_lines,
        _put_span,
    ),
    RuleSheet(
        RuleName.GRADING,
        "评级",
        "按一段时间的消费和付款算出得分、建议等级，由人决定；优惠政策显示在接待的人面前。",
        _GRADING_FIELDS,
        _grading_lines,
        _put_grading,
    ),
)
