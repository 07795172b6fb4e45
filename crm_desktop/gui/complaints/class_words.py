"""归类 in one line, as the case and the list for later show it."""

from __future__ import annotations

from collections.abc import Mapping

from crm_desktop.domain.classification import Axis

KEY = "Ctrl+G"
"""Takes a proposal, wherever one stands."""
_LINE = (Axis.KIND, Axis.CATEGORY, Axis.DIMENSION, Axis.CAUSE, Axis.MATTER, Axis.SYSTEM, Axis.STAGE, Axis.LIABILITY)


def words_line(words: Mapping[Axis, str]) -> str:
    """投诉、维修质量、专业度 …, what matters most first."""
    return "、".join(dict.fromkeys(words[axis] for axis in _LINE if words.get(axis)))


def with_confidence(words: str, confidence: int) -> str:
    """A proposal and how far it can be trusted; without cases of its own the program goes by the word lists."""
    return f"{words}（{confidence}%）" if confidence else f"{words}（按词表）"
