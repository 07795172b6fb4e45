"""月度抱怨/投诉分析: the month's numbers; each knows the rows it counts, so that it can be opened.

Definitions: facts.md section 3.5, named at each figure; requirement A33 (seed 001 篇1 五.5); A32 and gap G17 for
satisfaction. A share of nothing is no share: it is shown as –, never as 0 % or 100 %.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from crm_desktop.domain.errors import InvalidInput

UNKNOWN = "未填"
UNCONFIRMED = "未归类"
"""What nobody filled in, and what nobody confirmed."""
R = TypeVar("R")


class Counted(StrEnum):
    """What the ids of a figure are ids of."""

    COMPLAINTS = "complaints"
    REWORKS = "reworks"
    CALLS = "follow_ups"
    MEASURES = "measures"
    VISITS = "visits"
    SIGNS = "signs"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the rows it counts."""

    label: str
    ids: tuple[int, ...]
    counted: Counted = Counted.COMPLAINTS

    @property
    def value(self) -> int:
        """How many."""
        return len(self.ids)

    @property
    def text(self) -> str:
        """As it is shown."""
        return str(self.value)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, both known by their rows; ``formula`` says how it is counted and whose definition it is."""

    label: str
    part: Figure
    whole: Figure
    formula: str
    unit: str = " %"

    @property
    def value(self) -> float | None:
        """How many of a hundred, None of nothing."""
        return 100 * self.part.value / self.whole.value if self.whole.value else None

    @property
    def text(self) -> str:
        """92.3 %（12/13）, or – where there is nothing to divide by."""
        if self.value is None:
            return "–"
        return f"{self.value:.1f}{self.unit}（{self.part.value}/{self.whole.value}）"


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure that counts no rows of its own: an average (of the rows in ``part``), a change against another month.

    ``also``: a second number in its text, and its rows.
    """

    label: str
    text: str
    formula: str = ""
    part: Figure | None = None
    also: Figure | None = None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One question asked of all rows: every row is in exactly one figure, most first."""

    title: str
    figures: tuple[Figure, ...]

    @property
    def whole(self) -> Figure:
        """All rows that were asked."""
        counted = self.figures[0].counted if self.figures else Counted.COMPLAINTS
        return Figure(self.title, tuple(found for figure in self.figures for found in figure.ids), counted)


@dataclass(frozen=True, slots=True)
class LateLine:
    """One step that was late, or is. Times are naive local; ``done`` None while it is open."""

    id: int
    number: str
    milestone: str
    due: datetime
    done: datetime | None
    late_minutes: int
    responsible: str
    reason: str


@dataclass(frozen=True, slots=True)
class Timeliness:
    """One of the four steps: how many had to take it, how many were in time, which were late and why."""

    milestone: str
    in_time: Share
    late: tuple[LateLine, ...]


@dataclass(frozen=True, slots=True)
class OpenLine:
    """Something still to be done at the end: what, until when (a moment or a day), by whom."""

    number: str
    what: str
    since: date | None
    due: datetime | date | None
    who: str


@dataclass(frozen=True, slots=True)
class PassedLine:
    """Words that were let pass: whose complaint or measure, which field, by whom and why."""

    number: str
    about: str
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier month to compare with: 上月 or 去年同月, its figures by name and its 五度.

    ``known``: there were records by then; a month before the first record says nothing, not even 0.
    """

    name: str
    period: str
    known: bool
    figures: Mapping[str, Figure | Share | Amount]
    dimension: Breakdown | None = None

    def value(self, label: str) -> float | None:
        """A figure's number; None where there is none."""
        figure = self.figures.get(label)
        return None if figure is None or isinstance(figure, Amount) or not self.known else figure.value

    def text(self, label: str) -> str:
        """As it is shown in a column of its own: without the part and the whole."""
        figure = self.figures.get(label)
        if not self.known or figure is None:
            return "无数据"
        return figure.text.partition("（")[0]


@dataclass(frozen=True, slots=True)
class TrendMonth:
    """One of the twelve months that end with the report's. ``answered`` and ``satisfied`` are last answers;
    ``year_ago`` is None before the first record.
    """

    period: str
    ordinary: Figure
    major: Figure
    answered: Figure
    satisfied: Figure
    year_ago: Figure | None

    @property
    def counted(self) -> Figure:
        """All complaints of the month."""
        return Figure("抱怨/投诉", (*self.ordinary.ids, *self.major.ids))


