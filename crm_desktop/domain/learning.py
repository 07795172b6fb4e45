"""Learns under which words of a list a text belongs: a small linear model in plain Python.

Every label has its weights: a text under the label should score above 1, any other below -1, and what does not moves
the weights just so far (passive-aggressive and averaged: Crammer and others, 2006). Beside the pieces of the text the
labels' seeds count, the words by which a label is recognised: before there is a single case they alone decide.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import log
from operator import itemgetter, mul
from random import Random
from typing import NamedTuple

from crm_desktop.domain.pieces import Vector
from crm_desktop.domain.search import folded

_ROUNDS, _LAST_ROUNDS = 6, 3
_VISITS = 4000
"""So often a case is looked at in all rounds together: with many cases fewer rounds teach as much."""
_STEP = 0.3
_SEED, _MORE_SEEDS, _MOST_SEEDS = 0.1, 0.05, 3
_OWN_SEED, _BIAS = 0.5, 0.3
_HELD_OUT = 4
"""Every so-manieth case is kept out of the first rounds: on those it is measured how far a guess can be trusted."""
_ENOUGH, _BINS = 20, 5
_PERCENT = 100


class Case(NamedTuple):
    """A text as a vector, with the seeds it has (``Recogniser.hits``) and the labels it truly belongs under."""

    vector: Vector
    hits: tuple[int, ...]
    labels: frozenset[str]


class Guess(NamedTuple):
    """A label proposed. ``confidence``: how often such a guess was right, in percent; 0 where nobody could measure."""

    word: str
    confidence: int


class Recogniser:
    """Which labels are recognised in a text by their seeds."""

    def __init__(self, seeds: Mapping[str, Sequence[str]]) -> None:
        self.labels = tuple(seeds)
        self._seeds = tuple(tuple(folded(seed) for seed in told) for told in seeds.values())

    def hits(self, text: str, tokens: Iterable[str] = ()) -> tuple[int, ...]:
        """How many seeds of each label the text has; a ``token`` is something known besides, met whole."""
        plain, known = folded(text), {folded(token) for token in tokens}
        return tuple(sum(seed in plain or seed in known for seed in seeds) for seeds in self._seeds)


class _Row(NamedTuple):
    """A case as the arithmetic wants it: ``of`` picks its weights out of a label's, ``truth`` is 1 or -1 a label."""

    ids: tuple[int, ...]
    of: Callable[[array[float]], tuple[float, ...]]
    values: tuple[float, ...]
    truth: tuple[int, ...] = ()


class Learner:
    """The model of one list; ``fit`` begins anew each time."""

    def __init__(self, labels: Sequence[str], pieces: int) -> None:
        """``pieces``: how many there are in the vocabulary."""
        self._labels, self._pieces = tuple(labels), pieces
        self._rarity = [1.0] * len(self._labels)
        self._weights = self._blank()
        self._trust: list[tuple[float, int]] = []
        self._fitted = False

    def fit(self, cases: Sequence[Case], breathe: Callable[[], None] | None = None) -> None:
        """Learns from cases, and measures itself on some of them before it learns those too.

        ``breathe`` is called between two cases, so that whoever learns beside a window lets it have its turn.
        """
        self._rarity = [_rarity(cases, place) for place in range(len(self._labels))]
        rows = [self._row(case.vector, case.hits, case.labels) for case in cases]
        held = rows[::_HELD_OUT] if len(rows) >= _ENOUGH else []
        first = [row for place, row in enumerate(rows) if place % _HELD_OUT] if held else rows
        training, rounds = _Training(self._blank(), breathe), _VISITS // (len(rows) or 1)
        training.run(first, max(2, min(_ROUNDS, rounds * 2 // 3)))
        self._weights = training.averaged()
        self._trust = _trust([self._measured(row) for row in held])
        training.run(rows, max(1, min(_LAST_ROUNDS, rounds // 3)))
        self._fitted = bool(rows)
        self._weights = training.averaged()

    def guesses(self, vector: Vector, hits: tuple[int, ...]) -> list[Guess]:
        """Every label, the likeliest first; none where nothing speaks for any."""
        scores = _scores(self._weights, self._row(vector, hits))
        if not self._fitted and not any(hits):
            return []
        order = _likeliest_first(scores)
        sure = self._confidence(_margin(scores, order))
        return [Guess(self._labels[place], 0 if rank else sure) for rank, place in enumerate(order)]

    def _confidence(self, margin: float) -> int:
        return next((percent for least, percent in reversed(self._trust) if margin >= least), 0)

    def _measured(self, row: _Row) -> tuple[float, bool]:
        scores = _scores(self._weights, row)
        order = _likeliest_first(scores)
        return _margin(scores, order), row.truth[order[0]] > 0

    def _row(self, vector: Vector, hits: tuple[int, ...], labels: frozenset[str] = frozenset()) -> _Row:
        seen = [place for place, count in enumerate(hits) if count]
        strength = [self._rarity[place] * (_SEED + _MORE_SEEDS * (min(hits[place], _MOST_SEEDS) - 1)) for place in seen]
        bias = self._pieces + len(self._labels)
        # The bias twice: a getter of a single number would give no tuple.
        ids = (*vector.ids, *(self._pieces + place for place in seen), bias, bias)
        truth = tuple(1 if label in labels else -1 for label in self._labels)
        return _Row(ids, itemgetter(*ids), (*vector.weights, *strength, _BIAS, 0.0), truth)

    def _blank(self) -> list[array[float]]:
        """Only its own seeds speak for a label."""
        width = self._pieces + len(self._labels) + 1
        weights = [array("d", bytes(8 * width)) for _ in self._labels]
        for place, own in enumerate(weights):
            own[self._pieces + place] = _OWN_SEED
        return weights


class _Training:
    """Weights on their way; ``averaged`` are those over all steps so far, which a single odd case moves less."""

    def __init__(self, weights: list[array[float]], breathe: Callable[[], None] | None) -> None:
        self._weights, self._breathe = weights, breathe
        self._moved = [array("d", bytes(8 * len(own))) for own in weights]
        self._step = 1
        self._chance = Random(1)  # noqa: S311 - the order of cases is no secret

    def run(self, rows: Sequence[_Row], rounds: int) -> None:
        """So many times over all cases, each time in another order."""
        order = list(rows)
        for _ in range(rounds):
            self._chance.shuffle(order)
            for row in order:
                self._learn(row)
                self._step += 1
                if self._breathe is not None:
                    self._breathe()

    def averaged(self) -> list[array[float]]:
        """The weights over all steps so far."""
        return [
            array("d", (weight - moved / self._step for weight, moved in zip(own, moves, strict=True)))
            for own, moves in zip(self._weights, self._moved, strict=True)
        ]

    def _learn(self, row: _Row) -> None:
        length = sum(map(mul, row.values, row.values))
        for truth, own, moved in zip(row.truth, self._weights, self._moved, strict=True):
            loss = 1 - truth * sum(map(mul, row.of(own), row.values))
            if loss > 0:
                step = truth * min(_STEP, loss / (2 * length))
                for number, value in zip(row.ids, row.values, strict=True):
                    own[number] += step * value
                    moved[number] += self._step * step * value


def _rarity(cases: Sequence[Case], place: int) -> float:
    """A seed that few texts have says more."""
    return 1 + log((len(cases) + 1) / (sum(case.hits[place] > 0 for case in cases) + 1))


def _scores(weights: list[array[float]], row: _Row) -> list[float]:
    return [sum(map(mul, row.of(own), row.values)) for own in weights]


def _likeliest_first(scores: list[float]) -> list[int]:
    return sorted(range(len(scores)), key=scores.__getitem__, reverse=True)


def _margin(scores: list[float], order: list[int]) -> float:
    return scores[order[0]] - scores[order[1]] if len(order) > 1 else 1.0


def _trust(measured: Sequence[tuple[float, bool]]) -> list[tuple[float, int]]:
    """From which margin on which share of the guesses was right, in equal bins, never falling with the margin."""
    ordered, least = sorted(measured), 0
    told = []
    for place in range(min(_BINS, len(ordered))):
        some = ordered[place * len(ordered) // _BINS : (place + 1) * len(ordered) // _BINS]
        # One right and one wrong more than were seen: a handful of cases proves nothing.
        least = max(least, round(_PERCENT * (sum(hit for _, hit in some) + 1) / (len(some) + 2)))
        told.append((some[0][0] if place else float("-inf"), least))
    return told
