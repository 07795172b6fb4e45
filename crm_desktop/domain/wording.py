"""空话拦截: is a measure concrete, is a cause more than blame; read while it is typed.

The rule of the dealership (requirements A29 to A31, seed 001 篇1 五.4): the root cause comes before measures, and
words like 加强检查, 加强培训 do not stand for a measure. What the words are is data (``wording_marks``).

A measure is blocked when who, what, when (or how often) or verify is missing, or fewer than 12 characters are left
when the vague words go; it gets a hint when all four stand beside a vague word, or without any number. A check (抽查,
路试) verifies what was done before it, never itself. A cause is blocked when it only blames somebody, is vague, or
tells what came of it: then the next why has to be asked; a number is a reason only where something was measured, and
an account of what happened only where it names things (a part, a tool, a paper). On a cause a second opinion is heard
(``second_opinion``), which was learnt from sentences. A place left open (____, 【姓名】, 待定) answers nothing, and as
long as one is left neither of them passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.second_opinion import sounds_empty
from crm_desktop.domain.wording_marks import Plain, WordLists, lists_from, shipped_lists, without

__all__ = [
    "Found",
    "Result",
    "Verdict",
    "check_cause",
    "check_measure",
    "explain",
    "left_open",
    "read_wording",
    "shipped_lists",
    "template",
]

_CLAUSE = re.compile(r"[^,。;:!?、()\s]+")
_STEP = re.compile(r"[^,。;:!?、()\s并再]+")
_CAUSES = ("因为", "由于", "原因是", "原因在于", "根源是", "实际上", "背后是")
_RESULTS = ("导致", "造成", "引起", "所以")
_TURN = re.compile(f"({'|'.join(_CAUSES + _RESULTS)}|为什么)")
_LETTER = re.compile(r"[^\W_]")
_QUESTIONS = {"who": "谁来做", "what": "具体做什么", "when": "何时做或多久一次", "verify": "怎么验证"}
_MEASURE_LABELS = ("谁:", "做什么:", "何时/多久一次:", "怎么验证:")
_CAUSE_LABELS = ("发生了什么:", "为什么会发生:", "为什么流程允许它发生:", "为什么没检出:")
_LABEL = re.compile("|".join(_MEASURE_LABELS + _CAUSE_LABELS))
_NOT_EMPTY = r"(?!做什么:|何时/|怎么验证:)"
_FILLED_IN = {
    "who": re.compile(rf"谁:{_NOT_EMPTY}(\w{{2,8}})"),
    "when": re.compile(rf"多久一次:{_NOT_EMPTY}(\w{{2,8}})"),
    "verify": re.compile(rf"怎么验证:{_NOT_EMPTY}(\w{{4,8}})"),
}


class Result(StrEnum):
    """What the desk is told."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    HINT = "hint"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Found:
    """A word that says nothing: ``at`` is its place in the text as typed, ``kind`` is vague or blame."""

    word: str
    at: int
    kind: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """``missing`` holds who, what, when, verify (a measure) or next_why (a cause); ``unfilled``: places left open."""

    result: Result
    found: tuple[Found, ...] = ()
    missing: tuple[str, ...] = ()
    unfilled: tuple[str, ...] = ()


def check_measure(text: str, lists: WordLists) -> Verdict:
    """Who does what, when, verified how."""
    plain = Plain.of(text)
    found = _found(plain, text, (("vague", lists.unfilled), ("vague", lists.vague)))
    concrete = without(lists.vague, without(lists.unfilled, plain.text))
    rest = _LABEL.sub(_end_of_clause, concrete)
    people = without(lists.not_people, rest)
    undated = without(lists.when, people)
    told = {
        "who": bool(lists.who.search(people) or lists.who.search(undated)) or _is_filled_in("who", concrete, lists),
        "what": _is_deed(undated, lists),
        "when": undated != people or _is_filled_in("when", concrete, lists),
        "verify": bool(lists.verify.search(rest))
        or _seen_by_another(people, lists)
        or _checked_afterwards(undated, lists)
        or _is_filled_in("verify", concrete, lists),
    }
    if all(told.values()) and _letters(rest) < lists.least_left:
        told["what"] = False
    blanks = left_open(text, lists)
    if all(told.values()):
        told |= {_asked_at(plain.text, mark.start()): False for mark in lists.unfilled.finditer(plain.text)}
    if not all(told.values()):
        missing = tuple(question for question in told if not told[question])
        return Verdict(Result.BLOCK, found, missing, blanks)
    if found or not lists.number.search(rest):
        return Verdict(Result.HINT, found)
    return Verdict(Result.PASS)


