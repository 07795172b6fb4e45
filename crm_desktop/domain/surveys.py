"""电话调查: a few questions, customers drawn from the visits, answers in figures (part 3, 非投诉型; 004 01.2).

checked_survey(SurveyDraft) -> SurveyDraft      checked_answers(questions, answers)      is_low(questions, answers)
results(questions, answered) -> tuple[QuestionResult, ...]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from statistics import mean

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.text import checked_line

MOST_QUESTIONS, MOST_CUSTOMERS = 12, 500
_LOW_SCORE, _BEST = 2, 5
_YES, _NO = "是", "否"


class QuestionKind(StrEnum):
    """1 to 5, or yes and no."""

    SCORE = "1–5分"
    YES_NO = "是/否"


class SurveyOutcome(StrEnum):
    """What came of a call; the first two were reached."""

    GOOD = "已回答"
    LOW = "不满意"
    NOT_REACHED = "未接通"
    REFUSED = "不愿回答"


@dataclass(frozen=True, slots=True)
class Question:
    """One question; its place in the survey is its key."""

    text: str
    kind: str = QuestionKind.SCORE


@dataclass(frozen=True, slots=True)
class SurveyDraft:
    """A survey as typed: over the visits of these local days, both included."""

    title: str
    questions: tuple[Question, ...]
    first_on: date
    last_on: date
    size: int = 30


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One survey as listed."""

    id: int
    ver: int
    draft: SurveyDraft
    drawn: int
    called: int
    closed: bool


@dataclass(frozen=True, slots=True)
class SurveyCallRow:
    """One customer of a survey. ``answers`` by the place of the question (0, 1, …); ``called_at`` UTC."""

    id: int
    ver: int
    customer_id: int | None
    customer_name: str
    phone: str
    plate: str
    came_on: date | None
    outcome: str
    answers: Mapping[str, str]
    remark: str
    called_at: datetime | None
    caller: str
    complaint_number: str


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question over everybody who answered it. ``average`` of scores, or the per cent of 是; None for nobody."""

    question: Question
    answered: int
    average: float | None
    low: int


def checked_survey(draft: SurveyDraft) -> SurveyDraft:
    """The draft cleaned.

    :raises InvalidInput: no title, no questions or too many, an unknown kind, days or a number that cannot be.
    """
    questions = tuple(Question(checked_line(q.text, "问题", 120), q.kind) for q in draft.questions if q.text.strip())
    title, faults = checked_line(draft.title, "调查名称", 80), {}
    if not title:
        faults["title"] = "请填调查名称。"
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        faults["questions"] = f"请写 1 到 {MOST_QUESTIONS} 个问题。"
    if any(q.kind not in tuple(QuestionKind) for q in questions):
        faults["questions"] = "问题的答法请选 1–5分 或 是/否。"
    if draft.first_on > draft.last_on:
        faults["last_on"] = "结束日期早于开始日期，请核对。"
    if not 1 <= draft.size <= MOST_CUSTOMERS:
        faults["size"] = f"抽样人数请填 1 到 {MOST_CUSTOMERS}。"
    if faults:
        raise InvalidInput(faults)
    return replace(draft, title=title, questions=questions)


def checked_answers(questions: Sequence[Question], answers: Mapping[str, str]) -> dict[str, str]:
    """The answers that were given; a question may stay open.

    :raises InvalidInput: an answer that is none, or to no question.
    """
    kept, faults = {}, {}
    for place, said in answers.items():
        if not place.isdecimal() or int(place) >= len(questions):
            faults[place] = "没有这个问题，请刷新后再填。"
        elif said and said not in _allowed(questions[int(place)]):
            faults[place] = f"“{questions[int(place)].text}”请选 {'、'.join(_allowed(questions[int(place)]))}。"
        elif said:
            kept[place] = said
    if faults:
        raise InvalidInput(faults)
    return kept


def is_low(questions: Sequence[Question], answers: Mapping[str, str]) -> bool:
    """Whether any answer says that something was not right: 1 or 2 of 5, or 否."""
    return any(_low(questions[int(place)], said) for place, said in answers.items())


def results(questions: Sequence[Question], answered: Iterable[Mapping[str, str]]) -> tuple[QuestionResult, ...]:
    """Every question in its order."""
    told = list(answered)
    return tuple(_result(question, [a[str(i)] for a in told if str(i) in a]) for i, question in enumerate(questions))


def low_items(questions: Sequence[Question], answers: Mapping[str, str]) -> tuple[str, ...]:
    """The questions somebody was not satisfied with, as a complaint would say it."""
    return tuple(
        f"{questions[int(place)].text}：{said}{'分' if said.isdecimal() else ''}"
        for place, said in sorted(answers.items())
        if _low(questions[int(place)], said)
    )


def _allowed(question: Question) -> tuple[str, ...]:
    return (_YES, _NO) if question.kind == QuestionKind.YES_NO else tuple(map(str, range(1, _BEST + 1)))


def _low(question: Question, said: str) -> bool:
    return said == _NO if question.kind == QuestionKind.YES_NO else int(said) <= _LOW_SCORE


def _result(question: Question, said: Sequence[str]) -> QuestionResult:
    values = [100.0 * (one == _YES) if question.kind == QuestionKind.YES_NO else float(one) for one in said]
    average = round(mean(values), 1) if values else None
    return QuestionResult(question, len(said), average, sum(_low(question, one) for one in said))
