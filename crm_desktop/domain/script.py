"""回访话术: what is asked in a call, step by step; each answer is one key, and every step may be left out.

The eight questions of facts.md 3.3, 期望 and 感受 (A141), 复来店意愿 (A108), 资料核对 (F9). The words belong to the
dealership (resources/rules/followups.json); what an answer means does not change with them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crm_desktop.domain.errors import InvalidInput

BETWEEN = "、"
_LONGEST, _HIGHEST = 200, 10
OVERALL, EXPECTED, PERCEIVED, RETURN, CHECKED = "overall", "expected", "perceived", "return", "checked"
"""Steps the program knows more of than their words."""
LOW_SCORE = 6
"""A score below it says that something is wrong (facts.md 3.4: 5 is 一般)."""


class StepKind(StrEnum):
    """How a step is answered."""

    SAY = "say"
    YES_NO = "yes_no"
    SCORE = "score"
    CHOICE = "choice"
    TICKS = "ticks"


@dataclass(frozen=True, slots=True)
class ScriptStep:
    """One step; ``bad`` is the answer that calls for something to be done."""

    key: str
    kind: StepKind
    ask: str
    options: tuple[str, ...] = ()
    bad: str = ""

    @property
    def answers(self) -> tuple[str, ...]:
        """What may be answered; of ticks any of them together."""
        match self.kind:
            case StepKind.SAY:
                return ()
            case StepKind.YES_NO:
                return ("是", "否")
            case StepKind.SCORE:
                return tuple(str(score) for score in range(1, _HIGHEST + 1))
            case _:
                return self.options

    def is_low(self, answer: str) -> bool:
        """Whether this answer is a dissatisfied one."""
        if self.kind is StepKind.SCORE:
            return self.key != EXPECTED and answer.isdigit() and int(answer) < LOW_SCORE
        return bool(self.bad) and answer == self.bad


def read_script(table: Mapping[str, Any]) -> tuple[ScriptStep, ...]:
    """The steps of resources/rules/followups.json.

    :raises InvalidInput: words that are missing or too long, a kind that is none, the same step twice.
    """
    steps = tuple(_step(row) for row in table.get("script", ()))
    if len({step.key for step in steps}) != len(steps):
        raise InvalidInput("回访话术里有两步是同一步，请去掉一个。")
    return steps


def checked_answers(script: Sequence[ScriptStep], answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that were given, in the order of the script; what is empty was not asked.

    :raises InvalidInput: an answer its question does not have. A question that is no longer asked keeps what it had.
    """
    known = {step.key: step for step in script}
    for key, answer in answers.items():
        step = known.get(key)
        told = answer.split(BETWEEN) if step is not None and step.kind is StepKind.TICKS else [answer]
        if answer and step is not None and any(word not in step.answers for word in told):
            raise InvalidInput(f"“{step.ask}”不能回答“{answer}”，请从 {BETWEEN.join(step.answers)} 中选。")
    order = [*known, *(key for key in answers if key not in known)]
    return {key: answers[key] for key in order if answers.get(key)}


def low_answers(script: Sequence[ScriptStep], answers: Mapping[str, str]) -> list[str]:
    """What was answered low, as it goes into a complaint: 这次的问题一次就解决了吗？否."""
    return [f"{step.ask}{answers[step.key]}" for step in script if step.is_low(answers.get(step.key, ""))]


def gap(answers: Mapping[str, str]) -> int | None:
    """感受 less 期望 in points; None where one of them was not asked."""
    told = [answers.get(key, "") for key in (PERCEIVED, EXPECTED)]
    return int(told[0]) - int(told[1]) if all(word.isdigit() for word in told) else None


def _step(row: Mapping[str, Any]) -> ScriptStep:
    ask = " ".join(str(row.get("ask", "")).split())
    if not 2 <= len(ask) <= _LONGEST:
        raise InvalidInput({"value": f"话术请写 2 到 {_LONGEST} 个字。"})
    kind = row.get("kind")
    if kind not in tuple(StepKind) or not row.get("key"):
        raise InvalidInput("回访话术有一步不知道怎样回答，请恢复自带的规则。")
    options = tuple(row.get("options", ()))
    if kind in (StepKind.CHOICE, StepKind.TICKS) and not 2 <= len(options) <= _HIGHEST - 1:
        raise InvalidInput(f"“{ask}”要有 2 到 {_HIGHEST - 1} 个回答可选。")
    return ScriptStep(str(row["key"]), StepKind(kind), ask, options, str(row.get("bad", "")))
