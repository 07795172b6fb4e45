"""How a kind of file is read: its fields, the headings that name them, and what a row needs to count."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crm_desktop.domain.identity import half_width
from crm_desktop.domain.imports import Imported, ImportKind
from crm_desktop.importers.cells import Cell

Reader = Callable[[Cell, str, date], object]
"""Reads one cell. Gets the heading (for its sentences) and today; raises InvalidInput with one sentence."""

Values = dict[str, Any]
"""The fields of a row that hold something, by name."""

_HINT = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|<[^<>]*>")
_ORNAMENT = str.maketrans("", "", " :*★☆●※\"'。.、")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a draft.

    ``headings`` are the words that name it and nothing else of this kind, best first; ``title`` is one of them.
    Where a file has two of them, the better one is read into ``name`` and the other into the field ``spill``, or
    kept as it is.
    """

    name: str
    title: str
    read: Reader
    headings: tuple[str, ...] = ()
    spill: str = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one kind is read.

    ``unsure`` are headings that mean different things in different files: each takes the first of its fields that
    no clear heading has taken. ``kept`` are known headings without a field: their text goes into ``extra``.
    ``needed``: of each group at least one must be a column of the file and a value of the row.
    """

    kind: ImportKind
    make: Callable[..., Imported]
    fields: tuple[Field, ...]
    unsure: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    needed: tuple[tuple[str, ...], ...] = ()
    finish: Callable[[Values, dict[str, str]], None] | None = None

    def titles(self, names: tuple[str, ...]) -> str:
        """The desk's words for some fields, parted by 、; fields that only take spill have none."""
        return "、".join(one.title for one in self.fields if one.name in names and one.title)


def plain_heading(heading: str) -> str:
    """A heading for comparing: half width, lower case, without blanks, colons, stars and dots."""
    return half_width(heading).translate(_ORNAMENT).lower()


def without_hint(heading: str) -> str:
    """A heading without what stands in brackets: 是否返修（否/内返/外返） is 是否返修."""
    return plain_heading(_HINT.sub("", half_width(heading)))
