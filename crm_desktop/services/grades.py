"""评级: the yearly evaluation of everybody, proposed by figures and confirmed by a person (A56 to A58).

proposals(until=None) -> list[GradeProposal]          whoever came or paid in the period, the best first
proposal(customer_id, until=None) -> GradeProposal    of one customer
confirm(customer_id, grade, act, reason="")           a reason where the grade is not the proposed one
accept(customer_ids, act, seen=None) -> how many      the proposals of these, as they are and were seen
past(customer_id) -> list[GradeRow]                   period(until) -> (first, last) day
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.customers import NAMELESS
from crm_desktop.domain.errors import InvalidInput, NotFound
from crm_desktop.domain.grading import Grade, GradeProposal, GradeRow, GradingRules, YearFigures, proposed, score
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line
from crm_desktop.domain.warranty import months_after
from crm_desktop.models.customers import Customer
from crm_desktop.models.ledger import Ledger
from crm_desktop.models.moments import moment
from crm_desktop.models.profile import GradeRecord
from crm_desktop.services.desk import Desk
from crm_desktop.services.rules import Rules

_FIGURES = """
    WITH came AS (SELECT customer_id AS who, COUNT(*) AS visits, COALESCE(SUM(amount_fen), 0) AS fen FROM visits
            WHERE came_on BETWEEN ?1 AND ?2 AND customer_id IS NOT NULL {of_one} GROUP BY customer_id),
        paid AS (SELECT customer_id AS who, SUM(paid_on BETWEEN ?1 AND ?2) AS payments,
                SUM(due_on BETWEEN ?1 AND ?2) AS due,
                SUM(due_on BETWEEN ?1 AND ?2 AND paid_on IS NOT NULL AND paid_on <= due_on) AS on_time
            FROM payments WHERE removed = 0 {of_one} GROUP BY customer_id)
    SELECT c.id, c.name, c.grade, COALESCE(came.visits, 0), COALESCE(came.fen, 0), COALESCE(paid.payments, 0),
        COALESCE(paid.due, 0), COALESCE(paid.on_time, 0),
        (SELECT proposed FROM grades g WHERE g.customer_id = c.id AND g.last_on >= ?3 ORDER BY g.id DESC LIMIT 1)
    FROM customers c LEFT JOIN came ON came.who = c.id LEFT JOIN paid ON paid.who = c.id
    WHERE {whose}
"""
_EVERYBODY = _FIGURES.format(
    of_one="",
    whose="c.merged_into_id IS NULL AND (came.who IS NOT NULL OR paid.payments > 0 OR paid.due > 0 OR c.grade <> '')",
)
_ONE = _FIGURES.format(of_one="AND customer_id = ?4", whose="c.id = ?4")
_WHOLE = "SELECT COALESCE(SUM(amount_fen), 0) FROM visits WHERE came_on BETWEEN ? AND ?"
_PAST = """
    SELECT grade, proposed, score, figures, first_on, last_on, reason, who, decided_at FROM grades
    WHERE customer_id = ? ORDER BY id DESC
