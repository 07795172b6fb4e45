"""When each step is due: a table a person can read (deadlines.csv, worked out by hand), and what always holds."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.domain.deadlines import Extension, Milestone, Milestones, milestones, promise
from crm_desktop.domain.routes import shipped_rulebook
from tests.domain.clock_tables import CALENDARS, RULEBOOKS

TABLE = Path(__file__).with_name("deadlines.csv")
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
RECEIVED = datetime.fromisoformat("2026-11-23T10:00")


def at(text: str) -> datetime | None:
    """A moment of the table; None for an empty cell or 无."""
    return datetime.fromisoformat(text) if text not in ("", "无") else None


def asked(row: dict[str, str]) -> Milestones:
    """The clocks of one row."""
    extended = at(row["extension"])
    received = datetime.fromisoformat(row["received"])
    return milestones(
        RULEBOOKS[row["rules"]],
        CALENDARS[row["calendar"]],
        row["channel"],
        row["severity"],
        received,
        closed_at=at(row["closed"]),
        patience=at(row["patience"]),
        extensions=[Extension(extended)] if extended else [],
    )


@pytest.mark.parametrize("row", ROWS, ids=[f"{n}-{row['note']}" for n, row in enumerate(ROWS, start=2)])
def test_the_table_of_due_times(row: dict[str, str]) -> None:
    due = {clock.milestone.label: clock.due for clock in asked(row).running}
    assert due.get(row["milestone"]) == at(row["due"])


def test_the_table_has_every_route_severity_and_step() -> None:
    routes = {(rule, severity) for rule in shipped_rulebook().channels for severity in ("一般", "重大")}
    told = {(row["channel"], row["severity"]) for row in ROWS}
    assert len(ROWS) >= 150
    assert told == routes
    assert {row["calendar"] for row in ROWS} == set(CALENDARS)
    assert {row["rules"] for row in ROWS} == set(RULEBOOKS)
    assert {row["milestone"] for row in ROWS} == {"移交", "响应", "解决", "存档"}


def why(received: str, step: str = "移交", **told: str) -> str:
    """The sentence of one step of 接待·一般, or of what ``told`` says instead."""
    row = {"calendar": "每天", "rules": "默认", "channel": "接待", "severity": "一般", "received": received}
    row |= {"closed": "", "patience": "", "extension": "", **told}
    return next(clock.why for clock in asked(row).running if clock.milestone.label == step)


SENTENCES = [
    (why("2026-11-23 10:00"), "接待·一般：11月23日 10:00 受理，下班前移交 → 11月23日 17:30"),
    (why("2026-11-23 17:30"), "接待·一般：11月23日 17:30 受理，已到下班时间 17:30 → 11月24日 17:30"),
    (why("2026-11-23 18:05"), "接待·一般：11月23日 18:05 受理，已过下班时间 17:30 → 11月24日 17:30"),
    (
        why("2026-11-27 18:05", calendar="周末休"),
        "接待·一般：11月27日 18:05 受理，已过下班时间 17:30，之后休息 2 天 → 11月30日 17:30",
    ),
    (why("2026-11-29 09:00", calendar="周末休"), "接待·一般：11月29日 09:00 受理，当天休息 → 11月30日 17:30"),
    (
        why("2026-11-28 09:00", calendar="周末休"),
        "接待·一般：11月28日 09:00 受理，当天休息，之后还休息 1 天 → 11月30日 17:30",
    ),
    (
        why("2026-12-31 18:05"),
        "接待·一般：2026年12月31日 18:05 受理，已过下班时间 17:30 → 2027年1月1日 17:30",
    ),
    (
        why("2026-11-23 10:00", "移交", severity="重大"),
        "接待·重大：11月23日 10:00 受理，10分钟内移交 → 11月23日 10:10",
    ),
    (
        why("2026-11-23 10:00", "响应", channel="400热线"),
        "400热线·一般：11月23日 10:00 受理，3小时内响应 → 11月23日 13:00",
    ),
    (
        why("2026-11-23 10:00", "解决", channel="媒体"),
        "媒体·一般：11月23日 10:00 受理，3天（72小时）内关闭投诉工单 → 11月26日 10:00",
    ),
    (
        why("2026-11-23 10:00", "解决", rules="工作日"),
        "接待·一般：11月23日 10:00 受理，3个工作日内解决（当天不算，算到下班） → 11月26日 17:30",
    ),
    (
        why("2026-11-23 16:00", "响应", rules="工作时", channel="400热线"),
        "400热线·一般：11月23日 16:00 受理，3工作小时内响应（只算营业时间） → 11月24日 10:00",
    ),
    (
        why("2026-11-23 10:00", "解决", patience="2026-11-24 12:00"),
        "接待·一般：11月23日 10:00 受理，3天（72小时）内解决 → 11月26日 10:00；客户最多等到 11月24日 12:00，以此为准",
    ),
    (
        why("2026-11-23 10:00", "解决", patience="2026-11-23 09:00"),
        "接待·一般：11月23日 10:00 受理，3天（72小时）内解决 → 11月26日 10:00；客户只等到 11月23日 09:00，受理时已过",
    ),
    (
        why("2026-11-23 10:00", "解决", extension="2026-11-28 17:30"),
        "接待·一般：11月23日 10:00 受理，3天（72小时）内解决 → 11月26日 10:00；已批准延期到 11月28日 17:30",
    ),
    (
        why("2026-11-23 10:00", "存档", closed="2026-11-25 16:00"),
        "接待·一般：11月25日 16:00 关闭，1个工作日内存档（当天不算，算到下班） → 11月26日 17:30",
    ),
]


@pytest.mark.parametrize(("said", "expected"), SENTENCES, ids=[expected for _, expected in SENTENCES])
def test_a_due_time_explains_itself_in_one_sentence(said: str, expected: str) -> None:
    assert said == expected


def test_patience_and_extension_that_change_nothing_are_not_mentioned() -> None:
    said = why("2026-11-23 10:00", "解决", patience="2026-11-30 12:00", extension="2026-11-24 12:00")
    assert said == why("2026-11-23 10:00", "解决")


def test_the_last_granted_extension_counts_and_the_rule_is_still_told() -> None:
    granted = [Extension(RECEIVED + timedelta(days=9)), Extension(RECEIVED + timedelta(days=5))]
    clocks = milestones(shipped_rulebook(), CALENDARS["每天"], "接待", "一般", RECEIVED, extensions=granted)
    assert clocks.resolve is not None
    assert clocks.resolve.due == RECEIVED + timedelta(days=5)
    assert clocks.resolve.rule_due == RECEIVED + timedelta(days=3)


def test_another_step_can_be_extended_too() -> None:
    later = RECEIVED + timedelta(hours=2)
    granted = [Extension(later, Milestone.RESPOND)]
    clocks = milestones(shipped_rulebook(), CALENDARS["每天"], "接待", "重大", RECEIVED, extensions=granted)
    assert clocks.respond is not None
    assert clocks.respond.due == later


def test_a_promise_is_a_clock_of_its_own() -> None:
    called_back = promise("下午4点回电", RECEIVED, RECEIVED.replace(hour=16))
    assert called_back.due == RECEIVED.replace(hour=16)
    assert called_back.why == "11月23日 10:00 答应客户“下午4点回电” → 11月23日 16:00"


MOMENTS = st.datetimes(datetime.fromisoformat("2026-08-01"), datetime.fromisoformat("2028-03-15"))
ROUTES = st.sampled_from(
    [(channel, severity) for channel in shipped_rulebook().channels for severity in ("一般", "重大")]
)
TABLES = st.tuples(st.sampled_from(sorted(RULEBOOKS)), st.sampled_from(sorted(CALENDARS)))


def dues(tables: tuple[str, str], route: tuple[str, str], received: datetime, **more: datetime) -> list[datetime]:
    """What is due, in the order of the steps; ``patience`` may be given."""
    rules, calendar = tables
    clocks = milestones(RULEBOOKS[rules], CALENDARS[calendar], *route, received, closed_at=received, **more)
    return [clock.due for clock in clocks.running]


@settings(deadline=None)
@given(TABLES, ROUTES, MOMENTS, MOMENTS)
def test_nothing_is_due_before_it_was_received(
    tables: tuple[str, str], route: tuple[str, str], received: datetime, patience: datetime
) -> None:
    assert min(dues(tables, route, received)) > received
    assert min(dues(tables, route, received, patience=patience)) >= received


@settings(deadline=None)
@given(TABLES, ROUTES, MOMENTS, st.timedeltas(timedelta(), timedelta(days=9)))
def test_what_was_received_later_is_never_due_earlier(
    tables: tuple[str, str], route: tuple[str, str], received: datetime, later: timedelta
) -> None:
    before, after = dues(tables, route, received), dues(tables, route, received + later)
    assert all(first <= second for first, second in zip(before, after, strict=True))


@settings(deadline=None)
@given(TABLES, ROUTES, MOMENTS, MOMENTS)
def test_patience_never_gives_more_time_than_the_rule(
    tables: tuple[str, str], route: tuple[str, str], received: datetime, patience: datetime
) -> None:
    rule, effective = dues(tables, route, received), dues(tables, route, received, patience=patience)
    assert all(patient <= plain for patient, plain in zip(effective, rule, strict=True))
