"""销毁: what has been kept long enough is proposed, exported, approved, and then emptied; the record of it stays.

Source: seed 001 篇1 六 「保存期限为二年」 (requirement A35): nothing goes before its time, nothing goes unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.archive import EMPTIED, DisposalRow, Filing, check_expired
from crm_desktop.domain.errors import InvalidInput, NotAllowed, NotFound, StorageRefused
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line
from crm_desktop.models.base import Record
from crm_desktop.models.care import GuidanceCard, GuidanceNote
from crm_desktop.models.complaints import Complaint, ComplaintEvent, FollowUp, Rework
from crm_desktop.models.erasure import blanks, children_of_complaints, empty, forget
from crm_desktop.models.ledger import Ledger
from crm_desktop.models.moments import moment
from crm_desktop.models.procedure import Extension, Solution
from crm_desktop.models.records import Disposal, DisposalItem, Evaluation, Measure
from crm_desktop.models.records import Filing as FilingRecord
from crm_desktop.services.attachments import Attachments
from crm_desktop.services.desk import Desk
from crm_desktop.services.drafts import drop_those_of
from crm_desktop.services.filings import Filings
from crm_desktop.services.lookups import complaint_id
from crm_desktop.services.measures import next_in_series
from crm_desktop.services.second_forms import SecondForms
from crm_desktop.services.soundness import RECORDS

KEPT: Mapping[type[Record], tuple[str, ...]] = {
    Complaint: ("number", "source_number", "source_digest", "origin", "channel", "severity"),
    ComplaintEvent: ("kind", "who"),
    Rework: ("kind",),
    FollowUp: ("source_digest",),
    Solution: ("letter",),
    Extension: ("kind", "milestone", "decision"),
    FilingRecord: ("number",),
    DisposalItem: ("filing_number",),
    Measure: ("number", "kind"),
    Evaluation: ("conclusion", "window_days", "before", "after"),
    GuidanceNote: ("step",),
}
"""What stays beside days: numbers, the route the clocks ran by, what happened and who did it, never what was said."""
NEVER_HANDED_OUT = (GuidanceCard, GuidanceNote)
"""How a customer was read while his complaint was handled helps whoever handles it; it leaves in no file."""

_QUERY = """
    SELECT id, ver, number, proposed_at, proposed_by, reason, bundle_name, bundle_digest, decided_at, decided_by,
        approved, note FROM disposals
"""
_OF_THESE_ONLY = """
    SELECT m.id FROM measures m WHERE EXISTS (SELECT 1 FROM measure_complaints l WHERE l.measure_id = m.id
        AND l.complaint_id = ?) AND NOT EXISTS (SELECT 1 FROM measure_complaints l JOIN complaints q
        ON q.id = l.complaint_id WHERE l.measure_id = m.id AND l.removed = 0 AND q.words <> ?)
