"""The lists of the first page as columns."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from crm_desktop.clock import to_local
from crm_desktop.domain.columns import Column
from crm_desktop.domain.identity import NAMELESS, masked_phone, shown_plate
from crm_desktop.domain.promises import PromiseRow
from crm_desktop.domain.today import DueCall, OpenComplaint, WorkshopCar
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.row_model import Mark


def _who(row: OpenComplaint) -> str:
    """Who, and by which car: 曾小明 · 沪A·8K231."""
    return " · ".join(part for part in (row.customer_name or NAMELESS, shown_plate(row.plate)) if part)


def _plate(row: WorkshopCar) -> str:
    return shown_plate(row.plate)


def _when(row: DueCall) -> str:
    return f"超期 {row.late_days} 天" if row.late_days > 0 else "今天"


def call_mark(row: DueCall) -> Mark:
    """A call whose day has passed is late."""
    return Mark(Tone.LATE if row.late_days > 0 else Tone.SOON)


def _by(row: PromiseRow) -> str:
    return f"{to_local(row.due_at):%m-%d %H:%M}"


def _whom(row: DueCall) -> str:
    return f"{row.customer_name or NAMELESS} {masked_phone(row.phone)}".strip()


def _items(row: WorkshopCar) -> str:
    return row.items or row.customer_name


def _stay(row: WorkshopCar) -> str:
    return f"在修 {row.days} 天" if row.days > 0 else "今天进厂"


def stay_mark(row: WorkshopCar) -> Mark:
    """How long the car has been here, as a quiet sign: part 1 knows no promised day."""
    return Mark(Tone.GREY)


def with_clock(words: Callable[[OpenComplaint], str]) -> tuple[Column[OpenComplaint], ...]:
    """The list of complaints; ``words`` says what the clock says. The number tells the day of 受理."""
    return (
        Column("时限", words, width=14),
        Column("缘由", attrgetter("why"), width=11),
        Column("客户 · 车辆", _who, width=17),
        Column("抱怨内容", attrgetter("words"), width=10, wrap=True),
        Column("要做的事", attrgetter("next_step"), width=10),
        Column("单号", attrgetter("number"), width=14.6),
    )


PROMISES: tuple[Column[PromiseRow], ...] = (
    Column("时间", _by, width=12),
    Column("客户", attrgetter("customer_name"), width=9),
    Column("答应了什么", attrgetter("what"), width=12, wrap=True),
)
CALLS: tuple[Column[DueCall], ...] = (
    Column("时间", _when, width=10),
    Column("客户", _whom, width=19),
    Column("事由", attrgetter("reason"), width=12, wrap=True),
)
CARS: tuple[Column[WorkshopCar], ...] = (
    Column("车牌号", _plate, width=11.5),
    Column("返修项目", _items, width=14, wrap=True),
    Column("在修", _stay, width=10),
)
