"""The one gate every typed or imported text passes before it is stored.

The published cleaning rule: Unicode is kept as it is (no NFKC: a customer's words are his own), except that
control characters (Cc other than tab and newline), invisible format characters (Cf), lone surrogates and
non-characters are removed, line ends become ``\\n``, and blanks at both ends go. A single-line field has its
line ends and tabs turned into one blank. What is longer than its limit is refused, never cut.
"""

from __future__ import annotations

import re
import unicodedata

from crm_desktop.domain.errors import InvalidInput

LINE_LIMIT = 200
TEXT_LIMIT = 4000

_PLAIN = r"[ -~\u4e00-\u9fff\u3000-\u301c\uff01-\uff5e“”‘’…—·\n]*"
_LINE_BREAKS = r"\r\n?|[\u2028\u2029\u0085\x0b\x0c]"
_BLANKS = r"[ \t\n\u00a0\u3000]+"
# Zero-width joiners hold emoji and some scripts together: dropping them would change what was typed.
_KEPT_FORMAT = {"\u200c", "\u200d"}


def clean_text(raw: str) -> str:
    """Several lines of text under the cleaning rule of this module."""
    if re.fullmatch(_PLAIN, raw):
        return raw.strip()
    unified = re.sub(_LINE_BREAKS, "\n", raw)
    return "".join(c for c in unified if _kept(c)).strip()


def clean_line(raw: str) -> str:
    """One line of text: as ``clean_text``, with every run of blanks, tabs and line ends as one blank."""
    return re.sub(_BLANKS, " ", clean_text(raw)).strip()


def checked_text(raw: str, label: str, limit: int = TEXT_LIMIT) -> str:
    """``clean_text`` that refuses what is too long.

    :raises InvalidInput: with a sentence naming ``label``, the length and the limit.
    """
    return _within(clean_text(raw), label, limit)


def checked_line(raw: str, label: str, limit: int = LINE_LIMIT) -> str:
    """``clean_line`` that refuses what is too long; raises as ``checked_text``."""
    return _within(clean_line(raw), label, limit)


def _within(text: str, label: str, limit: int) -> str:
    if len(text) > limit:
        raise InvalidInput(f"{label}太长（{len(text)} 字），最多 {limit} 字，请分开填写。")
    return text


def _kept(char: str) -> bool:
    if char in "\n\t" or char in _KEPT_FORMAT:
        return True
    kind = unicodedata.category(char)
    if kind in ("Cc", "Cs", "Cf"):
        return False
    return not (ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF)
