"""相似案例: what was done about complaints like this one, what it cost, whether the customer was satisfied, came back.

The pieces of two characters that few complaints have are asked of the search index (``models/search.py``); what shares
the most of them is read, and what is short, of the same category or of the same system comes first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from math import log, sqrt
from typing import Any

from crm_desktop.domain.complaints import Event, State
from crm_desktop.domain.followups import Outcome
from crm_desktop.domain.search import folded, text_grams
from crm_desktop.models.moments import moment
from crm_desktop.models.search import CANDIDATES, WORDS_MARK, asked_for
from crm_desktop.services.desk import Desk
from crm_desktop.services.lookups import complaint_id

_ASKED, _LATEST, _READ = 24, 2000, 60
"""So many pieces are asked for, of each the latest complaints that have it, and so many of the best are read."""
_GRAM = 2
_LEAST = 0.2
"""What has less than this share of the best one's score is not shown: five lines are no end in themselves."""
_SAME = 1.0
_DAYS_BACK = 30
"""Within so many days the same car with the same category counts as coming back (facts.md 3.5, 一次修复率)."""
_SOLVED = f"('{State.RESOLVED}', '{State.CLOSED}', '{State.FILED}')"
_ROWS = f"""
    SELECT q.id, q.words, q.category, COALESCE(k.system, '')
    FROM complaints q LEFT JOIN classifications k ON k.complaint_id = q.id
    WHERE q.id IN ({{ids}}) AND q.state IN {_SOLVED} AND (q.solution <> '' OR q.correction <> '')
"""
_CASES = f"""
    SELECT q.id, q.number, q.received_at, q.category, q.words, q.correction, q.solution, q.soothing, q.root_cause,
        q.compensation_fen,
        COALESCE((SELECT f.satisfaction FROM follow_ups f WHERE f.complaint_id = q.id AND f.called_at IS NOT NULL
            AND f.outcome = '{Outcome.REACHED}' ORDER BY f.called_at DESC, f.id DESC LIMIT 1), ''),
        EXISTS (SELECT 1 FROM complaint_events e WHERE e.complaint_id = q.id AND e.kind = '{Event.REOPENED}')
        OR EXISTS (SELECT 1 FROM complaints l WHERE l.vehicle_id = q.vehicle_id AND l.category = q.category
            AND l.category <> '' AND l.received_at > q.received_at AND l.state <> '{State.VOID}'
            AND julianday(l.received_at) - julianday(q.received_at) <= {_DAYS_BACK})
    FROM complaints q WHERE q.id IN ({{ids}})
"""


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """A past case; ``received_at`` is UTC, ``satisfaction`` what the customer said last, empty where nobody asked.

    ``cost_fen`` is what the customer was given; ``came_back``: reopened, or the same again within 30 days.
    """

    id: int
    number: str
    received_at: datetime
    category: str
    words: str
    correction: str
    solution: str
    soothing: str
    root_cause: str
    cost_fen: int | None
    satisfaction: str
    came_back: bool


class SimilarCases:
    """Reads only; may run on a worker's thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, number: str, category: str = "", system: str = "", limit: int = 5) -> list[SimilarCase]:
        """The solved complaints most like this one, the most similar first; the complaint itself is none of them.

        ``category`` and ``system`` are what it counts under or is proposed to (``services/proposals.py``).
        """
        found = complaint_id(self._desk, number)
        words = str(self._desk.rows("SELECT words FROM complaints WHERE id = ?", (found,))[0][0])
        return self.like(words, category, system, limit, without=found)

    def like(
        self, words: str, category: str = "", system: str = "", limit: int = 5, without: int = 0
    ) -> list[SimilarCase]:
        """The same for words that are no complaint yet."""
        rarity = self._rarity(words)
        shared = self._sharing(rarity)
        shared.pop(without, None)
        best = sorted(shared, key=shared.__getitem__, reverse=True)[:_READ]
        scored = [
            (_score(rarity, told, (category, system), (its, his)), -found)
            for found, told, its, his in self._desk.rows(_ROWS.format(ids=", ".join(map(str, best))))
        ]
        least = max(scored, default=(0.0, 0))[0] * _LEAST
        return self._cases([-found for score, found in sorted(scored, reverse=True)[:limit] if score >= least])

    def _rarity(self, words: str) -> dict[str, float]:
        """How telling each piece of the words is, those that are asked for: the rarest ones somebody else has too."""
        total = self._desk.rows("SELECT COALESCE(MAX(id), 0) FROM complaints")[0][0] + 1
        told = {}
        for gram in text_grams(folded(words)):
            if len(gram) == _GRAM and gram.isalnum():
                count = len(self._having(gram))
                told[gram] = log(total / count) + 1 if count else 0.0
        kept = sorted(told, key=told.__getitem__, reverse=True)
        return {gram: told[gram] for gram in kept if told[gram]}

    def _having(self, gram: str) -> list[int]:
        query = f"{CANDIDATES} ORDER BY rowid DESC LIMIT {_LATEST}"
        return [found for (found,) in self._desk.rows(query, (asked_for(WORDS_MARK, (gram,)),))]

    def _sharing(self, rarity: dict[str, float]) -> dict[int, float]:
        shared: dict[int, float] = defaultdict(float)
        for gram in list(rarity)[:_ASKED]:
            for found in self._having(gram):
                shared[found] += rarity[gram]
        return shared

    def _cases(self, ids: list[int]) -> list[SimilarCase]:
        rows = self._desk.rows(_CASES.format(ids=", ".join(map(str, ids))))
        found = {row[0]: _case(row) for row in rows}
        return [found[one] for one in ids]


def _score(rarity: dict[str, float], words: str, mine: tuple[str, str], its: tuple[str, str]) -> float:
    grams = {gram for gram in text_grams(folded(words)) if len(gram) == _GRAM}
    shared = sum(rarity[gram] for gram in grams if gram in rarity) / sqrt(len(grams) or 1)
    same = sum(bool(a) and a == b for a, b in zip(mine, its, strict=True))
    return shared * (1 + _SAME * same)


def _case(row: tuple[Any, ...]) -> SimilarCase:
    found, number, received, *between, back = row
    return SimilarCase(*(found, number, moment(received), *between, bool(back)))
