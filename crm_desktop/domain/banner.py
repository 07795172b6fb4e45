"""柜台横幅: who this is, in one glance, as soon as phone, plate or VIN is typed (part 3, «At the counter»; A309).

Every line is final text with its tone; lines come in the order they matter.

    repeat_line(reworks, today, days, book) -> BannerLine | None      “该车 90 天内第 2 次返修·同部位”
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crm_desktop.domain.parts import Likeness, PartsBook
from crm_desktop.domain.risk import Risk
from crm_desktop.domain.tags import AutomaticTag


class Tone(StrEnum):
    """How loudly a line speaks; the word also stands before it for whoever sees no colours."""

    ALARM = "注意"
    WARN = "留意"
    PLAIN = ""


class Topic(StrEnum):
    """What a line is about; the order of the banner."""

    REPEAT = "返修"
    OPEN_CASE = "未关闭"
    PROMISE = "回话"
    RECALL = "召回"
    WARRANTY = "三包"
    GUARANTEE = "质保"
    DISTURB = "勿扰"
    LIKES = "喜好"
    DISLIKES = "忌讳"
    ADVISER = "常用顾问"
    POLICY = "优惠政策"


@dataclass(frozen=True, slots=True)
class BannerLine:
    """One fact. ``number`` is the complaint it leads to, ``source`` the article it rests on."""

    topic: Topic
    text: str
    tone: Tone = Tone.PLAIN
    number: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Banner:
    """Everything the counter shows. ``grade`` is the badge, empty for nobody graded."""

    customer_id: int | None
    vehicle_id: int | None
    name: str
    grade: str
    stage: str
    owner: str
    risk: Risk
    tags: tuple[str, ...]
    automatic_tags: tuple[AutomaticTag, ...]
    lines: tuple[BannerLine, ...]


@dataclass(frozen=True, slots=True)
class ReworkPast:
    """One rework of the car. ``items`` is what was done, ``words`` what the customer had complained of."""

    came_on: date
    complaint_id: int
    words: str
    items: str


def repeat_line(reworks: Sequence[ReworkPast], today: date, days: int, book: PartsBook) -> BannerLine | None:
    """How often the car came back within so many days, and whether for the same part or system; None for never."""
    recent = sorted((r for r in reworks if 0 <= (today - r.came_on).days <= days), key=_came_on)
    if not recent:
        return None
    if len(recent) == 1:
        text = f"该车 {days} 天内返修过 1 次（{recent[0].came_on}），再来就是第 2 次"
        return BannerLine(Topic.REPEAT, text, Tone.WARN)
    met = {_likeness(one, recent[-1], book) for one in recent[:-1]}
    nearest = next((likeness for likeness in (Likeness.PART, Likeness.SYSTEM) if likeness in met), None)
    behind = f"·{nearest.value}" if nearest else ""
    return BannerLine(Topic.REPEAT, f"该车 {days} 天内第 {len(recent)} 次返修{behind}", Tone.ALARM)


def _came_on(rework: ReworkPast) -> date:
    return rework.came_on


def _likeness(one: ReworkPast, other: ReworkPast, book: PartsBook) -> Likeness:
    """By what was done and what was complained of; the words of one complaint prove nothing of its own two reworks
    where the workshop wrote what it did both times.
    """
    done, done_then = book.read(other.items), book.read(one.items)
    if one.complaint_id == other.complaint_id and done and done_then:
        return book.likeness(done_then, done)
    return book.likeness(done_then | book.read("", one.words), done | book.read("", other.words))
