"""Pinyin initials of names, from a table made at build time (tools/make_pinyin.py): no import of 0.4 s at the desk."""

from __future__ import annotations

from functools import lru_cache

from crm_desktop.paths import resource

_FIRST, _LAST = 0x3400, 0x9FFF
SECOND_READINGS = {
    "曾": "cz", "单": "ds", "仇": "cq", "解": "jx", "区": "qo", "查": "cz", "盖": "g", "翟": "dz", "缪": "m",
    "卜": "b", "覃": "tq", "朴": "p", "乐": "ly", "种": "zc", "冼": "x", "阚": "k", "员": "y", "尉": "wy",
    "万": "wm", "秘": "mb", "长": "cz", "重": "zc", "行": "xh", "藏": "cz", "石": "sd", "洗": "x", "折": "zs",
    "宓": "mf", "召": "zs", "贾": "jg", "隗": "kw", "郇": "xh", "曲": "q", "车": "cj", "能": "n", "盛": "s",
}  # fmt: skip
"""Characters read in more than one way in names: every initial they are looked for by."""


def initials(name: str) -> str:
    """The lower-case initials of a name, all readings, one after another with a blank before each.

    曾小明 → `` cxm zxm``; letters and digits stand for themselves, other characters are passed over.
    """
    readings = [""]
    for char in name:
        letters = SECOND_READINGS.get(char) or _initial(char)
        if letters:
            readings = [done + letter for done in readings[:4] for letter in letters]
    return "".join(f" {reading}" for reading in readings if reading)


def _initial(char: str) -> str:
    if char.isascii():
        return char.lower() if char.isalnum() else ""
    position = ord(char) - _FIRST
    if 0 <= position <= _LAST - _FIRST:
        return _table()[position].strip()
    return ""


@lru_cache(maxsize=1)
def _table() -> str:
    """One letter (or a blank) for every code point from U+3400 to U+9FFF."""
    return resource("pinyin", "initials.txt").read_text(encoding="ascii")
