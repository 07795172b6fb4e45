"""时限规则: who fills the form and how long each step may take, by channel and severity (seed 001 篇1 一 to 四).

The rules are data the dealership can edit; the shipped ones lie in resources/rules/routes.json and name their source.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

from crm_desktop.domain.complaints import Severity
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.identity import half_width
from crm_desktop.paths import resource

ALL = "全部"
"""Written in place of a severity: the rule holds for both."""


class Unit(StrEnum):
    """What a limit is counted in: natural time, opening hours only, or up to closing time."""

    MINUTES = "分钟"
    HOURS = "小时"
    DAYS = "天"
    WORKING_MINUTES = "工作分钟"
    WORKING_HOURS = "工作小时"
    WORKING_DAYS = "工作日"
    CLOSING = "下班前"


class ResolveTo(StrEnum):
    """What stops the clock of 解决: the complaint resolved, or the ticket closed (seed 001 篇1 三.1, 四)."""

    RESOLVED = "resolved"
    CLOSED = "closed"


_SPAN = re.compile(r"([0-9]{1,4})个?(分钟|小时|天|工作分钟|工作小时|工作日)")


@dataclass(frozen=True, slots=True)
class Span:
    """How long a step may take: 天 are 24 natural hours, 工作日 end at closing time (gap G2).

    ``amount`` is 0 for 下班前.
    """

    amount: int
    unit: Unit

    def __str__(self) -> str:
        return self.unit if self.unit is Unit.CLOSING else f"{self.amount}{self.unit}"

    @classmethod
    def read(cls, text: str) -> Span:
        """A span as people write it: 30分钟, 3 个小时, 3天, 3个工作日, 下班前.

        :raises InvalidInput: for anything else, and for nothing at all of something (0天).
        """
        said = half_width(text).replace(" ", "")
        if said == Unit.CLOSING:
            return cls(0, Unit.CLOSING)
        found = _SPAN.fullmatch(said)
        if found is None or int(found[1]) == 0:
            raise InvalidInput(f"时限“{text}”看不懂，请写成 30分钟、3小时、3天、3工作日 或 下班前。")
        return cls(int(found[1]), Unit(found[2]))


@dataclass(frozen=True, slots=True)
class Rule:
    """One route. ``severity`` may be ``ALL``; a step that is None is not asked for; ``sources`` by field name."""

    channel: str
    severity: str
    filled_by: str
    hand_over: Span | None
    respond: Span | None
    resolve: Span | None
    resolve_to: ResolveTo = ResolveTo.RESOLVED
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All rules, with what holds for every route: 存档 counted from the closing, and when a clock is soon due.

    ``out_of_use`` are channels no new complaint comes by (``domain/channels.py``); old ones keep their clocks.

    :raises InvalidInput: when two rules speak of the same route, or a share is no share.
    """

    rules: tuple[Rule, ...]
    file: Span
    soon_share: float
    sources: Mapping[str, str] = field(default_factory=dict)
    out_of_use: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        seen = set()
        for rule in self.rules:
            if (rule.channel, rule.severity) in seen:
                raise InvalidInput(f"{rule.channel}·{rule.severity} 有两条时限规则，请去掉一条。")
            seen.add((rule.channel, rule.severity))
        if not 0 < self.soon_share < 1:
            raise InvalidInput("快到期的提醒请填 1% 到 99% 之间的比例，如 80%。")

    @property
    def channels(self) -> tuple[str, ...]:
        """Every channel a rule speaks of, in the order of the rules."""
        return tuple(dict.fromkeys(rule.channel for rule in self.rules))

    @property
    def offered(self) -> tuple[str, ...]:
        """The channels a new complaint may come by."""
        return tuple(channel for channel in self.channels if channel not in self.out_of_use)

    def rule(self, channel: str, severity: str) -> Rule:
        """The rule of a route; one for this very severity goes before one for all.

        :raises InvalidInput: for a channel or a severity without a rule.
        """
        if severity not in tuple(Severity):
            raise InvalidInput(f"没有“{severity}”这个级别，请用：{'、'.join(Severity)}。")
        for wanted in (severity, ALL):
            for rule in self.rules:
                if (rule.channel, rule.severity) == (channel, wanted):
                    return rule
        if channel in self.channels:
            raise InvalidInput(f"接收渠道“{channel}”没有级别“{severity}”的时限规则，请在“设置 → 规则 → 时限”里补上。")
        raise InvalidInput(f"没有“{channel}”这个接收渠道的时限规则，请用：{'、'.join(self.channels)}。")


