"""六步向导: six steps in the order of the seeds, and one screen of advice for whoever sits opposite.

Sources: seed 003 四 (任发泄 …) and 001 篇7 七 (耐心倾听 …), gap G14 keeps both wordings; 004 02 (心理类型);
001 篇4 一.三3 (目的), 二.二 (情绪), 二.三 (性格); 003 四 (三换); 004 02.3 (复述). What is noted belongs to the case,
never to the customer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.playbook import STEPS, Chapter
from crm_desktop.domain.text import checked_line, checked_text
from crm_desktop.paths import resource


class Psyche(StrEnum):
    """心理类型: what he is after in his heart (A146 to A153)."""

    SOLUTION = "期待解决"
    RESPECT = "渴望尊重"
    COMPENSATION = "补偿型"
    VENT = "发泄"


class Mood(StrEnum):
    """情绪, from 1 to 5 (A225)."""

    CALM = "平静"
    UNHAPPY = "不满"
    AGITATED = "激动"
    ANGRY = "愤怒"
    BEYOND = "失控"


class Character(StrEnum):
    """性格 (A227)."""

    LIVELY = "活泼型"
    EXACT = "完美型"
    FORCEFUL = "力量型"
    GENTLE = "优柔型"


class Purpose(StrEnum):
    """目的 (A222)."""

    REASON = "要个解释"
    QUICK = "尽快解决"
    NEVER_AGAIN = "不再发生"
    VENT = "出口气"
    GAIN = "求补偿"


@dataclass(frozen=True, slots=True)
class Reading:
    """How the customer was read, what was changed (三换), what was said back to him; empty where nobody said."""

    psyche: str = ""
    mood: str = ""
    character: str = ""
    purpose: str = ""
    new_person: str = ""
    new_place: str = ""
    new_time: str = ""
    restated: str = ""
    agreed: bool = False


CHOICES: Mapping[str, tuple[str, type[StrEnum]]] = {
    "psyche": ("心理类型", Psyche),
    "mood": ("情绪", Mood),
    "character": ("性格", Character),
    "purpose": ("目的", Purpose),
}
"""The four things advice is chosen by: field of ``Reading`` and file of the playbook, its word, its words."""
CHANGES: Mapping[str, str] = {"new_person": "换人", "new_place": "换地", "new_time": "换时"}
"""三换 (A128 to A130)."""
STEP_CHAPTER = "six_steps"
STEP_HEADINGS = tuple(f"第{word}步" for word in "一二三四五六")
CHANGING_STEP, RESTATING_STEP = 1, 3
"""Where 三换 and 复述确认 belong."""


@dataclass(frozen=True, slots=True)
class StepNote:
    """What was done in one step (1 to 6); ``at`` is UTC."""

    step: int
    note: str
    skipped: bool
    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class Advice:
    """One screen: what to do, to say and not to say in a step, then a line for each thing known of the customer."""

    lines: tuple[str, ...]
    chosen: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to name the steps: its short name, where it is from, and each step with what to do here."""

    name: str
    source: str
    steps: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def wordings() -> tuple[Wording, ...]:
    """Both wordings (resources/help/six_steps.json), that of seed 003 first; gap G14 keeps the two."""
    told = json.loads(resource("help", "six_steps.json").read_text(encoding="utf-8"))["wordings"]
    return tuple(Wording(one["name"], one["source"], tuple(map(tuple, one["steps"]))) for one in told)


def headings_of(name: str) -> tuple[str, ...]:
    """The headings by which the guide finds its way in a file of the playbook; none for any other file."""
    if name == STEP_CHAPTER:
        return STEP_HEADINGS
    return tuple(CHOICES[name][1]) if name in CHOICES else ()


def advice(step: int, reading: Reading, chapters: Mapping[str, Chapter]) -> Advice:
    """What fits this step and this customer; a file that is missing says nothing."""
    general = chapters.get(STEP_CHAPTER)
    section = general.section(STEP_HEADINGS[step - 1]) if general else None
    chosen = []
    for name in CHOICES:
        word, chapter = str(getattr(reading, name)), chapters.get(name)
        found = chapter.section(word) if chapter and word else None
        if found and (line := found.for_step(step)):
            chosen.append((word, line))
    return Advice(section.lines if section else (), tuple(chosen))


def checked_reading(reading: Reading) -> Reading:
    """The reading cleaned.

    :raises InvalidInput: a word that is not to choose from, or a text too long.
    """
    faults = {}
    for name, (label, words) in CHOICES.items():
        word = getattr(reading, name)
        if word and word not in tuple(words):
            faults[name] = f"{label}请从 {'、'.join(words)} 中选。"
    if faults:
        raise InvalidInput(faults)
    return replace(
        reading,
        new_person=checked_line(reading.new_person, CHANGES["new_person"]),
        new_place=checked_line(reading.new_place, CHANGES["new_place"]),
        new_time=checked_line(reading.new_time, CHANGES["new_time"]),
        restated=checked_text(reading.restated, "复述"),
    )


def checked_step(step: int, note: str, *, skipped: bool) -> str:
    """The note cleaned.

    :raises InvalidInput: no such step, or nothing written where the step was not skipped.
    """
    if not 1 <= step <= STEPS:
        raise InvalidInput(f"六步里没有第 {step} 步。")
    cleaned = checked_text(note, "这一步的记录", 1000)
    if not cleaned and not skipped:
        raise InvalidInput({"note": "写一句这一步做了什么；不做这一步请按“跳过”。"})
    return cleaned
