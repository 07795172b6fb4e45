"""《月度抱怨/投诉分析报告》 as PDF or workbook: of the figures now, or of the edition that was frozen."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

from crm_desktop.clock import to_local
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.monthly import month_of
from crm_desktop.domain.monthly_report import SIGNATURES, report_blocks
from crm_desktop.domain.paper_codes import Code, code_of
from crm_desktop.domain.papers import PAPER_TITLES, Paper
from crm_desktop.domain.report_sheet import Block, ReportSheet, read_blocks
from crm_desktop.domain.sheets import shown
from crm_desktop.papers.desk_papers import DeskPapers
from crm_desktop.papers.written import SUFFIXES, Written
from crm_desktop.services.desk import Desk
from crm_desktop.services.monthly import MonthlyReports
from crm_desktop.services.monthly_editions import Edition, Signed
from crm_desktop.services.settings import Settings


class MonthlyPaper:
    """Joins the month's figures with the exporter the file's name asks for."""

    def __init__(self, desk: Desk) -> None:
        self._reports = MonthlyReports(desk)
        self._settings = Settings(desk)
        self.desk_papers = DeskPapers(desk)
        """晨会单, 交班单, 季度机制评估: reports of the desk itself."""

    def sheet(self, period: str) -> ReportSheet:
        """The report of a month written 2026-11: the frozen edition where there is one, else as of now.

        :raises InvalidInput: no such month.
        """
        frozen = self._reports.frozen(period)
        if frozen:
            return self._sheet(
                period, read_blocks(frozen[0].content["blocks"]), _mark(frozen[0]), _signatures(frozen[0])
            )
        return self._sheet(period, report_blocks(self._reports.of(period)), "未定稿", SIGNATURES)

    def write(self, period: str, target: Path) -> Written:
        """Writes .xlsx or .pdf; raises InvalidInput for another name or month, StorageRefused for the folder."""
        suffix = target.suffix.lower()
        if suffix not in SUFFIXES:
            raise InvalidInput(f"导出文件请以 {' 或 '.join(SUFFIXES)} 结尾，不能是“{target.name}”。")
        sheet = self.sheet(period)
        if suffix == ".xlsx":
            from crm_desktop.exporters import report_excel  # noqa: PLC0415 - keeps start-up free of openpyxl

            return Written(report_excel.write_report(sheet, target))
        from crm_desktop.exporters import report_pdf  # noqa: PLC0415 - start-up, reportlab

        printed = report_pdf.write_report(sheet, target)
        return Written(printed.path, printed.missing)

    def _sheet(self, period: str, blocks: tuple[Block, ...], mark: str, signatures: tuple[str, ...]) -> ReportSheet:
        first, _ = month_of(period)
        return ReportSheet(
            title=PAPER_TITLES[Paper.MONTHLY],
            letterhead=self._settings.letterhead(Paper.MONTHLY),
            period=f"{first.year}年{first.month}月",
            blocks=blocks,
            signatures=signatures,
            mark=mark,
            foot="编制：客户关爱部　审阅：服务总监、总经理",
            code=code_of(Code.MONTHLY, f"{first:%Y-%m}"),
        )


def _mark(frozen: Edition) -> str:
    return (
        f"第 {frozen.edition} 版（{frozen.frozen_by} {shown(to_local(frozen.frozen_at).date())} 编制，{frozen.state}）"
    )


def _signatures(frozen: Edition) -> tuple[str, ...]:
    """The blocks to sign; who has signed stands in his already, with the day and his opinion."""
    names = (f"{frozen.frozen_by} {shown(to_local(frozen.frozen_at).date())}", *(_told(one) for one in frozen.signed))
    return tuple(f"{word}：{name}" for word, name in zip_longest(SIGNATURES, names, fillvalue=""))


def _told(one: Signed) -> str:
    return " ".join(filter(None, (one.who, shown(one.on), one.opinion)))
