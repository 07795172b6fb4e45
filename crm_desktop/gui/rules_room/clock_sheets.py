"""Whatever makes a clock run: routes, alerts, whom a late one is brought before, and the calendar."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crm_desktop.domain.calendar import WEEKDAYS
from crm_desktop.domain.channels import in_use, with_channel, without_channel
from crm_desktop.domain.complaints import Channel
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.routes import ResolveTo
from crm_desktop.domain.staff import Role
from crm_desktop.gui.rules_room.rule_lines import (
    NAMED,
    RuleField,
    RuleLine,
    RuleSheet,
    Table,
    percent,
    read_share,
    sources,
)
from crm_desktop.gui.widgets.fields import Option
from crm_desktop.services.rules import RuleName

_RESOLVE_TO: tuple[Option, ...] = ((ResolveTo.RESOLVED.value, "记录解决"), (ResolveTo.CLOSED.value, "关闭投诉工单"))
_HOW = "30分钟、3小时、3天、1工作日、下班前；空着就没有这一步"

_ROUTE_FIELDS = (
    RuleField("channel", "接收渠道", 9, fixed=True),
    RuleField("severity", "级别", 6, fixed=True),
    RuleField("filled_by", "填单人", 12, options=tuple(Role)),
    RuleField("hand_over", "移交", 10, hint=_HOW),
    RuleField("respond", "响应", 10, hint=_HOW),
    RuleField("resolve", "解决", 10, hint=_HOW),
    RuleField("resolve_to", "解决时限算到", 13, options=_RESOLVE_TO),
)


def _route_lines(table: Table) -> list[RuleLine]:
    return [
        RuleLine(
            str(place),
            {field.name: str(rule.get(field.name) or "") for field in _ROUTE_FIELDS},
            sources(rule.get("sources", {}), _ROUTE_FIELDS),
        )
        for place, rule in enumerate(table["rules"])
    ]


def _put_route(table: Table, key: str, values: Mapping[str, str]) -> None:
    table["rules"][int(key)].update({name: text.strip() for name, text in values.items()})


_IN_USE, _RESTING = "在用", "停用"
_CHANNEL_FIELDS = (
    RuleField("channel", "接收渠道", 20, fixed=True),
    RuleField("use", "用不用", 12, options=(_IN_USE, _RESTING)),
    RuleField("of", "哪里来的", 40, fixed=True),
)
_NEW_CHANNEL = (
    RuleField("channel", "接收渠道", hint="如：电话、微信、网站、电子邮件、投诉箱、抖音"),
    RuleField("like", "时限照", options=tuple(Channel), hint="不选就照接待；以后在“时限”页改"),
)


def _channel_lines(table: Table) -> list[RuleLine]:
    """One line a channel; the seven of the procedure stay as they are."""
    rules = {rule["channel"]: rule for rule in reversed(table["rules"])}
    lines = []
    for word in dict.fromkeys(rule["channel"] for rule in table["rules"]):
        ours = word not in tuple(Channel)
        use = _RESTING if word in table.get("out_of_use", ()) else _IN_USE
        values = {"channel": word, "use": use, "of": "本店加的" if ours else "制度规定，一直在用"}
        lines.append(RuleLine(word, values, rules[word].get("sources", {}).get("filled_by", ""), not ours))
    return lines


def _put_channel(table: Table, key: str, values: Mapping[str, str]) -> None:
    _become(table, in_use(table, key, used=values["use"] != _RESTING))


def _add_channel(table: Table, values: Mapping[str, str]) -> None:
    _become(table, with_channel(table, values["channel"], values["like"] or Channel.RECEPTION))


def _drop_channel(table: Table, key: str) -> None:
    _become(table, without_channel(table, key))


def _become(table: Table, other: Table) -> None:
    table.clear()
    table.update(other)


_SHARED = {"file": "存档时限（从关闭算起）", "soon_share": "时限用去多少就提醒快到期"}


def _shared_lines(table: Table) -> list[RuleLine]:
    values = {"file": str(table["file"]), "soon_share": percent(table["soon_share"])}
    told = table.get("sources", {})
    return [RuleLine(key, {"label": label, "value": values[key]}, told.get(key, "")) for key, label in _SHARED.items()]


def _put_shared(table: Table, key: str, values: Mapping[str, str]) -> None:
    table[key] = read_share(values["value"], "value") if key == "soon_share" else values["value"]


_STEP_FIELDS = (
    RuleField("share", "时限用去", 14, hint="100% 就是到期的时刻"),
    RuleField("role", "报给谁", 40, options=tuple(Role)),
)


def _step_lines(table: Table) -> list[RuleLine]:
    return [
        RuleLine(str(place), {"share": percent(step["share"]), "role": step["role"]}, step.get("source", ""), False)
        for place, step in enumerate(table["steps"])
    ]


def _put_step(table: Table, key: str, values: Mapping[str, str]) -> None:
    table["steps"][int(key)].update(share=read_share(values["share"], "share"), role=values["role"])


def _add_step(table: Table, values: Mapping[str, str]) -> None:
    table["steps"].append({"share": read_share(values["share"], "share"), "role": values["role"], "source": "本店规定"})


def _drop_step(table: Table, key: str) -> None:
    del table["steps"][int(key)]


_DAY_LISTS = {"closed": "休息日", "made_up": "补班日"}
_HOW_DAYS = "08:30-17:30；不营业写 休息；日期写 2026-10-01，用顿号隔开"
_CALENDAR_FIELDS = (
    RuleField("label", "哪一天", 20, fixed=True),
    RuleField("value", "营业时间或日期", 60, long=True, hint=_HOW_DAYS),
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
        table[key] = [_day(day) for day in re.split(r"[、，,；;\s]+", text) if day]
    else:
        table[key] = text


def _day(text: str) -> str:
    """2026/10/1 and 2026年10月1日 are days, too; anything else is left to the reader's refusal."""
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
    if found is None and re.fullmatch(r"\d{1,2}[-/.月]\d{1,2}日?", text):
        raise InvalidInput({"value": f"日期“{text}”没有写年份，请写成 2026-10-01 这样的式样。"})
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else text


CLOCK_SHEETS = (
    RuleSheet(
        RuleName.ROUTES,
        "时限",
        "每个渠道由谁填单，各步要在多久内做完；都从受理时间算起。",
        _ROUTE_FIELDS,
        _route_lines,
        _put_route,
    ),
    RuleSheet(
        RuleName.ROUTES,
        "接收渠道",
        "制度规定七个渠道，本店可以再加；有过抱怨单的只能停用，停用以后受理时不再出现。",
        _CHANNEL_FIELDS,
        _channel_lines,
        _put_channel,
        _add_channel,
        _drop_channel,
        _NEW_CHANNEL,
    ),
    RuleSheet(
        RuleName.ROUTES,
        "存档和提醒",
        "关闭以后多久要存档；时限用去多少就开始提醒。",
        NAMED,
        _shared_lines,
        _put_shared,
    ),
    RuleSheet(
        RuleName.ESCALATION,
        "上报",
        "时限用到哪里报给谁；从上到下一级一级报。",
        _STEP_FIELDS,
        _step_lines,
        _put_step,
        _add_step,
        _drop_step,
    ),
    RuleSheet(
        RuleName.CALENDAR,
        "营业日历",
        "“下班前”和“工作日”按这里算；节假日照常营业就不用填休息日。",
        _CALENDAR_FIELDS,
        _calendar_lines,
        _put_calendar,
    ),
)
