"""Is everything well with a database file: structure, references, row checksums, states, the history chain.

Asked of any open connection: of the home's own file by ``check``, of a copy before it is called a backup. SQLite's own
check calls every sixth damaged file healthy (reliability.md, decision 5); the rows and the chain find the rest.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from crm_desktop.domain.pins import mark
from crm_desktop.domain.procedure import effective, state_of
from crm_desktop.models.base import Record, seal, sealed_columns
from crm_desktop.models.care import Compensation, GuidanceCard, GuidanceNote, Letter
from crm_desktop.models.classification import ClassRecord
from crm_desktop.models.complaints import Complaint, ComplaintEvent, FollowUp, Rework
from crm_desktop.models.customers import Contact, Customer, Vehicle, Visit
from crm_desktop.models.database import FILE_NAME, KEY_NAME
from crm_desktop.models.desk import Setting
from crm_desktop.models.gathered import Attachment, ComplaintLink, Merge, SavedFilter, Sign, Survey, SurveyCall
from crm_desktop.models.history import GONE, broken_at
from crm_desktop.models.imports import Import
from crm_desktop.models.migrations import STEPS
from crm_desktop.models.people import Deputy, LineDuty, Staff
from crm_desktop.models.persons import Erasure
from crm_desktop.models.procedure import Escalation, Extension, Promise, Solution, Withdrawal
from crm_desktop.models.profile import (
    Contract,
    CustomerTag,
    GradeRecord,
    Payment,
    Recall,
    RecallVisit,
    StageStep,
    WarrantyRepair,
)
from crm_desktop.models.records import (
    Disposal,
    DisposalItem,
    Evaluation,
    FiledCorrection,
    Filing,
    Judgement,
    Measure,
    MeasureComplaint,
    MonthlyNote,
    MonthlyRecord,
    MonthlySignature,
)
from crm_desktop.models.tail import missing

Told = Callable[[int, int], None]
END = "历史记录末尾"
"""The finding about what the history once reached: sound as it is, the file may be an older one."""
RECORDS: tuple[type[Record], ...] = (
    Staff, Deputy, LineDuty, Setting, Import, Customer, Contact, Vehicle, Visit,
    Complaint, ComplaintEvent, Rework, FollowUp, Solution, Promise, Extension, Withdrawal, Escalation,
    Measure, MeasureComplaint, Evaluation, MonthlyRecord, Judgement, Filing, FiledCorrection, Disposal, DisposalItem,
    StageStep, GradeRecord, CustomerTag, Contract, Payment, WarrantyRepair, Recall, RecallVisit,
    Attachment, ComplaintLink, Merge, SavedFilter, Sign, Survey, SurveyCall, ClassRecord,
    Compensation, GuidanceCard, GuidanceNote, Letter, MonthlySignature, MonthlyNote,
    Erasure,
)  # fmt: skip


_PARTS = "SELECT name, type, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
_MADE_OF = {"table": ("table_xinfo", "foreign_key_list"), "index": ("index_xinfo",)}
"""What tells of a part by its meaning; a trigger has nothing but its words."""
_PARTS_TOLD = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One question asked of the data and its answer; ``trouble`` is empty when all is well.

    ``note`` says what is not as it should be and harms no record.
    """

    what: str
    trouble: str = ""
    note: str = ""


class _Step(NamedTuple):
    """An event as the fold of the states reads it."""

    id: int
    kind: str
    corrects: int | None


def damage(home: Path) -> str:
    """The first thing that is wrong with the data of a home, empty when it is sound: asked where something broke."""
    try:
        key = bytes.fromhex((home / KEY_NAME).read_text(encoding="ascii").strip())
        with closing(sqlite3.connect(home / FILE_NAME)) as rows:
            found = [finding for finding in all_of(home, key, rows) if finding.trouble]
    except (OSError, ValueError, sqlite3.Error):
        return "读不出来" if (home / FILE_NAME).exists() else ""
    return f"{found[0].what}：{found[0].trouble}" if found else ""


def all_of(home: Path, key: bytes, rows: sqlite3.Connection, told: Told | None = None) -> list[Finding]:
    """Every question asked of a home's own file; the last is whether its history still reaches the end that was told
    beside it. Raises as ``Soundness.all``."""
    found = Soundness(rows, key, told).all()
    return found if any(one.trouble for one in found) else [*found, Finding(END, missing(home, key, rows.execute))]


