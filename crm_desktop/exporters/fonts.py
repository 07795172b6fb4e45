"""The faces of paper and window, asked in turn: Noto Sans SC first, rare name characters and ☑ last, then 〓.

No character is lost: what no face has prints 〓, keeps its own code in the text that is copied out of a PDF, and
is told to whoever prints (``missing``).
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

from crm_desktop.exporters.truetype import TrueTypeFace
from crm_desktop.paths import resource

GETA = "〓"

# Kept in the text, never seen: joiners, direction marks, and the selectors that choose between forms of one glyph.
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


class Glyph(NamedTuple):
    """Where a character's picture is: the place of its face in the typeface, its number there, its width per 1000."""

    face: int
    number: int
    width: int
    found: bool = True


class Typeface:
    """One weight: its faces are opened when a character is looked for that no face before them has."""

    def __init__(self, *files: str) -> None:
        self._files = files
        self.glyphs = _Glyphs(self)
        self.widths = _Widths(self.glyphs)

    def face(self, place: int) -> TrueTypeFace:
        """The face that ``Glyph.face`` points to."""
        return _face(self._files[place])

    def width(self, text: str) -> int:
        """How wide a line of text is, per 1000 of the type size."""
        return sum(map(self.widths.__getitem__, text))

    def find(self, char: str) -> Glyph:
        """The character in the first face that has it; 〓 where none has, nothing where nothing is to be seen."""
        if char == "\t" or unicodedata.category(char) == "Zs":
            return self._in_any_face(char) or self._blank(self._known(" ").width)
        if unicodedata.category(char) == "Cf" or any(ord(char) in block for block in _SELECTORS):
            return self._blank(0)
        return self._in_any_face(char) or self._known(GETA)._replace(found=False)

    def _in_any_face(self, char: str) -> Glyph | None:
        for place in range(len(self._files)):
            face = self.face(place)
            if number := face.glyph(char):
                return Glyph(place, number, face.width(number))
        return None

    def _known(self, char: str) -> Glyph:
        number = self.face(0).glyph(char)
        return Glyph(0, number, self.face(0).width(number))

    def _blank(self, width: int) -> Glyph:
        return self._known(" ")._replace(width=width)


class _Glyphs(dict[str, Glyph]):
    """Characters met so far; a new one is looked up once."""

    def __init__(self, typeface: Typeface) -> None:
        super().__init__()
        self._typeface = typeface

    def __missing__(self, char: str) -> Glyph:
        glyph = self[char] = self._typeface.find(char)
        return glyph


class _Widths(dict[str, int]):
    """The widths alone, as the line breaker adds up every character of every text."""

    def __init__(self, glyphs: _Glyphs) -> None:
        super().__init__()
        self._glyphs = glyphs

    def __missing__(self, char: str) -> int:
        width = self[char] = self._glyphs[char].width
        return width


@cache
def _face(file: str) -> TrueTypeFace:
    return TrueTypeFace(resource("fonts", file))


REGULAR = Typeface("NotoSansSC-Regular.ttf", "DeskExtras.ttf")
BOLD = Typeface("NotoSansSC-Bold.ttf", "NotoSansSC-Regular.ttf", "DeskExtras.ttf")


def missing(text: str) -> tuple[str, ...]:
    """The characters of the text that no face has, in order and once each, as ``U+1F600 😀``."""
    return tuple(dict.fromkeys(named(char) for char in text if char != "\n" and not REGULAR.glyphs[char].found))


def named(char: str) -> str:
    """A character's code point, and the character itself where it can be shown: ``U+1F600 😀``."""
    code = f"U+{ord(char):04X}"
    return f"{code} {char}" if unicodedata.category(char) not in ("Cc", "Cs", "Cn", "Co") else code
