"""Reading measures back: one, a complaint's, a period's, and those that are due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from crm_desktop.clock import day_bounds, local_day, to_local
from crm_desktop.domain.deadlines import Deadline, Milestone
from crm_desktop.domain.due import OpenMilestone, open_milestone
from crm_desktop.domain.errors import NotFound
from crm_desktop.domain.measures import EvaluationDraft, EvaluationRow, MeasureDraft, MeasureRow
from crm_desktop.domain.proofs import read_proof
from crm_desktop.domain.standing import standing
from crm_desktop.models.moments import moment, stamp
from crm_desktop.services.desk import Desk
from crm_desktop.services.lookups import complaint_id
from crm_desktop.services.rules import Rules

_QUERY = """
    SELECT m.id, m.ver, m.number, m.kind, m.cause, m.what, m.who, m.due_on, m.amount, m.verify, m.replaces_id,
        m.evidence, m.done_on, m.done_by, m.override_reason, m.cancel_reason, m.entered_at,
        e.id, e.ver, e.before, e.after, e.conclusion, e.basis, e.recurrences, e.window_days, e.evaluated_on,
        e.evaluator, m.on_behalf_of, m.confirmed_at IS NOT NULL, m.watch_days, COALESCE(e.proof, '')
    FROM measures m LEFT JOIN evaluations e ON e.id = (SELECT MAX(id) FROM evaluations WHERE measure_id = m.id)
"""
_LINKS = """
    SELECT l.measure_id, q.number FROM measure_complaints l JOIN complaints q ON q.id = l.complaint_id
    WHERE l.removed = 0 ORDER BY l.id
"""
_RUNNING = "m.done_on IS NULL AND m.cancel_reason = ''"
_TO_EVALUATE = "m.done_on IS NOT NULL AND m.cancel_reason = '' AND e.id IS NULL"


class MeasureLists:
    """Measures with their last evaluation; reads only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rules = Rules(desk)

    def get(self, measure_id: int) -> MeasureRow:
        """One measure; raises NotFound."""
        found = self._rows("m.id = ?", (measure_id,))
        if not found:
            raise NotFound("没有这项措施，请刷新后再看。")
        return found[0]

    def of_complaint(self, number: str) -> list[MeasureRow]:
        """The measures that came from one complaint, first one first; raises NotFound."""
        found = complaint_id(self._desk, number)
        of_it = "SELECT measure_id FROM measure_complaints WHERE complaint_id = ? AND removed = 0"
        return self._rows(f"m.id IN ({of_it})", (found,))

    def rows(self, first: date | None = None, last: date | None = None) -> list[MeasureRow]:
        """Measures registered on the local days ``first`` to ``last`` (both included, open where None)."""
        start, end = day_bounds(first or date(1990, 1, 1), last or date(9999, 12, 30))
        return self._rows("m.entered_at >= ? AND m.entered_at < ?", (stamp(start), stamp(end)))

    def open(self) -> list[MeasureRow]:
        """Not done yet, or done and waiting for its evaluation; what is due first comes first."""
        rows = self._rows(f"({_RUNNING}) OR ({_TO_EVALUATE})")
        return sorted(rows, key=_due_first)

    def open_milestones(self, at: datetime) -> list[OpenMilestone]:
        """Running measures and waiting evaluations as lines of ``due``; ``at`` is UTC.

        Each has until closing time of its day; its clock began when it was decided, or done. ``number`` is the first
        complaint's, or the measure's own where it came from none.
        """
        now, calendar, share = to_local(at), self._rules.calendar(), self._rules.rulebook().soon_share
        found = []
        for row in self.open():
            day, began = (row.evaluation_due, row.done_on) if row.done_on else (row.draft.due_on, row.entered_on)
            if day is None or began is None:
                continue
            due, start = calendar.before_closing(datetime.combine(day, time())), datetime.combine(began, time())
            why = f"{row.number} {'完成后满评估窗口' if row.done_on else '计划完成'}：{due:%Y-%m-%d} 下班前"
            one = standing(Deadline(Milestone.PROMISE, start, due, due, why), max(now, start), share)
            number = row.draft.complaints[0] if row.draft.complaints else row.number
            found.append(replace(open_milestone(number, one, ""), milestone="evaluation" if row.done_on else "measure"))
        return found

    def _rows(self, where: str, parameters: tuple[Any, ...] = ()) -> list[MeasureRow]:
        rows = self._desk.rows(f"{_QUERY} WHERE {where} ORDER BY m.id", parameters)
        links = self._numbers() if rows else {}
        return [_row(row, tuple(links.get(row[0], ()))) for row in rows]

    def _numbers(self) -> dict[int, list[str]]:
        numbers: dict[int, list[str]] = {}
        for measure, number in self._desk.rows(_LINKS):
            numbers.setdefault(measure, []).append(number)
        return numbers


def _due_first(row: MeasureRow) -> tuple[date, int]:
    return (row.evaluation_due if row.done_on else row.draft.due_on) or date.max, row.id


def _row(row: tuple[Any, ...], numbers: tuple[str, ...]) -> MeasureRow:
    kind, cause, what, who, due_on, amount, verify, replaces = row[3:11]
    draft = MeasureDraft(kind, cause, what, who, date.fromisoformat(due_on), amount, verify, numbers, replaces, row[29])
    return MeasureRow(
        id=row[0],
        ver=row[1],
        number=row[2],
        draft=draft,
        evidence=row[11],
        done_on=date.fromisoformat(row[12]) if row[12] else None,
        done_by=row[13],
        override_reason=row[14],
        cancelled=bool(row[15]),
        entered_on=local_day(moment(row[16])),
        evaluation=_evaluation(row[17:27], row[30]) if row[17] else None,
        on_behalf_of=row[27],
        confirmed=bool(row[28]),
    )


def _evaluation(row: tuple[Any, ...], counted: str) -> EvaluationRow:
    found, ver, before, after, conclusion, basis, recurrences, window_days, day, evaluator = row
    made = EvaluationDraft(before, after, conclusion, basis, recurrences, window_days, date.fromisoformat(day))
    return EvaluationRow(found, ver, made, evaluator, read_proof(counted))
