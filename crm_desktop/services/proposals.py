"""What a complaint may be classified as, proposed from its words: learnt from the dealership's own cases, offline.

Before ``learn`` has run, and where the dealership has no cases yet, the shipped seed words alone speak. Learning reads
the latest cases only and takes seconds, so the window does it in a job (gui/jobs.py); what was learnt stays in memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from crm_desktop.domain.classification import OWN_AXES, Axis, known_tokens
from crm_desktop.domain.complaints import State
from crm_desktop.domain.learning import Case, Guess, Learner, Recogniser
from crm_desktop.domain.pieces import Vocabulary, pieces
from crm_desktop.services.desk import Desk
from crm_desktop.services.lookups import complaint_id
from crm_desktop.services.rules import Rules

LATEST = 800
"""So many cases are learnt from: what the house complains of changes, and so does its language."""
_OFFERED = 3
_NEWS = 25
"""So many more confirmed cases, and it is worth learning again."""
_AXES = (Axis.CATEGORY, *OWN_AXES)

_TOLD = "q.words || ' ' || q.demand || ' ' || q.root_cause, q.channel, q.severity, q.line"
_CASES = f"""
    SELECT {_TOLD}, q.category, {", ".join(f"k.{axis}" for axis in OWN_AXES)}
    FROM complaints q LEFT JOIN classifications k ON k.complaint_id = q.id
    WHERE q.state IN ('{State.RESOLVED}', '{State.CLOSED}', '{State.FILED}') AND (q.category <> '' OR k.id IS NOT NULL)
    ORDER BY q.received_at DESC, q.id DESC LIMIT ?
"""


class _Text(NamedTuple):
    """The words of a complaint and what is known of it besides."""

    words: str
    tokens: tuple[str, ...]

    @property
    def pieces(self) -> Counter[str]:
        return pieces(self.words) + Counter(self.tokens)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The likeliest word of every list that has one; ``confidence``: the share of them that will be right, in percent,
    0 where that could not be measured yet."""

    words: Mapping[Axis, str]
    confidence: int


class Proposals:
    """Reads only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rules = Rules(desk)
        self._model: _Model | None = None
        self._known = 0

    def learn(self, breathe: Callable[[], None] | None = None) -> bool:
        """Learns from the latest cases; gives whether there was enough new to do so. May run on a worker's thread.

        ``breathe``: as in ``Learner.fit``.
        """
        confirmed = self._confirmed()
        if self._model is not None and confirmed - self._known < _NEWS:
            return False
        rows = self._desk.rows(_CASES, (LATEST,))
        model = _Model(self._seeds())
        told = [(_Text(row[0], known_tokens(*row[1:4])), dict(zip(_AXES, row[4:], strict=True))) for row in rows]
        model.learn(told, breathe)
        self._model, self._known = model, confirmed
        return True

    def of(self, number: str) -> Proposal:
        """What this complaint may be classified as; the 类别 somebody chose already stands.

        :raises NotFound: no such complaint.
        """
        found = complaint_id(self._desk, number)
        told = f"SELECT {_TOLD}, q.category FROM complaints q WHERE q.id = ?"
        words, *known, category = self._desk.rows(told, (found,))[0]
        guesses = self._current().guesses(_Text(words, known_tokens(*known)))
        if category:
            guesses.pop(Axis.CATEGORY, None)
        sure = [ranked[0].confidence for ranked in guesses.values()]
        proposed = {axis: ranked[0].word for axis, ranked in guesses.items()}
        likely = sum(sure) // len(sure) if sure and all(sure) else 0
        return Proposal({**proposed, **({Axis.CATEGORY: category} if category else {})}, likely)

    def categories(self, words: str) -> list[Guess]:
        """The first three categories for what a customer says, the likeliest first, if anything speaks for any."""
        told = self._current().guesses(_Text(words, ()), (Axis.CATEGORY,))
        return told.get(Axis.CATEGORY, [])[:_OFFERED]

    def likeliest(self, words: str) -> dict[Axis, str]:
        """The likeliest word of every list for words that are no complaint yet."""
        return {axis: told[0].word for axis, told in self._current().guesses(_Text(words, ())).items()}

    def _current(self) -> _Model:
        return self._model or _Model(self._seeds())

    def _seeds(self) -> dict[Axis, dict[str, tuple[str, ...]]]:
        return {axis: {word.word: word.seeds for word in words} for axis, words in self._rules.classes().items()}

    def _confirmed(self) -> int:
        return int(self._desk.rows("SELECT COALESCE(MAX(id), 0) FROM classifications")[0][0])


class _Model:
    """A learner for each list, over one vocabulary."""

    def __init__(self, seeds: Mapping[Axis, Mapping[str, tuple[str, ...]]]) -> None:
        self._recognisers = {axis: Recogniser(told) for axis, told in seeds.items()}
        self._know(Vocabulary(()))

    def _know(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._learners = {axis: Learner(one.labels, len(vocabulary)) for axis, one in self._recognisers.items()}

    def learn(
        self, cases: Sequence[tuple[_Text, Mapping[Axis, str | None]]], breathe: Callable[[], None] | None
    ) -> None:
        told = [text.pieces for text, _ in cases]
        self._know(Vocabulary(told))
        vectors = [self._vocabulary.vector(counted) for counted in told]
        for axis, learner in self._learners.items():
            recogniser = self._recognisers[axis]
            learner.fit(
                [
                    Case(vector, recogniser.hits(text.words, text.tokens), frozenset([word]))
                    for vector, (text, labels) in zip(vectors, cases, strict=True)
                    if (word := labels[axis]) in recogniser.labels
                ],
                breathe,
            )

    def guesses(self, text: _Text, axes: tuple[Axis, ...] = tuple(Axis)) -> dict[Axis, list[Guess]]:
        vector = self._vocabulary.vector(text.pieces)
        found = {a: self._learners[a].guesses(vector, self._recognisers[a].hits(text.words, text.tokens)) for a in axes}
        return {axis: guesses for axis, guesses in found.items() if guesses}
