"""函件: letters about a complaint, merged from the case, changed by hand, kept with it.

Sources: seed 001 篇6 (a reply letter and its six points; A260, A261), 篇3 (转办: recorded and passed to departments;
A214). The texts stand in 处理手册 (letter_zh, letter_en, letter_transfer), so the dealership may word them anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.playbook import Chapter
from crm_desktop.domain.sheets import Letterhead
from crm_desktop.domain.text import checked_line, checked_text

BLANK = "____"
BODY = "正文"
_FIELD = re.compile(r"\{([^{}\n]{1,12})\}")


class LetterKind(StrEnum):
    """What is written."""

    REPLY = "致歉/答复函"
    REPLY_EN = "英文答复函"
    TRANSFER = "转办单"


CHAPTERS: Mapping[str, str] = {
    LetterKind.REPLY: "letter_zh",
    LetterKind.REPLY_EN: "letter_en",
    LetterKind.TRANSFER: "letter_transfer",
}
"""The text of 处理手册 each is made of."""
POINTS: Mapping[str, str] = {
    "received": "说明已经收到",
    "admit": "我们的错，承认",
    "explain": "讲清原因",
    "adjust": "怎样办、何时办完",
    "again": "保证不再发生",
    "apologise": "为不便致歉",
}
"""The six points of a reply (A261); whoever writes ticks what his letter says."""


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter as typed: one paragraph a line. ``points`` are names of ``POINTS``."""

    kind: str
    title: str
    body: str
    points: tuple[str, ...] = ()
    sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter that is kept; ``number`` is the complaint's with its place behind it. ``at`` is UTC."""

    id: int
    ver: int
    number: str
    draft: LetterDraft
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LetterSheet:
    """A letter as it is printed; every text final."""

    letterhead: Letterhead
    title: str
    number: str
    paragraphs: tuple[str, ...]
    signed: bool = True
    """Whether it is a letter, whose last two lines say who writes and when; else a slip of lines."""


def wants_points(kind: str) -> bool:
    """Whether the checklist belongs to it."""
    return kind in (LetterKind.REPLY, LetterKind.REPLY_EN)


def merged(chapter: Chapter, facts: Mapping[str, str]) -> tuple[str, str]:
    """Title and body of a letter: {车牌号} becomes what is known, and a line to write on where nothing is."""
    section = chapter.section(BODY)
    body = "\n".join(section.lines if section else ())

    def known(found: re.Match[str]) -> str:
        return facts.get(found[1], "") or BLANK

    return chapter.title, _FIELD.sub(known, body)


def checked_letter(draft: LetterDraft) -> LetterDraft:
    """The letter cleaned.

    :raises InvalidInput: an unknown kind, no title, nothing written, an unknown point.
    """
    cleaned = replace(draft, title=checked_line(draft.title, "函件标题", 60), body=checked_text(draft.body, "函件正文"))
    faults = {}
    if draft.kind not in tuple(LetterKind):
        faults["kind"] = f"请选 {'、'.join(LetterKind)} 中的一种。"
    if not cleaned.title:
        faults["title"] = "请写函件的标题。"
    if not cleaned.body:
        faults["body"] = "函件还没有正文。"
    if any(point not in POINTS for point in draft.points):
        faults["points"] = "核对清单里没有这一项。"
    if faults:
        raise InvalidInput(faults)
    return cleaned
