"""Is everything well with the data: database, references, row checksums, states, the history chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.pins import mark
from crm_desktop.domain.procedure import effective, state_of
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line
from crm_desktop.models.base import Record, seal, sealed_columns
from crm_desktop.models.care import Compensation, GuidanceCard, GuidanceNote, Letter
from crm_desktop.models.classification import ClassRecord
from crm_desktop.models.complaints import Complaint, ComplaintEvent, FollowUp, Rework
from crm_desktop.models.customers import Contact, Customer, Vehicle, Visit
from crm_desktop.models.desk import Setting
from crm_desktop.models.faults import translated
from crm_desktop.models.gathered import Attachment, ComplaintLink, Merge, SavedFilter, Sign, Survey, SurveyCall
from crm_desktop.models.history import GONE, broken_at
from crm_desktop.models.imports import Import
from crm_desktop.models.people import Deputy, LineDuty, Staff
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
from crm_desktop.models.search import rebuild, trouble
from crm_desktop.services.attachments import Attachments
from crm_desktop.services.desk import Desk

RECORDS: tuple[type[Record], ...] = (
    Staff, Deputy, LineDuty, Setting, Import, Customer, Contact, Vehicle, Visit,
    Complaint, ComplaintEvent, Rework, FollowUp, Solution, Promise, Extension, Withdrawal, Escalation,
    Measure, MeasureComplaint, Evaluation, MonthlyRecord, Judgement, Filing, FiledCorrection, Disposal, DisposalItem,
    StageStep, GradeRecord, CustomerTag, Contract, Payment, WarrantyRepair, Recall, RecallVisit,
    Attachment, ComplaintLink, Merge, SavedFilter, Sign, Survey, SurveyCall, ClassRecord,
    Compensation, GuidanceCard, GuidanceNote, Letter, MonthlySignature, MonthlyNote,
)  # fmt: skip

_EXPORTS = "exports.unmasked"
_FAULTS_TOLD = 3
SEARCH_INDEX = "搜索索引"
"""The finding about the index of the search box: no record is lost where it alone is wrong."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One question asked of the data and its answer; ``trouble`` is empty when all is well."""

    what: str
    trouble: str = ""


class _Step(NamedTuple):
    """An event as the fold of the states reads it."""

    id: int
    kind: str
    corrects: int | None


