"""The lists of 存档与销毁 as columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from crm_desktop.clock import local_day
from crm_desktop.domain.archive import DisposalRow, Filing
from crm_desktop.domain.complaint_rows import ComplaintRow
from crm_desktop.domain.customers import NAMELESS
from crm_desktop.domain.due import OpenMilestone
from crm_desktop.domain.identity import shown_plate
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.row_model import Mark

DISPOSED, MAY_GO, KEPT = "已销毁", "到期可销毁", "保存中"


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A closed complaint that is to be filed: until when, and ``words`` of its clock."""

    complaint: ComplaintRow
    clock: OpenMilestone
    words: str

    @property
    def id(self) -> int:
        """The complaint's."""
        return self.complaint.id

    @property
    def due(self) -> date:
        """The day by whose closing time it is to be filed."""
        return self.clock.due.date()


@dataclass(frozen=True, slots=True)
class FilingLine:
    """A filed complaint as of ``today``; ``proposed`` is the number of the 销毁申请 it stands in, while undecided."""

    filing: Filing
    today: date
    proposed: str = ""

    @property
    def id(self) -> int:
        """The complaint's."""
        return self.filing.complaint_id

    @property
    def state(self) -> str:
        """Kept, ready to go, proposed, or gone."""
        if self.filing.disposed:
            return DISPOSED
        if self.proposed:
            return f"已申请 {self.proposed}"
        return MAY_GO if self.filing.expires_on <= self.today else KEPT


def filing_mark(line: FilingLine) -> Mark:
    """Amber for what may go; what is kept or gone is the usual."""
    return Mark(Tone.SOON if line.state == MAY_GO or line.proposed else Tone.GREY)


def disposal_mark(row: DisposalRow) -> Mark:
    """Amber while something is still to be done."""
    return Mark(Tone.GREY if row.decided_at else Tone.SOON)


def _customer(line: WaitingLine) -> str:
    return line.complaint.customer_name or NAMELESS


def _plate(line: WaitingLine) -> str:
    return shown_plate(line.complaint.plate)


def _years(line: FilingLine) -> str:
    return f"{line.filing.years} 年"


def _proposed_on(row: DisposalRow) -> date:
    return local_day(row.proposed_at)


def _decided(row: DisposalRow) -> str:
    return f"{row.decided_by} {local_day(row.decided_at)}" if row.decided_at else ""


def _count(row: DisposalRow) -> int:
    return len(row.files)


WAITING: tuple[Column[WaitingLine], ...] = (
    Column("抱怨单号", attrgetter("complaint.number"), width=17),
    Column("存档时限", attrgetter("words"), width=16),
    Column("最迟存档日", attrgetter("due"), Kind.DATE, width=10),
    Column("客户", _customer, width=12),
    Column("车牌号", _plate, width=11.5),
    Column("抱怨内容", attrgetter("complaint.words"), width=30, wrap=True),
)
FILED: tuple[Column[FilingLine], ...] = (
    Column("归档号", attrgetter("filing.number"), width=12),
    Column("抱怨单号", attrgetter("filing.complaint_number"), width=17),
    Column("存放位置", attrgetter("filing.place"), width=22),
    Column("归档日", attrgetter("filing.filed_on"), Kind.DATE, width=10),
    Column("存档人", attrgetter("filing.filed_by"), width=8),
    Column("保存", _years, width=5),
    Column("保存到", attrgetter("filing.expires_on"), Kind.DATE, width=10),
    Column("状态", attrgetter("state"), width=17),
)
DISPOSALS: tuple[Column[DisposalRow], ...] = (
    Column("申请号", attrgetter("number"), width=11),
    Column("状态", attrgetter("state"), width=8),
    Column("件数", _count, Kind.INTEGER, width=4),
    Column("销毁原因", attrgetter("reason"), width=24, wrap=True),
    Column("申请人", attrgetter("proposed_by"), width=8),
    Column("申请日", _proposed_on, Kind.DATE, width=10),
    Column("资料包", attrgetter("bundle_name"), width=20),
    Column("批准", _decided, width=18),
)
