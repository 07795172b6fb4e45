"""Imports: rows of a foreign file into the files, all accepted rows as one transaction, every run on record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from crm_desktop.domain.acts import Act
from crm_desktop.domain.imports import Imported, ImportKind, RowFault
from crm_desktop.domain.rights import Right, require
from crm_desktop.models.imports import Import
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.desk import Desk
from crm_desktop.services.import_complaints import ComplaintIntake
from crm_desktop.services.import_customers import CustomerIntake
from crm_desktop.services.import_orders import FollowUpIntake, VisitIntake

_BLOCK = 1000


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What a run did: rows read, added, updated, skipped (already there), the faults of those refused, and in
    ``notes`` what was taken otherwise than the file says it."""

    read: int
    added: int
    updated: int
    skipped: int
    faults: tuple[RowFault, ...]
    notes: tuple[str, ...] = ()


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
        progress: Callable[[int], None] | None = None,
    ) -> ImportResult:
        """Brings the rows in; faulty rows are told and left out, the good ones go in together or not at all.

        ``dry_run`` does everything and takes it back. ``progress`` hears the number of rows read; what it raises
        (a cancel) undoes the whole run.
        """
        act = require(act, Right.IMPORT)
        result = ImportResult(0, 0, 0, 0, ())
        try:
            with self._desk.writing(act) as ledger:
                result = self._run(kind, drafts, file_name, ledger, progress)
                if dry_run:
                    raise _DryRunEnded
        except _DryRunEnded:
            pass
        return result

    def _run(
        self,
        kind: ImportKind,
        drafts: Iterable[Imported | RowFault],
        file_name: str,
        ledger: Ledger,
        progress: Callable[[int], None] | None,
    ) -> ImportResult:
        run = ledger.add(Import, file_name, kind=kind.value, file_name=file_name, at=ledger.act.at, who=ledger.act.who)
        intake = INTAKES[kind](self._desk, ledger, run)
        faults: list[RowFault] = []
        rows: set[int] = set()
        for draft in drafts:
            rows.add(draft.row)
            fault = draft if isinstance(draft, RowFault) else intake.take(draft)  # type: ignore[arg-type]  # the kind says which rows come
            if fault is not None:
                faults.append(fault)
            if len(rows) % _BLOCK == 0:
                intake.flush()
                if progress:
                    progress(len(rows))
        intake.flush()
        counts = {"added": intake.added, "updated": intake.updated, "skipped": intake.skipped}
        faulty = len({fault.row for fault in faults})
        ledger.change(Import, run, {"read_count": len(rows), "faulty": faulty, **counts})
        return ImportResult(len(rows), faults=tuple(faults), notes=intake.notes(), **counts)
