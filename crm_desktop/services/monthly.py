"""月度抱怨/投诉分析: the month's numbers as they stand now, and the editions that were frozen (requirement A33)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from crm_desktop.clock import day_bounds, local_day, to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.classification import AXIS_LABELS, Axis
from crm_desktop.domain.complaints import OPEN_STATES
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.measures import Conclusion, EvaluationRow, MeasureRow, MeasureState
from crm_desktop.domain.monthly import (
    Counted,
    Figure,
    MeasureLine,
    Monthly,
    OpenLine,
    PassedLine,
    Past,
    month_before,
    month_of,
)
from crm_desktop.domain.monthly_behind import figure_ids
from crm_desktop.domain.monthly_changes import numbers
from crm_desktop.domain.monthly_report import report_blocks
from crm_desktop.domain.proofs import Counted as InWindow
from crm_desktop.domain.report_sheet import blocks_table
from crm_desktop.domain.rights import Right, require
from crm_desktop.models.moments import moment, stamp
from crm_desktop.models.records import MonthlyRecord
from crm_desktop.services import monthly_figures as figures
from crm_desktop.services import monthly_spread as spread
from crm_desktop.services.clocks import Clocks
from crm_desktop.services.desk import Desk
from crm_desktop.services.measure_lists import MeasureLists
from crm_desktop.services.monthly_answers import answers
from crm_desktop.services.monthly_cases import typical
from crm_desktop.services.monthly_costs import costs
from crm_desktop.services.monthly_editions import Edition, MonthlyEditions
from crm_desktop.services.monthly_facts import Facts, MonthlyFacts
from crm_desktop.services.monthly_trend import MonthlyTrend
from crm_desktop.services.rules import Rules
from crm_desktop.services.staff import StaffRoom

_OPEN = f"""
    SELECT q.number, q.state, q.received_at, q.responsible FROM complaints q
    WHERE q.origin = 'desk' AND q.state IN ({", ".join(f"'{state}'" for state in OPEN_STATES)})
    ORDER BY q.received_at, q.id