"""


_BLOCK = 500
"""So many are written at a time: whoever else writes meanwhile does not wait for a hundred thousand."""
_TOLD_EVERY = 2000

Told = Callable[[int, int], None]
"""Hears how many of how many are done; what it raises (a cancel) ends the work."""


class Grades:
    """Figures propose, people decide."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def period(self, until: date | None = None) -> tuple[date, date]:
        """The days an evaluation looks at, both included: so many months up to ``until`` or today."""
        last = until or self._desk.today()
        return months_after(last, -Rules(self._desk).grading().months) + timedelta(days=1), last

    def proposals(self, until: date | None = None, progress: Told | None = None) -> list[GradeProposal]:
        """Everybody who came or paid in the period, or has a grade; the highest score first."""
        counted, rules, found = self._counted(_EVERYBODY, until), self._rules(), []
        for place, (row, whole) in enumerate(counted):
            if progress and place % _TOLD_EVERY == 0:
                progress(place, len(counted))
            found.append(_proposal(row, whole, rules))
        return sorted(found, key=_best)

    def proposal(self, customer_id: int, until: date | None = None) -> GradeProposal:
        """One customer's, whether he came or not; raises NotFound."""
        for row, whole in self._counted(_ONE, until, customer_id):
            return _proposal(row, whole, self._rules())
        raise NotFound("没有这位客户，请刷新后再看。")

    def confirm(self, customer_id: int, grade: str, act: Act, reason: str = "") -> None:
        """The grade as a person decides it; the figures of today are kept with it.

        :raises InvalidInput: an unknown grade, or another than proposed without a reason.
        """
        act = require(act, Right.CUSTOMER_BASE)
        why = checked_line(reason, "评级理由")
        if grade not in tuple(Grade):
            raise InvalidInput({"grade": f"等级请从 {'、'.join(Grade)} 中选。"})
        proposal = self.proposal(customer_id, local_day(act.at))
        if grade != proposal.proposed and not why:
            raise InvalidInput({"reason": f"按数据建议“{proposal.proposed}”，定为“{grade}”请写明理由。"})
        with self._desk.writing(act) as ledger:
            self._keep(ledger, [proposal], self.period(local_day(act.at)), grade, why)

    def accept(
        self,
        customer_ids: Iterable[int],
        act: Act,
        seen: Mapping[int, str] | None = None,
        progress: Told | None = None,
    ) -> int:
        """The proposals of these customers as they are, those without one apart. Returns how many were kept.

        ``seen`` are the grades somebody looked at: a proposal that has become another one meanwhile is left alone.
        Many are written block by block; ``progress`` hears of each.
        """
        act = require(act, Right.CUSTOMER_BASE)
        wanted, today = set(customer_ids), local_day(act.at)
        if len(wanted) == 1:
            one = self.proposal(wanted.pop(), today)
            proposals = [one] if one.grade or one.figures != YearFigures() else []
        else:
            proposals = [p for p in self.proposals(today) if p.customer_id in wanted]
        meant = [p for p in proposals if seen is None or seen.get(p.customer_id) == p.proposed]
        days = self.period(today)
        for place in range(0, len(meant), _BLOCK):
            with self._desk.writing(act) as ledger:
                self._keep(ledger, meant[place : place + _BLOCK], days)
            if progress:
                progress(min(place + _BLOCK, len(meant)), len(meant))
        return len(meant)

    def past(self, customer_id: int) -> list[GradeRow]:
        """Every confirmed grade, the latest first."""
        return [_past(row) for row in self._desk.rows(_PAST, (customer_id,))]

    def _rules(self) -> GradingRules:
        return Rules(self._desk).grading()

    def _counted(self, query: str, until: date | None, *one: int) -> list[tuple[tuple[Any, ...], int]]:
        """The rows of figures, each with what all customers spent in the period, in fen."""
        first, last = self.period(until)
        lately = months_after(last, -(self._rules().months // 2))
        days = (first.isoformat(), last.isoformat())
        whole = int(self._desk.rows(_WHOLE, days)[0][0])
        return [(row, whole) for row in self._desk.rows(query, (*days, lately.isoformat(), *one))]

    def _keep(
        self, ledger: Ledger, proposals: list[GradeProposal], days: tuple[date, date], grade: str = "", why: str = ""
    ) -> None:
        """The proposed grades, or this one."""
        for proposal in proposals:
            ledger.change(Customer, proposal.customer_id, {"grade": grade or proposal.proposed}, reason=why)
        rows = [_record(proposal, grade or proposal.proposed, days, why, ledger.act) for proposal in proposals]
        ledger.add_many(GradeRecord, rows, [row["grade"] for row in rows])


def _proposal(row: tuple[Any, ...], whole: int, rules: GradingRules) -> GradeProposal:
    found, name, grade, visits, fen, payments, due, on_time, seen = row
    figures = YearFigures(
        visits,
        fen / 100,
        payments,
        round(100 * on_time / due, 1) if due else None,
        round(100 * fen / whole, 3) if whole else 0.0,
    )
    points = score(figures, rules)
    suggested = proposed(points, rules)
    return GradeProposal(found, name or NAMELESS, figures, points, suggested, grade, seen == suggested)


def _record(proposal: GradeProposal, grade: str, days: tuple[date, date], why: str, act: Act) -> dict[str, Any]:
    return {
        "customer": proposal.customer_id, "first_on": days[0], "last_on": days[1], "score": proposal.score,
        "figures": json.dumps(proposal.figures.shown()), "proposed": proposal.proposed, "grade": grade, "reason": why,
        "who": act.who, "decided_at": act.at,
    }  # fmt: skip


def _best(proposal: GradeProposal) -> tuple[int, int]:
    return -proposal.score, proposal.customer_id


def _past(row: tuple[Any, ...]) -> GradeRow:
    grade, suggested, points, figures, first, last, reason, who, at = row
    days = date.fromisoformat(first), date.fromisoformat(last)
    return GradeRow(grade, suggested, points, YearFigures(**json.loads(figures)), *days, reason, who, moment(at))
