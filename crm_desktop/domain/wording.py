"""空话拦截: is a measure concrete, is a cause more than blame; read while it is typed.

The rule of the dealership (requirements A29 to A31, seed 001 篇1 五.4): the root cause comes before measures, and
words like 加强检查, 加强培训 do not stand for a measure. What the words are is data (``wording_marks``).

A measure is blocked when who, what, when (or how often) or verify is missing, or fewer than 12 characters are left
when the vague words go; it gets a hint when all four stand beside a vague word, or without any number. A cause is
blocked when it only blames somebody or is vague: then the next why has to be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from crm_desktop.domain.wording_marks import Plain, WordLists, shipped_lists, without

__all__ = ["Found", "Result", "Verdict", "check_cause", "check_measure", "explain", "shipped_lists", "template"]

_CLAUSE = re.compile(r"[^,。;:!?、()\s]+")
_CAUSES = ("因为", "由于", "原因是", "原因在于", "根源是", "实际上", "背后是")
_RESULTS = ("导致", "造成", "引起", "所以")
_TURN = re.compile(f"({'|'.join(_CAUSES + _RESULTS)}|为什么)")
_LETTER = re.compile(r"[^\W_]")
_QUESTIONS = {"who": "谁来做", "what": "具体做什么", "when": "何时做或多久一次", "verify": "怎么验证"}


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
    """``missing`` holds who, what, when, verify (a measure) or next_why (a cause)."""

    result: Result
    found: tuple[Found, ...] = ()
    missing: tuple[str, ...] = ()


def check_measure(text: str, lists: WordLists) -> Verdict:
    """Who does what, when, verified how."""
    plain = Plain.of(text)
    found = tuple(_found(plain, text, lists.vague, "vague"))
    rest = without(lists.vague, plain.text)
    people = without(lists.not_people, rest)
    undated = without(lists.when, people)
    told = {
        "who": bool(lists.who.search(people) or lists.who.search(undated)),
        "what": _is_deed(undated, lists),
        "when": bool(lists.when.search(rest)),
        "verify": bool(lists.verify.search(rest) or _seen_by_another(people, lists)),
    }
    if all(told.values()) and _letters(rest) < lists.least_left:
        told["what"] = False
    if not all(told.values()):
        return Verdict(Result.BLOCK, found, tuple(question for question in told if not told[question]))
    if found or not lists.number.search(rest):
        return Verdict(Result.HINT, found)
    return Verdict(Result.PASS)


def check_cause(text: str, lists: WordLists) -> Verdict:
    """Is there one clause that says why the process let it happen, and not only who did it."""
    plain = Plain.of(text)
    blamed = tuple(_found(plain, text, lists.blame, "blame"))
    vague = tuple(_found(plain, text, lists.vague_cause, "vague"))
    found = tuple(sorted(blamed + vague, key=_place))
    told = 0
    for part, turn in _parts(plain.text):
        clause = _Clause.of(part, turn, lists)
        told += clause.letters if clause.tells else 0
        if clause.is_reason(lists) or told >= lists.least_account:
            return Verdict(Result.PASS, found)
    return Verdict(Result.BLOCK, found, ("next_why",))


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
        if self.lacks:
            return True
        thing = lists.failing.search(self.said)
        if thing and thing.start() <= min(self.person, self.undone):
            return True
        if self.turn in _CAUSES and self.tells and self.letters >= lists.least_told:
            return True
        return bool(lists.mechanism.search(self.said)) and self.letters >= lists.least_reason


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """Clauses, cut again at a turn like 因为, each with the turn before it."""
    for clause in _CLAUSE.finditer(text):
        pieces = _TURN.split(clause[0])
        yield pieces[0], ""
        yield from zip(pieces[2::2], pieces[1::2], strict=True)


def _seen_by_another(people: str, lists: WordLists) -> bool:
    """A second person looks at what the first one did."""
    first = lists.who.search(people)
    return bool(first and lists.by_another.search(people, first.end()))


def _is_deed(text: str, lists: WordLists) -> bool:
    """Is something left to do when who, formal words like 签字 and filling words go; ``text`` is without its when."""
    left = 0
    for clause in _CLAUSE.finditer(text):
        deed = clause[0]
        for marks in (lists.filler, lists.formal, lists.who):
            deed = without(marks, deed)
        left += _letters(deed)
        if left >= lists.least_deed:
            return True
    return False


def _letters(text: str) -> int:
    return len(_LETTER.findall(text))


def _found(plain: Plain, typed: str, marks: re.Pattern[str], kind: str) -> Iterator[Found]:
    for mark in marks.finditer(plain.text):
        first, last = plain.at[mark.start()], plain.at[mark.end() - 1]
        yield Found(typed[first : last + 1], first, kind)


def _place(found: Found) -> int:
    return found.at


def explain(verdict: Verdict) -> str:
    """One sentence that says in words what is missing or vague, and what to do."""
    words = "、".join(dict.fromkeys(f"“{found.word}”" for found in verdict.found))
    if "next_why" in verdict.missing:
        said = f"{words}只说了人或空话" if words else "这里还看不出原因"
        return f"{said}，请再问一层：为什么流程允许它发生、为什么没检出？"
    if verdict.missing:
        lacking = "、".join(_QUESTIONS[question] for question in verdict.missing)
        return f"还没有写明：{lacking}" + (f"；{words}不能代替具体措施。" if words else "。")
    if verdict.found:
        return f"四项已写明，建议把{words}改成具体做法。"
    return "已写明。" if verdict.result is Result.PASS else "四项已写明，建议加上数量、比例或标准值。"


def template(verdict: Verdict) -> str:
    """A line to fill in: all four questions of a measure, or the next why of a cause; empty when all is well."""
    if verdict.result is not Result.BLOCK:
        return ""
    if "next_why" in verdict.missing:
        return "发生了什么：　· 为什么会发生：　· 为什么流程允许它发生：　· 为什么没检出："
    return "谁：　· 做什么：　· 何时/多久一次：　· 怎么验证："