"""
_WAITING = (MeasureState.RUNNING, MeasureState.LATE, MeasureState.TO_EVALUATE)
FIVE_TITLE = AXIS_LABELS[Axis.DIMENSION]
_PARTS = 5
"""The month, the two it is compared with, the trend, and what is still open."""

Told = Callable[[int, int], None]
"""Hears how many of how many parts are counted; what it raises (a cancel) ends the work."""


def _unheard(_done: int, _total: int) -> None:
    """Nobody waits for it."""


class MonthlyReports:
    """Figures now, and what was frozen; a frozen edition is never changed, a later one stands beside it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._facts = MonthlyFacts(desk)
        self._trend = MonthlyTrend(desk)
        self._editions = MonthlyEditions(desk)
        self._clocks = Clocks(desk)
        self._measures = MeasureLists(desk)
        self._rules = Rules(desk)

    def of(self, period: str, at: datetime | None = None, progress: Told = _unheard) -> Monthly:
        """The figures of a month written 2026-11, as of ``at`` (UTC, now if not told).

        :raises InvalidInput: no such month, or one that has not begun.
        """
        first, last = month_of(period)
        now = at or self._desk.now()
        if first > local_day(now):
            raise InvalidInput(f"{first:%Y-%m} 还没有到，没有月度分析可看，请选本月或以前的月份。")
        local, facts = to_local(now), self._facts.of(first, last, now)
        progress(1, _PARTS)
        past = self._past(first, now, progress)
        trend = self._trend.of(first)
        progress(4, _PARTS)
        measures, passed = self._measures.rows(), self._passed_measures(first, last)
        named, chosen = f"{first:%Y-%m}", self._editions.chosen(f"{first:%Y-%m}")
        month = Monthly(
            period=named,
            as_of=local,
            breakdowns=(*spread.breakdowns(facts.cases), *spread.classes(facts.cases)),
            failures=figures.failures(facts.calls),
            passed=(*facts.passed, *passed),
            measures=self._measure_figures(measures, first, last, local.date()),
            unfinished=(*self._open_complaints(now), *_open_measures(measures, local.date())),
            past=past,
            trend=trend,
            typical=typical(self._desk, facts.cases, chosen),
            measure_lines=tuple(measure_lines(measures, first, last, local.date())),
            comments=self._editions.comments(named),
            history_head=self._editions.history_head(),
            **self._groups(facts, past),
        )
        progress(_PARTS, _PARTS)
        return month

    def _groups(self, facts: Facts, past: Sequence[Past] = ()) -> dict[str, Any]:
        """Those groups of figures that an earlier month is compared by."""
        rulebook = self._rules.rulebook()
        return {
            "overview": (
                *figures.overview(facts.cases, facts.visits, past, facts.signs),
                figures.filled_by_rule(facts.cases, rulebook, self._roles()),
            ),
            "timeliness": figures.timeliness(facts.cases, rulebook),
            "reworks": figures.reworks(facts.reworks, facts.visits, facts.returns),
            "calls": (
                *figures.calls(facts.calls, facts.visits),
                *answers(facts.calls, self._rules.calls().script),
            ),
            "satisfaction": (*figures.satisfaction(facts.cases), *costs(self._desk, facts.cases)),
        }

    def _past(self, first: date, now: datetime, progress: Told) -> tuple[Past, ...]:
        """上月 and 去年同月 with all their figures, counted by the same rules as of now."""
        begins, found = self._trend.first_month(), []
        for place, (name, months) in enumerate((("上月", 1), ("去年同月", 12)), 2):
            start, end = month_of(f"{month_before(first, months):%Y-%m}")
            known = begins is not None and begins <= start
            facts = self._facts.of(start, end, now) if known else Facts()
            groups = self._groups(facts)
            told = {one.label: one for group in groups for one in groups[group] if group != "timeliness"}
            told |= {step.in_time.label: step.in_time for step in groups["timeliness"]}
            dimension = next((one for one in spread.classes(facts.cases) if one.title == FIVE_TITLE), None)
            found.append(Past(name, f"{start:%Y-%m}", known, told, dimension if known else None))
            progress(place, _PARTS)
        return tuple(found)

    def freeze(self, period: str, act: Act) -> Edition:
        """定稿: keeps the report word for word, with the rows behind every figure, as one more edition of the month.

        :raises NotAllowed: no right to. :raises InvalidInput: no such month, or one that has not begun.
        """
        act = require(act, Right.FREEZE)
        first, _ = month_of(period)
        if first > local_day(act.at):
            raise InvalidInput(f"{first:%Y-%m} 还没有到，不能定稿。")
        month = self.of(period, act.at)
        blocks = blocks_table(report_blocks(month))
        content = {"blocks": blocks, "figures": figure_ids(month), "numbers": numbers(month)}
        with self._desk.writing(act) as ledger:
            edition = len(self.frozen(period)) + 1
            ledger.add(
                MonthlyRecord,
                f"{month.period} 第 {edition} 版",
                period=month.period,
                edition=edition,
                content=json.dumps(content, ensure_ascii=False),
                frozen_at=act.at,
                frozen_by=act.who,
            )
        return self.frozen(period)[0]

    def frozen(self, period: str) -> list[Edition]:
        """The frozen editions of a month, latest first."""
        return self._editions.of(period)

    def _roles(self) -> dict[str, tuple[str, ...]]:
        return {person.name: person.roles for person in StaffRoom(self._desk).people(with_left=True)}

    def _measure_figures(self, rows: list[MeasureRow], first: date, last: date, today: date) -> figures.Group:
        new = {row.id for row in self._measures.rows(first, last)}
        states: dict[int, str] = {row.id: row.state(today) for row in rows}
        judged = [row for row in rows if first <= _evaluated_on(row) <= last]
        return (
            _measures("本月新立措施", [row for row in rows if row.id in new]),
            _measures("本月完成措施", [row for row in rows if row.done_on and first <= row.done_on <= last]),
            _measures("超期未完成", [row for row in rows if states[row.id] == MeasureState.LATE]),
            _measures("待评估", [row for row in rows if states[row.id] == MeasureState.TO_EVALUATE]),
            *(_measures(f"本月评估{word}", [r for r in judged if states[r.id] == word]) for word in Conclusion),
        )

    def _passed_measures(self, first: date, last: date) -> list[PassedLine]:
        start, end = day_bounds(first, last)
        rows = self._desk.rows(
            "SELECT number, '措施', entered_by, override_reason FROM measures"
            " WHERE override_reason <> '' AND entered_at >= ? AND entered_at < ? ORDER BY id",
            (stamp(start), stamp(end)),
        )
        return [PassedLine(*row) for row in rows]

    def _open_complaints(self, at: datetime) -> list[OpenLine]:
        due = {(row.number, row.milestone): row.due for row in self._clocks.open_milestones(at)}
        return [
            OpenLine(number, f"抱怨单 {state}", to_local(moment(received)).date(), due.get((number, "resolve")), who)
            for number, state, received, who in self._desk.rows(_OPEN)
        ]


