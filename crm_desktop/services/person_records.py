"""Whose records are one person's, and what an erasure does with each: taken out, emptied, or told without his name.

A table of tomorrow that points to a customer, a car or a complaint is found by looking; it is told without his name
until it gets a line of its own here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from peewee import ForeignKeyField

from crm_desktop.domain.customers import ContactKind
from crm_desktop.domain.persons import RECALL_YEARS, SALES_YEARS, still_kept
from crm_desktop.models.base import Record
from crm_desktop.models.care import GuidanceCard, GuidanceNote, Letter
from crm_desktop.models.complaints import Complaint
from crm_desktop.models.customers import Contact, Customer, Vehicle, Visit
from crm_desktop.models.gathered import Attachment, ComplaintLink, Merge, Sign, SurveyCall
from crm_desktop.models.persons import Erasure
from crm_desktop.models.profile import Contract, CustomerTag, GradeRecord, Payment, StageStep
from crm_desktop.models.records import DisposalItem
from crm_desktop.services.desk import Desk
from crm_desktop.services.filings import Filings
from crm_desktop.services.soundness import RECORDS

OPEN_STATES = ("登记", "已移交", "已响应", "处理中", "已解决")
TAKEN_OUT: tuple[type[Record], ...] = (Contact, CustomerTag, StageStep, GradeRecord)
"""Nothing points to them and no figure is made of them: they go as a whole."""
EMPTIED_WHOLE: Mapping[type[Record], tuple[str, ...]] = {
    Customer: ("kind", "contact_consent", "keep_consent", "merged_into"),
    Contract: ("kind", "amount_fen"),
    Payment: ("amount_fen", "method"),
    Sign: (),
    SurveyCall: ("outcome", "answers", "caller"),
    Attachment: (),
    Letter: ("kind",),
    GuidanceCard: (),
    GuidanceNote: ("step",),
    Merge: ("kept", "merged", "who", "undone_by"),
}
"""What stays of each beside days and yes-or-no: no value in it tells who he was."""
_NOT_HIS = (Erasure, DisposalItem, ComplaintLink)
_LOOKUP = 500


@dataclass(frozen=True)
class Whose:
    """The records of one person today, and which of them a rule keeps."""

    desk: Desk
    customer_id: int
    today: date
    _ids: dict[type[Record], set[int]] = field(default_factory=dict)

    @cached_property
    def customers(self) -> list[int]:
        """His file and every file that was merged into it."""
        rows = self.desk.rows(
            "WITH RECURSIVE his (id) AS (SELECT ? UNION SELECT c.id FROM customers c JOIN his ON c.merged_into_id ="
            " his.id) SELECT id FROM his ORDER BY id",
            (self.customer_id,),
        )
        return [found for (found,) in rows]

    @cached_property
    def vehicles(self) -> list[int]:
        """The cars he owns."""
        return self._of("vehicles", "customer_id", self.customers)

    @cached_property
    def complaints(self) -> list[int]:
        """His complaints; one that names only his car is his where it names nobody else."""
        mine = self._of("complaints", "customer_id", self.customers)
        cars = self._of("complaints", "customer_id IS NULL AND vehicle_id", self.vehicles)
        return sorted({*mine, *cars})

    @cached_property
    def open_cases(self) -> list[int]:
        """Complaints that are not closed yet: what they need of him stays."""
        marks = ", ".join(f"'{state}'" for state in OPEN_STATES)
        return self._of("complaints", f"origin = 'desk' AND state IN ({marks}) AND id", self.complaints)

    @cached_property
    def expired_cases(self) -> list[int]:
        """Complaints kept long enough: all they say goes."""
        filings = Filings(self.desk)
        found = ((case, filings.of_id(case)) for case in self.complaints if case not in self.open_cases)
        return [case for case, filing in found if filing and filing.expires_on <= self.today and not filing.disposed]

    @cached_property
    def cars_in_use(self) -> list[int]:
        """The cars of open cases."""
        return self._of("complaints", "vehicle_id IS NOT NULL AND id", self.open_cases, "vehicle_id")

    @cached_property
    def visits(self) -> list[int]:
        """His orders and those of his cars."""
        mine = self._of("visits", "customer_id", self.customers)
        cars = self._of("visits", "customer_id IS NULL AND vehicle_id", self.vehicles)
        return sorted({*mine, *cars})

    @cached_property
    def visits_kept(self) -> list[int]:
        """Orders inside the term of repair records."""
        years = max(RECALL_YEARS, Filings(self.desk).retention().of(has_rework=True))
        rows = self._rows_of("visits", "id, came_on", self.visits)
        return [found for found, came in rows if still_kept(_day(came), years, self.today)]

    @cached_property
    def contracts_kept(self) -> list[int]:
        """Contracts inside the term of sales records."""
        rows = self._rows_of("contracts", "id, signed_on", self.ids(Contract))
        return [found for found, signed in rows if still_kept(_day(signed), SALES_YEARS, self.today)]

    @cached_property
    def vins_kept(self) -> list[int]:
        """Cars whose VIN a repair or sales record needs: orders, reworks and 三包 repairs in term, contracts."""
        years = max(RECALL_YEARS, Filings(self.desk).retention().of(has_rework=True))
        since = (self.today - timedelta(days=366 * years)).isoformat()
        told = [
            *self._of("visits", "vehicle_id IS NOT NULL AND id", self.visits_kept, "vehicle_id"),
            *self._of("contracts", "vehicle_id IS NOT NULL AND id", self.contracts_kept, "vehicle_id"),
            *self._of("warranty_repairs", f"came_at >= '{since}' AND vehicle_id", self.vehicles, "vehicle_id"),
            *self._of(
                "complaints",
                f"EXISTS (SELECT 1 FROM reworks r WHERE r.complaint_id = complaints.id AND COALESCE(r.finished_on,"
                f" r.came_on, '9') >= '{since}') AND vehicle_id",
                self.vehicles,
                "vehicle_id",
            ),
        ]
        return sorted(set(told) & set(self.vehicles))

    def ids(self, model: type[Record]) -> list[int]:
        """Every record of a table that belongs to him: by his file, his car or his complaint."""
        if model not in self._ids:
            found: set[int] = set()
            for column, whose in self._ways(model):
                found.update(self._of(model._meta.table_name, column, whose))
            self._ids[model] = found
        return sorted(self._ids[model])

    def of_open_cases(self, model: type[Record]) -> set[int]:
        """Those that belong to an open case: they wait until it is closed."""
        columns = [f.column_name for f in model._meta.fields.values() if _points_to(f, Complaint)]
        table = model._meta.table_name
        return {found for column in columns for found in self._of(table, column, self.open_cases)}

    def contacts_in_use(self) -> set[int]:
        """While a case is open he has to be called."""
        if not self.open_cases:
            return set()
        kinds = f"'{ContactKind.MOBILE}', '{ContactKind.LANDLINE}'"
        return set(self._of("contacts", f"kind IN ({kinds}) AND customer_id", self.customers))

    def numbers(self, complaints: Iterable[int]) -> list[str]:
        """The numbers of these complaints, first one first."""
        return [number for _, number in self._rows_of("complaints", "id, number", sorted(complaints))]

    def others(self) -> Iterator[type[Record]]:
        """Tables that are told without his name: everything of his that has no line of its own."""
        own = {Customer, Vehicle, Visit, Complaint, *TAKEN_OUT, *EMPTIED_WHOLE, *_NOT_HIS}
        yield from (model for model in RECORDS if model not in own and any(True for _ in self._ways(model)))

    def _ways(self, model: type[Record]) -> Iterator[tuple[str, list[int]]]:
        if model is Visit:
            yield "id", self.visits
            return
        for one in model._meta.fields.values():
            if _points_to(one, Complaint):
                yield one.column_name, self.complaints
            elif _points_to(one, Customer):
                yield one.column_name, self.customers
            elif _points_to(one, Vehicle) and not any(_points_to(f, Customer) for f in model._meta.fields.values()):
                yield one.column_name, self.vehicles

    def _of(self, table: str, column: str, wanted: list[int], told: str = "id") -> list[int]:
        found: list[int] = []
        for start in range(0, len(wanted), _LOOKUP):
            some = ", ".join(map(str, wanted[start : start + _LOOKUP]))
            found += [one for (one,) in self.desk.rows(f"SELECT {told} FROM {table} WHERE {column} IN ({some})")]
        return found

    def _rows_of(self, table: str, told: str, ids: list[int]) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        for start in range(0, len(ids), _LOOKUP):
            some = ", ".join(map(str, ids[start : start + _LOOKUP]))
            rows += self.desk.rows(f"SELECT {told} FROM {table} WHERE id IN ({some})")
        return rows


def _points_to(one: Any, model: type[Record]) -> bool:
    return isinstance(one, ForeignKeyField) and one.rel_model is model


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
