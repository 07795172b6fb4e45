"""Reads from a TrueType face only what a page asks for: glyph numbers, widths, and a subset to embed.

Parsing all of a 10 MB Chinese face takes about 70 ms; here it is mapped into memory and its character map is
searched, so that opening one takes under a millisecond and nobody needs to cut small faces for speed.
Table layouts: the OpenType specification, chapters cmap, glyf, head, hhea, hmtx, loca, maxp and OS/2.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

_UNICODE_MAP = 12
_CHECKSUM_OF_A_FONT = 0xB1B0AFBA


class TrueTypeFace:
    """One .ttf file of ``resources/fonts``, which all have a format 12 map; sizes are per 1000 of the em."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        (tables,) = struct.unpack_from(">H", self._data, 4)
        entries = (struct.unpack_from(">4s4x2L", self._data, 12 + 16 * i) for i in range(tables))
        self._tables: dict[bytes, tuple[int, int]] = {tag: (start, length) for tag, start, length in entries}
        (self._em,) = self._read("H", b"head", 18)
        (self._long_offsets,) = self._read("H", b"head", 50)
        (self._metrics,) = self._read("H", b"hhea", 34)
        self._starts, self._groups = self._character_map()

    def glyph(self, char: str) -> int:
        """The number of a character's glyph, 0 where the face has none."""
        code = ord(char)
        first, last, glyph = self._groups[bisect_right(self._starts, code) - 1]
        return glyph + code - first if first <= code <= last else 0

    def width(self, glyph: int) -> int:
        """How far a glyph moves the pen."""
        (advance,) = self._read("H", b"hmtx", 4 * min(glyph, self._metrics - 1))
        return self._scaled(advance)

    @property
    def ascent(self) -> int:
        """The height of the tallest letters above the baseline."""
        return self._scaled(self._read("h", b"hhea", 4)[0])

    @property
    def descent(self) -> int:
        """The depth below the baseline, as a negative number."""
        return self._scaled(self._read("h", b"hhea", 6)[0])

    @property
    def box(self) -> list[int]:
        """Left, bottom, right and top of the box that holds every glyph."""
        return [self._scaled(value) for value in self._read("4h", b"head", 36)]

    def subset(self, glyphs: Sequence[int]) -> bytes:
        """A face whose glyph n is ``glyphs[n]``. Our faces have no glyphs composed of others and no hinting."""
        outlines = [self._outline(glyph) for glyph in glyphs]
        padded = [outline + bytes(-len(outline) % 4) for outline in outlines]
        offsets = accumulate(map(len, padded), initial=0)
        return _font_file(
            {
                b"glyf": b"".join(padded),
                b"head": self._patched(b"head", 50, 1),
                b"hhea": self._patched(b"hhea", 34, len(glyphs)),
                b"hmtx": b"".join(map(self._metric, glyphs)),
                b"loca": struct.pack(f">{len(glyphs) + 1}L", *offsets),
                b"maxp": self._patched(b"maxp", 4, len(glyphs)),
            }
        )

    def _outline(self, glyph: int) -> bytes:
        if self._long_offsets:
            begin, end = self._read("2L", b"loca", 4 * glyph)
        else:
            begin, end = (2 * half for half in self._read("2H", b"loca", 2 * glyph))
        start = self._tables[b"glyf"][0]
        return self._data[start + begin : start + end]

    def _metric(self, glyph: int) -> bytes:
        last = self._metrics - 1
        if glyph <= last:
            return self._part(b"hmtx", 4 * glyph, 4)
        return self._part(b"hmtx", 4 * last, 2) + self._part(b"hmtx", 4 * self._metrics + 2 * (glyph - last - 1), 2)

    def _character_map(self) -> tuple[list[int], list[tuple[int, int, int]]]:
        start = self._tables[b"cmap"][0]
        (count,) = struct.unpack_from(">H", self._data, start + 2)
        for index in range(count):
            (offset,) = struct.unpack_from(">L", self._data, start + 4 + 8 * index + 4)
            (kind,) = struct.unpack_from(">H", self._data, start + offset)
            if kind == _UNICODE_MAP:
                (groups,) = struct.unpack_from(">L", self._data, start + offset + 12)
                body = self._data[start + offset + 16 : start + offset + 16 + 12 * groups]
                found: list[tuple[int, int, int]] = [*struct.iter_unpack(">3L", body)]
                return [first for first, _, _ in found], found
        raise ValueError(f"{self.name}: no format 12 character map; run tools/make_fonts.py")

    def _scaled(self, units: int) -> int:
        return round(units * 1000 / self._em)

    def _read(self, layout: str, table: bytes, offset: int) -> tuple[int, ...]:
        return struct.unpack_from(">" + layout, self._data, self._tables[table][0] + offset)

    def _part(self, table: bytes, offset: int, length: int) -> bytes:
        start = self._tables[table][0] + offset
        return self._data[start : start + length]

    def _table(self, table: bytes) -> bytes:
        return self._part(table, 0, self._tables[table][1])

    def _patched(self, table: bytes, offset: int, value: int) -> bytes:
        data = bytearray(self._table(table))
        struct.pack_into(">H", data, offset, value)
        if table == b"head":
            struct.pack_into(">L", data, 8, 0)  # the checksum of the whole file, filled in at the end
        return bytes(data)


def _font_file(tables: dict[bytes, bytes]) -> bytes:
    """The tables as one font file, with the checksums the specification asks for."""
    power = len(tables).bit_length() - 1
    search = 16 << power
    parts = [struct.pack(">L4H", 0x00010000, len(tables), search, power, 16 * len(tables) - search)]
    offset = 12 + 16 * len(tables)
    bodies = []
    for tag in sorted(tables):
        body = tables[tag] + bytes(-len(tables[tag]) % 4)
        parts.append(struct.pack(">4s3L", tag, _checksum(body), offset, len(tables[tag])))
        bodies.append(body)
        offset += len(body)
    font = bytearray(b"".join(parts + bodies))
    head = font.index(b"head")
    (start,) = struct.unpack_from(">L", font, head + 8)
    struct.pack_into(">L", font, start + 8, (_CHECKSUM_OF_A_FONT - _checksum(font)) & 0xFFFFFFFF)
    return bytes(font)


def _checksum(data: bytes | bytearray) -> int:
    words = array("I", bytes(data))
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF
