"""《顾客抱怨及返修记录》: writes itself from complaints, reworks, calls and events (seed 001 篇1 五.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from crm_desktop.clock import day_bounds, local_day
from crm_desktop.domain.customers import model_text
from crm_desktop.domain.identity import masked_phone
from crm_desktop.domain.register import VOID_MARK, RegisterRow
from crm_desktop.models.moments import moment, stamp
from crm_desktop.services.desk import Desk
from crm_desktop.services.filings import Filings
from crm_desktop.services.lookups import PHONE_OF

_CALL = (
    "(SELECT {column} FROM follow_ups WHERE complaint_id = q.id AND called_at IS NOT NULL"
    " ORDER BY outcome = '成功' DESC, called_at DESC, id DESC LIMIT 1)"
)
_CLOSED = (
    "(SELECT {column} FROM complaint_events WHERE complaint_id = q.id AND kind = 'closed' ORDER BY id DESC LIMIT 1)"
)
_COUNTED_WITH = (
    "(SELECT p.number FROM complaint_links l JOIN complaints p ON p.id = l.counted_with_id"
    " WHERE l.complaint_id = q.id AND l.removed = 0)"
)
_COLUMNS = ", ".join(
    (
        "q.id", "q.received_at", "q.number", "q.channel", "q.severity", "q.category", "q.order_number",
        "COALESCE(v.plate, '')", "COALESCE(v.vin, '')", "q.brand", "q.series", "q.model", "q.mileage",
        "COALESCE(c.name, '')", f"COALESCE({PHONE_OF.format(owner='q.customer_id')}, '')", "q.words", "q.state",
        "q.correction", "q.root_cause", "q.long_term_measure", "q.responsible", "q.planned_on", "q.done_on",
        *(_CALL.format(column=name) for name in ("called_at", "caller", "outcome", "satisfaction", "feedback")),
        *(_CLOSED.format(column=name) for name in ("at", "who")),
        _COUNTED_WITH,
    )
)  # fmt: skip
_QUERY = f"""
    SELECT {_COLUMNS} FROM complaints q
    LEFT JOIN customers c ON c.id = q.customer_id LEFT JOIN vehicles v ON v.id = q.vehicle_id
    WHERE q.received_at >= ? AND q.received_at < ? ORDER BY q.received_at, q.id
"""
_REWORKS = """
    SELECT r.complaint_id, r.kind, r.order_number, r.finished_on FROM reworks r
    JOIN complaints q ON q.id = r.complaint_id
    WHERE q.received_at >= ? AND q.received_at < ? ORDER BY r.id
"""
Rework = tuple[str, str, date | None]


class Registers:
    """The register for a span of 受理 days."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def retention_words(self) -> str:
        """How long the register's complaints are kept, for the foot of the paper."""
        return Filings(self._desk).retention().words

    def count(self, first: date, last: date) -> int:
        """How many complaints fall into the local days ``first`` to ``last``, both included; one event counts once."""
        return int(
            self._desk.rows(
                "SELECT COUNT(*) FROM complaints q WHERE received_at >= ? AND received_at < ?"
                f" AND {_COUNTED_WITH} IS NULL",
                _span(first, last),
            )[0][0]
        )

    def rows(self, first: date, last: date, unmasked: bool = False) -> Iterator[RegisterRow]:
        """One row a complaint, its first rework in it; each further rework a row below with the same number.

        Phones are masked unless ``unmasked``; void complaints stay, marked 【作废】. Rows come as they are read.
        """
        reworks = self._reworks(first, last)
        last_one, sequences = 0, dict[str, int]()
        for *row, counted_with in self._desk.database.execute_sql(_QUERY, _span(first, last)):
            found, sequence = reworks.get(row[0], []), sequences.get(counted_with, last_one + 1)
            last_one, sequences[row[2]] = max(last_one, sequence), sequence
            head = _linked(_row(sequence, tuple(row), unmasked), counted_with)
            yield _with_rework(head, found[0]) if found else head
            for further in found[1:]:
                yield _with_rework(_repeated(head), further)

    def _reworks(self, first: date, last: date) -> dict[int, list[Rework]]:
        gathered: dict[int, list[Rework]] = {}
        for complaint, kind, number, finished in self._desk.rows(_REWORKS, _span(first, last)):
            gathered.setdefault(complaint, []).append((kind, number, _day(finished)))
        return gathered


def _span(first: date, last: date) -> tuple[str, str]:
    start, end = day_bounds(first, last)
    return stamp(start), stamp(end)


def _row(sequence: int, row: tuple[Any, ...], unmasked: bool) -> RegisterRow:
    (_, received, number, channel, severity, category, order, plate, vin, brand, series, model, mileage, name, phone,
     words, state, correction, root_cause, measure, responsible, planned, done, called, caller, outcome, satisfaction,
     feedback, closed, closed_by) = row  # fmt: skip
    return RegisterRow(
        sequence=sequence,
        received_on=local_day(moment(received)),
        number=number,
        channel=channel,
        severity=severity,
        category=category,
        order_number=order,
        plate=plate,
        vin=vin,
        model=model_text(brand, series, model),
        mileage=mileage,
        customer_name=name,
        phone=phone if unmasked else masked_phone(phone),
        words=f"{VOID_MARK}{words}" if state == "作废" else words,
        correction=correction,
        root_cause=root_cause,
        long_term_measure=measure,
        responsible=responsible,
        planned_on=_day(planned),
        done_on=_day(done),
        followed_up_on=local_day(moment(called)) if called else None,
        follow_up_by=caller or "",
        follow_up_result=satisfaction or outcome or "",
        feedback=feedback or "",
        closed_on=local_day(moment(closed)) if closed and state == "已关闭" else None,
        closed_by=closed_by if closed and state == "已关闭" else "",
    )


def _linked(row: RegisterRow, counted_with: str | None) -> RegisterRow:
    """The row of a second complaint about one event says which one counts, and stands under its number."""
    return replace(row, words=f"【同一事件，计入 {counted_with}】{row.words}") if counted_with else row


def _with_rework(row: RegisterRow, rework: Rework) -> RegisterRow:
    kind, number, finished = rework
    return replace(row, rework=kind, rework_order_number=number, rework_finished_on=finished)


def _repeated(head: RegisterRow) -> RegisterRow:
    """The row of a further rework: whose it is, without telling the complaint twice."""
    return RegisterRow(
        sequence=head.sequence,
        received_on=head.received_on,
        number=head.number,
        order_number=head.order_number,
        plate=head.plate,
        vin=head.vin,
        model=head.model,
        customer_name=head.customer_name,
        phone=head.phone,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