def check_cause(text: str, lists: WordLists) -> Verdict:
    """Is there one clause that says why the process let it happen, and not only who did it."""
    plain = Plain.of(text)
    found = _found(plain, text, (("vague", lists.unfilled), ("blame", lists.blame), ("vague", lists.vague_cause)))
    if blanks := left_open(text, lists):
        return Verdict(Result.BLOCK, found, ("next_why",), blanks)
    clauses = [_Clause.of(part, turn, lists) for part, turn in _parts(_LABEL.sub(_end_of_clause, plain.text))]
    empty = not (any(clause.is_reason(lists) for clause in clauses) or _is_account(clauses, lists))
    if lists.as_shipped:
        empty = sounds_empty(text, by_rule=empty)
    return Verdict(Result.BLOCK, found, ("next_why",)) if empty else Verdict(Result.PASS, found)


def left_open(text: str, lists: WordLists) -> tuple[str, ...]:
    """The places of a template nobody filled in: ____, XX, 【姓名】, 待定."""
    return tuple(mark[0] for mark in lists.unfilled.finditer(Plain.of(text).text))


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause of a cause without its blame and vague words; ``turn`` is the 因为 or 导致 before it."""

    said: str
    turn: str
    letters: int
    person: int
    undone: int
    lacks: bool

    @classmethod
    def of(cls, part: str, turn: str, lists: WordLists) -> _Clause:
        said = without(lists.blame, without(lists.vague_cause, part))
        person, undone = lists.person.search(said), lists.undone.search(said)
        return cls(
            said,
            turn,
            _letters(without(lists.outcome, said)),
            person.start() if person else len(said),
            undone.start() if undone else len(said),
            bool(lists.lacking.search(said)),
        )

    @property
    def tells(self) -> bool:
        """About things, not about a person, what somebody left undone, or what came of it."""
        return self.person == self.undone == len(self.said) and self.turn not in _RESULTS

    def is_reason(self, lists: WordLists) -> bool:
        """A gap in process, paper, system or tool, or the mechanism of a part: not a person who failed."""
        if self.turn in _RESULTS:
            return False
        if self.lacks:
            return True
        thing = lists.failing.search(self.said)
        if thing and thing.start() <= min(self.person, self.undone):
            return True
        if self.turn in _CAUSES and self.tells and self.letters >= lists.least_told:
            return True
        begins_with_a_person = self.person == 0
        return (
            not begins_with_a_person and bool(lists.mechanism.search(self.said)) and self.letters >= lists.least_reason
        )


def _is_account(clauses: Iterable[_Clause], lists: WordLists) -> bool:
    """Tells what happened with things in it (parts, tools, papers, values): two, or one where no person is in play."""
    told = [clause for clause in clauses if clause.turn not in _RESULTS]
    things = {thing[0] for clause in told for thing in lists.specific.finditer(clause.said)}
    if len(things) >= lists.least_things:
        return sum(clause.letters for clause in told) >= lists.least_account
    return bool(things) and sum(clause.letters for clause in told if clause.tells) >= lists.least_account


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Clauses, cut again at a turn like 因为, each with the turn before it."""
    for clause in _CLAUSE.finditer(text):
        pieces = _TURN.split(clause[0])
        yield pieces[0], ""
        yield from zip(pieces[2::2], pieces[1::2], strict=True)


def _is_filled_in(question: str, text: str, lists: WordLists) -> bool:
    """Something stands behind the label of the template: what is written there is taken at its word."""
    answer = _FILLED_IN[question].search(text)
    return bool(answer and not lists.not_people.match(answer[1]))


