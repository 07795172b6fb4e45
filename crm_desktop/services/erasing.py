"""The hand of an erasure: takes one person's values out of every table, inside the caller's transaction."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from crm_desktop.domain.archive import EMPTIED
from crm_desktop.domain.persons import ERASED, Traces
from crm_desktop.models.base import Record
from crm_desktop.models.complaints import Complaint
from crm_desktop.models.customers import Contact, Customer, Vehicle, Visit
from crm_desktop.models.erasure import (
    blanks,
    children_of_complaints,
    empty,
    forget,
    forget_everywhere,
    forget_of,
    texts,
    texts_that_tell,
)
from crm_desktop.models.gathered import Merge, Sign
from crm_desktop.models.ledger import Ledger
from crm_desktop.models.people import Staff
from crm_desktop.services.disposals import KEPT
from crm_desktop.services.drafts import drop_those_of
from crm_desktop.services.person_records import EMPTIED_WHOLE, TAKEN_OUT, Whose
from crm_desktop.services.soundness import RECORDS

_OF_THE_CAR = (
    "brand", "series", "model", "mileage", "purpose", "repair_months", "repair_km", "exchange_months", "exchange_km",
)  # fmt: skip
_OF_AN_OLD_ORDER = ("kind", "mileage", "amount_fen", "adviser", "technician", "inspector")
_IN_PLACE: dict[type[Record], dict[str, str]] = {
    Customer: {"name": ERASED},
    Sign: {"what": ERASED},
    Merge: {"undo": "[]"},
}
_LOOSE = {"brought_by": "", "brought_by_phone": "", "extra": "{}"}
_EXPORTS_NOTED = "SELECT id FROM settings WHERE name = 'exports.unmasked'"
_AFTERWARDS = len(RECORDS)
"""The history and the file written anew take about as long as all tables."""
_NUMBER_LIKE = re.compile(r"(?=(?:.*\d){6})[0-9A-Za-z\-]{6,}")

Progress = Callable[[int, int], None]


class Erasing:
    """One person's values: told by ``codes`` and ``traces``, taken out by ``do``."""

    def __init__(self, whose: Whose) -> None:
        self._whose, self._desk = whose, whose.desk

    @cached_property
    def shared(self) -> list[str]:
        """Codes of his that stand in somebody else's file too: they are not his alone, and stay there."""
        return sorted(self._codes & self._of_others())

    @cached_property
    def traces(self) -> Traces:
        """By what he is known and what goes: nothing an open case needs, nothing that belongs to others as well."""
        return Traces(tuple(sorted(self._codes - set(self.shared))), tuple(sorted(self._names)))

    def do(self, ledger: Ledger, reason: str, progress: Progress | None = None) -> None:
        """All of it; ``reason`` stands in the history and names nobody. ``progress`` may end it by raising."""
        traces = self.traces  # read before anything goes
        for model in TAKEN_OUT:
            self._take_out(ledger, model, reason)
        for model, kept in EMPTIED_WHOLE.items():
            self._empty_all(ledger, model, self._at_hand(model), kept, reason)
        self._empty_cars(ledger, reason)
        self._empty_orders(ledger, reason)
        for case in self._whose.expired_cases:
            self._empty_case(ledger, case, reason)
        self._tell_without(ledger, traces, reason, progress)
        self._let_go_of_drafts(traces)

    # -- who he is -----------------------------------------------------------------------------------------------

    @cached_property
    def _codes(self) -> set[str]:
        whose = self._whose
        found = set(self._values("contacts", ("value",), self._contacts_that_go()))
        found |= set(self._values("vehicles", ("plate", "engine_number", "brought_by_phone"), self._cars_that_go()))
        found |= set(self._values("vehicles", ("vin",), set(self._cars_that_go()) - set(whose.vins_kept)))
        found |= set(self._values("customers", ("address", "source_number"), whose.customers))
        if not whose.open_cases:
            found |= set(self._values("visits", ("brought_by_phone",), whose.visits))
            found |= set(self._values("complaints", ("brought_by_phone",), whose.complaints))
        for table, ids in (("customers", whose.customers), ("vehicles", self._cars_that_go())):
            columns = ("extra", "custom") if table == "customers" else ("extra",)
            for told in self._values(table, columns, ids):
                found.update(_NUMBER_LIKE.findall(told))
        return {code for code in found if len(code) >= 5}

    @cached_property
    def _names(self) -> set[str]:
        whose = self._whose
        if whose.open_cases:
            return set()
        found = set(self._values("customers", ("name",), whose.customers))
        found |= set(self._values("contacts", ("name",), whose.ids(Contact)))
        for table, ids in (("vehicles", whose.vehicles), ("visits", whose.visits), ("complaints", whose.complaints)):
            found |= set(self._values(table, ("brought_by",), ids))
        return found - set(
            self._values("staff", ("name",), [row[0] for row in self._desk.rows("SELECT id FROM staff")])
        )

    def _of_others(self) -> set[str]:
        mine = ", ".join(map(str, self._whose.customers))
        queries = (
            f"SELECT value FROM contacts WHERE removed = 0 AND customer_id NOT IN ({mine})",
            f"SELECT plate FROM vehicles WHERE customer_id NOT IN ({mine})",
            f"SELECT vin FROM vehicles WHERE customer_id NOT IN ({mine})",
            f"SELECT brought_by_phone FROM vehicles WHERE customer_id NOT IN ({mine})",
            f"SELECT address FROM customers WHERE merged_into_id IS NULL AND id NOT IN ({mine})",
        )
        return {found for query in queries for (found,) in self._desk.rows(query)} & self._codes

    def _values(self, table: str, columns: Iterable[str], ids: Iterable[int]) -> Iterator[str]:
        wanted, told = list(ids), ", ".join(columns)
        for start in range(0, len(wanted), 500):
            some = ", ".join(map(str, wanted[start : start + 500]))
            for row in self._desk.rows(f"SELECT {told} FROM {table} WHERE id IN ({some})"):
                yield from (value for value in row if value and value not in (ERASED, EMPTIED, "{}"))

    # -- what goes -----------------------------------------------------------------------------------------------

    def _contacts_that_go(self) -> list[int]:
        in_use = self._whose.contacts_in_use()
        return [found for found in self._whose.ids(Contact) if found not in in_use]

    def _cars_that_go(self) -> list[int]:
        return [found for found in self._whose.vehicles if found not in self._whose.cars_in_use]

    def _at_hand(self, model: type[Record]) -> list[int]:
        if model is Customer:
            return self._whose.customers
        waiting = self._whose.of_open_cases(model)
        return [found for found in self._whose.ids(model) if found not in waiting]

    def _take_out(self, ledger: Ledger, model: type[Record], reason: str) -> None:
        ids = self._contacts_that_go() if model is Contact else self._whose.ids(model)
        ledger.remove(model, ids, reason)
        forget(ledger, model, ids)

    def _empty_all(
        self, ledger: Ledger, model: type[Record], ids: Iterable[int], kept: tuple[str, ...], reason: str
    ) -> None:
        named = ("name", "name_keys") if model is Customer and self._whose.open_cases else ()
        wanted, values = list(ids), blanks(model, (*kept, *named), _IN_PLACE.get(model, {}))
        for found in wanted:
            empty(ledger, model, found, values, reason)
        forget(ledger, model, wanted)

    def _empty_cars(self, ledger: Ledger, reason: str) -> None:
        for found in self._cars_that_go():
            kept = (*_OF_THE_CAR, "vin") if found in self._whose.vins_kept else _OF_THE_CAR
            self._empty_all(ledger, Vehicle, [found], kept, reason)

    def _empty_orders(self, ledger: Ledger, reason: str) -> None:
        kept = set(self._whose.visits_kept)
        self._empty_all(ledger, Visit, [v for v in self._whose.visits if v not in kept], _OF_AN_OLD_ORDER, reason)
        for found in kept:
            ledger.change(Visit, found, _LOOSE, reason=reason)

    def _empty_case(self, ledger: Ledger, case: int, reason: str) -> None:
        values = blanks(Complaint, KEPT[Complaint], {"words": EMPTIED})
        empty(ledger, Complaint, case, values, reason)
        forget(ledger, Complaint, [case])
        for model, name in children_of_complaints(RECORDS).items():
            column = model._meta.fields[name].column_name
            rows = self._desk.rows(f"SELECT id FROM {model._meta.table_name} WHERE {column} = ?", (case,))
            self._empty_all(ledger, model, [found for (found,) in rows], KEPT.get(model, ()), reason)

    # -- what is told without him --------------------------------------------------------------------------------

    def _tell_without(self, ledger: Ledger, traces: Traces, reason: str, progress: Progress | None) -> None:
        closed = [case for case in self._whose.complaints if case not in self._whose.open_cases]
        for case in closed:
            ledger.change(Complaint, case, _LOOSE, reason=reason)
        own: list[tuple[type[Record], list[int]]] = [(Complaint, closed), (Visit, self._whose.visits)]
        own += [(model, self._at_hand(model)) for model in self._whose.others()]
        for model, ids in own:
            self._without(ledger, model, ids, traces, reason, own=True)
        for place, model in enumerate(RECORDS):
            if progress is not None:
                progress(place, len(RECORDS) + _AFTERWARDS)
            if model is not Staff:
                self._without(
                    ledger,
                    model,
                    texts_that_tell(model, traces.told_in, traces.may_stand_in),
                    traces,
                    reason,
                    own=False,
                )
        ledger.flush()
        ledger.forget()
        for model, ids in own:
            forget_of(_spoken(traces), model._meta.table_name, ids)
        forget_of(_spoken(traces), "settings", [row for (row,) in self._desk.rows(_EXPORTS_NOTED)])
        forget_everywhere(traces.told_in, traces.may_stand_in)

    def _without(
        self, ledger: Ledger, model: type[Record], ids: Iterable[int], traces: Traces, reason: str, *, own: bool
    ) -> None:
        names = texts(model)
        columns = ", ".join(model._meta.fields[name].column_name for name in names)
        for found in ids if names else ():
            row = self._desk.rows(f"SELECT {columns} FROM {model._meta.table_name} WHERE id = ?", (found,))[0]
            told: dict[str, Any] = {
                name: traces.without(text, own=own)
                for name, text in zip(names, row, strict=True)
                if traces.told_in(text, own=own)
            }
            if told:
                ledger.change(model, found, told, reason=reason)

    def _let_go_of_drafts(self, traces: Traces) -> None:
        """Unsaved texts about him, and what the door once answered under a key that tells of him."""
        names = [json.dumps(name, ensure_ascii=False) for name in traces.names]
        closed = self._whose.numbers(set(self._whose.complaints) - set(self._whose.open_cases))
        mine = {f"customer:{found}" for found in self._whose.customers}
        drop_those_of(self._desk, {*closed, *mine, *(f"vehicle:{found}" for found in self._cars_that_go())})
        for form, record, content in self._desk.rows("SELECT form, record, content FROM drafts"):
            if traces.told_in(content) or any(name in content for name in names):
                self._desk.rows("DELETE FROM drafts WHERE form = ? AND record = ?", (form, record))
        for key, answer in self._desk.rows("SELECT key, answer FROM door_answers"):
            if traces.told_in(f"{key}\n{answer}"):
                self._desk.rows("DELETE FROM door_answers WHERE key = ?", (key,))


def _spoken(traces: Traces) -> Any:
    def tells(text: str) -> bool:
        return traces.told_in(text, own=True)

    return tells
