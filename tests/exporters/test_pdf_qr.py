"""The QR code is read back by a reader written from the specification, which shares nothing with the encoder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.exporters.qr_code import LONGEST, Modules, modules

CHECK_WORDS = {21: 10, 25: 16, 29: 26}


def is_pattern(r: int, c: int, size: int) -> bool:
    """Whether a module belongs to finders, format, timing or the alignment square."""
    in_corner = (r < 9 and c < 9) or (r < 9 and c > size - 9) or (r > size - 9 and c < 9)
    aligned = size > 21 and size - 9 <= r < size - 4 and size - 9 <= c < size - 4
    return in_corner or aligned or r == 6 or c == 6


def data_places(size: int) -> Iterator[tuple[int, int]]:
    columns = [c for c in range(size - 1, -1, -1) if c != 6]
    for pair in range(0, len(columns), 2):
        rows = range(size - 1, -1, -1) if pair % 4 == 0 else range(size)
        for r in rows:
            for c in columns[pair : pair + 2]:
                if not is_pattern(r, c, size):
                    yield r, c


def turned(mask: int, r: int, c: int) -> bool:
    both = r * c
    sums = (r + c, r, c, r + c, r // 2 + c // 3, both % 2 + both % 3, both % 2 + both % 3, (r + c) % 2 + both % 3)
    return sums[mask] % (2, 2, 3, 3, 2, 5, 2, 2)[mask] == 0


def words_of(code: Modules) -> list[int]:
    size = len(code)
    formatted = "".join("01"[code[8][c]] for c in range(5))
    mask = int(formatted, 2) ^ 0b10101
    assert mask < 8, "error correction M is written as 00"
    bits = "".join("01"[code[r][c] != turned(mask, r, c)] for r, c in data_places(size))
    return [int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)]


def product(one: int, other: int) -> int:
    result = 0
    for shift in range(8):
        if other >> shift & 1:
            result ^= one << shift
    for shift in range(6, -1, -1):
        if result >> (shift + 8) & 1:
            result ^= 0x11D << shift
    return result


def faults(words: list[int], check_words: int) -> list[int]:
    """The syndromes: all zero when data and check words belong together."""
    found, root = [], 1
    for _ in range(check_words):
        value = 0
        for word in words:
            value = product(value, root) ^ word
        found.append(value)
        root = product(root, 2)
    return found


def read(code: Modules) -> str:
    words = words_of(code)
    assert not any(faults(words, CHECK_WORDS[len(code)]))
    bits = "".join(f"{word:08b}" for word in words)
    assert bits[:4] == "0100"
    length = int(bits[4:12], 2)
    return bytes(int(bits[at : at + 8], 2) for at in range(12, 12 + 8 * length, 8)).decode("utf-8")


@pytest.mark.parametrize("text", ["", "A", "TS20261103-001", "x" * 26, "x" * 27, "x" * LONGEST, "投诉单"])
def test_a_code_reads_as_what_it_was_made_of(text: str):
    assert read(modules(text)) == text


@settings(max_examples=40)
@given(st.from_regex(r"TS20[0-9]{6}-[0-9]{3,5}", fullmatch=True))
def test_every_number_reads_as_itself(number: str):
    assert read(modules(number)) == number


def test_the_three_finders_stand_in_their_corners():
    code = modules("TS20261103-001")
    ring = ((True,) * 7, (True, *(False,) * 5, True))
    assert (code[0][:7], code[1][:7]) == ring
    assert (code[0][-7:], code[1][-7:]) == ring
    assert (code[-1][:7], code[-2][:7]) == ring


def test_both_copies_of_the_format_agree():
    code = modules("TS20261103-001")
    size = len(code)
    first = [code[8][c] for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [code[r][8] for r in (7, 5, 4, 3, 2, 1, 0)]
    second = [code[size - 1 - r][8] for r in range(7)] + [code[8][size - 8 + c] for c in range(8)]
    assert first == second


def test_a_number_too_long_for_a_code_is_refused():
    with pytest.raises(ValueError, match="at most 42"):
        modules("x" * (LONGEST + 1))
