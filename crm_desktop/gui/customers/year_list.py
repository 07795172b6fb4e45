"""The year's proposals as they were counted: those that wait for a person, or everybody, in the order of a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

from crm_desktop.domain.grading import GradeProposal
from crm_desktop.domain.sheets import Column
from crm_desktop.gui.widgets.row_sources import PagedRows

_UNSORTED: tuple[tuple[str, bool], list[int]] = ("", False), []


class YearList:
    """Kept by customer, so that one decision among a hundred thousand costs nothing."""

    def __init__(self, columns: Sequence[Column[GradeProposal]]) -> None:
        self._columns = {column.title: column for column in columns}
        self._found: dict[int, GradeProposal] = {}
        self._waiting: dict[int, None] = {}
        self._shown: tuple[int, ...] = ()
        self._order: tuple[tuple[str, bool], list[int]] = _UNSORTED

    def fill(self, found: Sequence[GradeProposal]) -> None:
        """Counted anew, in this order."""
        self._order = _UNSORTED
        self._found = {proposal.customer_id: proposal for proposal in found}
        self._waiting = {proposal.customer_id: None for proposal in found if proposal.waits}

    def settle(self, decided: Mapping[int, str]) -> None:
        """These have this grade now, by a person."""
        for customer, grade in decided.items():
            self._found[customer] = replace(self._found[customer], grade=grade, settled=True)
            self._waiting.pop(customer, None)

    def name(self, customer_id: int) -> str:
        """What he is called."""
        return self._found[customer_id].name

    def counts(self) -> tuple[int, int]:
        """How many wait, and how many there are."""
        return len(self._waiting), len(self._found)

    def rows(self, everybody: bool) -> PagedRows[GradeProposal]:
        """What a table shows; a column orders it."""
        self._shown = tuple(self._found if everybody else self._waiting)
        return PagedRows(self._shown, self._fetch, attrgetter("customer_id"), self._ordered)

    def _fetch(self, ids: Sequence[int]) -> list[GradeProposal]:
        return [self._found[found] for found in ids]

    def _ordered(self, title: str, descending: bool) -> list[int]:
        """What is not known comes last either way. Who was decided upon since keeps his place."""
        if self._order[0] != (title, descending):
            self._order = (title, descending), self._sorted(title, descending)
        shown = set(self._shown)
        return [found for found in self._order[1] if found in shown]

    def _sorted(self, title: str, descending: bool) -> list[int]:
        value = self._columns[title].value
        told: dict[int, Any] = {found: value(proposal) for found, proposal in self._found.items()}
        known = [found for found in told if told[found] is not None]
        known.sort(key=told.__getitem__, reverse=descending)
        return [*known, *(found for found in told if told[found] is None)]
