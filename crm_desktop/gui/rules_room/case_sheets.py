"""What a case is judged by: the ticks of 重大, empty words, calls after a rework, what closing asks for, retention."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.outside_parties import PartyKind
from crm_desktop.domain.severity import read_ticks
from crm_desktop.gui.rules_room.rule_lines import (
    NAMED,
    NO,
    YES,
    RuleField,
    RuleLine,
    RuleSheet,
    Table,
    read_number,
)
from crm_desktop.services.rules import RuleName

_TICK_FIELDS = (
    RuleField("label", "有这一条就建议定为重大", 40),
    RuleField("words", "客户说到这些就提醒", 40, hint="用空格隔开；可以不填"),
)
_LIMIT = "{claim_limit}"
_OWN = "own_"
"""How the codes of the dealership's own ticks begin."""


def _tick_lines(table: Table) -> list[RuleLine]:
    return [
        RuleLine(
            str(place),
            {"label": _with_limit(tick["label"], table), "words": " ".join(known.words)},
            tick.get("source", ""),
            False,
        )
        for place, (tick, known) in enumerate(zip(table["ticks"], read_ticks(table), strict=True))
    ]


def _with_limit(label: str, table: Table) -> str:
    return label.replace(_LIMIT, str(table["claim_limit"]))


def _put_tick(table: Table, key: str, values: Mapping[str, str]) -> None:
    tick = table["ticks"][int(key)]
    if values["label"] != _with_limit(tick["label"], table):
        tick["label"] = _label(values)
    tick["words"] = " ".join(values["words"].split())


def _add_tick(table: Table, values: Mapping[str, str]) -> None:
    label = _label(values)
    # By its words: what was taken away never lends its code to another, for old cases keep it.
    code = f"{_OWN}{blake2b(label.encode(), digest_size=4).hexdigest()}"
    words = " ".join(values["words"].split())
    table["ticks"].append({"code": code, "label": label, "source": "本店规定", "words": words})


def _drop_tick(table: Table, key: str) -> None:
    del table["ticks"][int(key)]


def _label(values: Mapping[str, str]) -> str:
    label = " ".join(values["label"].split())
    if not 2 <= len(label) <= 40:
        raise InvalidInput({"label": "判据请用 2 到 40 个字写明。"})
    return label


def _limit_lines(table: Table) -> list[RuleLine]:
    label = "补偿超过多少元要写方案 A/B/C、算大额"
    return [RuleLine("", {"label": label, "value": str(table["claim_limit"])}, table.get("claim_limit_source", ""))]


def _put_limit(table: Table, _key: str, values: Mapping[str, str]) -> None:
    table["claim_limit"] = read_number(values["value"].removesuffix("元"), "value", "限额（元）")


_WORD_FIELDS = (
    RuleField("label", "词表", 30, fixed=True),
    RuleField("words", "内容", 60, long=True, hint="词用空格隔开；句式一行一个"),
)
_FIRST = ("vague", "vague_cause", "blame", "not_people")
"""The lists that say what is empty come first; the others say what is concrete."""
_LIMITS = {
    "least_left": "措施去掉空话至少还剩几个字",
    "least_deed": "“做什么”至少几个字",
    "least_reason": "查得出的原因至少几个字",
    "least_told": "说到物的原因至少几个字",
    "least_account": "说来龙去脉的原因至少几个字",
    "least_things": "说来龙去脉的原因至少讲到几样具体的东西",
}
_TEMPLATES = {"measure": "措施模板（要填的地方留空，如 谁：____）", "cause": "原因模板（要填的地方留空）"}
_MOST_LETTERS = 60
_PATTERNS = "·句式"
_SURNAMES = "surnames"


