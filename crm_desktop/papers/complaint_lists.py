"""The list of complaints: its columns once for screen and workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter
from pathlib import Path

from crm_desktop.clock import local_day, to_local
from crm_desktop.domain.complaint_rows import ComplaintRow
from crm_desktop.domain.complaints import State
from crm_desktop.domain.identity import masked_phone, shown_plate
from crm_desktop.domain.papers import Paper
from crm_desktop.domain.sheets import Column, Kind, TableSheet
from crm_desktop.papers.written import Cancelled, Progress, Written, out_of
from crm_desktop.services.cases import Cases, ComplaintFilter
from crm_desktop.services.settings import Settings

HISTORY_WORD = "历史导入"
_PAGE = 500


def _received(row: ComplaintRow) -> datetime | date:
    return to_local(row.received_at) if row.received_has_time else local_day(row.received_at)


def _state(row: ComplaintRow) -> str:
    """An imported case that nobody has touched is not waiting for anybody: it says where it came from."""
    return HISTORY_WORD if row.history and row.state == State.REGISTERED else row.state


def _customer(row: ComplaintRow) -> str:
    return row.customer_name or masked_phone(row.phone)


def _plate(row: ComplaintRow) -> str:
    return shown_plate(row.plate)


COLUMNS: tuple[Column[ComplaintRow], ...] = (
    Column("单号", attrgetter("number"), width=15),
    Column("受理时间", _received, Kind.TIME, width=17),
    Column("状态", _state, width=8),
    Column("级别", attrgetter("severity"), width=5),
    Column("渠道", attrgetter("channel"), width=8),
    Column("客户", _customer, width=12),
    Column("车牌", _plate, width=10),
    Column("车型", attrgetter("model"), width=14),
    Column("抱怨内容", attrgetter("words"), width=24, wrap=True),
    Column("责任人", attrgetter("responsible"), width=8),
)
_SOURCE: Column[ComplaintRow] = Column("来源单号", attrgetter("source_number"), width=15)


class ComplaintList:
    """The rows of one of the lists, as they stand on screen, with the source's own number."""

    def __init__(self, cases: Cases, settings: Settings) -> None:
        self._cases = cases
        self._settings = settings

    def write(
        self,
        wanted: ComplaintFilter,
        target: Path,
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Written:
        """Writes the workbook; raises InvalidInput for another file name, StorageRefused for the folder."""
        from crm_desktop.exporters.excel import write_table  # noqa: PLC0415 - keeps start-up free of openpyxl

        ids = self._cases.ids(wanted)
        letterhead = replace(self._settings.letterhead(Paper.REGISTER), document_number="", version="")
        sheet = TableSheet("抱怨投诉清单", letterhead, (*COLUMNS, _SOURCE), self._rows(ids), wanted.view)
        told = out_of(progress, len(ids))
        return Written(write_table(sheet, target, progress=told, cancelled=cancelled))

    def _rows(self, ids: Sequence[int]) -> Iterator[ComplaintRow]:
        for start in range(0, len(ids), _PAGE):
            yield from self._cases.fetch(ids[start : start + _PAGE])