class Upkeep:
    """Checks, and makes anew what follows from the records; changes no record."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def check(self) -> list[Finding]:
        """Every question with its answer, the database's own check first."""
        records = [
            self._integrity(),
            self._references(),
            *self._rows(),
            self._states(),
            self._history(),
            self._pins(),
            self._attachments(),
            *(self._agreement(model) for model in RECORDS),
        ]
        return [*records, self._search(records)]

    def rebuild_search(self) -> None:
        """Makes the search index anew from the records, which stay as they are; a minute for every million."""
        with translated(self._desk.path), self._desk.database.atomic("IMMEDIATE"):
            rebuild(self._desk.database.connection())

    def check_export(self, act: Act) -> None:
        """Asked before anything leaves the house as a file. :raises NotAllowed: without the right to export."""
        require(act, Right.EXPORT)

    def note_unmasked(self, paper: str, file_name: str, act: Act, reason: str = "") -> None:
        """A line in the history: who took a list with full phone numbers out of the house, and why."""
        act = require(act, Right.UNMASK)
        why = checked_line(reason, "导出原因")
        with self._desk.writing(act) as ledger:
            found = Setting.get_or_none(Setting.name == _EXPORTS)
            record = found.id if found else ledger.add(Setting, name=_EXPORTS, value='""')
            ledger.remark(Setting, record, "unmasked", f"{paper} → {file_name}", why)

    def note_unmasked_customers(self, file_name: str, reason: str, act: Act) -> None:
        """Asked before full numbers of the customer base leave: the right, a reason, and the line that stays.

        :raises InvalidInput: no reason.
        """
        act = require(act, Right.UNMASK)
        if not checked_line(reason, "导出原因"):
            raise InvalidInput({"reason": "导出完整号码请写明原因和用途，如：厂家召回通知。"})
        self.note_unmasked("客户档案清单", file_name, act, reason)

    def _attachments(self) -> Finding:
        """Files that are gone, or no longer what was added."""
        faults = Attachments(self._desk).faults()
        more = f"，共 {len(faults)} 个" if len(faults) > _FAULTS_TOLD else ""
        return Finding("附件", "；".join(faults[:_FAULTS_TOLD]) + more)

    def _integrity(self) -> Finding:
        answer = self._desk.rows("PRAGMA integrity_check")[0][0]
        return Finding("数据库结构", "" if answer == "ok" else str(answer)[:200])

    def _references(self) -> Finding:
        broken = self._desk.rows("PRAGMA foreign_key_check")
        return Finding("记录之间的联系", f"{len(broken)} 处断开" if broken else "")

    def _rows(self) -> list[Finding]:
        return [Finding(f"记录校验 {m._meta.table_name}", self._damaged_rows(m)) for m in RECORDS]

    def _damaged_rows(self, model: type[Record]) -> str:
        names = sealed_columns(model)
        columns = ", ".join(model._meta.fields[name].column_name for name in names)
        query = f"SELECT {columns}, checksum, id FROM {model._meta.table_name}"
        rows = self._desk.database.execute_sql(query)
        bad = [row[-1] for row in rows if seal(model, dict(zip(names, row, strict=False))) != row[-2]]
        return f"{len(bad)} 条与校验码不符，第一条编号 {bad[0]}" if bad else ""

    def _states(self) -> Finding:
        steps: dict[int, list[_Step]] = {}
        for complaint, *told in self._desk.rows("SELECT complaint_id, id, kind, corrects_id FROM complaint_events"):
            steps.setdefault(complaint, []).append(_Step(*told))
        states = self._desk.rows("SELECT id, number, state FROM complaints")
        wrong = [n for found, n, state in states if state_of(s.kind for s in effective(steps.get(found, []))) != state]
        return Finding("单据状态", f"{len(wrong)} 张与经过不符，第一张 {wrong[0]}" if wrong else "")

    def _history(self) -> Finding:
        broken = broken_at(self._desk.key)
        if broken is not None:
            return Finding("历史记录链", f"第 {broken} 行起不连续，可能被改动或删除")
        head = self._desk.rows("SELECT value FROM facts WHERE name = 'history_head'")
        count = self._desk.rows("SELECT COUNT(*) FROM history")[0][0]
        recorded = int(head[0][0].split(":")[0]) if head else 0
        return Finding("历史记录链", "" if recorded == count else f"应有 {recorded} 行，现有 {count} 行")

    def _pins(self) -> Finding:
        """Hashes that this home did not make itself: they open nothing, and somebody put them there."""
        rows = self._desk.rows("SELECT staff_id, salt, pin_hash, mark FROM credentials")
        planted = [person for person, salt, digest, told in rows if mark(self._desk.key, person, salt, digest) != told]
        return Finding("员工 PIN", f"{len(planted)} 个被改动，第一个是员工 {planted[0]}" if planted else "")

    def _search(self, records: list[Finding]) -> Finding:
        """The index follows from the records: where these are damaged there is nothing to compare it with."""
        well = not any(finding.trouble for finding in records)
        return Finding(SEARCH_INDEX, trouble(self._desk.database.connection()) if well else "")

    def _agreement(self, model: type[Record]) -> Finding:
        """Rows whose last history line knows another content, or that history knows and the table does not."""
        table = model._meta.table_name
        altered = self._desk.rows(
            f"SELECT r.id FROM {table} r WHERE r.checksum IS NOT (SELECT row_seal FROM history"
            " WHERE entity = ? AND entity_id = r.id ORDER BY id DESC LIMIT 1)",
            (table,),
        )
        gone = self._desk.rows(
            f"SELECT DISTINCT entity_id FROM history WHERE entity = ?1 AND entity_id NOT IN (SELECT id FROM {table})"
            " AND entity_id NOT IN (SELECT entity_id FROM history WHERE entity = ?1 AND field = ?2)",
            (table, GONE),
        )
        found = (("被改动", altered), ("不见了", gone))
        troubles = [f"{len(rows)} 条{what}，第一条编号 {rows[0][0]}" for what, rows in found if rows]
        return Finding(f"记录与历史 {table}", "；".join(troubles))