def _word_lines(table: Table) -> list[RuleLine]:
    lists = table["lists"]
    lines = []
    for key in (*_FIRST, *(key for key in lists if key not in _FIRST)):
        entry = lists[key]
        source = entry.get("source", "")
        if entry.get("words"):
            lines.append(RuleLine(key, {"label": entry["title"], "words": " ".join(entry["words"])}, source))
        if entry.get("patterns"):
            values = {"label": f"{entry['title']}{_PATTERNS}", "words": "\n".join(entry["patterns"])}
            lines.append(RuleLine(f"{key}{_PATTERNS}", values, f"{source}；句式是正则表达式，改以前请先记下原文"))
    kept = table.get("templates") or {}
    lines += [RuleLine(key, {"label": label, "words": kept.get(key, "")}, "自拟") for key, label in _TEMPLATES.items()]
    given = table["limits"]
    limits = [RuleLine(k, {"label": t, "words": str(given[k])}, "自拟") for k, t in _LIMITS.items() if k in given]
    return [*lines, *limits]


def _put_words(table: Table, key: str, values: Mapping[str, str]) -> None:
    text = values["words"]
    if key in _TEMPLATES:
        table["templates"] = {**table.get("templates", {}), key: text.strip()}
    elif key in _LIMITS:
        letters = read_number(text, "words", "字数")
        if not 1 <= letters <= _MOST_LETTERS:
            raise InvalidInput({"words": f"字数请填 1 到 {_MOST_LETTERS} 的整数，不能是“{text}”。"})
        table["limits"][key] = letters
    elif key.endswith(_PATTERNS):
        patterns = [line.strip() for line in text.splitlines() if line.strip()]
        _check_patterns(patterns)
        table["lists"][key.removesuffix(_PATTERNS)]["patterns"] = patterns
    elif text.split() != " ".join(table["lists"][key]["words"]).split():
        # Surnames are single letters, read one by one.
        table["lists"][key]["words"] = [("" if key == _SURNAMES else " ").join(text.split())]


def _check_patterns(patterns: list[str]) -> None:
    """:raises InvalidInput: for none at all, one that is no expression, or one that matches even an empty text."""
    if not patterns:
        raise InvalidInput({"words": "句式请至少留一行；不要的可以只删那一行。"})
    for pattern in patterns:
        try:
            matches_nothing = re.compile(re.sub(r"\{[a-z_]+\}", "X", pattern)).fullmatch("")
        except re.error as fault:
            raise InvalidInput({"words": f"句式“{pattern}”写错了（第 {fault.pos or 0} 个字起），请改正。"}) from None
        if matches_nothing:
            raise InvalidInput({"words": f"句式“{pattern}”连空白都算，请写得窄一些。"})


_AFTER_REWORK, _AFTER_SOLUTION, _NO_DAY = "after_rework_days", "after_solution_days", "不排"
_CALL_DAYS = {_AFTER_REWORK: "修竣后第几天回访", _AFTER_SOLUTION: "没有返修的，解决后第几天回访"}


def _call_lines(table: Table) -> list[RuleLine]:
    told = table.get("sources", {})
    days = {key: "、".join(str(day) for day in table.get(key, ())) or _NO_DAY for key in _CALL_DAYS}
    return [RuleLine(key, {"label": label, "value": days[key]}, told.get(key, "")) for key, label in _CALL_DAYS.items()]


def _put_calls(table: Table, key: str, values: Mapping[str, str]) -> None:
    words = [word for word in re.split(r"[、，,；;和\s]+", values["value"]) if word]
    if not words and key == _AFTER_REWORK:
        raise InvalidInput({"value": "返修后至少回访一次，请填修竣后的第几天，如 3、7。"})
    if key == _AFTER_SOLUTION and words == [_NO_DAY]:
        words = []
    table[key] = [read_number(word.removeprefix("第").removesuffix("天"), "value", _CALL_DAYS[key]) for word in words]


_ASKED_FIELDS = (
    RuleField("label", "关闭以前要有", 50, fixed=True),
    RuleField("asked", "要求吗", 14, options=(YES, NO)),
)


def _asked_lines(table: Table) -> list[RuleLine]:
    return [
        RuleLine(str(place), {"label": row["label"], "asked": YES if row["asked"] else NO}, row.get("source", ""))
        for place, row in enumerate(table["asked"])
    ]


def _put_asked(table: Table, key: str, values: Mapping[str, str]) -> None:
    table["asked"][int(key)]["asked"] = values["asked"] == YES


_YEARS = {"years": "抱怨单和方案保存几年", "years_with_rework": "有返修的保存几年"}


