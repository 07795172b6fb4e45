"""What proves a measure: the same problem counted before and after it was carried out, over equally long windows.

Requirement A40 (seed 001 篇1 记录 5), facts.md section 4, gap G11. The window before ends with the day of completion,
the window after begins the day after it; both have as many days. A complaint belongs to the day it was received.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

WATCH_DAYS = (30, 60, 90)
"""How long one may watch a measure."""


class Alike(StrEnum):
    """By what two complaints are about the same problem."""

    CATEGORY = "类别"
    LINE = "责任线"
    SYSTEM = "故障系统"
    TECHNICIAN = "主修技师"
    MODEL = "车型"
    VEHICLE = "同一辆车"


USUAL = (Alike.CATEGORY, Alike.LINE)
"""What is compared where nobody chose anything else."""
Profile = Mapping[Alike, tuple[str, ...]]
"""The words a complaint must have to be about the same problem: one of each list."""


@dataclass(frozen=True, slots=True)
class Window:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """As it is printed."""
        return f"{self.first} 至 {self.last}"


@dataclass(frozen=True, slots=True)
class Counted:
    """The same problem in one window: the complaints by number, and how many visits there were (0: not known).

    ``last_visit``: no later one was on file when it was counted, by its id; 0 in proofs from before that was kept.
    """

    window: Window
    numbers: tuple[str, ...] = ()
    visits: int = 0
    last_visit: int = 0

    @property
    def rate(self) -> float | None:
        """Complaints per 100 visits, None where no visits are known."""
        return 100 * len(self.numbers) / self.visits if self.visits else None

    @property
    def words(self) -> str:
        """3 件（2026-09-10 至 2026-10-09，每百台进厂 1.2 件）."""
        rate = f"，进厂 {self.visits} 台，每百台 {self.rate:.2f} 件" if self.rate is not None else ""
        return f"{len(self.numbers)} 件（{self.window.words}{rate}）"


@dataclass(frozen=True, slots=True)
class Proof:
    """What was counted, by what, and what was left out of the count: ``spared`` were judged 恶意 or 无效,
    ``unsure`` came after it and lack a word that is compared, so that nobody can tell."""

    profile: Profile
    before: Counted
    after: Counted
    spared: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    unfinished: bool = field(default=False)
    """The window after it has not passed yet."""

    @property
    def profile_words(self) -> str:
        """类别＝维修质量，责任线＝技术."""
        return "，".join(f"{alike}＝{'／'.join(words)}" for alike, words in self.profile.items())

    @property
    def left_out(self) -> str:
        """What the count does not hold, empty where it holds everything."""
        told = (
            "评估窗口还没有满" if self.unfinished else "",
            f"不计恶意或无效 {len(self.spared)} 件：{'、'.join(self.spared)}" if self.spared else "",
            f"没有填全、请看过 {len(self.unsure)} 件：{'、'.join(self.unsure)}" if self.unsure else "",
        )
        return "；".join(filter(None, told))

    def text(self) -> str:
        """As it is kept with the evaluation (JSON)."""
        sides = {
            name: {
                "first": side.window.first.isoformat(),
                "last": side.window.last.isoformat(),
                "numbers": side.numbers,
                "visits": side.visits,
                "last_visit": side.last_visit,
            }
            for name, side in (("before", self.before), ("after", self.after))
        }
        told = {
            "profile": {str(alike): words for alike, words in self.profile.items()},
            "spared": self.spared,
            "unsure": self.unsure,
            "unfinished": self.unfinished,
        }
        return json.dumps({**told, **sides}, ensure_ascii=False)


def read_proof(text: str) -> Proof | None:
    """What ``Proof.text`` wrote; None where nothing was counted."""
    if not text:
        return None
    told = json.loads(text)
    before, after = (_side(told[name]) for name in ("before", "after"))
    profile = {Alike(word): tuple(words) for word, words in told["profile"].items()}
    return Proof(profile, before, after, tuple(told["spared"]), tuple(told["unsure"]), told["unfinished"])


def _side(told: Mapping[str, Any]) -> Counted:
    window = Window(date.fromisoformat(told["first"]), date.fromisoformat(told["last"]))
    return Counted(window, tuple(told["numbers"]), told["visits"], told.get("last_visit", 0))


def windows(done_on: date, days: int) -> tuple[Window, Window]:
    """The window before and the window after, each of so many days."""
    return (
        Window(done_on - timedelta(days=days - 1), done_on),
        Window(done_on + timedelta(days=1), done_on + timedelta(days=days)),
    )


def profile_of(cases: Iterable[Mapping[Alike, str]], wanted: Iterable[Alike]) -> dict[Alike, tuple[str, ...]]:
    """Every word these complaints have of what is compared; what none of them says is not compared."""
    known = tuple(cases)
    found: dict[Alike, tuple[str, ...]] = {}
    for alike in Alike:
        words = tuple(dict.fromkeys(case[alike] for case in known if case.get(alike)))
        if alike in tuple(wanted) and words:
            found[alike] = words
    return found


def proposed(cases: Iterable[Mapping[Alike, str]]) -> tuple[Alike, ...]:
    """What to compare: 类别 and 责任线 where they are told, else the 故障系统; anything else only by choice."""
    known = tuple(cases)
    told = [alike for alike in (*USUAL, Alike.SYSTEM) if any(case.get(alike) for case in known)]
    return tuple(alike for alike in told if alike in USUAL) or tuple(told)


def same(case: Mapping[Alike, str], profile: Profile) -> bool | None:
    """Whether a complaint is about the same problem; None where a word is missing and the others fit."""
    missing = False
    for alike, words in profile.items():
        if not case.get(alike):
            missing = True
        elif case[alike] not in words:
            return False
    return None if missing else True
