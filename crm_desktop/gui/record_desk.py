"""The records beside the form on their way to paper: 解决方案 with its 确认书, 月报, 纠正预防措施, 有效性评估报告."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject

from crm_desktop.domain.casebook import TITLE as CASEBOOK
from crm_desktop.domain.papers import PAPER_TITLES, Paper
from crm_desktop.domain.print_style import PrintStyle
from crm_desktop.gui.jobs import Cancelled, Progress
from crm_desktop.gui.paper_desk import PaperDesk, Write
from crm_desktop.papers.monthly import MonthlyPaper
from crm_desktop.papers.records import RecordPapers
from crm_desktop.papers.written import Written

PREVIEW = ""


@dataclass(frozen=True, slots=True)
class RecordWish:
    """A record of one complaint; of 月报 ``number`` is the month (2026-11).

    ``suffix`` is .pdf or .xlsx for a file, ``PREVIEW`` for the screen.
    """

    paper: Paper
    number: str
    suffix: str = PREVIEW


class RecordDesk(QObject):
    """One for the window; what is written goes the way of every paper, through ``PaperDesk``."""

    def __init__(self, papers: PaperDesk, records: RecordPapers, monthly: MonthlyPaper) -> None:
        super().__init__(papers)
        self._papers, self._records, self._monthly = papers, records, monthly

    def hand_out(self, wish: RecordWish) -> None:
        """One record of a complaint, to the screen or to a file."""
        if wish.paper is Paper.SOLUTION and wish.suffix == PREVIEW:
            self._preview_solution(wish.number)
            return
        writers = {
            Paper.SOLUTION: self._records.write_solution,
            Paper.EVALUATION: self._records.write_evaluations,
            Paper.MONTHLY: self._monthly.write,
            Paper.LETTER: self._records.write_letter,
        }
        writer = writers[wish.paper]

        def write(path: Path, _progress: Progress, _cancelled: Cancelled) -> Written:
            return writer(wish.number, path)

        self._hand_out(write, f"{_file_name(wish.paper)} {wish.number}", wish.suffix)

    def _preview_solution(self, number: str) -> None:
        def styled(path: Path, style: PrintStyle) -> Written:
            return self._records.write_solution(number, path, style)

        self._papers.preview_styled(styled, f"{_file_name(Paper.SOLUTION)} {number}")

    def preview_desk_paper(self, title: str) -> None:
        """晨会单, 交班单 or 季度机制评估 as it is now."""

        def write(path: Path, _progress: Progress, _cancelled: Cancelled) -> Written:
            return self._monthly.desk_papers.write(title, path)

        self._hand_out(write, title, PREVIEW)

    def hand_out_evaluation(self, measure_id: int, suffix: str) -> None:
        """《有效性评估报告》 of one measure; ``suffix`` as in ``RecordWish``."""

        def write(path: Path, _progress: Progress, _cancelled: Cancelled) -> Written:
            return self._records.write_evaluation(measure_id, path)

        self._hand_out(write, _file_name(Paper.EVALUATION), suffix)

    def preview_casebook(self, first: date | None, last: date | None, category: str) -> None:
        """案例汇编 of these days and this category, or of all; nobody is named in it."""

        def write(path: Path, _progress: Progress, _cancelled: Cancelled) -> Written:
            return self._records.casebook.write(path, first, last, category)

        self._hand_out(write, CASEBOOK, PREVIEW)

    def preview_measures(self, first: date | None, last: date | None) -> None:
        """《纠正预防措施》 as it will be printed."""
        self._measures(first, last, PREVIEW)

    def export_measures_pdf(self, first: date | None, last: date | None) -> None:
        """《纠正预防措施》 as PDF."""
        self._measures(first, last, ".pdf")

    def export_measures_excel(self, first: date | None, last: date | None) -> None:
        """《纠正预防措施》 as a workbook."""
        self._measures(first, last, ".xlsx")

    def _measures(self, first: date | None, last: date | None, suffix: str) -> None:
        def write(path: Path, _progress: Progress, _cancelled: Cancelled) -> Written:
            return self._records.write_measures(path, first, last)

        days = f" {first:%Y%m%d}-{last:%Y%m%d}" if first and last else ""
        self._hand_out(write, f"{_file_name(Paper.MEASURES)}{days}", suffix)

    def _hand_out(self, write: Write, name: str, suffix: str) -> None:
        if suffix == PREVIEW:
            self._papers.preview(write, name)
        elif path := self._papers.ask_path(f"{name}{suffix}", suffix):
            self._papers.export(write, path, f"导出{name}")


def _file_name(paper: Paper) -> str:
    """The title as a file may be called."""
    return PAPER_TITLES[paper].replace("/", "")
