"""The rules of the routes as data: what is shipped, and what is refused."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from crm_desktop.domain.complaints import Channel, Severity
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.routes import (
    ALL,
    ResolveTo,
    Span,
    Unit,
    read_rulebook,
    rulebook_table,
    shipped_rulebook,
)
from crm_desktop.paths import resource

SHIPPED = shipped_rulebook()


@pytest.fixture
def table() -> dict[str, Any]:
    """The shipped rules as a table to spoil."""
    return copy.deepcopy(rulebook_table(SHIPPED))


@pytest.mark.parametrize(
    ("channel", "severity", "filled_by", "hand_over", "respond", "resolve", "resolve_to"),
    [
        ("回访", "重大", "客户关爱员", "10分钟", "30分钟", "3天", "resolved"),
        ("回访", "一般", "客户关爱员", "下班前", "None", "3天", "resolved"),
        ("接待", "重大", "服务顾问", "10分钟", "30分钟", "3天", "resolved"),
        ("接待", "一般", "服务顾问", "下班前", "None", "3天", "resolved"),
        ("400热线", "重大", "服务总监", "None", "3小时", "3天", "closed"),
        ("400热线", "一般", "服务总监", "None", "3小时", "3天", "closed"),
        ("媒体", "重大", "市场经理", "30分钟", "None", "3天", "closed"),
        ("消协", "一般", "市场经理", "30分钟", "None", "3天", "closed"),
        ("行业管理", "重大", "市场经理", "30分钟", "None", "3天", "closed"),
        ("其他", "重大", "服务顾问", "10分钟", "30分钟", "3天", "resolved"),
        ("其他", "一般", "服务顾问", "下班前", "None", "3天", "resolved"),
    ],
)
def test_the_shipped_rules_are_those_of_the_procedure(
    channel: str, severity: str, filled_by: str, hand_over: str, respond: str, resolve: str, resolve_to: str
) -> None:
    rule = SHIPPED.rule(channel, severity)
    assert rule.filled_by == filled_by
    assert [str(span) for span in (rule.hand_over, rule.respond, rule.resolve)] == [hand_over, respond, resolve]
    assert rule.resolve_to == ResolveTo(resolve_to)


def test_every_channel_has_a_rule_for_both_severities() -> None:
    assert SHIPPED.channels == tuple(Channel)
    assert all(SHIPPED.rule(channel, severity) for channel in Channel for severity in Severity)


@pytest.mark.parametrize("rule", SHIPPED.rules, ids=[f"{rule.channel}·{rule.severity}" for rule in SHIPPED.rules])
def test_every_default_names_its_source(rule: Any) -> None:
    assert set(rule.sources) == {"filled_by", "hand_over", "respond", "resolve"}
    assert all("001 篇1" in source or "疑点 G" in source for source in rule.sources.values())


@pytest.mark.parametrize("name", ["routes.json", "calendar.json"])
def test_what_holds_for_all_routes_names_its_source_too(name: str) -> None:
    table = json.loads(resource("rules", name).read_text(encoding="utf-8"))
    assert all(source.startswith(("001 篇1", "自拟")) for source in table["sources"].values())


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("30分钟", 30, Unit.MINUTES),
        (" 3 个小时 ", 3, Unit.HOURS),
        ("３天", 3, Unit.DAYS),
        ("72小时", 72, Unit.HOURS),
        ("3个工作日", 3, Unit.WORKING_DAYS),
        ("90工作分钟", 90, Unit.WORKING_MINUTES),
        ("4工作小时", 4, Unit.WORKING_HOURS),
        ("下班前", 0, Unit.CLOSING),
    ],
)
def test_a_limit_is_read_as_people_write_it(text: str, amount: int, unit: Unit) -> None:
    span = Span.read(text)
    assert (span.amount, span.unit) == (amount, unit)
    assert Span.read(str(span)) == span


@pytest.mark.parametrize("text", ["", "立即", "0天", "-3天", "3", "三天", "1.5小时", "3周", "30分钟内", "99999天"])
def test_a_limit_that_says_no_time_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="看不懂"):
        Span.read(text)


def test_a_rule_for_this_severity_goes_before_one_for_all(table: dict[str, Any]) -> None:
    table["rules"].append({"channel": "媒体", "severity": "重大", "filled_by": "总经理", "hand_over": "5分钟"})
    rulebook = read_rulebook(table)
    assert rulebook.rule("媒体", "重大").filled_by == "总经理"
    assert rulebook.rule("媒体", "一般").filled_by == "市场经理"
    assert rulebook.rule("媒体", "重大").resolve is None


def test_a_new_channel_is_only_a_new_row(table: dict[str, Any]) -> None:
    table["rules"].append({"channel": "微信", "severity": ALL, "filled_by": "客户关爱员", "respond": "1小时"})
    assert str(read_rulebook(table).rule("微信", "一般").respond) == "1小时"


def test_rules_are_stored_and_read_back(table: dict[str, Any]) -> None:
    assert read_rulebook(table) == SHIPPED


def test_a_route_without_a_rule_is_said_with_those_there_are(table: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match=r"微信.*回访、接待、400热线"):
        SHIPPED.rule("微信", "一般")
    with pytest.raises(InvalidInput, match=r"特大.*一般、重大"):
        SHIPPED.rule("接待", "特大")
    table["rules"] = table["rules"][:1]
    with pytest.raises(InvalidInput, match=r"回访.*没有级别“一般”"):
        read_rulebook(table).rule("回访", "一般")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("channel", "", "第 1 条时限规则没有填接收渠道"),
        ("severity", "特大", "第 1 条时限规则的级别“特大”不对"),
        ("filled_by", "", "没有填填单人"),
        ("respond", "很快", "时限“很快”看不懂"),
        ("resolve_to", "filed", "解决.*还是.*关闭"),
        ("severity", "一般", "回访·一般 有两条时限规则"),
    ],
)
def test_a_spoilt_rule_is_refused_by_name(table: dict[str, Any], field: str, value: str, said: str) -> None:
    table["rules"][0][field] = value
    with pytest.raises(InvalidInput, match=said):
        read_rulebook(table)


@pytest.mark.parametrize("share", [0, 1, -0.5, "80%", 80])
def test_a_share_that_is_none_is_refused(table: dict[str, Any], share: object) -> None:
    with pytest.raises(InvalidInput, match="快到期"):
        read_rulebook({**table, "soon_share": share})
