"""Each document of rules as a list of lines: what can be changed in a line, and where its source says it comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from crm_desktop.domain.calendar import WEEKDAYS
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.routes import ResolveTo
from crm_desktop.domain.staff import Role
from crm_desktop.gui.widgets.fields import Option
from crm_desktop.services.rules import RuleName

Table = dict[str, Any]
_NUMBERS = re.compile(r"\d+")
_RESOLVE_TO: tuple[Option, ...] = ((ResolveTo.RESOLVED.value, "记录解决"), (ResolveTo.CLOSED.value, "关闭投诉工单"))
_WORDS = ("vague", "vague_cause", "blame", "not_people")
"""The word lists that say what is empty; the others say what is concrete and are not for the desk to change."""


@dataclass(frozen=True, slots=True)
class RuleField:
    """One value of a line. ``fixed`` ones name the line; ``options`` are the words to choose from."""

    name: str
    label: str
    width: float = 12
    fixed: bool = False
    options: tuple[Option, ...] = ()
    long: bool = False


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One line: ``key`` is its place in the document, ``values`` what its fields show."""

    key: str
    values: Mapping[str, str]
    source: str = ""


@dataclass(frozen=True, slots=True)
class RuleSheet:
    """How a document is read as lines, and how a changed line is put back; ``put`` raises InvalidInput."""

    name: RuleName
    title: str
    fields: tuple[RuleField, ...]
    lines: Callable[[Table], list[RuleLine]]
    put: Callable[[Table, str, Mapping[str, str]], None]

    def changed(self, table: Table, key: str, values: Mapping[str, str]) -> Table:
        """The whole document with another line."""
        copy = deepcopy(table)
        self.put(copy, key, values)
        return copy


def _sources(told: Mapping[str, str], fields: Sequence[RuleField]) -> str:
    labels = {field.name: field.label for field in fields}
    return "\n".join(f"{labels.get(name, name)}：{source}" for name, source in told.items())


_ROUTE_FIELDS = (
    RuleField("channel", "接收渠道", 9, fixed=True),
    RuleField("severity", "级别", 6, fixed=True),
    RuleField("filled_by", "填单人", 12),
    RuleField("hand_over", "移交", 10),
    RuleField("respond", "响应", 10),
    RuleField("resolve", "解决", 10),
    RuleField("resolve_to", "解决时限算到", 13, options=_RESOLVE_TO),
)


def _route_lines(table: Table) -> list[RuleLine]:
    return [
        RuleLine(
            str(place),
            {field.name: str(rule.get(field.name) or "") for field in _ROUTE_FIELDS},
            _sources(rule.get("sources", {}), _ROUTE_FIELDS),
        )
        for place, rule in enumerate(table["rules"])
    ]


def _put_route(table: Table, key: str, values: Mapping[str, str]) -> None:
    table["rules"][int(key)].update(values)


_NAMED = (RuleField("label", "规则", 22, fixed=True), RuleField("value", "现在是", 40))
_SHARED = {"file": "存档时限（从关闭算起）", "soon_share": "用去多少算快到期"}


def _shared_lines(table: Table) -> list[RuleLine]:
    values = {"file": str(table["file"]), "soon_share": f"{table['soon_share']:.0%}"}
    told = table.get("sources", {})
    return [RuleLine(key, {"label": label, "value": values[key]}, told.get(key, "")) for key, label in _SHARED.items()]


def _put_shared(table: Table, key: str, values: Mapping[str, str]) -> None:
    table[key] = _share(values["value"]) if key == "soon_share" else values["value"]


_STEP_FIELDS = (
    RuleField("share", "时限用去", 12),
    RuleField("role", "报给谁", 16, options=tuple(Role)),
)


def _step_lines(table: Table) -> list[RuleLine]:
    return [
        RuleLine(str(place), {"share": f"{step['share']:.0%}", "role": step["role"]}, step.get("source", ""))
        for place, step in enumerate(table["steps"])
    ]


def _put_step(table: Table, key: str, values: Mapping[str, str]) -> None:
    table["steps"][int(key)].update(share=_share(values["share"]), role=values["role"])


