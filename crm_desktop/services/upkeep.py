"""Is everything well with the data: database, references, row checksums, states, the history chain."""

from __future__ import annotations

import sqlite3

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line
from crm_desktop.models.desk import Setting
from crm_desktop.models.faults import translated
from crm_desktop.models.search import rebuild, trouble
from crm_desktop.services.attachments import Attachments
from crm_desktop.services.desk import Desk
from crm_desktop.services.second_forms import SecondForms
from crm_desktop.services.soundness import Finding, all_of, one_view

_EXPORTS = "exports.unmasked"
_FAULTS_TOLD = 3
SEARCH_INDEX = "搜索索引"
"""The finding about the index of the search box: no record is lost where it alone is wrong."""
SECOND_FORMS = "归档副本"


class Upkeep:
    """Checks, and makes anew what follows from the records; changes no record."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def check(self) -> list[Finding]:
        """Every question with its answer, the database's own check first."""
        records = self._proofs()
        if any(finding.trouble for finding in records):
            return records
        records.append(self._attachments())
        return [*records, self._search(records), self._second_forms()]

    def _proofs(self) -> list[Finding]:
        return all_of(self._desk.home, self._desk.key, self._desk.database.connection())

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

    def _second_forms(self) -> Finding:
        """Closed cases whose plain copy is to be written (anew): no fault, it follows the records in the background."""
        behind = SecondForms(self._desk).behind()
        if not behind:
            return Finding(SECOND_FORMS)
        more = f"等 {len(behind)} 张" if len(behind) > _FAULTS_TOLD else ""
        told = f"{'、'.join(behind[:_FAULTS_TOLD])}{more}还没有最新的副本，程序打开时会在后台写好"
        return Finding(SECOND_FORMS, note=told)

    def _search(self, records: list[Finding]) -> Finding:
        """The index follows from the records: where these are damaged there is nothing to compare it with."""
        if any(finding.trouble for finding in records):
            return Finding(SEARCH_INDEX)
        try:
            with one_view(self._desk.database.connection()) as rows:
                return Finding(SEARCH_INDEX, trouble(rows))
        except sqlite3.DatabaseError:
            return Finding(SEARCH_INDEX, "读不出来")
