"""Imports: rows of a foreign file into the files, all accepted rows as one transaction, every run on record.

run(kind, drafts, file_name, act, …) -> ImportResult     undo(run, act, …) -> UndoResult     runs() -> list[ImportRun]
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import NotAllowed, NotFound
from crm_desktop.domain.imports import (
    USUAL_RULE,
    DuplicateRule,
    Imported,
    ImportKind,
    ImportRun,
    RowFault,
    UndoResult,
)
from crm_desktop.domain.rights import Right, require
from crm_desktop.models.desk import Setting
from crm_desktop.models.imports import Import
from crm_desktop.models.ledger import Ledger
from crm_desktop.models.moments import moment
from crm_desktop.services.desk import Desk
from crm_desktop.services.import_complaints import ComplaintIntake
from crm_desktop.services.import_customers import CustomerIntake
from crm_desktop.services.import_orders import FollowUpIntake, VisitIntake
from crm_desktop.services.import_undo import ImportUndo, Told
from crm_desktop.services.kept import kept_text

_BLOCK = 1000


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What a run did: rows read, added, updated, skipped (already there), the faults of those refused, and in
    ``notes`` what was taken otherwise than the file says it. ``run`` names it on record, 0 after a dry run."""

    read: int
    added: int
    updated: int
    skipped: int
    faults: tuple[RowFault, ...]
    notes: tuple[str, ...] = ()
    run: int = 0


class _DryRunEnded(Exception):
    """Rolls a dry run's transaction back."""


Intake = ComplaintIntake | CustomerIntake | VisitIntake | FollowUpIntake
INTAKES: dict[ImportKind, type[Intake]] = {
    ImportKind.CUSTOMERS: CustomerIntake,
    ImportKind.VISITS: VisitIntake,
    ImportKind.COMPLAINTS: ComplaintIntake,
    ImportKind.FOLLOWUPS: FollowUpIntake,
}


class Imports:
    """One run over one file; ``drafts`` come from the importers floor."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def run(
        self,
        kind: ImportKind,
        drafts: Iterable[Imported | RowFault],
        file_name: str,
        act: Act,
        *,
        dry_run: bool = False,
        rule: DuplicateRule | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> ImportResult:
        """Brings the rows in; faulty rows are told and left out, the good ones go in together or not at all.

        ``rule`` says what happens to what is on file already (without it: the kind's usual one). ``dry_run`` does
        everything and takes it back. ``progress`` hears the number of rows read; what it raises (a cancel) undoes
        the whole run.
        """
        act = require(act, Right.IMPORT)
        result = ImportResult(0, 0, 0, 0, ())
        try:
            with self._desk.writing(act) as ledger:
                result = self._run(kind, drafts, file_name, ledger, rule or USUAL_RULE[kind], progress)
                if dry_run:
                    raise _DryRunEnded
        except _DryRunEnded:
            return replace(result, run=0)
        return result

    def undo(self, run: int, act: Act, *, progress: Told | None = None) -> UndoResult:
        """Takes a whole import back; what somebody changed or used since stays and is named.

        ``progress`` hears records done and records in all; what it raises (a cancel) leaves everything as it is.

        :raises NotFound: no such import. :raises NotAllowed: it was taken back before.
        """
        act = require(act, Right.IMPORT)
        with self._desk.writing(act) as ledger:
            found = self._desk.rows("SELECT undone_at FROM imports WHERE id = ?", (run,))
            if not found:
                raise NotFound("没有这次导入，请刷新后再看。")
            if found[0][0] is not None:
                raise NotAllowed("这次导入已经撤销过了。")
            result = ImportUndo(self._desk, ledger, run).take_back(progress)
            ledger.change(Import, run, {"undone_at": act.at, "undone_by": act.who}, reason="撤销导入")
        return result

    def runs(self) -> list[ImportRun]:
        """Every import on record, the latest first."""
        rows = self._desk.rows(
            "SELECT id, kind, file_name, at, who, read_count, added, updated, skipped, faulty, undone_at, undone_by"
            " FROM imports ORDER BY id DESC"
        )
        return [_listed(row) for row in rows]

    def columns(self, kind: ImportKind, fingerprint: str) -> tuple[str, ...]:
        """What the columns of files with these headings became when somebody last corrected them; empty if never."""
        told = kept_text(self._desk, _columns_name(kind, fingerprint))
        return tuple(json.loads(told)) if told else ()

    def remember_columns(self, kind: ImportKind, fingerprint: str, columns: Sequence[str], act: Act) -> None:
        """Keeps a corrected mapping for the next file with the same headings."""
        act = require(act, Right.IMPORT)
        name = _columns_name(kind, fingerprint)
        value = json.dumps(json.dumps(list(columns)))
        with self._desk.writing(act) as ledger:
            known = Setting.get_or_none(Setting.name == name)
            if known is None:
                ledger.add(Setting, kind.word, name=name, value=value)
            else:
                ledger.change(Setting, known.id, {"value": value}, reason="导入时改过的列")

    def _run(
        self,
        kind: ImportKind,
        drafts: Iterable[Imported | RowFault],
        file_name: str,
        ledger: Ledger,
        rule: DuplicateRule,
        progress: Callable[[int], None] | None,
    ) -> ImportResult:
        told = {"kind": kind.value, "file_name": file_name, "rule": rule.value}
        run = ledger.add(Import, file_name, at=ledger.act.at, who=ledger.act.who, **told)
        intake = INTAKES[kind](self._desk, ledger, run, rule)
        faults: list[RowFault] = []
        read = last = 0
        for draft in drafts:
            read, last = read + (draft.row != last), draft.row  # the faults of one row come one after another
            fault = draft if isinstance(draft, RowFault) else intake.take(draft)  # type: ignore[arg-type]  # the kind says which rows come
            if fault is not None:
                faults.append(fault)
            if read % _BLOCK == 0:
                intake.flush()
                if progress:
                    progress(read)
        intake.flush()
        counts = {"added": intake.added, "updated": intake.updated, "skipped": intake.skipped}
        faulty = len({fault.row for fault in faults})
        ledger.change(Import, run, {"read_count": read, "faulty": faulty, **counts})
        return ImportResult(read, faults=tuple(faults), notes=intake.notes(), run=run, **counts)


def _columns_name(kind: ImportKind, fingerprint: str) -> str:
    return f"import.columns.{kind.value}.{fingerprint}"


def _listed(row: tuple[Any, ...]) -> ImportRun:
    run, kind, name, at, who, read, added, updated, skipped, faulty, undone, by = row
    ended = moment(undone) if undone else None
    return ImportRun(run, ImportKind(kind), name, moment(at), who, read, added, updated, skipped, faulty, ended, by)
