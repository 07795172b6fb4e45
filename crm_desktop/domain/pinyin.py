"""Pinyin of names, from a table made at build time (tools/make_pinyin.py): no import of 0.4 s at the desk."""

from __future__ import annotations

from functools import lru_cache

from crm_desktop.paths import resource

_FIRST, _LAST = 0x3400, 0x9FFF
_KEPT = 4
"""Readings of a name that are carried on to its next character: a name of many second readings stays short."""
_LONGEST = 48
READINGS = {
    "曾": "ceng zeng", "单": "dan shan", "仇": "chou qiu", "解": "jie xie", "区": "qu ou", "查": "cha zha",
    "盖": "gai ge", "翟": "di zhai", "缪": "mou miao miu", "卜": "bo bu", "覃": "tan qin", "朴": "pu piao",
    "乐": "le yue", "种": "zhong chong", "冼": "xian", "阚": "han kan", "员": "yuan yun", "尉": "wei yu",
    "万": "wan mo", "秘": "mi bi", "长": "chang zhang", "重": "zhong chong", "行": "xing hang", "藏": "cang zang",
    "石": "shi dan", "洗": "xi xian", "折": "zhe she", "宓": "mi fu", "召": "zhao shao", "贾": "jia gu",
    "隗": "kui wei", "郇": "xun huan", "曲": "qu", "车": "che ju", "能": "neng nai", "盛": "sheng cheng",
    "句": "ju gou", "逄": "pang", "牟": "mou mu", "佴": "er nai", "乜": "mie nie", "谌": "chen shen",
    "晟": "sheng cheng", "茜": "qian xi", "娜": "na nuo", "莎": "sha suo", "祭": "ji zhai", "费": "fei bi",
    "薄": "bao bo", "柏": "bai bo", "繁": "fan po", "俞": "yu shu", "钭": "tou dou", "郗": "xi chi",
    "宿": "su xiu", "角": "jiao jue", "莘": "shen xin", "褚": "chu zhe", "炅": "jiong gui", "颉": "jie xie",
    "那": "na nuo", "澹": "tan dan", "适": "shi kuo", "適": "shi kuo", "俟": "qi si", "吕": "lv lu", "闾": "lv lu",
    "律": "lv lu", "绿": "lv lu", "女": "nv nu",
}  # fmt: skip
"""Characters read in more than one way in names, and those the table reads as nobody is called: all readings."""

_SURNAMES = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "区": "ou", "查": "zha", "盖": "ge", "翟": "zhai",
    "缪": "miao", "卜": "bu", "覃": "qin", "朴": "piao", "乐": "yue", "种": "chong", "冼": "xian", "阚": "kan",
    "员": "yun", "万": "wan", "秘": "bi", "宓": "mi", "隗": "wei", "车": "che", "能": "nai", "盛": "sheng",
    "句": "gou", "乜": "nie", "谌": "chen", "费": "fei", "柏": "bai", "繁": "po", "俞": "yu", "褚": "chu",
    "郗": "xi", "莘": "shen", "石": "shi", "折": "she", "贾": "jia", "祭": "zhai", "那": "na", "召": "shao",
}  # fmt: skip
"""How a character is read that begins a name, where that is not its usual reading."""
_NAME_LENGTH, _ORDERED_BY = 4, 24
_AFTER = "\x01"
"""Ends a syllable: below every letter, so that zhan comes before zhang."""


def initials(name: str) -> str:
    """The lower-case initials of a name, all readings, one after another with a blank before each.

    曾小明 → `` cxm zxm``; letters and digits stand for themselves, other characters are passed over.
    """
    found = _combined([tuple(dict.fromkeys(reading[0] for reading in _readings(char))) for char in name])
    return "".join(f" {reading}" for reading in found)


def spelled(name: str) -> tuple[str, ...]:
    """The whole syllables of a name in all readings, each once, a long one cut.

    曾小明 → cengxiaoming, zengxiaoming; ü is v, and u beside it.
    """
    found = _combined([_readings(char) for char in name])
    return tuple(dict.fromkeys(key[:_LONGEST] for key in found))


def ordering(text: str) -> str:
    """What a text is sorted by: pinyin syllable by syllable, equal ones by the character, Latin letters without case.

    曾小明 stands among the Z: a name (four characters at most) begins with the reading of a surname. Only the first
    24 characters count; a hundred thousand names take 0.05 s.
    """
    if text.isascii():
        return text[:_ORDERED_BY].lower()
    first = _SURNAMES.get(text[0]) if len(text) <= _NAME_LENGTH else None
    if first:
        return f"{first}{_AFTER}{text[0]}{text[1:].translate(_ORDER)}"
    return text[:_ORDERED_BY].translate(_ORDER)


class _Order(dict[int, str]):
    """For ``str.translate``: a character as it is sorted, looked up when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        readings = () if char.isascii() else _readings(char)
        told = self[code] = f"{readings[0]}{_AFTER}{char}" if readings else char.lower()
        return told


_ORDER = _Order()


def _combined(readings: list[tuple[str, ...]]) -> list[str]:
    """Every way through the readings of one character after the other; none of them empty."""
    ways = [""]
    for choices in readings:
        if choices:
            ways = [done + choice for done in ways[:_KEPT] for choice in choices]
    return [way for way in ways if way]


@lru_cache(maxsize=8192)
def _readings(char: str) -> tuple[str, ...]:
    """The syllables of one character, the usual one first; nothing for what is no letter, digit or known sign."""
    if char in READINGS:
        return tuple(READINGS[char].split())
    if char.isascii():
        return (char.lower(),) if char.isalnum() else ()
    position = ord(char) - _FIRST
    if not 0 <= position <= _LAST - _FIRST:
        return ()
    syllables, table = _table()
    place = table[2 * position : 2 * position + 2]
    return () if place == ".." else (syllables[int(place, 36)],)


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[str, ...], str]:
    """The syllables, and two base-36 digits for every code point from U+3400 to U+9FFF that name one."""
    syllables, table = resource("pinyin", "syllables.txt").read_text(encoding="ascii").splitlines()
    return tuple(syllables.split()), table