def _asked_at(text: str, at: int) -> str:
    """Which question a place left open stands behind; in a sentence of one's own it is what is to be done."""
    asked = [question for question, label in zip(_QUESTIONS, _MEASURE_LABELS, strict=True) if label in text[:at]]
    return asked[-1] if asked else "what"


def _seen_by_another(people: str, lists: WordLists) -> bool:
    """A second person looks at what the first one did."""
    first = lists.who.search(people)
    return bool(first and lists.by_another.search(people, first.end()))


def _is_deed(text: str, lists: WordLists) -> bool:
    """Is something left to do when who, formal words like 签字 and filling words go; ``text`` is without its when."""
    return sum(_deed(clause[0], lists) for clause in _CLAUSE.finditer(text)) >= lists.least_deed


def _checked_afterwards(text: str, lists: WordLists) -> bool:
    """A check in a step behind the deed: 盘点 alone is the deed itself and proves nothing of it."""
    done = 0
    for step in _STEP.finditer(text):
        if done >= lists.least_deed and lists.checks.search(step[0]):
            return True
        done += _deed(step[0], lists)
    return False


def _deed(clause: str, lists: WordLists) -> int:
    """Letters that say what is done."""
    for marks in (lists.filler, lists.formal, lists.who):
        clause = without(marks, clause)
    return _letters(clause)


def _letters(text: str) -> int:
    return len(_LETTER.findall(text))


def _end_of_clause(label: re.Match[str]) -> str:
    return ";" * len(label[0])


def _found(plain: Plain, typed: str, kinds: Iterable[tuple[str, re.Pattern[str]]]) -> tuple[Found, ...]:
    """In the order of the text; of two that overlap only the one that begins first."""
    marks = [(*mark.span(), kind) for kind, pattern in kinds for mark in pattern.finditer(plain.text)]
    found: list[Found] = []
    done = 0
    for start, end, kind in sorted(marks, key=_earliest_and_longest):
        if done <= start < end:
            first, last = plain.at[start], plain.at[end - 1]
            found.append(Found(typed[first : last + 1], first, kind))
            done = end
    return tuple(found)


def _earliest_and_longest(mark: tuple[int, int, str]) -> tuple[int, int]:
    return mark[0], -mark[1]


def explain(verdict: Verdict) -> str:
    """One sentence that says in words what is missing or vague, and what to do."""
    words = _quoted(found.word for found in verdict.found)
    if verdict.unfilled:
        return f"{_quoted(verdict.unfilled)}还空着，请写明{_asked(verdict)}。"
    if "next_why" in verdict.missing:
        said = f"{words}只说了人或空话" if words else "这里还看不出根本原因"
        return f"{said}，请再问一层：为什么流程允许它发生、为什么没检出？"
    if verdict.missing:
        return f"还没有写明{_asked(verdict)}" + (f"，{words}不能代替具体措施。" if words else "，请补上。")
    if verdict.result is Result.PASS:
        return "写得具体，可以提交。"
    if verdict.found:
        return f"可以提交，建议把{words}改成具体做法。"
    return "可以提交，建议加上数量、比例或标准值。"


def _asked(verdict: Verdict) -> str:
    return "、".join(_QUESTIONS.get(question, "为什么会发生") for question in verdict.missing)


def _quoted(words: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(f"“{word}”" for word in words))


def template(verdict: Verdict, lists: WordLists) -> str:
    """A line to fill in: the four questions of a measure, or the whys of a cause; empty when nothing is missing."""
    if not verdict.missing:
        return ""
    return lists.cause_template if "next_why" in verdict.missing else lists.measure_template


def read_wording(data: Mapping[str, Any]) -> WordLists:
    """Lists and templates as the dealership edited them; raises as ``lists_from``.

    :raises InvalidInput: a template that would pass with nothing filled in.
    """
    lists = lists_from(data)
    for label, check, text in (
        ("措施模板", check_measure, lists.measure_template),
        ("原因模板", check_cause, lists.cause_template),
    ):
        if not text or check(text, lists).result is not Result.BLOCK:
            raise InvalidInput({"words": f"{label}不填也能通过：请在要填的地方留空，如 谁：____。"})
    return lists
