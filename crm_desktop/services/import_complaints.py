"""Brings complaints of another system or an old register into the files (part 1, line 7; facts.md section 8)."""

from __future__ import annotations

import json
from collections import Counter as Tally
from datetime import date, datetime
from typing import Any

from crm_desktop.clock import to_utc
from crm_desktop.domain.complaints import DESK_ORIGIN, HISTORY_ORIGIN, TIME_TOLD, Channel, Event, Severity
from crm_desktop.domain.followups import Outcome, Satisfaction
from crm_desktop.domain.imports import DuplicateRule, ImportedComplaint, RowFault
from crm_desktop.domain.procedure import state_of
from crm_desktop.models.complaints import Complaint, ComplaintEvent, FollowUp, Rework
from crm_desktop.models.ledger import Ledger
from crm_desktop.models.moments import stamp
from crm_desktop.services.clock_rules import ClockRules
from crm_desktop.services.complaints import next_numbers
from crm_desktop.services.desk import Desk
from crm_desktop.services.import_parties import Parties
from crm_desktop.services.import_rules import news, on_file

_COPIED = (
    "brought_by", "brought_by_phone", "brand", "series", "model", "mileage", "order_number", "channel_text", "category",
    "words", "demand", "adviser", "technician", "responsible", "correction", "root_cause", "solution",
    "long_term_measure", "planned_on", "done_on", "fault_codes", "source_status", "remarks",
)  # fmt: skip
_OWN = {"adviser", "technician"}


class ComplaintIntake:
    """Takes rows one by one and writes them in blocks, all inside the caller's transaction."""

    def __init__(self, desk: Desk, ledger: Ledger, import_id: int, rule: DuplicateRule) -> None:
        self._rule = rule
        self._desk = desk
        self._ledger = ledger
        self._import_id = import_id
        self._today = desk.today()
        self._parties = Parties(desk, ledger, import_id)
        self._by_source = {
            number: (found, digest)
            for found, number, digest in desk.rows(
                "SELECT id, source_number, source_digest FROM complaints WHERE source_number IS NOT NULL"
            )
        }
        self._digests = {
            d for (d,) in desk.rows("SELECT source_digest FROM complaints WHERE source_digest IS NOT NULL")
        }
        self._own = {number for (number,) in desk.rows("SELECT number FROM complaints")}
        self._channels = ClockRules(desk).rulebook().channels
        self._waiting: list[ImportedComplaint] = []
        self._strange: Tally[str] = Tally()
        self.added = self.updated = self.skipped = 0

    def notes(self) -> tuple[str, ...]:
        """Which channel words nobody knew: taken as 其他, kept as they are beside it."""
        return tuple(
            f"接收渠道“{word}”没有对应（{count} 行），记为“{Channel.OTHER}”，原文保留"
            for word, count in self._strange.most_common(5)
        )

    def take(self, row: ImportedComplaint) -> RowFault | None:
        """Adds, updates or skips one row; answers why it cannot, if so."""
        if row.received_at is None:
            return RowFault(row.row, "received_at", "没有抱怨日期，请补上受理日期后再导入这一行。")
        if row.source_number in self._own:
            self.skipped += 1
            return None
        known = self._by_source.get(row.source_number) if row.source_number else None
        if known is not None:
            return self._again(row, *known)
        if row.digest in self._digests:
            self.skipped += 1
            return None
        self._digests.add(row.digest)
        if row.source_number:
            self._by_source[row.source_number] = (0, row.digest)
        self._waiting.append(row)
        if row.channel_text and not self._channel(row):
            self._strange[row.channel_text] += 1
        self.added += 1
        return None

    def flush(self) -> None:
        """Writes what was taken since the last time."""
        rows, self._waiting = self._waiting, []
        if not rows:
            return
        parties = [self._parties.of(row) for row in rows]
        self._parties.flush()
        numbers = self._numbers(rows)
        events = [_events(row) for row in rows]
        values = [
            self._values(row, number, party, happened)
            for row, number, party, happened in zip(rows, numbers, parties, events, strict=True)
        ]
        ids = self._ledger.add_many(Complaint, values, numbers)
        self._children(ids, rows, parties, events)

    def _channel(self, row: ImportedComplaint) -> str:
        """A channel of this home by its very name goes before the word it is usually taken for."""
        return row.channel_text if row.channel_text in self._channels else row.channel

    def _numbers(self, rows: list[ImportedComplaint]) -> list[str]:
        """Own numbers in the order of the rows, running within each 受理 day."""
        days = [_received(row).date() for row in rows]
        taken = {day: iter(next_numbers(self._desk, day, count)) for day, count in Tally(days).items()}
        return [next(taken[day]) for day in days]

    def _values(
        self, row: ImportedComplaint, number: str, party: tuple[int | None, int | None], happened: list[dict[str, Any]]
    ) -> dict[str, Any]:
        received = _received(row)
        copied = {name: getattr(row, name) for name in _COPIED}
        return {
            **copied,
            "number": number,
            "source_number": row.source_number or None,
            "source_digest": row.digest,
            "origin": HISTORY_ORIGIN if received.date() < self._today else DESK_ORIGIN,
            "state": state_of(event["kind"] for event in happened),
            "customer": party[0],
            "vehicle": party[1],
            "channel": self._channel(row) or Channel.OTHER,
            "severity": row.severity or Severity.ORDINARY,
            "line": row.responsible_line,
            "occurred_at": to_utc(row.occurred_at) if row.occurred_at else None,
            "received_at": to_utc(received),
            "received_has_time": row.received_has_time,
            "entered_at": self._ledger.act.at,
            "extra": json.dumps(dict(row.extra), ensure_ascii=False),
            "imported_by": self._import_id,
        }

    def _children(
        self,
        ids: list[int],
        rows: list[ImportedComplaint],
        parties: list[tuple[int | None, int | None]],
        events: list[list[dict[str, Any]]],
    ) -> None:
        stamp = {"entered_at": self._ledger.act.at}
        owned = {**stamp, "imported_by": self._import_id}
        made = list(zip(ids, rows, parties, events, strict=True))
        happened = [{"complaint": i, **event, **stamp} for i, _, _, listed in made for event in listed]
        self._ledger.add_many(ComplaintEvent, happened, [event["kind"] for event in happened])
        reworks = [{"complaint": i, **_rework(row), **owned} for i, row, _, _ in made if _rework(row)]
        self._ledger.add_many(Rework, reworks, [rework["order_number"] for rework in reworks])
        calls = [
            {"complaint": i, "customer": party[0], "vehicle": party[1], **_call(row), **owned}
            for i, row, party, _ in made
            if row.followed_up_on
        ]
        self._ledger.add_many(FollowUp, calls, [call["outcome"] for call in calls])

    def _again(self, row: ImportedComplaint, found: int, digest: str | None) -> RowFault | None:
        """A source number that is already there: the same row is skipped, a changed one brings its news by the rule."""
        if row.digest == digest or (found and self._rule is DuplicateRule.SKIP):
            self.skipped += 1
            return None
        if found == 0:
            return RowFault(
                row.row, "source_number", f"来源单号 {row.source_number} 在文件里出现两次而内容不同，请核对。"
            )
        now = on_file(self._desk, Complaint, found, (*_COPIED, "number", "received_at"))
        told = {name: getattr(row, name) for name in _COPIED}
        if row.words != now["words"] and stamp(to_utc(_received(row))) != now["received_at"]:
            why = f"来源单号 {row.source_number} 已是另一张抱怨单（{now['number']}），日期和内容都不同，请核对单号。"
            return RowFault(row.row, "source_number", why)
        brought = news(self._rule, Complaint, now, told)
        if not brought:
            self.skipped += 1
            return None
        self._ledger.change(Complaint, found, {**brought, "source_digest": row.digest}, reason="再次导入")
        self.updated += 1
        return None


