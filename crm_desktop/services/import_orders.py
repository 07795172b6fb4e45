"""Brings workshop orders (进厂记录) and calls (回访) of another system into the files."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from crm_desktop.clock import to_utc
from crm_desktop.domain.followups import Outcome, Satisfaction
from crm_desktop.domain.imports import DuplicateRule, ImportedFollowUp, ImportedVisit, RowFault
from crm_desktop.models.complaints import FollowUp
from crm_desktop.models.customers import Visit
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.desk import Desk
from crm_desktop.services.import_parties import Files, Parties
from crm_desktop.services.import_rules import news, on_file

_VISIT = (
    "came_on", "left_on", "promised_on", "mileage", "adviser", "technician", "inspector", "amount_fen", "brought_by",
    "brought_by_phone",
)  # fmt: skip
_CALL = ("planned_on", "caller", "called_at", "outcome", "satisfaction", "score", "feedback", "next_on")


class VisitIntake:
    """An order is known by its number, else by what the row says; one that is there already is treated by the rule."""

    def __init__(self, desk: Desk, ledger: Ledger, import_id: int, rule: DuplicateRule) -> None:
        self._rule = rule
        self._desk = desk
        self._ledger = ledger
        self._import_id = import_id
        self._parties = Parties(desk, ledger, import_id)
        self._known: dict[str, int] = dict(
            desk.rows("SELECT order_number, id FROM visits WHERE order_number IS NOT NULL")
        )
        self._digests = {d for (d,) in desk.rows("SELECT source_digest FROM visits WHERE source_digest IS NOT NULL")}
        self._waiting: list[dict[str, Any]] = []
        self._repeated = 0
        self.added = self.updated = self.skipped = 0

    def take(self, row: ImportedVisit) -> RowFault | None:
        """Adds, completes or skips one row."""
        if row.order_number in self._known or row.digest in self._digests:
            self._again(row, self._known.get(row.order_number, 0))
            return None
        self._digests.add(row.digest)
        if row.order_number:
            self._known[row.order_number] = 0
        customer, car = self._parties.of(row)
        self._waiting.append(
            {**{n: getattr(row, n) for n in _VISIT}, **self._words(row), "customer": customer, "vehicle": car}
        )
        self.added += 1
        return None

    def _again(self, row: ImportedVisit, found: int) -> None:
        """An order that is on file; a second row of one file is skipped, whatever it says."""
        if found and row.digest not in self._digests:
            words = self._words(row)
            told = {**{n: getattr(row, n) for n in _VISIT}, "kind": words["kind"], "items": words["items"]}
            brought = news(self._rule, Visit, on_file(self._desk, Visit, found, told), told)
            if brought:
                self._digests.add(row.digest)
                self._ledger.change(Visit, found, {**brought, "source_digest": row.digest}, reason="再次导入")
                self.updated += 1
                return
        self._repeated += not found and row.digest not in self._digests
        self.skipped += 1

    def notes(self) -> tuple[str, ...]:
        """An order told in several rows of one file is taken from the first."""
        if not self._repeated:
            return ()
        return (f"同一委托书号在文件里出现几次的，只取第一行（另有 {self._repeated} 行没有取）。",)

    def flush(self) -> None:
        """Writes what is new since the last time."""
        self._parties.flush()
        rows, self._waiting = self._waiting, []
        self._ledger.add_many(Visit, rows, [row["order_number"] or "" for row in rows])

    def _words(self, row: ImportedVisit) -> dict[str, Any]:
        return {
            "order_number": row.order_number or None,
            "kind": row.repair_kind,
            "items": "；".join(filter(None, (row.fault, row.items))),
            "extra": json.dumps({**row.extra, **({"备注": row.remarks} if row.remarks else {})}, ensure_ascii=False),
            "source_digest": row.digest,
            "entered_at": self._ledger.act.at,
            "imported_by": self._import_id,
        }


class FollowUpIntake:
    """A call belongs to the complaint it names, else to the customer or car on file with that phone or plate, else to
    those of the order it names. It is known by its own number, else by what the row says."""

    def __init__(self, desk: Desk, ledger: Ledger, import_id: int, rule: DuplicateRule) -> None:
        self._rule = rule
        self._desk = desk
        self._ledger = ledger
        self._import_id = import_id
        self._files = Files(desk)
        self._complaints: dict[str, tuple[int, int | None, int | None]] = {}
        for found, number, source, customer, car in desk.rows(
            "SELECT id, number, source_number, customer_id, vehicle_id FROM complaints"
        ):
            self._complaints[number] = (found, customer, car)
            if source:
                self._complaints.setdefault(source, (found, customer, car))
        self._orders = {
            order: (customer, car)
            for order, customer, car in desk.rows(
                "SELECT order_number, customer_id, vehicle_id FROM visits WHERE order_number IS NOT NULL"
            )
        }
        self._known: dict[str, int] = dict(
            desk.rows("SELECT source_number, id FROM follow_ups WHERE source_number <> ''")
        )
        self._digests = {
            d for (d,) in desk.rows("SELECT source_digest FROM follow_ups WHERE source_digest IS NOT NULL")
        }
        self._waiting: list[dict[str, Any]] = []
        self.added = self.updated = self.skipped = 0

    def take(self, row: ImportedFollowUp) -> RowFault | None:
        """Adds, completes or skips one row; answers why it cannot, if so."""
        if row.digest in self._digests or row.source_number in self._known:
            self._again(row, self._known.get(row.source_number, 0))
            return None
        complaint, customer, car = self._complaints.get(row.complaint_number, (None, None, None))
        if row.complaint_number and complaint is None:
            return RowFault(row.row, "complaint_number", f"没有单号为“{row.complaint_number}”的抱怨单，请先导入抱怨。")
        if complaint is None:
            customer, car = self._files.of(row)
            if customer is None and car is None:
                customer, car = self._orders.get(row.order_number, (None, None))
            if customer is None and car is None:
                return RowFault(row.row, "phone", "档案里没有这个电话或车牌的客户，请先导入客户档案。")
        self._digests.add(row.digest)
        if row.source_number:
            self._known[row.source_number] = 0
        self._waiting.append({"complaint": complaint, "customer": customer, "vehicle": car, **self._values(row)})
        self.added += 1
        return None

    def _again(self, row: ImportedFollowUp, found: int) -> None:
        """A call that is on file; a second row of one file is skipped, whatever it says."""
        if found and row.digest not in self._digests:
            told = {name: value for name, value in self._values(row).items() if name in _CALL}
            brought = news(self._rule, FollowUp, on_file(self._desk, FollowUp, found, told), told)
            if brought:
                self._digests.add(row.digest)
                self._ledger.change(FollowUp, found, {**brought, "source_digest": row.digest}, reason="再次导入")
                self.updated += 1
                return
        self.skipped += 1

    def notes(self) -> tuple[str, ...]:
        """Nothing of this kind of file is taken otherwise than it says."""
        return ()

    def flush(self) -> None:
        """Writes what is new since the last time."""
        rows, self._waiting = self._waiting, []
        self._ledger.add_many(FollowUp, rows, [row["outcome"] or "计划" for row in rows])

    def _values(self, row: ImportedFollowUp) -> dict[str, Any]:
        made = row.called_at is not None or bool(row.outcome or row.satisfaction)
        called = row.called_at or (_midnight(row) if made else None)
        told = row.result_text if row.result_text not in (*Outcome, *Satisfaction, row.feedback) else ""
        return {
            "planned_on": row.planned_on or (called.date() if called else None),
            "caller": row.caller,
            "reason": row.reason or "导入",
            "called_at": to_utc(called) if called else None,
            "outcome": row.outcome or (Outcome.REACHED.value if made else ""),
            "satisfaction": row.satisfaction,
            "score": row.score,
            "feedback": "；".join(filter(None, (told, row.feedback))),
            "next_on": row.next_on,
            "extra": json.dumps({**row.extra, **({"备注": row.remarks} if row.remarks else {})}, ensure_ascii=False),
            "source_digest": row.digest,
            "source_number": row.source_number,
            "entered_at": self._ledger.act.at,
            "imported_by": self._import_id,
        }


def _midnight(row: ImportedFollowUp) -> datetime | None:
    day = row.planned_on
    return datetime(day.year, day.month, day.day) if day else None  # noqa: DTZ001 - local by intent