def check_some_time(rulebook: Rulebook) -> None:
    """Asked where rules are changed, not where they are read: what a home keeps already goes on being read.

    :raises InvalidInput: for a rule that gives no step any time; a complaint of its route would never be late.
    """
    for rule in rulebook.rules:
        if not (rule.hand_over or rule.respond or rule.resolve):
            route = f"{rule.channel}·{rule.severity}"
            raise InvalidInput({"resolve": f"{route}的移交、响应、解决时限都空着，请至少填一步，否则永远不会超期。"})


@lru_cache(maxsize=1)
def shipped_rulebook() -> Rulebook:
    """The rules of a new home (resources/rules/routes.json)."""
    return read_rulebook(json.loads(resource("rules", "routes.json").read_text(encoding="utf-8")))


def read_rulebook(table: Mapping[str, Any]) -> Rulebook:
    """The rules as they are stored; the form is that of resources/rules/routes.json.

    :raises InvalidInput: for what cannot be read; the sentence names the rule.
    """
    rules = tuple(_read_rule(row, number) for number, row in enumerate(table.get("rules", ()), start=1))
    file, share = table.get("file", ""), table.get("soon_share", 0)
    if not isinstance(share, int | float):
        raise InvalidInput("快到期的提醒请填 1% 到 99% 之间的比例，如 80%。")
    resting = tuple(table.get("out_of_use", ()))
    return Rulebook(rules, Span.read(file), float(share), table.get("sources", {}), resting)


def rulebook_table(rulebook: Rulebook) -> dict[str, Any]:
    """The rules as ``read_rulebook`` reads them."""
    rules = [
        {
            "channel": rule.channel,
            "severity": rule.severity,
            "filled_by": rule.filled_by,
            "hand_over": str(rule.hand_over or ""),
            "respond": str(rule.respond or ""),
            "resolve": str(rule.resolve or ""),
            "resolve_to": str(rule.resolve_to),
            "sources": dict(rule.sources),
        }
        for rule in rulebook.rules
    ]
    shared = {"file": str(rulebook.file), "soon_share": rulebook.soon_share, "sources": dict(rulebook.sources)}
    resting = {"out_of_use": list(rulebook.out_of_use)} if rulebook.out_of_use else {}
    return {"rules": rules, **shared, **resting}


def _read_rule(row: Mapping[str, Any], number: int) -> Rule:
    for name, label in (("channel", "接收渠道"), ("severity", "级别"), ("filled_by", "填单人")):
        if not row.get(name):
            raise InvalidInput(f"第 {number} 条时限规则没有填{label}。")
    if row["severity"] not in (ALL, *Severity):
        raise InvalidInput(
            f"第 {number} 条时限规则的级别“{row['severity']}”不对，请用：{'、'.join((*Severity, ALL))}。"
        )
    resolve_to = row.get("resolve_to", ResolveTo.RESOLVED)
    if resolve_to not in tuple(ResolveTo):
        raise InvalidInput(f"第 {number} 条时限规则没有说清解决时限算到“解决”还是“关闭”。")
    return Rule(
        row["channel"],
        row["severity"],
        row["filled_by"],
        _read_span(row.get("hand_over")),
        _read_span(row.get("respond")),
        _read_span(row.get("resolve")),
        ResolveTo(resolve_to),
        row.get("sources", {}),
    )


def _read_span(text: str | None) -> Span | None:
    return Span.read(text) if text else None
