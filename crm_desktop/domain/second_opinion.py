"""A second opinion on a cause, learnt from labelled sentences: lists of words alone miss every twelfth new phrase.

Every piece of a text (one to three characters) weighs for or against emptiness; what the rule of ``wording`` says
weighs in too, and the sign of the sum decides. The weights are data, made by tools/make_wording.py from the sentences
in tests/domain/sentences; what this is worth on sentences nobody had seen stands there as well.
"""

from __future__ import annotations

import json
from functools import lru_cache
from math import sqrt
from typing import NamedTuple

from crm_desktop.domain.pieces import pieces
from crm_desktop.paths import resource


class Weights(NamedTuple):
    """``rule``: how much the word of the rule counts, for (it found a reason) or against."""

    bias: float
    rule: float
    pieces: dict[str, float]


def sounds_empty(text: str, *, by_rule: bool) -> bool:
    """Whether the text says nothing, where the rule thinks so or not."""
    weights = shipped_weights()
    told = [weights.pieces[piece] for piece in pieces(text) if piece in weights.pieces]
    learnt = sum(told) / sqrt(len(told)) if told else 0.0
    return learnt + weights.bias + (weights.rule if by_rule else -weights.rule) > 0


@lru_cache(maxsize=1)
def shipped_weights() -> Weights:
    """As they come with the program."""
    told = json.loads(resource("wording", "cause_pieces.json").read_text(encoding="utf-8"))
    return Weights(told["bias"], told["rule"], told["pieces"])
