"""晨会单, 交班单 and 季度机制评估 as PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from crm_desktop.clock import to_local
from crm_desktop.domain.desk_papers import HANDOVER, MECHANISM, MORNING, handover_blocks, morning_blocks
from crm_desktop.domain.mechanism import SIGNATURES, mechanism_blocks, quarter_before
from crm_desktop.domain.paper_codes import Code, code_of
from crm_desktop.domain.papers import Paper
from crm_desktop.domain.report_sheet import Block, ReportSheet
from crm_desktop.domain.sheets import Letterhead, shown
from crm_desktop.papers.written import Written
from crm_desktop.services.desk import Desk
from crm_desktop.services.desk_days import DeskDays
from crm_desktop.services.mechanism import Mechanism
from crm_desktop.services.settings import Settings

TITLES = (MORNING, HANDOVER, MECHANISM)


class DeskPapers:
    """The desk's own papers: they carry the dealership's name, but no 文件编号."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._days, self._mechanism, self._settings = DeskDays(desk), Mechanism(desk), Settings(desk)

    def write(self, title: str, target: Path) -> Written:
        """One of ``TITLES`` as .pdf; the quarter is the last whole one.

        :raises InvalidInput: for another name of the file. :raises StorageRefused: for the folder.
        """
        from crm_desktop.exporters import report_pdf  # noqa: PLC0415 - start-up, reportlab

        makers: dict[str, Callable[[], ReportSheet]] = {
            MORNING: self._morning,
            HANDOVER: self._handover,
            MECHANISM: self.quarter,
        }
        printed = report_pdf.write_report(makers[title](), target)
        return Written(printed.path, printed.missing)

    def quarter(self, period: str = "") -> ReportSheet:
        """季度机制评估 of a quarter written 2026-Q4; of the last whole one where none is named."""
        wanted = period or quarter_before(self._desk.today())
        year, number = wanted.split("-Q")
        blocks = mechanism_blocks(self._mechanism.of(wanted))
        words, code = f"{year}年第 {number} 季度", code_of(Code.MECHANISM, wanted)
        return ReportSheet(MECHANISM, self._letterhead(), words, blocks, SIGNATURES, code=code)

    def _morning(self) -> ReportSheet:
        blocks = morning_blocks(self._days.now())
        return self._of_today(MORNING, blocks, ("主持", "记录"), Code.MORNING)

    def _handover(self) -> ReportSheet:
        blocks = handover_blocks(self._days.now())
        return self._of_today(HANDOVER, blocks, ("交班人", "接班人"), Code.HANDOVER)

    def _of_today(self, title: str, blocks: tuple[Block, ...], signatures: tuple[str, ...], code: Code) -> ReportSheet:
        now, told = shown(to_local(self._desk.now())), code_of(code, self._desk.today().isoformat())
        return ReportSheet(title, self._letterhead(), now, blocks, signatures, code=told)

    def _letterhead(self) -> Letterhead:
        return replace(self._settings.letterhead(Paper.MONTHLY), document_number="", version="")
