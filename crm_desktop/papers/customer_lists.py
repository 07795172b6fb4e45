"""The list of customers as a workbook or PDF, phones masked unless the right to see them is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

from crm_desktop.domain.customers import CustomerRow
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.identity import masked_phone
from crm_desktop.domain.papers import Paper
from crm_desktop.domain.sheets import Column, Kind, TableSheet
from crm_desktop.papers.written import Cancelled, Progress, Written, out_of
from crm_desktop.services.customers import Customers
from crm_desktop.services.settings import Settings

COLUMNS: tuple[Column[CustomerRow], ...] = (
    Column("客户姓名", attrgetter("name"), width=18, wrap=True),
    Column("类型", attrgetter("kind"), width=8),
    Column("联系电话", attrgetter("phone"), width=16),
    Column("车牌号", attrgetter("plates"), width=22, wrap=True),
    Column("车型", attrgetter("models"), width=28, wrap=True),
    Column("车辆数", attrgetter("vehicle_count"), Kind.INTEGER, 8),
    Column("抱怨数", attrgetter("complaint_count"), Kind.INTEGER, 8),
)
_PAGE = 500


class CustomerList:
    """Customers as a workbook: all of them, oldest file first, or those of a filter in its order."""

    def __init__(self, customers: Customers, settings: Settings) -> None:
        self._customers = customers
        self._settings = settings

    def write(
        self,
        target: Path,
        *,
        ids: Sequence[int] | None = None,
        unmasked: bool = False,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Written:
        """Writes the workbook; raises InvalidInput for another file name, StorageRefused for the folder.

        ``progress`` hears customers done and in all.

        Whoever hands ``unmasked`` has asked ``Upkeep.note_unmasked_customers`` before.
        """
        from crm_desktop.exporters.excel import write_table  # noqa: PLC0415 - keeps start-up free of openpyxl

        if target.suffix.lower() != ".xlsx":
            raise InvalidInput(f"客户档案清单请导出为 .xlsx，不能是“{target.name}”。")
        wanted = self._customers.ids()[::-1] if ids is None else ids
        letterhead = replace(self._settings.letterhead(Paper.REGISTER), document_number="", version="")
        sheet = TableSheet("客户档案", letterhead, COLUMNS, self._rows(wanted, unmasked))
        told = out_of(progress, len(wanted))
        return Written(write_table(sheet, target, progress=told, cancelled=cancelled))

    def _rows(self, ids: Sequence[int], unmasked: bool) -> Iterator[CustomerRow]:
        for start in range(0, len(ids), _PAGE):
            for row in self._customers.fetch(ids[start : start + _PAGE]):
                yield row if unmasked else replace(row, phone=masked_phone(row.phone))
