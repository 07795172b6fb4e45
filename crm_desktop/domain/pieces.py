"""A text as a learner reads it: its pieces of one to three characters, weighed by how rare they are (tf-idf)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from math import log, sqrt
from typing import NamedTuple

from crm_desktop.domain.search import folded

_SIZES = (1, 2, 3)
_LONGEST = 400
"""Characters that are read: what a text is about stands at its beginning."""
_MOST = 20_000
"""Pieces of a vocabulary: those of one text only are the first to be left out."""
_SIGNS = re.compile(r"[^0-9a-z\u3400-\u9fff]+")


class Vector(NamedTuple):
    """Numbers of pieces and their weights; the squares of the weights add up to 1."""

    ids: tuple[int, ...]
    weights: tuple[float, ...]


def pieces(text: str) -> Counter[str]:
    """Every piece of a text and how often it stands there."""
    plain = _SIGNS.sub(" ", folded(text[:_LONGEST])).strip()
    return Counter(plain[at : at + size] for size in _SIZES for at in range(len(plain) - size + 1))


class Vocabulary:
    """The pieces that some texts know, numbered, the ones of most texts first; anything else is not read."""

    def __init__(self, told: Iterable[Mapping[str, int]]) -> None:
        """``told``: the pieces of each text."""
        texts, common = 0, Counter[str]()
        for counted in told:
            common.update(counted.keys())
            texts += 1
        kept = [piece for piece, _ in common.most_common(_MOST)]
        self._ids = {piece: number for number, piece in enumerate(kept)}
        self._rarity = [log((texts + 1) / (common[piece] + 1)) + 1 for piece in kept]

    def __len__(self) -> int:
        return len(self._rarity)

    def vector(self, counted: Mapping[str, int]) -> Vector:
        """The pieces of one text as a vector."""
        known = [(self._ids[piece], count) for piece, count in counted.items() if piece in self._ids]
        raw = [(1 + log(count)) * self._rarity[number] for number, count in known]
        length = sqrt(sum(weight * weight for weight in raw)) or 1.0
        return Vector(tuple(number for number, _ in known), tuple(weight / length for weight in raw))
