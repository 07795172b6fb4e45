"""Breaks text into lines as Chinese paper does: 。，）never begin a line, （《 never end one, words stay whole.

Rules: GB/T 15834-2011 section 5.1 (where marks may stand), and the habit of every printer that a Latin word, a
number or an order number is only split where it is longer than the line.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from crm_desktop.exporters.fonts import Typeface
from crm_desktop.exporters.pdf_style import Style

_NEVER_FIRST = frozenset("。，、；：？！）》」』】〕〉］｝”’…—～·％℃°,.;:?!)]}%‰′″々〻ー゛゜｡､")
_NEVER_LAST = frozenset("□☐☑（《「『【〔〈［｛“‘([{＄￥¥$£№＃#")
# Inside a word these bind as letters do: km/h, 2026-11-21, P0171, a.b@c.cn, 1,000.
_BINDING = frozenset("-/.,:_@&+'%#*=~\\()[]<>\"")


# A number a little too long for its space is printed smaller, down to this part of its size, and so stays whole.
_SMALLEST = 0.86


def wrapped(text: str, style: Style, width: float) -> list[str]:
    """The lines of a text in a space of ``width`` points; line ends in the text are kept,
    blanks at the end of a line are not; an empty text has none.
    """
    if not text:
        return []
    limit = width * 1000 / style.size
    lines: list[str] = []
    for paragraph in _without_tabs(text).split("\n"):
        _break(paragraph, style.typeface, limit, lines)
    return lines


def rest_after(text: str, lines: Sequence[str]) -> str:
    """What of a text comes after its first ``lines``."""
    text, at = _without_tabs(text), 0
    for line in lines:
        at = text.index(line, at) + len(line)
        at += len(text[at:]) - len(text[at:].lstrip(" "))
        at += text.startswith("\n", at)
    return text[at:]


def fitting(paragraphs: Iterable[str], style: Style, width: float) -> Style:
    """The style, or a smaller one where that keeps a number whole that is a little too long for the space."""
    numbers = (text for text in paragraphs if text.isascii() and " " not in text)
    widest = max(map(style.width, numbers), default=0.0)
    if not width < widest <= width / _SMALLEST:
        return style
    return replace(style, size=int(style.size * width / widest * 10) / 10)


def shrunk(text: str, style: Style, width: float) -> Style:
    """The style, or the smaller one in which the text takes one line of ``width`` points."""
    wide = style.width(text)
    return style if wide <= width else replace(style, size=style.size * width / wide)


def _without_tabs(text: str) -> str:
    return text.replace("\t", "  ")


def _break(paragraph: str, typeface: Typeface, limit: float, lines: list[str]) -> None:
    reach = list(accumulate(map(typeface.widths.__getitem__, paragraph)))
    if not reach or reach[-1] <= limit:
        lines.append(paragraph.rstrip(" "))
        return
    begin, length = 0, len(paragraph)
    while begin < length:
        so_far = reach[begin - 1] if begin else 0
        fits = max(bisect_right(reach, so_far + limit, begin), begin + 1)
        end = length if fits >= length else _last_break(paragraph, begin, fits)
        lines.append(paragraph[begin:end].rstrip(" "))
        begin = end
        while begin < length and paragraph[begin] == " ":
            begin += 1


def _last_break(text: str, begin: int, fits: int) -> int:
    """The last place up to ``fits`` where the line may end; ``fits`` itself where the line is one long word."""
    if text[fits] == " ":
        return fits
    return next((end for end in range(fits, begin, -1) if _may_break(text, end)), fits)


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if before == " ":
        return after not in _NEVER_FIRST
    if after in _NEVER_FIRST or before in _NEVER_LAST or _joins(before) or _joins(after):
        return False
    return not (_in_word(before) and _in_word(after))


def _in_word(char: str) -> bool:
    """Letters, digits and what binds them, of the scripts that put blanks between words."""
    return char < "\u2e80" and (char.isalnum() or char in _BINDING)


def _joins(char: str) -> bool:
    """Accents, joiners and selectors cling to the character before or after them."""
    return char > "\u02ff" and unicodedata.category(char) in ("Mn", "Me", "Cf")
