"""召回与服务活动: the campaigns, the cars they are about, and which of them were done.

register(RecallDraft, act) -> id      amend(id, ver, RecallDraft, act) -> ver      withdraw(id, ver, reason, act)
listed() -> list[RecallCount]         of_vehicle(vehicle_id) -> list[RecallRow]    (open ones have no done_on)
car_ids(id) -> vehicles, open first   cars(id, vehicle_ids) -> list[RecallCar]
done(id, vehicle_id, done_on, order_number, act)
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.customers import model_text
from crm_desktop.domain.errors import InvalidInput, NotFound
from crm_desktop.domain.recalls import RecallDraft, RecallRow, VinRange, checked_recall, covers
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line
from crm_desktop.models.profile import Recall, RecallVisit
from crm_desktop.services.desk import Desk

_QUERY = "SELECT id, ver, title, ranges, kind, number, starts_on, ends_on, note FROM recalls WHERE removed = 0"
_DONE = "SELECT recall_id, MAX(done_on) FROM recall_visits WHERE vehicle_id = ? AND removed = 0 GROUP BY recall_id"
_IS_DONE = "EXISTS (SELECT 1 FROM recall_visits d WHERE d.vehicle_id = v.id AND d.recall_id = ? AND d.removed = 0)"
_COUNT = f"SELECT COUNT(*), COALESCE(SUM({_IS_DONE}), 0) FROM vehicles v WHERE"
_CARS = """
    SELECT v.id, v.plate, v.vin, v.brand, v.series, v.model, COALESCE(c.name, ''), v.customer_id,
        (SELECT MAX(done_on) FROM recall_visits d WHERE d.vehicle_id = v.id AND d.recall_id = ? AND d.removed = 0)
    FROM vehicles v LEFT JOIN customers c ON c.id = v.customer_id WHERE v.id IN