def _year_lines(table: Table) -> list[RuleLine]:
    told = table.get("sources", {})
    return [
        RuleLine(key, {"label": label, "value": str(table[key])}, told.get(key, "")) for key, label in _YEARS.items()
    ]


def _put_years(table: Table, key: str, values: Mapping[str, str]) -> None:
    table[key] = read_number(values["value"].removesuffix("年"), "value", "保存年数")


def _question_lines(table: Table) -> list[RuleLine]:
    source = table.get("source", "")
    rows = table["questions"]
    return [RuleLine(row["category"], {"label": row["category"], "value": row["ask"]}, source) for row in rows]


def _put_question(table: Table, key: str, values: Mapping[str, str]) -> None:
    for row in table["questions"]:
        if row["category"] == key:
            row["ask"] = " ".join(values["value"].split())


_PARTY_FIELDS = (
    RuleField("kind", "类型", 9, options=tuple(PartyKind)),
    RuleField("name", "名称", 24),
    RuleField("contact", "联系人", 14),
    RuleField("phone", "电话", 16),
    RuleField("notes", "备注", 24),
)


def _party_lines(table: Table) -> list[RuleLine]:
    names = [field.name for field in _PARTY_FIELDS]
    return [
        RuleLine(str(place), {name: party.get(name, "") for name in names}, table.get("source", ""), False)
        for place, party in enumerate(table["parties"])
    ]


def _put_party(table: Table, key: str, values: Mapping[str, str]) -> None:
    table["parties"][int(key)] = _party(values)


def _add_party(table: Table, values: Mapping[str, str]) -> None:
    table["parties"].append(_party(values))


def _drop_party(table: Table, key: str) -> None:
    del table["parties"][int(key)]


def _party(values: Mapping[str, str]) -> dict[str, str]:
    return {field.name: " ".join(values[field.name].split()) for field in _PARTY_FIELDS}


CASE_SHEETS = (
    RuleSheet(
        RuleName.OUTSIDE,
        "外部单位",
        "厂家、媒体、消协、行业管理的联系人和电话；在抱怨单里登记稿件、上报、填对方案号时提示。",
        _PARTY_FIELDS,
        _party_lines,
        _put_party,
        _add_party,
        _drop_party,
    ),
    RuleSheet(
        RuleName.QUESTIONS,
        "分类提示",
        "登记时选了类别，“抱怨内容”里提示该问清什么；只是提示，不问也能登记。",
        NAMED,
        _question_lines,
        _put_question,
    ),
    RuleSheet(
        RuleName.SEVERITY,
        "重大判据",
        "登记时按 F8 打勾；有一条就建议定为重大，由人决定。客户说到右边的词，“级别”下面会提醒。",
        _TICK_FIELDS,
        _tick_lines,
        _put_tick,
        _add_tick,
        _drop_tick,
    ),
    RuleSheet(
        RuleName.SEVERITY,
        "补偿限额",
        "超过限额的补偿要先写方案 A/B/C，客户同意一个再办。",
        NAMED,
        _limit_lines,
        _put_limit,
    ),
    RuleSheet(
        RuleName.WORDING,
        "空话词表",
        "写根本原因和长期措施时按这里标出空话；上面四行说什么是空话，下面的说什么算具体。",
        _WORD_FIELDS,
        _word_lines,
        _put_words,
    ),
    RuleSheet(
        RuleName.CLOSING,
        "关闭清单",
        "服务总监关闭以前，单子上要有什么；还缺的在抱怨单右侧用红字列着。",
        _ASKED_FIELDS,
        _asked_lines,
        _put_asked,
    ),
    RuleSheet(
        RuleName.FOLLOW_UPS,
        "返修后回访",
        "返修修竣以后第几天由服务经理或服务总监回访；没有返修的，解决以后第几天回访，不要就写“不排”。",
        NAMED,
        _call_lines,
        _put_calls,
    ),
    RuleSheet(
        RuleName.RETENTION,
        "保存期限",
        "从归档日起保存几年；没到期不能销毁，改短了不影响已存档的。",
        NAMED,
        _year_lines,
        _put_years,
    ),
)
