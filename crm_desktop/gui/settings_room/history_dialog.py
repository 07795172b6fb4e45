"""历任记录: who answered for which line since when, and who stood in for 服务总监; nothing is ever overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from PySide6.QtWidgets import QWidget

from crm_desktop.clock import to_local
from crm_desktop.domain.duties import DeputyRow, LineRow
from crm_desktop.domain.sheets import Column
from crm_desktop.gui.widgets.ask_dialog import ReadDialog
from crm_desktop.gui.widgets.row_table import RowTable
from crm_desktop.services.duties import Duties


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of the record."""

    what: str
    name: str
    when: str
    note: str


_COLUMNS: tuple[Column[Duty], ...] = (
    Column("担任什么", attrgetter("what"), width=14),
    Column("姓名", attrgetter("name"), width=12),
    Column("时间", attrgetter("when"), width=34),
    Column("说明", attrgetter("note"), width=30, wrap=True),
)
_SIZE = (820, 400)


class HistoryDialog(ReadDialog):
    """To read; the latest first."""

    def __init__(self, duties: Duties, window: QWidget) -> None:
        table: RowTable[Duty] = RowTable("历任记录", _COLUMNS)
        table.set_rows([*map(_deputy, duties.deputies()), *_lines(duties.line_history())])
        table.set_empty("还没有定过责任线的责任人，也没有人代理过服务总监。")
        super().__init__("历任记录", "责任线由谁负责、服务总监由谁代理，以前的都留着。", table, _SIZE, window)


def _deputy(row: DeputyRow) -> Duty:
    ended = f"，{to_local(row.ended_at):%Y-%m-%d %H:%M} 提前结束" if row.ended_at else ""
    return Duty(f"代理{row.role}", row.name, f"{row.first_on} 至 {row.last_on}{ended}", row.reason)


def _lines(rows: list[LineRow]) -> list[Duty]:
    """Each holder with his beginning; whoever came after him in the same line ended it."""
    ends: dict[str, str] = {}
    told = []
    for row in reversed(rows):
        since = f"{to_local(row.since):%Y-%m-%d %H:%M}" if row.since else ""
        told.append(Duty(f"{row.line}线责任人", row.name, f"{since} 至 {ends.get(row.line, '今')}", _left(row)))
        ends[row.line] = since
    return told


def _left(row: LineRow) -> str:
    return "已离职" if row.left else ""