"""


@dataclass(frozen=True, slots=True)
class RecallCar:
    """One car on file that a campaign is about."""

    vehicle_id: int
    plate: str
    vin: str
    model: str
    customer_id: int | None
    customer_name: str
    done_on: date | None


@dataclass(frozen=True, slots=True)
class RecallCount:
    """A campaign with how many cars on file it is about, and how many of them were done."""

    recall: RecallRow
    cars: int
    done: int


class Recalls:
    """Campaigns of the maker and of the house."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, draft: RecallDraft, act: Act) -> int:
        """A new campaign. Returns its id; raises as ``checked_recall``."""
        act = require(act, Right.PROFILE)
        cleaned = checked_recall(draft)
        with self._desk.writing(act) as ledger:
            return ledger.add(Recall, cleaned.title, entered_at=act.at, **_values(cleaned))

    def amend(self, recall_id: int, ver: int, draft: RecallDraft, act: Act) -> int:
        """Changes a campaign. Returns the new version; raises as ``register``, and ChangedMeanwhile."""
        act = require(act, Right.PROFILE)
        cleaned = checked_recall(draft)
        with self._desk.writing(act) as ledger:
            return ledger.change(Recall, recall_id, _values(cleaned), ver)

    def withdraw(self, recall_id: int, ver: int, reason: str, act: Act) -> None:
        """Takes a campaign off every list.

        :raises InvalidInput: no reason.
        """
        act = require(act, Right.PROFILE)
        why = checked_line(reason, "原因")
        if not why:
            raise InvalidInput({"reason": "撤下召回或服务活动请写明原因。"})
        with self._desk.writing(act) as ledger:
            ledger.change(Recall, recall_id, {"removed": True}, ver, why)

    def rows(self) -> list[RecallRow]:
        """Every campaign, the latest first."""
        return [_row(row) for row in self._desk.rows(f"{_QUERY} ORDER BY id DESC")]

    def of_vehicle(self, vehicle_id: int) -> list[RecallRow]:
        """The campaigns a car belongs to that have begun and not ended; ``done_on`` where it was done."""
        found = self._desk.rows("SELECT vin FROM vehicles WHERE id = ?", (vehicle_id,))
        vin, today = found[0][0] if found else "", self._desk.today()
        done = dict(self._desk.rows(_DONE, (vehicle_id,)))
        return [
            RecallRow(row.id, row.ver, row.draft, date.fromisoformat(done[row.id]) if row.id in done else None)
            for row in self.rows()
            if covers(row.draft.ranges, vin) and _running(row.draft, today)
        ]

    def listed(self) -> list[RecallCount]:
        """Every campaign, the latest first, with its cars counted."""
        found = []
        for row in self.rows():
            where, values = _within(row.draft)
            ((cars, done),) = self._desk.rows(f"{_COUNT} {where}", (row.id, *values))
            found.append(RecallCount(row, cars, done))
        return found

    def car_ids(self, recall_id: int) -> list[int]:
        """The cars on file it is about: those still to be done first, by VIN; raises NotFound."""
        where, values = _within(self._draft(recall_id))
        query = f"SELECT v.id FROM vehicles v WHERE {where} ORDER BY {_IS_DONE}, v.vin"
        return [found for (found,) in self._desk.rows(query, (*values, recall_id))]

    def cars(self, recall_id: int, vehicle_ids: Sequence[int] | None = None) -> list[RecallCar]:
        """These cars, or all it is about, in the order of ``car_ids``; raises NotFound."""
        ids = self.car_ids(recall_id) if vehicle_ids is None else vehicle_ids
        rows = self._desk.rows(f"{_CARS} ({', '.join(map(str, ids))})", (recall_id,))
        known = {row[0]: _car(row) for row in rows}
        return [known[found] for found in ids if found in known]

    def done(self, recall_id: int, vehicle_id: int, done_on: date, order_number: str, act: Act) -> None:
        """This car was done on that day.

        :raises InvalidInput: a day to come, or a car the campaign is not about.
        """
        act = require(act, Right.REWORK)
        if done_on > local_day(act.at):
            raise InvalidInput({"done_on": "完成日期晚于今天，请核对。"})
        found = self._desk.rows("SELECT vin FROM vehicles WHERE id = ?", (vehicle_id,))
        if not found or not covers(self._draft(recall_id).ranges, found[0][0]):
            raise InvalidInput({"vehicle": "这辆车的 VIN 不在这项召回的范围内，请核对。"})
        with self._desk.writing(act) as ledger:
            ledger.add(
                RecallVisit, done_on.isoformat(), recall=recall_id, vehicle=vehicle_id, done_on=done_on,
                order_number=checked_line(order_number, "委托书号", 60), who=act.who, entered_at=act.at,
            )  # fmt: skip

    def _draft(self, recall_id: int) -> RecallDraft:
        found = self._desk.rows(f"{_QUERY} AND id = ?", (recall_id,))
        if not found:
            raise NotFound("没有这项召回或服务活动，请刷新后再看。")
        return _row(found[0]).draft


def _within(draft: RecallDraft) -> tuple[str, tuple[str, ...]]:
    """``covers`` as SQL: the head walks the index of VINs."""
    one = "v.vin >= ? AND v.vin < ? AND v.vin <> '' AND length(v.vin) = 17 AND substr(v.vin, 10) BETWEEN ? AND ?"
    values = [(r.first[:8], f"{r.first[:8]}~", r.first[9:], r.last[9:]) for r in draft.ranges]
    return " OR ".join([f"({one})"] * len(values)), tuple(text for four in values for text in four)


def _values(draft: RecallDraft) -> dict[str, Any]:
    ranges = json.dumps([[one.first, one.last] for one in draft.ranges])
    names = ("kind", "number", "title", "starts_on", "ends_on", "note")
    return {**{name: getattr(draft, name) for name in names}, "ranges": ranges}


def _running(draft: RecallDraft, today: date) -> bool:
    return (draft.starts_on is None or draft.starts_on <= today) and (draft.ends_on is None or today <= draft.ends_on)


def _row(row: tuple[Any, ...]) -> RecallRow:
    found, ver, title, ranges, kind, number, starts, ends, note = row
    pairs = tuple(VinRange(*pair) for pair in json.loads(ranges))
    return RecallRow(found, ver, RecallDraft(title, pairs, kind, number, _day(starts), _day(ends), note))


def _car(row: tuple[Any, ...]) -> RecallCar:
    found, plate, vin, brand, series, model, name, owner, done = row
    return RecallCar(found, plate, vin, model_text(brand, series, model), owner, name, _day(done))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