@cache
def _own_parts() -> dict[str, list[Any]]:
    """What the steps make."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as rows:
        for step in STEPS:
            rows.executescript(step)
        return _parts(rows)


def _parts(rows: sqlite3.Connection) -> dict[str, list[Any]]:
    """Tables and indexes by name, with their columns and references; triggers with their words."""
    return {
        name: [kind, *(rows.execute(f"SELECT * FROM pragma_{told}(?)", (name,)).fetchall() for told in _MADE_OF[kind])]
        if kind in _MADE_OF
        else [kind, sql]
        for name, kind, sql in rows.execute(_PARTS).fetchall()
    }


@contextmanager
def one_view(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """What is asked inside is answered as of one moment, whatever somebody else writes meanwhile: counted before and
    looked for after a save, sound rows would seem to be too many or too few."""
    begun = not connection.in_transaction
    if begun:
        connection.execute("BEGIN")
    try:
        yield connection
    finally:
        if begun:
            with suppress(sqlite3.Error):  # of a damaged file the question itself has failed already
                connection.rollback()


def _one_line(answer: object) -> str:
    """What SQLite says of a damage, without its stars and line ends."""
    return " ".join(str(answer).replace("*", "").split())[:120]


class Soundness:
    """The questions, asked of one connection; ``key`` is the home's history key."""

    def __init__(self, connection: sqlite3.Connection, key: bytes, told: Told | None = None) -> None:
        """``told`` hears after each question how many of how many are asked."""
        self._connection = connection
        self._key = key
        self._told = told

    def all(self) -> list[Finding]:
        """Every question with its answer, the database's own check first; one that cannot even be asked is an answer.

        :raises sqlite3.OperationalError: somebody else holds the file; that says nothing about damage.
        """
        try:
            with one_view(self._connection):
                return self._asked()
        except (sqlite3.Error, ValueError, TypeError, OverflowError) as fault:
            if "locked" in str(fault):
                raise
            return [Finding("数据库结构", "已损坏，读不完")]

    def _asked(self) -> list[Finding]:
        questions: list[Callable[[], Finding]] = [
            self._integrity, self._references, *(partial(self._seals, model) for model in RECORDS),
            self._states, self._history, *(partial(self._agreement, model) for model in RECORDS), self._pins,
        ]  # fmt: skip
        findings = []
        for asked, question in enumerate(questions, 1):
            findings.append(question())
            if self._told is not None:
                self._told(asked, len(questions))
        return findings

    def _seals(self, model: type[Record]) -> Finding:
        return Finding(f"记录校验 {model._meta.table_name}", self._damaged_rows(model))

    def _rows(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, parameters).fetchall()

    def _integrity(self) -> Finding:
        answer = self._rows("PRAGMA integrity_check")[0][0]
        return Finding("数据库结构", self._other_parts() if answer == "ok" else f"已损坏（{_one_line(answer)}）")

    def _other_parts(self) -> str:
        """Tables, indexes, triggers and views that no upgrade made, or that are no longer as one made them: a trigger
        changes what is written from now on with right checksums, and without its own the history can be shortened."""
        own, here = _own_parts(), _parts(self._connection)
        foreign = sorted(set(here) - set(own))
        if foreign:
            return f"有不是本程序建的部分：{'、'.join(foreign[:_PARTS_TOLD])}"
        other = sorted(name for name, made in own.items() if here.get(name) != made)
        return f"少了或被改动的部分：{'、'.join(other[:_PARTS_TOLD])}" if other else ""

    def _pins(self) -> Finding:
        """Hashes that this home did not make itself: they open nothing, and somebody put them there."""
        rows = self._rows("SELECT staff_id, salt, pin_hash, mark FROM credentials")
        planted = [person for person, salt, digest, told in rows if mark(self._key, person, salt, digest) != told]
        return Finding("员工 PIN", f"{len(planted)} 个被改动，第一个是员工 {planted[0]}" if planted else "")

    def _references(self) -> Finding:
        broken = self._rows("PRAGMA foreign_key_check")
        return Finding("记录之间的联系", f"{len(broken)} 处断开" if broken else "")

    def _damaged_rows(self, model: type[Record]) -> str:
        names = sealed_columns(model)
        columns = ", ".join(model._meta.fields[name].column_name for name in names)
        query = f"SELECT {columns}, checksum, id FROM {model._meta.table_name}"
        rows = self._connection.execute(query)
        bad = [row[-1] for row in rows if seal(model, dict(zip(names, row, strict=False))) != row[-2]]
        return f"{len(bad)} 条与校验码不符，第一条编号 {bad[0]}" if bad else ""

    def _states(self) -> Finding:
        steps: dict[int, list[_Step]] = {}
        for complaint, *told in self._rows("SELECT complaint_id, id, kind, corrects_id FROM complaint_events"):
            steps.setdefault(complaint, []).append(_Step(*told))
        states = self._rows("SELECT id, number, state FROM complaints")
        wrong = [n for found, n, state in states if state_of(s.kind for s in effective(steps.get(found, []))) != state]
        return Finding("单据状态", f"{len(wrong)} 张与经过不符，第一张 {wrong[0]}" if wrong else "")

    def _history(self) -> Finding:
        broken = broken_at(self._key, self._connection)
        if broken is not None:
            return Finding("历史记录链", f"第 {broken} 行起不连续，可能被改动或删除")
        head = self._rows("SELECT value FROM facts WHERE name = 'history_head'")
        count = self._rows("SELECT COUNT(*) FROM history")[0][0]
        recorded = int(head[0][0].split(":")[0]) if head else 0
        return Finding("历史记录链", "" if recorded == count else f"应有 {recorded} 行，现有 {count} 行")

    def _agreement(self, model: type[Record]) -> Finding:
        """Rows whose last history line knows another content, or that history knows and the table does not."""
        table = model._meta.table_name
        altered = self._rows(
            f"SELECT r.id FROM {table} r WHERE r.checksum IS NOT (SELECT row_seal FROM history"
            " WHERE entity = ? AND entity_id = r.id ORDER BY id DESC LIMIT 1)",
            (table,),
        )
        gone = self._rows(
            f"SELECT DISTINCT entity_id FROM history WHERE entity = ?1 AND entity_id NOT IN (SELECT id FROM {table})"
            " AND entity_id NOT IN (SELECT entity_id FROM history WHERE entity = ?1 AND field = ?2)",
            (table, GONE),
        )
        found = (("被改动", altered), ("不见了", gone))
        troubles = [f"{len(rows)} 条{what}，第一条编号 {rows[0][0]}" for what, rows in found if rows]
        return Finding(f"记录与历史 {table}", "；".join(troubles))
