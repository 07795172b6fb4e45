"""Breaks text into lines as Chinese paper does: 。，）never begin a line, （《 never end one, words stay whole.

Rules: GB/T 15834-2011 section 5.1 (where marks may stand), and the habit of every printer that a Latin word, a
number or an order number is only split where it is longer than the line.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from itertools import accumulate

from crm_desktop.exporters.fonts import Typeface

_NEVER_FIRST = frozenset("。，、；：？！）》」』】〕〉］｝”’…—～·％℃°,.;:?!)]}%‰′″々〻ー゛゜｡､")
_NEVER_LAST = frozenset("（《「『【〔〈［｛“‘([{＄￥¥$£№＃#")
# Inside a word these bind as letters do: km/h, 2026-11-21, P0171, a.b@c.cn, 1,000.
_BINDING = frozenset("-/.,:_@&+'%#*=~\\()[]<>\"")


def wrapped(text: str, typeface: Typeface, size: float, width: float) -> list[str]:
    """The lines of a text in a space of ``width`` points; line ends in the text are kept, an empty text has none."""
    if not text:
        return []
    limit = width * 1000 / size
    lines: list[str] = []
    for paragraph in text.replace("\t", "  ").split("\n"):
        _break(paragraph, typeface, limit, lines)
    return lines


def _break(paragraph: str, typeface: Typeface, limit: float, lines: list[str]) -> None:
    reach = list(accumulate(map(typeface.widths.__getitem__, paragraph)))
    if not reach or reach[-1] <= limit:
        lines.append(paragraph)
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
    for end in range(fits, begin, -1):
        if _may_break(text, end):
            return end
    return fits


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
