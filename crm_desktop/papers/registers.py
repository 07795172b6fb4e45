"""《顾客抱怨及返修记录》 for a period: one sheet for screen, Excel and PDF."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.paper_codes import Code, period_code
from crm_desktop.domain.papers import Paper
from crm_desktop.domain.register import COLUMNS, TITLE, RegisterRow
from crm_desktop.domain.sheets import TableSheet
from crm_desktop.papers.written import SUFFIXES, Cancelled, Progress, Written, out_of
from crm_desktop.services.registers import Registers
from crm_desktop.services.settings import Settings


class RegisterPaper:
    """Joins the register's rows with the exporter the file's name asks for."""

    def __init__(self, registers: Registers, settings: Settings) -> None:
        self._registers = registers
        self._settings = settings

    def sheet(self, first: date, last: date, unmasked: bool = False) -> TableSheet[RegisterRow]:
        """The sheet of the local 受理 days ``first`` to ``last``, both included; its rows are read as they are written.

        :raises InvalidInput: when the days are the wrong way round.
        """
        if first > last:
            raise InvalidInput("开始日期晚于结束日期，请对调后再试。")
        return self._sheet(first, last, self._registers.rows(first, last, unmasked))

    def write(
        self,
        first: date,
        last: date,
        target: Path,
        *,
        unmasked: bool = False,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Written:
        """Writes .xlsx or .pdf; raises InvalidInput for another name, StorageRefused for a folder that cannot."""
        sheet = self.sheet(first, last, unmasked)
        suffix = target.suffix.lower()
        told = out_of(progress, self._registers.count(first, last)) if progress else None
        if suffix == ".xlsx":
            from crm_desktop.exporters.excel import write_table  # noqa: PLC0415 - keeps start-up free of openpyxl

            return Written(write_table(sheet, target, progress=told, cancelled=cancelled))
        if suffix == ".pdf":
            from crm_desktop.exporters.register_pdf import write_register  # noqa: PLC0415 - start-up, reportlab

            foot = self._registers.retention_words()
            printed = write_register(sheet, target, foot=foot, progress=told, cancelled=cancelled)
            return Written(printed.path, printed.missing)
        raise InvalidInput(f"导出文件请以 {' 或 '.join(SUFFIXES)} 结尾，不能是“{target.name}”。")

    def _sheet(self, first: date, last: date, rows: Iterable[RegisterRow]) -> TableSheet[RegisterRow]:
        letterhead, code = self._settings.letterhead(Paper.REGISTER), period_code(Code.REGISTER, first, last)
        return TableSheet(TITLE, letterhead, COLUMNS, rows, period_words(first, last), code)


def period_words(first: date, last: date) -> str:
    """2026年11月 for a whole month, else both days."""
    whole = first.day == 1 and (first.year, first.month) == (last.year, last.month) and _is_month_end(last)
    return f"{first.year}年{first.month}月" if whole else f"{first.isoformat()} 至 {last.isoformat()}"


def _is_month_end(day: date) -> bool:
    return day.month != date.fromordinal(day.toordinal() + 1).month