def _received(row: ImportedComplaint) -> datetime:
    """The naive local time of 受理; rows without one were refused before."""
    if row.received_at is None:
        raise ValueError("row without a date")
    return row.received_at


def _events(row: ImportedComplaint) -> list[dict[str, Any]]:
    received = _received(row)
    events = [_event(Event.REGISTERED, received, "")]
    if row.responsible:
        events.append(_event(Event.TAKEN_UP, received, row.responsible))
    closed = _step(Event.CLOSED, row.closed_on, row.closed_at, received, row.closed_by)
    solved = _step(Event.RESOLVED, row.done_on, row.done_at, received, row.responsible)
    if closed and not solved:
        solved = {**closed, "kind": Event.RESOLVED, "who": row.responsible}
    return [*events, *filter(None, (solved, closed))]


def _event(kind: Event, at: datetime, who: str, note: str = "导入") -> dict[str, Any]:
    return {"kind": kind, "at": to_utc(at), "who": who, "note": note}


def _step(kind: Event, day: date | None, at: datetime | None, received: datetime, who: str) -> dict[str, Any]:
    """A step the file names: at its time, else at midnight of its day, in either case not before 受理."""
    if at is not None and at >= received:
        return _event(kind, at, who, TIME_TOLD)
    if day is None:
        return {}
    return _event(kind, max(received, datetime(day.year, day.month, day.day)), who)  # noqa: DTZ001 - local


def _rework(row: ImportedComplaint) -> dict[str, Any]:
    if row.rework in ("", "否") and not row.rework_order_number:
        return {}
    kind = row.rework if row.rework in ("内返", "外返") else "外返"
    return {"kind": kind, "order_number": row.rework_order_number, "finished_on": row.rework_finished_on}


def _call(row: ImportedComplaint) -> dict[str, Any]:
    told = row.follow_up_result
    satisfaction = told if told in tuple(Satisfaction) else ""
    outcome = told if told in tuple(Outcome) else Outcome.REACHED
    day = row.followed_up_on or _received(row).date()
    return {
        "planned_on": day,
        "called_at": to_utc(datetime(day.year, day.month, day.day)),  # noqa: DTZ001 - local by intent
        "caller": row.follow_up_by,
        "reason": "导入",
        "outcome": outcome,
        "satisfaction": satisfaction,
        "feedback": row.feedback
        if satisfaction or told in ("", outcome)
        else " ".join(filter(None, (told, row.feedback))),
    }
