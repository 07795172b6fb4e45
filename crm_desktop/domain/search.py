"""The one search box in words: what a question is, what it is compared with, what is answered and in which order.

Texts (names, words of a complaint) are met word by word; codes (phones, plates, VINs, numbers) by any part, without
dashes and blanks. Both sides are folded first, so that case and width of letters and signs do not matter. The index
holds short pieces of every text, its grams: what has all grams of a question is a candidate, and only a candidate
that really contains the question is a hit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property
from itertools import pairwise

from crm_desktop.domain.identity import phone_key, plate_key

_SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789"
_WIDE = 0xFEE0
_FOLD = {
    **{ord(sign): chr(ord(sign) + _WIDE) for sign in _SIGNS},
    **{ord(letter): letter.lower() for letter in _LETTERS},
    **{ord(plain) + _WIDE: plain for plain in _PLAIN},
    **{ord(letter) + _WIDE: letter.lower() for letter in _LETTERS},
}
_LATIN = re.compile(r"[a-z][a-z0-9]*")
_CODE_GRAM, _BEGINS, _ENDS = 4, "⟨", "⟩"
_ASKED_AT_MOST = 24  # grams of one question: a pasted paragraph is found by its beginning and confirmed whole


class HitKind(StrEnum):
    """What a hit is; the groups of the answer, in this order."""

    CUSTOMER = "customer"
    VEHICLE = "vehicle"
    COMPLAINT = "complaint"
    REWORK = "rework"


GROUPS: dict[HitKind, str] = {
    HitKind.CUSTOMER: "客户",
    HitKind.VEHICLE: "车辆",
    HitKind.COMPLAINT: "抱怨",
    HitKind.REWORK: "返修单",
}


class Meets(IntEnum):
    """How a question met: the lower the nearer."""

    WHOLE = 0
    BEGINNING = 1
    END = 2
    PART = 3
    CONTENT = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the answer; ``why`` names what met, ``excerpt`` shows it in its surroundings (texts only).

    Phones are masked. ``opens`` is the number of the complaint a complaint or rework hit leads to; ``customer_id`` is
    the customer of a hit where there is one; ``open_cases`` counts complaints that are not closed (0 or 1 for a
    complaint itself).
    """

    kind: str
    id: int
    number: str
    title: str
    why: str
    detail: str = ""
    excerpt: str = ""
    opens: str = ""
    customer_id: int | None = None
    open_cases: int = 0


@dataclass(frozen=True, slots=True)
class HitGroup:
    """Hits of one kind, nearest first; ``more`` when there are others that were not fetched."""

    kind: HitKind
    label: str
    hits: tuple[Hit, ...]
    more: bool


@dataclass(frozen=True)
class Question:
    """What was typed, in the forms it is compared in."""

    typed: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words a text must contain, all of them."""
        return tuple(dict.fromkeys(folded(self.typed).split()))

    @cached_property
    def variants(self) -> re.Pattern[str] | None:
        """The characters a text may have instead of those asked for; None where there are none (Chinese)."""
        asked = set("".join(self.words))
        others = [chr(written) for written, meant in _FOLD.items() if meant in asked]
        return re.compile(f"[{re.escape(''.join(others))}]") if others else None

    @cached_property
    def code(self) -> str:
        """What a code must contain."""
        return code_form(self.typed)

    @cached_property
    def phones(self) -> tuple[str, ...]:
        """What a phone must contain one of: as typed, and without +86 or a carrier's prefix."""
        told = "" if any(char.isalpha() for char in self.typed) else code_form(phone_key(self.typed))
        return tuple(dict.fromkeys(form for form in (self.code, told) if form))

    @cached_property
    def letters(self) -> str:
        """What pinyin must begin with; nothing where not only Latin letters were typed."""
        joined = "".join(self.words).replace("＇", "")
        return joined if _LATIN.fullmatch(joined) else ""


def folded(text: str) -> str:
    """Letters and digits narrow and small, signs wide; blanks and everything else as they are."""
    return text.translate(_FOLD)


def code_form(raw: str) -> str:
    """A phone, plate, VIN or number as it is compared: folded, without blanks, dashes and dots."""
    return folded(plate_key(raw))


def text_grams(text: str) -> set[str]:
    """What a text is found by: every character and every pair of neighbours of its words."""
    grams: set[str] = set()
    for word in folded(text).split():
        grams.update(word)
        grams.update(map("".join, pairwise(word)))
    return grams


def code_grams(raw: str) -> set[str]:
    """What a code is found by: all its parts of one to four characters, and both its ends."""
    code = code_form(raw)
    widths = range(1, min(len(code), _CODE_GRAM) + 1)
    grams = {code[at : at + width] for width in widths for at in range(len(code) - width + 1)}
    for width in widths:
        grams.add(_BEGINS + code[:width])
        grams.add(code[-width:] + _ENDS)
    return grams


def asked_of_texts(words: Iterable[str]) -> list[str]:
    """The grams a text must have to contain all these words (folded, without blanks)."""
    grams = [gram for word in words for gram in (map("".join, pairwise(word)) if len(word) > 1 else (word,))]
    return list(dict.fromkeys(grams))[:_ASKED_AT_MOST]


def asked_of_codes(code: str) -> list[str]:
    """The grams a code must have to contain this part: every second one, and the last, say as much as all of them."""
    width = min(len(code), _CODE_GRAM)
    last = len(code) - width
    grams = [code[at : at + width] for at in (*range(0, last, 2), last)] if width else []
    return list(dict.fromkeys(grams))[:_ASKED_AT_MOST]


def asked_of_ends(code: str) -> tuple[tuple[str, ...], ...]:
    """The grams a code must have to begin and end with this part, to begin with it, to end with it."""
    begins, ends = _BEGINS + code[:_CODE_GRAM], code[-_CODE_GRAM:] + _ENDS
    rest = asked_of_codes(code) if len(code) > _CODE_GRAM else ()
    return (begins, ends, *rest), (begins, *rest), (ends, *rest)


def meeting_of_text(value: str, words: Sequence[str]) -> Meets | None:
    """How near a name comes to these words; None where one of them is missing."""
    told = folded(value)
    if not all(word in told for word in words):
        return None
    return _near("".join(told.split()), "".join(words))


def meeting_of_code(value: str, parts: Iterable[str]) -> Meets | None:
    """How near a code comes to one of these parts; None where it contains none."""
    told = code_form(value)
    found = [_near(told, part) for part in parts if part in told]
    return min(found) if found else None


def _near(told: str, asked: str) -> Meets:
    if told == asked:
        return Meets.WHOLE
    if told.startswith(asked):
        return Meets.BEGINNING
    return Meets.END if told.endswith(asked) else Meets.PART


def excerpt(text: str, words: Sequence[str], before: int = 8, length: int = 40) -> str:
    """The text around the first of these words that stands in it, on one line."""
    told = folded(text)
    places = [at for word in words if (at := told.find(word)) >= 0]
    start = max(0, min(places, default=0) - before)
    cut = text[start : start + length]
    shown = " ".join(cut.split())
    return f"{'…' if start else ''}{shown}{'…' if start + length < len(text) else ''}"
