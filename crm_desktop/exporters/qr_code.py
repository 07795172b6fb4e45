"""QR codes for the numbers of our papers: up to 42 bytes, error correction M, as ISO/IEC 18004 has it.

reportlab has an encoder too, but importing it brings all of platypus along (75 ms, as much as everything else a form
needs), and making one code takes it as long as printing the form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise

LONGEST = 42

_DATA_WORDS, _CHECK_WORDS = (16, 28, 44), (10, 16, 26)  # of versions 1, 2 and 3, each a single block
_BYTES_MODE = 0b0100
_FIELD = 0x11D  # the polynomial of the field the check words are calculated in
# Where each of the eight masks turns a module round: where the result is 0.
_MASKS: tuple[Callable[[int, int], int], ...] = (
    lambda row, column: (row + column) % 2,
    lambda row, column: row % 2,
    lambda row, column: column % 3,
    lambda row, column: (row + column) % 3,
    lambda row, column: (row // 2 + column // 3) % 2,
    lambda row, column: row * column % 2 + row * column % 3,
    lambda row, column: (row * column % 2 + row * column % 3) % 2,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2,
)
_FORMAT_BITS, _FORMAT_MASK = 0x537, 0x5412

_LONG_RUN = re.compile("0{5,}|1{5,}")

Module = tuple[int, int]
Modules = tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=4)  # every page of a form bears the same code
def modules(text: str) -> Modules:
    """The code's rows from the top, dark modules true.

    :raises ValueError: for more than ``LONGEST`` bytes of UTF-8.
    """
    data = text.encode("utf-8", "replace")
    version = next((place for place, words in enumerate(_DATA_WORDS, 1) if len(data) <= words - 2), 0)
    if not version:
        raise ValueError(f"{len(data)} bytes are too many for a code, at most {LONGEST}")
    words = _data_words(data, _DATA_WORDS[version - 1])
    bits = "".join(f"{word:08b}" for word in words + _check_words(words, _CHECK_WORDS[version - 1]))
    size = 17 + 4 * version
    fixed = _patterns(size, version)
    places = [place for place in _zigzag(size) if place not in fixed]
    dark = {place for place, bit in zip(places, bits, strict=False) if bit == "1"}
    codes = [_masked(mask, size, fixed, places, dark) for mask in range(len(_MASKS))]
    return min(codes, key=_unevenness)


def _data_words(data: bytes, count: int) -> list[int]:
    """Mode, length, data, an end mark of four zeros, and the padding."""
    bits = f"{_BYTES_MODE:04b}{len(data):08b}" + "".join(f"{byte:08b}" for byte in data) + "0000"
    words = [int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)]
    return words + [(0xEC, 0x11)[place % 2] for place in range(count - len(words))]


def _check_words(words: list[int], count: int) -> list[int]:
    """The remainder of the data after division by the Reed-Solomon generator."""
    generator, root = [1], 1
    for _ in range(count):
        shifted = [*generator, 0]
        scaled = [0, *(_product(factor, root) for factor in generator)]
        generator = [one ^ other for one, other in zip(shifted, scaled, strict=True)]
        root = _product(root, 2)
    rest = words + [0] * count
    for place in range(len(words)):
        lead = rest[place]
        for offset, factor in enumerate(generator):
            rest[place + offset] ^= _product(factor, lead)
    return rest[-count:]


def _product(one: int, other: int) -> int:
    result = 0
    while other:
        if other & 1:
            result ^= one
        one = one << 1 ^ (_FIELD if one & 0x80 else 0)
        other >>= 1
    return result


def _patterns(size: int, version: int) -> dict[Module, bool]:
    """Everything that is the same in each code of a size, and the places of the format."""
    fixed: dict[Module, bool] = {}
    for line in range(size):
        fixed[6, line] = fixed[line, 6] = line % 2 == 0
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        for row, column in _square(top - 1, left - 1, 9, size):
            ring = max(abs(row - top - 3), abs(column - left - 3))
            fixed[row, column] = ring in (0, 1, 3)
    if version > 1:
        for row, column in _square(size - 9, size - 9, 5, size):
            fixed[row, column] = max(abs(row - size + 7), abs(column - size + 7)) != 1
    fixed |= dict.fromkeys((*_format_places(size, first=True), *_format_places(size, first=False)), False)
    fixed[size - 8, 8] = True
    return fixed


def _square(top: int, left: int, side: int, size: int) -> Iterator[Module]:
    for row in range(max(top, 0), min(top + side, size)):
        for column in range(max(left, 0), min(left + side, size)):
            yield row, column


def _format_places(size: int, first: bool) -> list[Module]:
    """Where the 15 bits of the format stand, the highest first: round the upper left finder, or beside the others."""
    if first:
        return [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
    return [(size - 1 - r, 8) for r in range(7)] + [(8, size - 8 + c) for c in range(8)]


def _zigzag(size: int) -> Iterator[Module]:
    """All modules in the order data fills them: pairs of columns from the right, upwards and downwards in turn."""
    upwards = True
    for right in (*range(size - 1, 6, -2), 5, 3, 1):
        for row in range(size - 1, -1, -1) if upwards else range(size):
            yield row, right
            yield row, right - 1
        upwards = not upwards


def _masked(mask: int, size: int, fixed: dict[Module, bool], places: list[Module], dark: set[Module]) -> Modules:
    """The finished code under one mask, its format written in."""
    turns = _MASKS[mask]
    drawn = fixed | {place: (place in dark) == bool(turns(*place)) for place in places}
    rest = mask << 10
    for shift in range(4, -1, -1):
        if rest >> (shift + 10) & 1:
            rest ^= _FORMAT_BITS << shift
    bits = [bit == "1" for bit in f"{(mask << 10 | rest) ^ _FORMAT_MASK:015b}"]
    for first in (True, False):
        drawn |= dict(zip(_format_places(size, first), bits, strict=True))
    return tuple(tuple(drawn[row, column] for column in range(size)) for row in range(size))


def _unevenness(code: Modules) -> int:
    """The penalty of the specification (7.8.3): what makes a code hard to read."""
    lines = ["".join("1" if dark else "0" for dark in line) for line in (*code, *zip(*code, strict=True))]
    runs = sum(len(run) - 2 for line in lines for run in _LONG_RUN.findall(line))
    finders = sum(line.count("10111010000") + line.count("00001011101") for line in lines)
    rows = lines[: len(code)]
    blocks = sum(
        upper[at : at + 2] == lower[at : at + 2] in ("00", "11")
        for upper, lower in pairwise(rows)
        for at in range(len(rows) - 1)
    )
    share = sum(line.count("1") for line in rows) * 20 // len(rows) ** 2
    return runs + 40 * finders + 3 * blocks + 10 * min(abs(share - 10), abs(share - 9))
