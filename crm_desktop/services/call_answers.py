"""What customers answered to the script, counted over some days: each answer with the calls behind it.

figures(first, last) -> tuple[AnswerFigure, …]        gap(first, last) -> GapFigure: 感受 less 期望 (A141)
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from statistics import mean

from crm_desktop.clock import day_bounds
from crm_desktop.domain.script import BETWEEN, EXPECTED, PERCEIVED, ScriptStep, StepKind
from crm_desktop.models.moments import stamp
from crm_desktop.services.desk import Desk
from crm_desktop.services.rules import Rules

_ANSWERS = """
    SELECT id, answers FROM follow_ups WHERE answers <> '' AND called_at >= ? AND called_at < ? ORDER BY called_at, id
"""


@dataclass(frozen=True, slots=True)
class AnswerFigure:
    """One question: the ids of the calls (``follow_ups``) by what was answered; nothing was answered by nobody."""

    step: ScriptStep
    ids: Mapping[str, tuple[int, ...]]

    @property
    def asked(self) -> tuple[int, ...]:
        """Every call in which it was answered, once."""
        return tuple(dict.fromkeys(found for some in self.ids.values() for found in some))

    @property
    def low(self) -> tuple[int, ...]:
        """The calls with a dissatisfied answer."""
        return tuple(found for answer, some in self.ids.items() if self.step.is_low(answer) for found in some)

    @property
    def mean(self) -> float | None:
        """Of scores; None for words and where nobody gave one."""
        if self.step.kind is not StepKind.SCORE or not self.ids:
            return None
        return mean(int(answer) for answer, some in self.ids.items() for _ in some)


@dataclass(frozen=True, slots=True)
class GapFigure:
    """期望 against 感受, of the calls in which both were told; ``worse`` felt less than they expected."""

    ids: tuple[int, ...]
    expected: float | None
    perceived: float | None
    worse: tuple[int, ...]

    @property
    def value(self) -> float | None:
        """感受 less 期望: below zero customers got less than they came for."""
        return None if self.expected is None or self.perceived is None else self.perceived - self.expected


class CallAnswers:
    """Reads only: one query for all questions."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rules = Rules(desk)

    def figures(self, first: date, last: date) -> tuple[AnswerFigure, ...]:
        """Every question of the script over the calls of these local days, both included."""
        told = self._told(first, last)
        steps = [step for step in self._rules.calls().script if step.answers]
        return tuple(AnswerFigure(step, _by_answer(step, told)) for step in steps)

    def gap(self, first: date, last: date) -> GapFigure:
        """How far what customers felt lies from what they expected."""
        both = {
            found: (int(answers[EXPECTED]), int(answers[PERCEIVED]))
            for found, answers in self._told(first, last).items()
            if answers.get(EXPECTED, "").isdigit() and answers.get(PERCEIVED, "").isdigit()
        }
        means = [mean(pair[place] for pair in both.values()) if both else None for place in (0, 1)]
        worse = tuple(found for found, (expected, perceived) in both.items() if perceived < expected)
        return GapFigure(tuple(both), means[0], means[1], worse)

    def _told(self, first: date, last: date) -> dict[int, dict[str, str]]:
        start, end = day_bounds(first, last)
        return {found: json.loads(answers) for found, answers in self._desk.rows(_ANSWERS, (stamp(start), stamp(end)))}


def _by_answer(step: ScriptStep, told: Mapping[int, Mapping[str, str]]) -> dict[str, tuple[int, ...]]:
    """In the order the answers are offered."""
    gathered: dict[str, list[int]] = {answer: [] for answer in step.answers}
    for found, answers in told.items():
        said = answers.get(step.key, "")
        for word in said.split(BETWEEN) if step.kind is StepKind.TICKS else [said]:
            if word:
                gathered.setdefault(word, []).append(found)
    return {answer: tuple(ids) for answer, ids in gathered.items() if ids}