def measure_lines(rows: Iterable[MeasureRow], first: date, last: date, today: date) -> Iterator[MeasureLine]:
    """措施跟踪: those still running or waiting to be evaluated, and those that began, ended or were evaluated then."""
    for row in rows:
        days = (row.entered_on, row.done_on, _evaluated_on(row))
        waiting = row.state(today) in _WAITING and row.entered_on <= last
        if row.cancelled or not (waiting or any(day and first <= day <= last for day in days)):
            continue
        draft = row.draft
        yield MeasureLine(
            row.number, "、".join(draft.complaints), draft.what, draft.who, draft.due_on or row.entered_on, row.done_on,
            draft.verify, row.state(today), *(_judged(row.evaluation) if row.evaluation else ()),
        )  # fmt: skip


def _judged(made: EvaluationRow) -> tuple[Any, ...]:
    """Before, after, what came again, on which ground, by whom, and what the register counted and when, if it did."""
    told, proof = made.draft, made.proof
    if proof is None:
        return str(told.before), str(told.after), told.recurrences, told.basis, made.evaluator
    again = "、".join(filter(None, (*proof.after.numbers, told.recurrences)))
    basis = "；".join(filter(None, (f"同类：{proof.profile_words}", told.basis)))
    numbers = (tuple(proof.before.numbers), tuple(proof.after.numbers))
    days = tuple(
        f"{side.window.first}/{side.window.last}/{side.last_visit}" if side.visits else ""
        for side in (proof.before, proof.after)
    )
    return _per_hundred(proof.before), _per_hundred(proof.after), again, basis, made.evaluator, numbers, days


def _per_hundred(side: InWindow) -> str:
    """3 件, and how many that is of 100 visits where they are known."""
    count = len(side.numbers)
    return f"{count}" if side.rate is None else f"{count}（每百台 {side.rate:.1f}）"


def _open_measures(rows: list[MeasureRow], today: date) -> list[OpenLine]:
    found = []
    for row in rows:
        state = row.state(today)
        if state in _WAITING:
            due = row.evaluation_due if row.done_on else row.draft.due_on
            found.append(OpenLine(row.number, f"措施 {state}", row.done_on, due, row.draft.who))
    return found


def _measures(label: str, rows: list[MeasureRow]) -> Figure:
    return Figure(label, tuple(row.id for row in rows), Counted.MEASURES)


def _evaluated_on(row: MeasureRow) -> date:
    """The day of the last evaluation; before all months where there is none."""
    return (row.evaluation and row.evaluation.draft.evaluated_on) or date.min