"""


class Disposals:
    """From the list of what has expired to the 销毁记录."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._filings = Filings(desk)

    def propose(self, numbers: Iterable[str], reason: str, act: Act) -> DisposalRow:
        """销毁申请 for these complaints.

        :raises NotAllowed: no right to; one of them has to be kept longer, is disposed of, or is proposed already.
        :raises InvalidInput: none named, or no reason.
        """
        act = require(act, Right.PROPOSE_DISPOSAL)
        why, today = checked_line(reason, "销毁原因"), local_day(act.at)
        filings = [self._filed(number) for number in dict.fromkeys(numbers)]
        if not filings or not why:
            raise InvalidInput({"reason": "请选要销毁的单据并写明原因（如：保存期满）。"})
        for filing in filings:
            check_expired(filing, today)
            self._check_alone(filing)
        with self._desk.writing(act) as ledger:
            number = f"XH{today:%Y}-{next_in_series(self._desk, f'XH{today:%Y}'):03d}"
            made = ledger.add(Disposal, number, number=number, reason=why, proposed_at=act.at, proposed_by=act.who)
            ledger.add_many(DisposalItem, [_item(made, filing) for filing in filings])
        return self.get(made)

    def note_bundle(self, disposal_id: int, ver: int, name: str, digest: str, act: Act) -> DisposalRow:
        """The bundle was written: its file's name and SHA-256; a later one takes the place of an earlier one.

        :raises NotAllowed: no right to, or decided already.
        """
        act = require(act, Right.PROPOSE_DISPOSAL)
        self.undecided(disposal_id)
        changes = {"bundle_name": checked_line(name, "资料包"), "bundle_digest": digest, "bundled_at": act.at}
        with self._desk.writing(act) as ledger:
            ledger.change(Disposal, disposal_id, changes, ver)
        return self.get(disposal_id)

    def approve(self, disposal_id: int, ver: int, act: Act, note: str = "") -> DisposalRow:
        """批准: the content of every complaint in it is emptied; numbers, days and this record stay.

        :raises NotAllowed: no right to, no bundle yet, decided already, or the retention was lengthened since.
        """
        act = require(act, Right.APPROVE_DISPOSAL)
        row = self.undecided(disposal_id)
        if not row.bundle_digest:
            raise NotAllowed(f"{row.number} 还没有导出资料包，请先导出，再批准销毁。")
        for filing in row.files:
            check_expired(filing, local_day(act.at))
        with self._desk.writing(act) as ledger:
            said = checked_line(note, "批准意见")
            changes = {"decided_at": act.at, "decided_by": act.who, "approved": True, "note": said}
            ledger.change(Disposal, disposal_id, changes, ver)
            for filing in row.files:
                self._dispose(ledger, disposal_id, filing, f"销毁 {row.number}")
        Attachments(self._desk).sweep()
        with suppress(StorageRefused):  # one that is open elsewhere goes with the next round of the forms
            SecondForms(self._desk).let_go(filing.complaint_id for filing in row.files)
        self._desk.rows("PRAGMA wal_checkpoint(TRUNCATE)")  # the log must not keep what was emptied
        return self.get(disposal_id)

    def refuse(self, disposal_id: int, ver: int, reason: str, act: Act) -> DisposalRow:
        """不批准, with the reason; raises as ``approve``."""
        act = require(act, Right.APPROVE_DISPOSAL)
        self.undecided(disposal_id)
        why = checked_line(reason, "不批准的原因")
        if not why:
            raise InvalidInput({"reason": "不批准请写明原因。"})
        with self._desk.writing(act) as ledger:
            ledger.change(Disposal, disposal_id, {"decided_at": act.at, "decided_by": act.who, "note": why}, ver)
        return self.get(disposal_id)

    def get(self, disposal_id: int) -> DisposalRow:
        """One 销毁申请 with its files; raises NotFound."""
        found = self._desk.rows(f"{_QUERY} WHERE id = ?", (disposal_id,))
        if not found:
            raise NotFound("没有这份销毁申请，请刷新后再看。")
        return self._row(found[0])

    def undecided(self, disposal_id: int) -> DisposalRow:
        """One 销毁申请 that still waits; raises NotFound, and NotAllowed where it was decided."""
        row = self.get(disposal_id)
        if row.decided_at:
            raise NotAllowed(f"销毁申请 {row.number} {row.state}，不能再改。")
        return row

    def rows(self) -> list[DisposalRow]:
        """Every 销毁申请, latest first."""
        return [self._row(row) for row in self._desk.rows(f"{_QUERY} ORDER BY id DESC")]

    def content(self, number: str) -> dict[str, Any]:
        """Everything kept of one complaint as the bundle's JSON tells it: table by table, column by column."""
        found, told = complaint_id(self._desk, number), {}
        told["complaints"] = self._columns("complaints", "id = ?", found)
        for model, field in children_of_complaints(RECORDS).items():
            if model in NEVER_HANDED_OUT:
                continue
            column = model._meta.fields[field].column_name
            told[model._meta.table_name] = self._columns(model._meta.table_name, f"{column} = ?", found)
        for table, key in (("customers", "customer_id"), ("vehicles", "vehicle_id")):
            told[table] = self._columns(table, f"id = (SELECT {key} FROM complaints WHERE id = ?)", found)
        return told

    def _columns(self, table: str, where: str, found: int) -> list[dict[str, Any]]:
        names = [row[1] for row in self._desk.rows(f"PRAGMA table_info({table})")]
        rows = self._desk.rows(f"SELECT {', '.join(names)} FROM {table} WHERE {where} ORDER BY id", (found,))
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _dispose(self, ledger: Ledger, disposal_id: int, filing: Filing, reason: str) -> None:
        found = filing.complaint_id
        for model, ids in self._records(found):
            kept = KEPT.get(model, ())
            in_place = {"words": EMPTIED} if model is Complaint else {}
            for record in ids:
                empty(ledger, model, record, blanks(model, kept, in_place), reason)
            forget(ledger, model, ids)
        drop_those_of(self._desk, {filing.complaint_number})
        item = self._desk.rows(
            "SELECT id FROM disposal_items WHERE disposal_id = ? AND complaint_id = ?", (disposal_id, found)
        )[0][0]
        ledger.change(DisposalItem, item, {"disposed_at": ledger.act.at}, reason=reason)

    def _records(self, found: int) -> Iterator[tuple[type[Record], list[int]]]:
        """The complaint, its children, and measures that came from disposed complaints only."""
        yield Complaint, [found]
        for model, field in children_of_complaints(RECORDS).items():
            column = model._meta.fields[field].column_name
            rows = self._desk.rows(f"SELECT id FROM {model._meta.table_name} WHERE {column} = ?", (found,))
            yield model, [record for (record,) in rows]
        measures = [record for (record,) in self._desk.rows(_OF_THESE_ONLY, (found, EMPTIED))]
        yield Measure, measures
        for measure in measures:
            rows = self._desk.rows("SELECT id FROM evaluations WHERE measure_id = ?", (measure,))
            yield Evaluation, [record for (record,) in rows]

    def _filed(self, number: str) -> Filing:
        filing = self._filings.of_id(complaint_id(self._desk, number))
        if filing is None:
            raise NotAllowed(f"{number} 还没有存档，不能销毁。")
        return filing

    def _check_alone(self, filing: Filing) -> None:
        found = self._desk.rows(
            "SELECT d.number FROM disposal_items i JOIN disposals d ON d.id = i.disposal_id"
            " WHERE i.complaint_id = ? AND d.decided_at IS NULL",
            (filing.complaint_id,),
        )
        if found:
            raise NotAllowed(f"{filing.complaint_number} 已在销毁申请 {found[0][0]} 中，请等批准。")

    def _row(self, row: tuple[Any, ...]) -> DisposalRow:
        items = self._desk.rows("SELECT complaint_id FROM disposal_items WHERE disposal_id = ? ORDER BY id", (row[0],))
        files = tuple(filing for (found,) in items if (filing := self._filings.of_id(found)))
        found, ver, number, proposed, by, reason, name, digest, decided, decided_by, approved, note = row
        at = moment(decided) if decided else None
        return DisposalRow(
            found, ver, number, moment(proposed), by, reason, name, digest, at, decided_by, bool(approved), note, files
        )


def _item(disposal: int, filing: Filing) -> dict[str, Any]:
    return {
        "disposal": disposal,
        "complaint": filing.complaint_id,
        "filing_number": filing.number,
        "filed_on": filing.filed_on,
        "expires_on": filing.expires_on,
    }
