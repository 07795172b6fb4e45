"""销毁: the bundle that is kept outside before anything goes, and the 《销毁记录》 that stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.archive import DisposalRow, Filing
from crm_desktop.domain.disposal_list import COLUMNS, SIGNATURES, DisposalLine
from crm_desktop.domain.errors import Damaged, InvalidInput, NotFound
from crm_desktop.domain.papers import PAPER_TITLES, Paper
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.sheets import TableSheet, shown
from crm_desktop.papers.complaint_forms import ComplaintPaper
from crm_desktop.papers.records import RecordPapers
from crm_desktop.papers.written import SUFFIXES, Progress, Written
from crm_desktop.services.attachments import Attachments
from crm_desktop.services.desk import Desk
from crm_desktop.services.disposals import Disposals
from crm_desktop.services.settings import Settings
from crm_desktop.services.sheets import Sheets

BUNDLE_SUFFIXES = (".zip",)


class DisposalPapers:
    """Joins a 销毁申请 with the files that belong to it."""

    def __init__(self, desk: Desk) -> None:
        self._disposals = Disposals(desk)
        self._settings = Settings(desk)
        self._forms = ComplaintPaper(Sheets(desk))
        self._records = RecordPapers(desk)
        self._attachments = Attachments(desk)

    def write_bundle(
        self, disposal_id: int, target: Path, act: Act, progress: Progress | None = None
    ) -> tuple[Written, DisposalRow]:
        """A zip with the papers of every complaint as PDF, its attachments and everything kept of it as JSON.

        Its SHA-256 is noted. ``progress`` hears complaints done and in all; where it raises, nothing is left.

        :raises NotAllowed: no right to, or decided already. :raises InvalidInput: for a name that does not end in
            .zip. :raises StorageRefused: when the folder cannot take it.
        """
        from crm_desktop.exporters.files import checked_target, replacing  # noqa: PLC0415 - start-up

        require(act, Right.PROPOSE_DISPOSAL)  # before anything leaves the house
        row = self._disposals.undecided(disposal_id)
        checked_target(target, BUNDLE_SUFFIXES)
        with (
            replacing(target) as new,
            TemporaryDirectory(dir=target.parent, prefix=".crm-") as place,
            ZipFile(new.stream, "w", ZIP_DEFLATED) as bundle,
        ):
            for name, content in self._content(row, Path(place), progress):
                bundle.writestr(name, content)
        digest = sha256(new.path.read_bytes()).hexdigest()
        noted = self._disposals.note_bundle(disposal_id, row.ver, new.path.name, digest, act)
        return Written(new.path), noted

    def write_certificate(self, disposal_id: int, target: Path) -> Written:
        """《销毁记录》 as .pdf or .xlsx; raises InvalidInput for another name, StorageRefused for the folder."""
        sheet = self._certificate(self._disposals.get(disposal_id))
        suffix = target.suffix.lower()
        if suffix == ".xlsx":
            from crm_desktop.exporters.excel import write_table  # noqa: PLC0415 - keeps start-up free of openpyxl

            return Written(write_table(sheet, target))
        if suffix == ".pdf":
            from crm_desktop.exporters.list_pdf import write_table as print_table  # noqa: PLC0415 - start-up, reportlab

            printed = print_table(sheet, target, signatures=SIGNATURES)
            return Written(printed.path, printed.missing)
        raise InvalidInput(f"导出文件请以 {' 或 '.join(SUFFIXES)} 结尾，不能是“{target.name}”。")

    def _content(self, row: DisposalRow, place: Path, progress: Progress | None) -> Iterator[tuple[str, bytes]]:
        """Name and bytes of every file in the bundle."""
        for done, filing in enumerate(row.files):
            if progress is not None:
                progress(done, len(row.files))
            number = filing.complaint_number
            for name, path in self._papers(number, place):
                yield f"{number}/{name}.pdf", path.read_bytes()
            yield from self._attached(number)
            told = self._disposals.content(number)
            yield f"{number}/记录.json", json.dumps(told, ensure_ascii=False, indent=1).encode()
        yield "销毁清单.json", json.dumps(_listed(row), ensure_ascii=False, indent=1).encode()

    def _papers(self, number: str, place: Path) -> Iterator[tuple[str, Path]]:
        yield "抱怨投诉单", self._forms.write(number, place / "form.pdf").path
        yield "解决方案", self._records.write_solution(number, place / "solution.pdf").path
        yield "有效性评估报告", self._records.write_evaluations(number, place / "evaluation.pdf").path

    def _attached(self, number: str) -> Iterator[tuple[str, bytes]]:
        """Scans, screenshots, recordings; one that is damaged cannot hold up the rest, the bundle tells it."""
        for place, row in enumerate(self._attachments.of_complaint(number), 1):
            try:
                path = self._attachments.opened(row.id)
            except (Damaged, NotFound) as refusal:
                yield f"{number}/附件/{place:02} {row.name} 打不开.txt", refusal.sentence.encode()
            else:
                yield f"{number}/附件/{place:02} {row.name}", path.read_bytes()

    def _certificate(self, row: DisposalRow) -> TableSheet[DisposalLine]:
        gone = local_day(row.decided_at) if row.decided_at and row.approved else None
        lines = [_line(place, filing, gone) for place, filing in enumerate(row.files, 1)]
        proposed = f"{row.number}　{row.proposed_by} {shown(local_day(row.proposed_at))} 提出"
        decided = f"，{row.decided_by} {shown(gone)} 批准" if gone else "，未批准"
        letterhead = self._settings.letterhead(Paper.DISPOSAL)
        return TableSheet(PAPER_TITLES[Paper.DISPOSAL], letterhead, COLUMNS, lines, f"{proposed}{decided}", row.number)


def _line(place: int, filing: Filing, gone: date | None) -> DisposalLine:
    kept = (filing.filed_on, filing.years, filing.expires_on)
    return DisposalLine(place, filing.complaint_number, filing.number, *kept, gone)


def _listed(row: DisposalRow) -> dict[str, object]:
    return {
        "number": row.number,
        "reason": row.reason,
        "proposed_by": row.proposed_by,
        "proposed_at": row.proposed_at.isoformat(),
        "files": [
            {
                "complaint": filing.complaint_number,
                "filing": filing.number,
                "filed_on": filing.filed_on.isoformat(),
                "expires_on": filing.expires_on.isoformat(),
            }
            for filing in row.files
        ],
    }
