"""部位: which part of the car a text of the workshop or of a customer names, whatever it is called there.

read_parts(table) -> PartsBook             (resources/rules/parts.json: systems, parts, symptoms, their many words)
PartsBook.read(items, words) -> Named      PartsBook.likeness(one, other) -> Likeness

Two reworks are of 同部位 where both texts name one part (at one place, where places are told) or one symptom of one
system that no two parts are blamed for; of 同系统 where they name one system only. A broad category says nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from crm_desktop.domain.identity import half_width

_CLAUSE = re.compile(r"[，。；、！？,;!?\n\s+/（）()]+|和|及|与|并且|并")
_PLACE = re.compile(r"([左右]?)([前后]?)(?:侧|边|方|轮|部|面|车)?$")
_OWN_PLACE = re.compile(r"([左右]?)([前后]?)")
_LEFT = re.compile(r"[左右前后侧边的了过并又再也还是换]|[^\u4e00-\u9fffa-z]")
_NOT = re.compile(r"(?:无|没有|没|未见|未发现|不再|未再|不是|并非|消除)$")
_SHORTEST = 2


class Likeness(Enum):
    """How near two texts come; the value stands behind the banner's sentence."""

    PART = "同部位"
    SYSTEM = "同系统"
    NONE = ""


class Spot(NamedTuple):
    """A part of a system, or all of it, and where it sits as far as that is told: 左 or 右, 前 or 后."""

    system: str
    part: str = ""
    side: str = ""
    end: str = ""

    def meets(self, other: Spot) -> bool:
        """The same system, and neither part nor place told that contradicts."""
        return (
            self.system == other.system
            and (not self.part or not other.part or self.part == other.part)
            and (not self.side or not other.side or self.side == other.side)
            and (not self.end or not other.end or self.end == other.end)
        )


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names. ``symptoms`` go with where they are, of no system where the text names none; ``typed`` is what
    stands there as a part and is in no book."""

    parts: frozenset[Spot] = frozenset()
    systems: frozenset[str] = frozenset()
    symptoms: frozenset[tuple[str, Spot]] = frozenset()
    typed: frozenset[str] = frozenset()

    def __or__(self, other: Named) -> Named:
        return Named(
            self.parts | other.parts,
            self.systems | other.systems,
            self.symptoms | other.symptoms,
            self.typed | other.typed,
        )

    def __bool__(self) -> bool:
        return bool(self.parts or self.systems or self.symptoms or self.typed)


class _Word(NamedTuple):
    """What one word of the book stands for; empty ``systems``: a symptom that any system may have, or nothing."""

    systems: tuple[str, ...] = ()
    part: str = ""
    symptom: str = ""


class PartsBook:
    """The words for parts; read once, asked at the counter."""

    def __init__(self, words: Mapping[str, _Word], sound: Sequence[str], left_out: Sequence[str]) -> None:
        self._words = words
        self._found = _any_of(words)
        self._sound = re.compile(f"(?<![不没太])(?:{_any_of(sound).pattern})")
        self._left_out = _any_of(left_out)

    def read(self, items: str, words: str = "") -> Named:
        """What was done (``items``) and what the customer said of it (``words``) name together."""
        return self._read(items, typed=True) | self._read(words, typed=False)

    def likeness(self, one: Named, other: Named) -> Likeness:
        """Whether they are about one part, one system, or neither."""
        if (
            any(spot.meets(met) for spot in one.parts for met in other.parts)
            or any(name == met and where.meets(there) for name, where in one.symptoms for met, there in other.symptoms)
            or one.typed & other.typed
        ):
            return Likeness.PART
        return Likeness.SYSTEM if one.systems & other.systems else Likeness.NONE

    def _read(self, text: str, *, typed: bool) -> Named:
        """Clause by clause: a symptom belongs to what was last named before it; what is said to be sound is not it."""
        parts: set[Spot] = set()
        systems: set[str] = set()
        symptoms: set[tuple[str, Spot]] = set()
        unknown: set[str] = set()
        last: list[Spot] = []
        for clause in _CLAUSE.split(half_width(text).lower()):
            if not clause or self._sound.search(clause):
                continue
            found = list(self._in(clause))
            here = [spot for _, spot in found if spot.part]
            last = here or [Spot(word.systems[0]) for word, _ in found if word.systems] or last
            parts.update(here)
            systems.update(system for word, _ in found for system in word.systems)
            symptoms.update((word.symptom, spot) for word, _ in found if word.symptom for spot in _where(word, last))
            if typed and not found:
                unknown |= self._typed(clause)
        placed = {(name, spot) for name, spot in symptoms if spot.system or not systems}
        return Named(frozenset(parts), frozenset(systems), frozenset(placed), frozenset(unknown))

    def _in(self, clause: str) -> Iterator[tuple[_Word, Spot]]:
        """What the clause names, and where; not what it says is not there (试车无异响)."""
        for met in self._found.finditer(clause):
            word, before = self._words[met.group()], clause[: met.start()]
            if (word.systems or word.symptom) and not _NOT.search(before):
                yield word, _spot(word, before, met.group()) if word.part else Spot("")

    def _typed(self, clause: str) -> set[str]:
        rest = _LEFT.sub("", self._left_out.sub("", clause))
        return {rest} if len(rest) >= _SHORTEST else set()


def read_parts(table: Mapping[str, Any]) -> PartsBook:
    """The book out of resources/rules/parts.json; in each group the first word is the name of the thing."""
    words: dict[str, _Word] = {word: _Word() for word in table["not_meant"]}
    words |= {wide: _Word((wide, *systems)) for wide, systems in table["wide"].items()}
    for entry in table["systems"]:
        system = (entry["system"],)
        words |= dict.fromkeys(entry["words"], _Word(system))
        words |= {word: _Word(system, part=group[0]) for group in entry["parts"] for word in group}
        words |= {word: _Word(system, symptom=group[0]) for group in entry["symptoms"] for word in group}
    words |= {word: _Word(symptom=group[0]) for group in table["symptoms"] for word in group}
    return PartsBook(words, table["sound"], table["left_out"])


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """The longest word first, so that 刹车灯 is no 刹车."""
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _where(word: _Word, last: Sequence[Spot]) -> Sequence[Spot]:
    """Where a symptom is: at what was last named of its own system, where it has one."""
    if not word.systems:
        return last or [Spot("")]
    return [spot for spot in last if spot.system == word.systems[0]] or [Spot(word.systems[0])]


def _spot(word: _Word, before: str, told: str) -> Spot:
    """The part with its place, told before it (左前轮 轮胎) or in its own word (前保险杠)."""
    beside, own = _PLACE.search(before), _OWN_PLACE.match(told)
    assert beside is not None and own is not None  # noqa: S101 - both may be empty and so always meet
    return Spot(word.systems[0], word.part, beside[1] or own[1], own[2] or beside[2])
