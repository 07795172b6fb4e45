"""Which of the five records there are for a complaint: five small marks on every case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain.papers import Paper
from crm_desktop.domain.records import RecordMark
from crm_desktop.models.moments import moment
from crm_desktop.services.desk import Desk
from crm_desktop.services.lookups import complaint_id

_QUERY = """
    SELECT q.id, q.number, q.received_at, q.solution <> '',
        (SELECT COUNT(*) FROM solutions s WHERE s.complaint_id = q.id AND s.removed = 0),
        (SELECT MAX(letter) FROM solutions s WHERE s.complaint_id = q.id AND s.removed = 0 AND s.agreed_at IS NOT NULL),
        (SELECT COUNT(*) FROM measure_complaints l JOIN measures m ON m.id = l.measure_id
            WHERE l.complaint_id = q.id AND l.removed = 0 AND m.cancel_reason = ''),
        (SELECT COUNT(*) FROM measure_complaints l JOIN measures m ON m.id = l.measure_id
            WHERE l.complaint_id = q.id AND l.removed = 0 AND m.cancel_reason = ''
            AND EXISTS (SELECT 1 FROM evaluations e WHERE e.measure_id = m.id))
    FROM complaints q WHERE q.id IN ({ids})
"""


class Records:
    """Reads only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def marks_of(self, number: str) -> tuple[RecordMark, ...]:
        """The five marks of one complaint, in the order of the seed; raises NotFound."""
        found = complaint_id(self._desk, number)
        return self.marks_of_many([found])[found]

    def marks_of_many(self, ids: Sequence[int]) -> dict[int, tuple[RecordMark, ...]]:
        """The marks of a page of a list, by the complaints' ids."""
        rows = self._desk.rows(_QUERY.format(ids=", ".join(map(str, ids))))
        editions = dict(self._desk.rows("SELECT period, MAX(edition) FROM monthly_reports GROUP BY period"))
        return {row[0]: _marks(row, editions) for row in rows}


def _marks(row: tuple[Any, ...], editions: dict[str, int]) -> tuple[RecordMark, ...]:
    _, number, received, solved, options, agreed, measures, evaluated = row
    month = f"{local_day(moment(received)):%Y-%m}"
    edition = editions.get(month)
    judged = f"已评 {evaluated}/{measures} 项" if measures else "还没有"
    return (
        RecordMark(Paper.COMPLAINT, True, number),
        RecordMark(Paper.SOLUTION, bool(options or solved), _solution(options, agreed, solved)),
        RecordMark(Paper.MONTHLY, edition is not None, f"{month} 第 {edition} 版" if edition else f"{month} 未定稿"),
        RecordMark(Paper.MEASURES, measures > 0, f"{measures} 项" if measures else "还没有"),
        RecordMark(Paper.EVALUATION, 0 < evaluated == measures, judged),
    )


def _solution(options: int, agreed: str | None, solved: bool) -> str:
    if agreed:
        return f"商定 {agreed}"
    if options:
        return f"{options} 个方案，未商定"
    return "已写解决措施" if solved else "还没有"
