"""Makes resources/pinyin/initials.txt: one letter for every code point from U+3400 to U+9FFF, blank where unknown."""

from __future__ import annotations

from pathlib import Path

from pypinyin import Style, lazy_pinyin

FIRST, LAST = 0x3400, 0x9FFF
TARGET = Path(__file__).resolve().parent.parent / "resources" / "pinyin" / "initials.txt"


def main() -> None:
    """Writes the table."""
    letters = []
    for code in range(FIRST, LAST + 1):
        found = lazy_pinyin(chr(code), style=Style.FIRST_LETTER, errors="ignore")
        letter = found[0][:1].lower() if found else " "
        letters.append(letter if letter.isascii() and letter.isalpha() else " ")
    TARGET.write_text("".join(letters), encoding="ascii")


if __name__ == "__main__":
    main()
