"""案例汇编: closed cases by category to learn from, with nobody in them (requirements A99, A112, A140)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from crm_desktop.domain.report_sheet import Block, Heading, Paragraph, ReportSheet, Table
from crm_desktop.domain.sheets import Letterhead

TITLE = "案例汇编"
NOT_SORTED = "未分类"
_FOOT = "内部学习用；姓名、电话、车牌、车架号和单号已隐去"
_WIDTHS = (0.17, 0.83)
_NOTHING = "这段时间没有可以汇编的案例：案例要已经关闭，并写了缺点纠正和根本原因。"


@dataclass(frozen=True, slots=True)
class CaseStory:
    """One case as it is told: every text masked already; ``lines`` are (what it is about, what is said)."""

    category: str
    head: str
    lines: tuple[tuple[str, str], ...]


def casebook(stories: Iterable[CaseStory], letterhead: Letterhead, period: str) -> ReportSheet:
    """The booklet, category by category; the categories with most cases first."""
    known = sorted(stories, key=_category)
    chapters = sorted(((category, list(some)) for category, some in groupby(known, _category)), key=_most_first)
    blocks: list[Block] = [Paragraph(_about(len(known), len(chapters)))] if known else [Paragraph(_NOTHING)]
    place = 0
    for number, (category, some) in enumerate(chapters, 1):
        blocks.append(Heading(f"{number} {category}（{len(some)} 例）"))
        for story in some:
            place += 1
            blocks.append(Table((f"案例 {place}", story.head), _WIDTHS, story.lines))
    return ReportSheet(TITLE, letterhead, period, tuple(blocks), foot=_FOOT)


def _about(cases: int, chapters: int) -> str:
    return f"共 {cases} 例，分 {chapters} 类。每例写现象、怎样纠正、根本原因、长期措施和结果，供新员工学习和晨会讲评。"


def _category(story: CaseStory) -> str:
    return story.category or NOT_SORTED


def _most_first(chapter: tuple[str, Sequence[CaseStory]]) -> tuple[int, str]:
    return -len(chapter[1]), chapter[0]
