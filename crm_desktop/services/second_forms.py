"""归档副本: which closed cases have a plain second form in ``archive/``, where it lies, and which are behind.

gathered(stand) -> Stand      next_walked(stand) -> Case      content(case) -> rows by table
let_go(ids)                   behind() -> [number]            keep(stand)

What was written is known by comparing, what changed since by the history: ``stand.json`` beside the forms says up to
which line it was read. Where that line is another one (a backup was restored) every case is compared anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain.archive import EMPTIED, RETENTION_YEARS, expires_on
from crm_desktop.domain.complaints import HISTORY_ORIGIN
from crm_desktop.domain.second_form import TITLES
from crm_desktop.models.base import Record
from crm_desktop.models.erasure import children_of_complaints
from crm_desktop.models.faults import translated
from crm_desktop.models.history import GONE
from crm_desktop.models.moments import moment
from crm_desktop.services.desk import Desk
from crm_desktop.services.soundness import RECORDS

FOLDER = "archive"
"""Where the forms lie in the data folder, by the year in which the case was received."""
SUFFIXES = (".pdf", ".json")
CLOSED = ("已关闭", "已存档")
_STAND, _REFUSED, _LEFT = "stand.json", "refused.txt", ".crm-*"
_LINES, _CHUNK = 5_000, 500
_CASES = "SELECT id, number, state, received_at, words, origin FROM complaints"
_OF_CUSTOMERS = "SELECT id FROM complaints WHERE customer_id IN ({ids})"
_WHOSE: dict[str, str] = {
    "complaints": "SELECT id FROM complaints WHERE id IN ({ids})",
    "customers": _OF_CUSTOMERS,
    "contacts": _OF_CUSTOMERS.replace("{ids}", "SELECT customer_id FROM contacts WHERE id IN ({ids})"),
    "vehicles": "SELECT id FROM complaints WHERE vehicle_id IN ({ids})",
    "measures": "SELECT complaint_id FROM measure_complaints WHERE measure_id IN ({ids})",
    "evaluations": "SELECT l.complaint_id FROM measure_complaints l JOIN evaluations e ON e.measure_id = l.measure_id"
    " WHERE e.id IN ({ids})",
}
"""Complaints on whose form a changed record stands, by the record's table; its children are found by looking."""
_PARTY = (
    ("customers", "SELECT name, kind, address FROM customers WHERE id = (SELECT customer_id {case})"),
    ("contacts", "SELECT kind, value, name, role FROM contacts WHERE removed = 0 AND value <> ''"
     " AND customer_id = (SELECT customer_id {case}) ORDER BY position, id"),
    ("vehicles", "SELECT plate, vin, brand, series, model, mileage, bought_on FROM vehicles"
     " WHERE id = (SELECT vehicle_id {case})"),
    ("measures", "SELECT * FROM measures WHERE id IN (SELECT measure_id FROM measure_complaints WHERE removed = 0"
     " AND complaint_id = ?) ORDER BY id"),
    ("evaluations", "SELECT * FROM evaluations WHERE measure_id IN (SELECT measure_id FROM measure_complaints"
     " WHERE removed = 0 AND complaint_id = ?) ORDER BY id"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A complaint as its second form is concerned with it."""

    id: int
    number: str
    year: int
    closed: bool
    disposed: bool
    on_paper: bool
    """It was handled here and within the two years a paper is kept: then the form is written as PDF too."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How far the forms are: history read up to ``line`` (whose link is kept), cases ``waiting`` for theirs, and a walk
    through all of them, ``below`` which id it goes on; 0 once it is done."""

    line: int = 0
    link: str = ""
    below: int = 0
    waiting: tuple[int, ...] = ()


class SecondForms:
    """Reads the records, and takes files out of ``archive/``; they are written by ``papers/second_forms.py``."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.folder = desk.home / FOLDER

    # -- where they lie ------------------------------------------------------------------------------------------

    def place(self, case: Case, suffix: str) -> Path:
        """archive/2026/TS20261121-001.json"""
        return self.folder / str(case.year) / f"{case.number}{suffix}"

    def is_there(self, case: Case) -> bool:
        """Whether the case has a form, up to date or not."""
        return self.place(case, ".json").exists()

    def let_go(self, ids: Iterable[int]) -> None:
        """The forms of these complaints go, at once; those of closed cases are written anew from what is kept.

        :raises StorageRefused: one is held open by another program; the next round tries again.
        """
        with translated(self.folder):
            for case in self.cases(ids):
                for suffix in SUFFIXES:
                    self.place(case, suffix).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Takes out forms of complaints that are none (any more): the record is what counts."""
        known = {number for (number,) in self._desk.rows("SELECT number FROM complaints WHERE words <> ?", (EMPTIED,))}
        with translated(self.folder):
            for path in self._files():
                if path.stem not in known:
                    path.unlink(missing_ok=True)

    def sweep_unfinished(self) -> None:
        """What a killed writer left half written."""
        with suppress(OSError):
            for path in self.folder.glob(f"*/{_LEFT}"):
                path.unlink(missing_ok=True)

    # -- what is behind ------------------------------------------------------------------------------------------

    def stand(self) -> Stand:
        """As kept; a new walk through all cases where nothing is kept, or the history is another one."""
        line, link = self._end_of_history()
        with suppress(OSError, ValueError, TypeError):
            told = json.loads((self.folder / _STAND).read_text(encoding="utf-8"))
            kept = Stand(**{**told, "waiting": tuple(told["waiting"])})
            if self._link_of(kept.line) == kept.link:
                return kept
        last = self._desk.rows("SELECT COALESCE(MAX(id), 0) FROM complaints")[0][0]
        return Stand(line, link, last + 1)

    def keep(self, stand: Stand) -> None:
        """Written beside and put in place; lost, it costs a walk and no form."""
        with translated(self.folder):
            self.folder.mkdir(exist_ok=True)
            beside = self.folder / f".crm-{_STAND}"
            beside.write_text(json.dumps(asdict(stand)), encoding="utf-8")
            beside.replace(self.folder / _STAND)

    def gathered(self, stand: Stand) -> Stand:
        """With the cases of some more lines of the history waiting."""
        line, link = self._end_of_history()
        if line <= stand.line:
            return stand
        upto = min(line, stand.line + _LINES)
        waiting = dict.fromkeys((*stand.waiting, *self.touched(stand.line, upto)))
        return replace(stand, line=upto, link=link if upto == line else self._link_of(upto), waiting=tuple(waiting))

    def touched(self, after: int, upto: int | None = None) -> list[int]:
        """Complaints on whose form something changed in these lines of the history; each once."""
        last = self._end_of_history()[0] if upto is None else upto
        rows = self._desk.rows(
            "SELECT DISTINCT entity, entity_id FROM history WHERE id > ? AND id <= ? ORDER BY entity", (after, last)
        )
        by_table: dict[str, list[int]] = {}
        for table, record in rows:
            by_table.setdefault(table, []).append(record)
        found = {case for table, ids in by_table.items() for case in self._of_records(table, ids)}
        return sorted(found)

    def last_line(self) -> int:
        """The id of the history's last line."""
        return self._end_of_history()[0]

    def lost(self, after: int, upto: int) -> bool:
        """Whether complaints were taken out again in these lines of the history (an import was undone)."""
        query = "SELECT 1 FROM history WHERE id > ? AND id <= ? AND entity = 'complaints' AND field = ? LIMIT 1"
        return bool(self._desk.rows(query, (after, upto, GONE)))

    def next_walked(self, stand: Stand) -> Case | None:
        """The next closed case of the walk, the latest first; None at its end."""
        rows = self._desk.rows(f"{_CASES} WHERE id < ? AND +state IN {CLOSED} ORDER BY id DESC LIMIT 1", (stand.below,))
        return self._case(rows[0]) if rows else None

    def cases(self, ids: Iterable[int]) -> list[Case]:
        """These complaints, as far as they are there."""
        wanted = list(ids)
        return [
            self._case(row)
            for start in range(0, len(wanted), _CHUNK)
            for row in self._desk.rows(f"{_CASES} WHERE id IN ({_told(wanted[start : start + _CHUNK])})")
        ]

    def behind(self) -> list[str]:
        """Closed cases without a form, and those whose form is known to be behind; the latest first."""
        there = {path.stem for path in self._files() if path.suffix == ".json"}
        rows = self._desk.rows(f"SELECT id, number FROM complaints WHERE state IN {CLOSED} AND words <> ?", (EMPTIED,))
        stand = self.stand()
        changed = {*stand.waiting, *self.touched(stand.line)}
        return sorted((number for found, number in rows if found in changed or number not in there), reverse=True)

    # -- what stands on them -------------------------------------------------------------------------------------

    def content(self, case: Case) -> dict[str, list[dict[str, Any]]]:
        """Every row kept of the case by table, his party as far as the paper names it, and the measures."""
        told = {"complaints": self._records("SELECT * FROM complaints WHERE id = ?", case.id)}
        for table, query in _PARTY:
            told[table] = self._records(query.format(case="FROM complaints WHERE id = ?"), case.id)
        for model, column in _children():
            table = model._meta.table_name
            told[table] = self._records(f"SELECT * FROM {table} WHERE {column} = ? ORDER BY id", case.id)
        return told

    # -- trouble -------------------------------------------------------------------------------------------------

    def note_trouble(self, sentence: str) -> None:
        """Why the last round failed, for the light on 今日; empty once one went well."""
        with suppress(OSError):
            note = self.folder / _REFUSED
            note.write_text(sentence, encoding="utf-8") if sentence else note.unlink(missing_ok=True)

    # -- helpers -------------------------------------------------------------------------------------------------

    def _case(self, row: tuple[Any, ...]) -> Case:
        found, number, state, received, words, origin = row
        day = local_day(moment(received))
        on_paper = origin != HISTORY_ORIGIN and expires_on(day, RETENTION_YEARS) > self._desk.today()
        return Case(found, number, day.year, state in CLOSED, words == EMPTIED, on_paper)

    def _records(self, query: str, found: int) -> list[dict[str, Any]]:
        rows = self._desk.database.execute_sql(query, (found,))
        names = [column[0] for column in rows.description]
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]

    def _of_records(self, table: str, ids: list[int]) -> Iterator[int]:
        queries = [_WHOSE[table]] if table in _WHOSE else []
        queries += [
            f"SELECT {column} FROM {table} WHERE id IN ({{ids}})"
            for model, column in _children()
            if model._meta.table_name == table
        ]
        for query in queries:
            for start in range(0, len(ids), _CHUNK):
                some = _told(ids[start : start + _CHUNK])
                yield from (found for (found,) in self._desk.rows(query.format(ids=some)) if found is not None)

    def _end_of_history(self) -> tuple[int, str]:
        found = self._desk.rows("SELECT id, link FROM history ORDER BY id DESC LIMIT 1")
        return found[0] if found else (0, "")

    def _link_of(self, line: int) -> str:
        found = self._desk.rows("SELECT link FROM history WHERE id = ?", (line,))
        return found[0][0] if found else ""

    def _files(self) -> list[Path]:
        return [path for path in self.folder.glob("*/*") if path.suffix in SUFFIXES]


def trouble(home: Path) -> str:
    """Why the last round failed, empty where it did not."""
    with suppress(OSError, ValueError):
        return (home / FOLDER / _REFUSED).read_text(encoding="utf-8")
    return ""


def _children() -> list[tuple[type[Record], str]]:
    """Tables whose rows belong to a complaint and stand on its form, with the column that says to which."""
    found = children_of_complaints(RECORDS).items()
    return [(m, m._meta.fields[name].column_name) for m, name in found if m._meta.table_name in TITLES]


def _told(ids: Iterable[int]) -> str:
    return ", ".join(map(str, ids))
