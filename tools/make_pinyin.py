"""Makes resources/pinyin/syllables.txt: the usual syllable of every code point from U+3400 to U+9FFF.

The first line lists the syllables, the second holds two base-36 digits for each code point: the place of its syllable
in that list, or ``..`` where nobody knows one.
"""

from __future__ import annotations

from pathlib import Path

from pypinyin import Style, lazy_pinyin

FIRST, LAST = 0x3400, 0x9FFF
TARGET = Path(__file__).resolve().parent.parent / "resources" / "pinyin" / "syllables.txt"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def main() -> None:
    """Writes the table."""
    readings = [_syllable(chr(code)) for code in range(FIRST, LAST + 1)]
    syllables = sorted({reading for reading in readings if reading})
    places = {syllable: _DIGITS[place // 36] + _DIGITS[place % 36] for place, syllable in enumerate(syllables)}
    table = "".join(places.get(reading, "..") for reading in readings)
    TARGET.write_text(f"{' '.join(syllables)}\n{table}\n", encoding="ascii")


def _syllable(char: str) -> str:
    found = lazy_pinyin(char, style=Style.NORMAL, errors="ignore")
    reading = found[0].lower() if found else ""
    return reading if reading.isascii() and reading.isalpha() else ""


if __name__ == "__main__":
    main()
