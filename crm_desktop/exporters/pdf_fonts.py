"""Embeds a typeface in a PDF: only the glyphs that were used, and text that copies out as what it is.

reportlab's own TrueType fonts hold 256 characters each (a Chinese page switches between twenty of them) and write
the Unicode of characters beyond U+FFFF with five hex digits, which readers take for something else. Here each face
is one composite font: characters are numbered as they come, two bytes each, and ``_unicode_of`` writes UTF-16 as
the specification wants it (ISO 32000-1, 9.7 and 9.10.3).
"""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import cast

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFDocument, PDFName, PDFStream, PDFString

from crm_desktop.exporters.fonts import GETA, Glyph, Typeface, named

_SYMBOLIC = 4
_STEM = 80
_ELSEWHERE = "!"
_BLOCK = 100  # at most so many entries may stand between beginbfchar and endbfchar


class EmbeddedTypeface:
    """One typeface in one document; reportlab asks ``addObjects`` for its objects when the document is saved."""

    def __init__(self, typeface: Typeface, name: str, document: PDFDocument) -> None:
        self.typeface = typeface
        self._name = name
        self._fonts: dict[int, _EmbeddedFace] = {}
        self._first_face = _Codes(self)
        document.delayedFonts.append(self)

    def show(self, text: str, size: float) -> str:
        """The operators that print one line of text at the pen."""
        codes = "".join(map(self._first_face.__getitem__, text))
        if _ELSEWHERE not in codes:
            return f"/{self._name}0 {size:g} Tf <{codes}> Tj"
        placed = ((self.typeface.glyphs[char].face, char) for char in text)
        runs = ((place, "".join(char for _, char in run)) for place, run in groupby(placed, key=itemgetter(0)))
        return " ".join(f"/{self._name}{place} {size:g} Tf <{self._codes(place, run)}> Tj" for place, run in runs)

    def code(self, char: str) -> str:
        """The character as four hex digits of the first face, or the sign that it stands in another one."""
        glyph = self.typeface.glyphs[char]
        return self._embedded(0).code(char, glyph) if glyph.face == 0 else _ELSEWHERE

    @property
    def missing(self) -> tuple[str, ...]:
        """The characters that were used and that no face has, as ``fonts.missing`` names them."""
        chars = [char for font in self._fonts.values() for char in font.chars]
        return tuple(named(char) for char in chars if not self.typeface.glyphs[char].found)

    def addObjects(self, document: PDFDocument) -> None:  # noqa: N802 - the name reportlab calls
        """Put the fonts that were used into the document."""
        fonts = cast("PDFDictionary", document.idToObject["BasicFonts"])
        for place, font in sorted(self._fonts.items()):
            name = f"{self._name}{place}"
            fonts[name] = document.Reference(font.objects(document, name), f"font:{name}")

    def _codes(self, place: int, run: str) -> str:
        return "".join(self._embedded(place).code(char, self.typeface.glyphs[char]) for char in run)

    def _embedded(self, place: int) -> _EmbeddedFace:
        if place not in self._fonts:
            self._fonts[place] = _EmbeddedFace(self.typeface, place)
        return self._fonts[place]


class _Codes(dict[str, str]):
    """Characters used so far; a new one is numbered once."""

    def __init__(self, typeface: EmbeddedTypeface) -> None:
        super().__init__()
        self._typeface = typeface

    def __missing__(self, char: str) -> str:
        code = self[char] = self._typeface.code(char)
        return code


class _EmbeddedFace:
    """One face in one document: character n of ``chars`` has the code n + 1 (0 is the glyph for nothing)."""

    def __init__(self, typeface: Typeface, place: int) -> None:
        self._face = typeface.face(place)
        self._glyphs: dict[str, Glyph] = {}
        self._codes: dict[str, str] = {}

    @property
    def chars(self) -> list[str]:
        return list(self._codes)

    def code(self, char: str, glyph: Glyph) -> str:
        if char not in self._codes:
            self._glyphs[char] = glyph
            self._codes[char] = f"{len(self._codes) + 1:04x}"
        return self._codes[char]

    def objects(self, document: PDFDocument, name: str) -> PDFDictionary:
        tag = f"{_subset_tag(self.chars)}+{self._face.name}"
        descendant = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName(tag),
                "CIDSystemInfo": PDFDictionary(
                    {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
                ),
                "CIDToGIDMap": PDFName("Identity"),
                "DW": 1000,
                "W": PDFArray([1, PDFArray([glyph.width for glyph in self._glyphs.values()])]),
                "FontDescriptor": document.Reference(self._descriptor(document, tag, name), f"descriptor:{name}"),
            }
        )
        return PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("Type0"),
                "BaseFont": PDFName(tag),
                "Encoding": PDFName("Identity-H"),
                "DescendantFonts": PDFArray([document.Reference(descendant, f"descendant:{name}")]),
                "ToUnicode": document.Reference(PDFStream(content=self._unicode_map()), f"unicode:{name}"),
            }
        )

    def _descriptor(self, document: PDFDocument, tag: str, name: str) -> PDFDictionary:
        file = PDFStream(content=self._face.subset([0, *(glyph.number for glyph in self._glyphs.values())]))
        file.dictionary["Length1"] = len(file.content)
        return PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": PDFName(tag),
                "Flags": _SYMBOLIC,
                "FontBBox": PDFArray(self._face.box),
                "ItalicAngle": 0,
                "Ascent": self._face.ascent,
                "Descent": self._face.descent,
                "CapHeight": self._face.ascent,
                "StemV": _STEM,
                "FontFile2": document.Reference(file, f"file:{name}"),
            }
        )

    def _unicode_map(self) -> str:
        entries = [f"<{code}> <{_unicode_of(char)}>" for char, code in self._codes.items()]
        blocks = (entries[start : start + _BLOCK] for start in range(0, len(entries), _BLOCK))
        body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return _UNICODE_MAP.format(body=body)


def _unicode_of(char: str) -> str:
    """What is copied for a character: UTF-16 in hex digits; 〓 for what is no character at all."""
    kept = GETA if unicodedata.category(char) in ("Cc", "Cs") else char
    return kept.encode("utf-16-be").hex()


def _subset_tag(chars: list[str]) -> str:
    """Six capital letters that differ when the subset differs."""
    digest = sha256("".join(chars).encode("utf-8", "surrogatepass")).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


_UNICODE_MAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{body}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