_DAY_LISTS = {"closed": "休息日", "made_up": "补班日"}
_CALENDAR_FIELDS = (
    RuleField("label", "哪一天", 20, fixed=True),
    RuleField("value", "营业时间或日期", 60, long=True),
)


def _calendar_lines(table: Table) -> list[RuleLine]:
    told = table.get("sources", {})
    week = [
        RuleLine(day, {"label": day, "value": table["week"].get(day, "") or "休息"}, told.get("week", ""))
        for day in WEEKDAYS
    ]
    hours = RuleLine("made_up_hours", {"label": "补班日的营业时间", "value": table.get("made_up_hours", "")})
    days = [
        RuleLine(key, {"label": label, "value": "、".join(table.get(key, ()))}, told.get(key, ""))
        for key, label in _DAY_LISTS.items()
    ]
    return [*week, hours, *days]


def _put_calendar(table: Table, key: str, values: Mapping[str, str]) -> None:
    text = values["value"].strip()
    if key in WEEKDAYS:
        table["week"][key] = "" if text in ("休息", "") else text
    elif key in _DAY_LISTS:
        table[key] = [day for day in re.split(r"[、，,\s]+", text) if day]
    else:
        table[key] = text


_TICK_FIELDS = (RuleField("label", "有这一条就建议定为重大", 60),)


def _tick_lines(table: Table) -> list[RuleLine]:
    limit = RuleLine("", {"label": f"赔偿超过 {table['claim_limit']} 元算大额"}, table.get("claim_limit_source", ""))
    ticks = [
        RuleLine(str(place), {"label": tick["label"]}, tick.get("source", ""))
        for place, tick in enumerate(table["ticks"])
    ]
    return [limit, *ticks]


def _put_tick(table: Table, key: str, values: Mapping[str, str]) -> None:
    if key:
        table["ticks"][int(key)]["label"] = values["label"]
        return
    found = _NUMBERS.search(values["label"].replace(",", ""))
    if not found:
        raise InvalidInput({"label": "请写金额，如：赔偿超过 5000 元算大额。"})
    table["claim_limit"] = int(found[0])


_WORD_FIELDS = (
    RuleField("label", "词表", 22, fixed=True),
    RuleField("words", "词（用空格隔开）", 60, long=True),
)


def _word_lines(table: Table) -> list[RuleLine]:
    lists = table["lists"]
    return [
        RuleLine(key, {"label": lists[key]["title"], "words": " ".join(lists[key].get("words", ()))},
                 lists[key].get("source", ""))
        for key in _WORDS if key in lists
    ]  # fmt: skip


def _put_words(table: Table, key: str, values: Mapping[str, str]) -> None:
    table["lists"][key]["words"] = [" ".join(values["words"].split())]


def _call_lines(table: Table) -> list[RuleLine]:
    days = "、".join(str(day) for day in table["after_rework_days"])
    told = table.get("sources", {}).get("after_rework_days", "")
    return [RuleLine("after_rework_days", {"label": "修竣后第几天回访", "value": days}, told)]


def _put_calls(table: Table, key: str, values: Mapping[str, str]) -> None:
    table[key] = [int(day) for day in _NUMBERS.findall(values["value"])]


def _share(text: str) -> float:
    found = _NUMBERS.search(text)
    if not found:
        raise InvalidInput(f"“{text}”看不懂，请写成百分比，如 80%。")
    return int(found[0]) / 100


SHEETS = (
    RuleSheet(RuleName.ROUTES, "时限", _ROUTE_FIELDS, _route_lines, _put_route),
    RuleSheet(RuleName.ROUTES, "存档和提醒", _NAMED, _shared_lines, _put_shared),
    RuleSheet(RuleName.ESCALATION, "上报", _STEP_FIELDS, _step_lines, _put_step),
    RuleSheet(RuleName.CALENDAR, "营业日历", _CALENDAR_FIELDS, _calendar_lines, _put_calendar),
    RuleSheet(RuleName.SEVERITY, "重大判据", _TICK_FIELDS, _tick_lines, _put_tick),
    RuleSheet(RuleName.WORDING, "空话词表", _WORD_FIELDS, _word_lines, _put_words),
    RuleSheet(RuleName.FOLLOW_UPS, "返修后回访", _NAMED, _call_lines, _put_calls),
)
