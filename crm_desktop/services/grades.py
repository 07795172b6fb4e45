"""评级: the yearly evaluation of everybody, proposed by figures and confirmed by a person (A56 to A58).

proposals(until=None) -> list[GradeProposal]          whoever came or paid in the period, the best first
confirm(customer_id, grade, act, reason="")           a reason where the grade is not the proposed one
accept(customer_ids, act) -> how many                 the proposals of these, as they are
past(customer_id) -> list[GradeRow]                   period(until) -> (first, last) day
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.customers import NAMELESS
from crm_desktop.domain.errors import InvalidInput, NotFound
from crm_desktop.domain.grading import Grade, GradeProposal, GradeRow, YearFigures, proposed, score
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
            WHERE came_on BETWEEN ?1 AND ?2 AND customer_id IS NOT NULL GROUP BY customer_id),
        paid AS (SELECT customer_id AS who, SUM(paid_on BETWEEN ?1 AND ?2) AS payments,
                SUM(due_on BETWEEN ?1 AND ?2) AS due,
                SUM(due_on BETWEEN ?1 AND ?2 AND paid_on IS NOT NULL AND paid_on <= due_on) AS on_time
            FROM payments WHERE removed = 0 GROUP BY customer_id)
    SELECT c.id, c.name, c.grade, COALESCE(came.visits, 0), COALESCE(came.fen, 0), COALESCE(paid.payments, 0),
        COALESCE(paid.due, 0), COALESCE(paid.on_time, 0)
    FROM customers c LEFT JOIN came ON came.who = c.id LEFT JOIN paid ON paid.who = c.id
    WHERE c.merged_into_id IS NULL AND (came.who IS NOT NULL OR paid.payments > 0 OR paid.due > 0 OR c.grade <> '')
"""
_WHOLE = "SELECT COALESCE(SUM(amount_fen), 0) FROM visits WHERE came_on BETWEEN ? AND ?"
_PAST = """
    SELECT grade, proposed, score, figures, first_on, last_on, reason, who, decided_at FROM grades
    WHERE customer_id = ? ORDER BY id DESC
"""


class Grades:
    """Figures propose, people decide."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def period(self, until: date | None = None) -> tuple[date, date]:
        """The days an evaluation looks at, both included: so many months up to ``until`` or today."""
        last = until or self._desk.today()
        return months_after(last, -Rules(self._desk).grading().months) + timedelta(days=1), last

    def proposals(self, until: date | None = None) -> list[GradeProposal]:
        """Everybody who came or paid in the period, or has a grade; the highest score first."""
        found = [self._proposal(row, whole) for row, whole in self._counted(until)]
        return sorted(found, key=_best)

    def confirm(self, customer_id: int, grade: str, act: Act, reason: str = "") -> None:
        """The grade as a person decides it; the figures of today are kept with it.

        :raises InvalidInput: an unknown grade, or another than proposed without a reason.
        """
        act = require(act, Right.CUSTOMER_BASE)
        why = checked_line(reason, "评级理由")
        if grade not in tuple(Grade):
            raise InvalidInput({"grade": f"等级请从 {'、'.join(Grade)} 中选。"})
        proposal = self._of(customer_id, local_day(act.at))
        if grade != proposal.proposed and not why:
            raise InvalidInput({"reason": f"按数据建议“{proposal.proposed}”，定为“{grade}”请写明理由。"})
        with self._desk.writing(act) as ledger:
            self._keep(ledger, proposal, grade, why)

    def accept(self, customer_ids: Iterable[int], act: Act) -> int:
        """The proposals of these customers as they are, those without one apart. Returns how many were kept."""
        act = require(act, Right.CUSTOMER_BASE)
        wanted = set(customer_ids)
        proposals = [p for p in self.proposals(local_day(act.at)) if p.customer_id in wanted]
        with self._desk.writing(act) as ledger:
            for proposal in proposals:
                self._keep(ledger, proposal, proposal.proposed, "")
        return len(proposals)

    def past(self, customer_id: int) -> list[GradeRow]:
        """Every confirmed grade, the latest first."""
        return [_past(row) for row in self._desk.rows(_PAST, (customer_id,))]

    def _counted(self, until: date | None) -> list[tuple[tuple[Any, ...], int]]:
        days = tuple(day.isoformat() for day in self.period(until))
        whole = int(self._desk.rows(_WHOLE, days)[0][0])
        return [(row, whole) for row in self._desk.rows(_FIGURES, days)]

    def _of(self, customer_id: int, until: date) -> GradeProposal:
        for row, whole in self._counted(until):
            if row[0] == customer_id:
                return self._proposal(row, whole)
        found = self._desk.rows("SELECT name FROM customers WHERE id = ?", (customer_id,))
        if not found:
            raise NotFound("没有这位客户，请刷新后再看。")
        return self._proposal((customer_id, found[0][0], "", 0, 0, 0, 0, 0), 0)

    def _proposal(self, row: tuple[Any, ...], whole: int) -> GradeProposal:
        found, name, grade, visits, fen, payments, due, on_time = row
        figures = YearFigures(
            visits,
            fen / 100,
            payments,
            round(100 * on_time / due, 1) if due else None,
            round(100 * fen / whole, 3) if whole else 0.0,
        )
        rules = Rules(self._desk).grading()
        points = score(figures, rules)
        return GradeProposal(found, name or NAMELESS, figures, points, proposed(points, rules), grade)

    def _keep(self, ledger: Ledger, proposal: GradeProposal, grade: str, why: str) -> None:
        first, last = self.period(local_day(ledger.act.at))
        ledger.change(Customer, proposal.customer_id, {"grade": grade}, reason=why)
        ledger.add(
            GradeRecord, grade, customer=proposal.customer_id, first_on=first, last_on=last, score=proposal.score,
            figures=json.dumps(proposal.figures.shown()), proposed=proposal.proposed, grade=grade, reason=why,
            who=ledger.act.who, decided_at=ledger.act.at,
        )  # fmt: skip


def _best(proposal: GradeProposal) -> tuple[int, int]:
    return -proposal.score, proposal.customer_id


def _past(row: tuple[Any, ...]) -> GradeRow:
    grade, suggested, points, figures, first, last, reason, who, at = row
    days = date.fromisoformat(first), date.fromisoformat(last)
    return GradeRow(grade, suggested, points, YearFigures(**json.loads(figures)), *days, reason, who, moment(at))
