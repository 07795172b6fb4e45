"""高频预警: what came too often by the dealership's rule and has no measure yet.

rows() -> list[Frequent]        draft(Frequent) -> the one measure over all its complaints
"""

from __future__ import annotations

import json
from datetime import timedelta
from functools import lru_cache

from crm_desktop.domain.frequent import FrequencyRule, Frequent, frequent, longest, read_frequency
from crm_desktop.domain.measures import MeasureDraft
from crm_desktop.services.clock_rules import document
from crm_desktop.services.desk import Desk
from crm_desktop.services.proofs import Proofs

_COVERED = """
    SELECT DISTINCT l.complaint_id FROM measure_complaints l JOIN measures m ON m.id = l.measure_id
    WHERE l.removed = 0 AND m.cancel_reason = ''
"""


class FrequentProblems:
    """Reads only; asked again whenever the page is shown."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._proofs = Proofs(desk)

    def rows(self) -> list[Frequent]:
        """Up to today, most first; a complaint that has a measure asks for no other."""
        rules, today = _rules(document(self._desk, "frequent")), self._desk.today()
        if not rules:
            return []
        covered = {found for (found,) in self._desk.rows(_COVERED)}
        cases = self._proofs.cases(today - timedelta(days=longest(rules) - 1), today)
        return frequent([case for case in cases if case.id not in covered], rules, today)

    def draft(self, problem: Frequent) -> MeasureDraft:
        """A measure over all of them, with the causes that were written down already."""
        marks = ", ".join("?" * problem.count)
        rows = self._desk.rows(
            f"SELECT DISTINCT root_cause FROM complaints WHERE number IN ({marks}) AND root_cause <> '' ORDER BY id",
            problem.numbers,
        )
        return MeasureDraft(cause="\n".join(cause for (cause,) in rows), complaints=problem.numbers)


@lru_cache(maxsize=2)
def _rules(text: str) -> tuple[FrequencyRule, ...]:
    return read_frequency(json.loads(text))