@dataclass(frozen=True, slots=True)
class TypicalCase:
    """典型案例: what happened, what was put right, why, what is done for good, and how it ended."""

    id: int
    number: str
    about: str
    why_chosen: str
    words: str
    correction: str
    root_cause: str
    long_term_measure: str
    result: str


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure with its proof: ``before`` and ``after`` as they were counted, – while nobody has evaluated it."""

    number: str
    complaints: str
    what: str
    who: str
    due_on: date
    done_on: date | None
    verify: str
    state: str
    before: str = ""
    after: str = ""
    recurrences: str = ""
    basis: str = ""
    evaluator: str = ""
    numbers: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    """The complaints that were counted before and after; none where a person told the counts."""
    windows: tuple[str, str] = ("", "")
    """The days they were counted in and the last visit on file then, written 2026-09-01/2026-09-30/1204; empty where
    visits are not known."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What was written about a section of the report: by whom, on which local day."""

    section: str
    text: str
    who: str
    on: date


@dataclass(frozen=True, slots=True)
class Monthly:
    """The whole month as of a local moment. ``period`` is 2026-11.

    ``history_head`` is the number and the beginning of the last link of the history chain then.
    """

    period: str
    as_of: datetime
    overview: tuple[Figure | Share | Amount, ...]
    breakdowns: tuple[Breakdown, ...]
    timeliness: tuple[Timeliness, ...]
    reworks: tuple[Figure | Share | Amount, ...]
    calls: tuple[Figure | Share | Amount, ...]
    failures: Breakdown
    satisfaction: tuple[Figure | Share | Amount, ...]
    passed: tuple[PassedLine, ...]
    measures: tuple[Figure | Share | Amount, ...]
    unfinished: tuple[OpenLine, ...] = field(default=())
    past: tuple[Past, ...] = ()
    trend: tuple[TrendMonth, ...] = ()
    typical: tuple[TypicalCase, ...] = ()
    measure_lines: tuple[MeasureLine, ...] = ()
    comments: tuple[Comment, ...] = ()
    history_head: str = ""

    def figure(self, label: str) -> Figure | Share | Amount:
        """One figure by its label.

        :raises KeyError: there is none of that name.
        """
        groups = (self.overview, self.reworks, self.calls, self.satisfaction, self.measures)
        return {figure.label: figure for group in groups for figure in group}[label]


def month_of(text: str) -> tuple[date, date]:
    """The first and the last day of a month written 2026-11.

    :raises InvalidInput: for anything else.
    """
    try:
        first = date.fromisoformat(f"{text.strip()}-01")
    except ValueError:
        raise InvalidInput(f"看不懂月份“{text}”，请写成 2026-11。") from None
    if not 1990 <= first.year <= 9998:
        raise InvalidInput(f"月份“{text}”不在 1990 到 9998 年之间，请核对。")
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, date.fromordinal(following.toordinal() - 1)


def month_before(first: date, months: int = 1) -> date:
    """The first day of the month so many months earlier."""
    place = first.year * 12 + first.month - 1 - months
    return date(place // 12, place % 12 + 1, 1)


def breakdown(
    title: str,
    rows: Iterable[R],
    key: Callable[[R], Hashable],
    id_of: Callable[[R], int],
    counted: Counted = Counted.COMPLAINTS,
) -> Breakdown:
    """Every row under what ``key`` says of it (未填 where it says nothing), most first, then as first met."""
    gathered: dict[str, list[int]] = {}
    for row in rows:
        gathered.setdefault(str(key(row) or UNKNOWN), []).append(id_of(row))
    ranked = sorted(gathered.items(), key=_most_first)
    return Breakdown(title, tuple(Figure(label, tuple(ids), counted) for label, ids in ranked))


def change_text(now: int, before: int) -> str:
    """A number against an earlier one: +3（+25.0 %）, or without the share where there was nothing before."""
    difference = now - before
    share = f"（{100 * difference / before:+.1f} %）" if before else ""
    return f"{difference:+d}{share}"


def _most_first(gathered: tuple[str, list[int]]) -> int:
    return -len(gathered[1])
