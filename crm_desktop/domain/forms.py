"""A paper form in words: sections of labelled fields, passages and signatures, laid out by whoever draws it.

The papers beside 《抱怨/投诉单》 are built of these, so that PDF and workbook of one paper cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from crm_desktop.domain.sheets import Box, Letterhead, Signature

SHARES = 3
"""How many equal parts a line has."""


@dataclass(frozen=True, slots=True)
class Field:
    """A label and what stands beside it; ``share`` of a line's three parts."""

    label: str
    text: str
    share: int = 1


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields side by side; their shares add up to three."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text over the whole width under its caption; ``weight`` is its claim to spare height."""

    caption: str
    text: str = ""
    hint: str = ""
    weight: int = 20


@dataclass(frozen=True, slots=True)
class Signatures:
    """Blocks to sign, up to three side by side."""

    blocks: tuple[Signature, ...]


Line = Fields | Passage | Signatures


@dataclass(frozen=True, slots=True)
class FormSection:
    """Lines under one title, which stands at their left."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One form, every word final; an empty string leaves the space to be filled by hand.

    ``head`` are the words of the line above the frame, at its left, middle and right; ``number`` is also what the QR
    code says, where ``code`` tells nothing else; ``mark`` is printed beside the title (作废, 更正 …).
    """

    title: str
    letterhead: Letterhead
    sections: tuple[FormSection, ...]
    number: str = ""
    date: str = ""
    head: str = ""
    mark: str = ""
    footer_left: str = ""
    footer_middle: str = "保存期限：二年（含返修六年）"
    name: str = field(default="")
    """What the form is called beside others in one file (A, B …; a measure's number)."""
    code: str = ""


def fields(*pairs: tuple[str, str] | tuple[str, str, int]) -> Fields:
    """A line of labelled fields, written short: ``fields(("车牌号", plate), ("地址", address, 2))``."""
    return Fields(tuple(Field(*pair) for pair in pairs))


class Ticks(str):
    """Boxes in words: on a form that is printed already (套打) only the ticks are filled in."""

    __slots__ = ()


class Labelled(str):
    """A word of the form, a colon, and what was filled in behind it: 归档号：2026-031."""

    __slots__ = ()


def ticks(boxes: tuple[Box, ...], gap: str = "　") -> Ticks:
    """Boxes in words: ☑有效　□无效."""
    return Ticks(gap.join(f"{'☑' if box.ticked else '□'}{box.label}" for box in boxes))
