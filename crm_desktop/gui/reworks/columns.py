"""The list of the room 返修 as columns; how long a car stays is reckoned from the day of asking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from crm_desktop.domain.customers import NAMELESS
from crm_desktop.domain.identity import shown_plate
from crm_desktop.domain.reworks import ReworkRow
from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.row_model import Mark


@dataclass(frozen=True, slots=True)
class ReworkLine:
    """A rework as of ``today``."""

    rework: ReworkRow
    today: date

    @property
    def id(self) -> int:
        """The rework's own id."""
        return self.rework.id

    @property
    def stay(self) -> str:
        """Where the car is: in the workshop since when, or done."""
        draft = self.rework.draft
        if draft.finished_on:
            return "已修竣"
        days = (self.today - draft.came_on).days if draft.came_on else 0
        return f"在修 {days} 天" if days > 0 else "今天进厂"


def stay_mark(line: ReworkLine) -> Mark:
    """Green for done; waiting is told in words."""
    return Mark(Tone.DONE if line.rework.draft.finished_on else Tone.GREY)


def _plate(line: ReworkLine) -> str:
    return shown_plate(line.rework.plate)


def _customer(line: ReworkLine) -> str:
    return line.rework.customer_name or NAMELESS


COLUMNS: tuple[Column[ReworkLine], ...] = (
    Column("车牌号", _plate, width=11.5),
    Column("客户", _customer, width=9),
    Column("状态", attrgetter("stay"), width=10),
    Column("进厂日期", attrgetter("rework.draft.came_on"), Kind.DATE, width=10),
    Column("类型", attrgetter("rework.draft.kind"), width=4),
    Column("返修项目", attrgetter("rework.draft.items"), width=18, wrap=True),
    Column("返修技师", attrgetter("rework.draft.technician"), width=8),
    Column("修竣日期", attrgetter("rework.draft.finished_on"), Kind.DATE, width=10),
)
