"""晨会单 and 交班单: one page each, what burns and what is handed over; 季度机制评估 beside them (peers B, A110)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from crm_desktop.domain.due import OpenMilestone
from crm_desktop.domain.monthly_keys import OF_COMPLAINT
from crm_desktop.domain.monthly_tables import span
from crm_desktop.domain.report_sheet import Block, Card, Cards, Heading, Table, WritingRoom
from crm_desktop.domain.sheets import shown

MORNING, HANDOVER, MECHANISM = "晨会单", "交班单", "季度机制评估"
_FEW = 3
"""So many cars and so many customers find room on the page; how many there are stands above them."""
_CALLS = ("follow_up", "promise")


@dataclass(frozen=True, slots=True)
class CarInWork:
    """A car in rework: its complaint, plate, what is done, since which day, by whom."""

    number: str
    plate: str
    items: str
    since: date | None
    technician: str


@dataclass(frozen=True, slots=True)
class Done:
    """Something that happened to a complaint on the day: when (local), what, by whom."""

    number: str
    at: datetime
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class DeskDay:
    """The desk at a local moment: clocks that run (soonest first), cars in work, what was done today, open cases."""

    at: datetime
    clocks: tuple[OpenMilestone, ...]
    cars: tuple[CarInWork, ...]
    done: tuple[Done, ...]
    open_cases: int
    unhappy: tuple[tuple[str, str], ...]
    """Complaints whose customer said last that he is not satisfied, and what he said."""

    @property
    def late(self) -> tuple[OpenMilestone, ...]:
        """What is late now."""
        return tuple(row for row in self.clocks if row.late_minutes)

    @property
    def calls(self) -> tuple[OpenMilestone, ...]:
        """Calls and promised answers that are due today or late."""
        day = self.at.date()
        return tuple(row for row in self.clocks if row.due.date() <= day and row.milestone in _CALLS)


def morning_blocks(day: DeskDay) -> tuple[Block, ...]:
    """晨会单: late first, then what ends today, cars, customers who are not satisfied."""
    today = [row for row in day.clocks if not row.late_minutes and row.due.date() == day.at.date()]
    return (
        _cards(day),
        *_clocks("已超期，先说", day.late, 6, "没有超期的事"),
        *_clocks("今天到期：步骤、电话、答应的回话、措施", today, 6, "今天没有到期的事"),
        *_cars(day.cars),
        *_unhappy(day.unhappy),
        WritingRoom("晨会决定（谁、做什么、何时）", 2),
    )


def handover_blocks(day: DeskDay) -> tuple[Block, ...]:
    """交班单: what was done today, what the next one takes over."""
    soon = [row for row in day.clocks if not row.late_minutes]
    last = day.done[-5:]
    rows = tuple((shown(one.at)[11:], one.number, one.what, one.who) for one in last)
    links = tuple(("", f"{OF_COMPLAINT}{one.number}", "", "") for one in last)
    return (
        _cards(day),
        _heading("今天办了的", len(day.done), 5),
        Table(("时间", "单号", "事项", "经办"), (1.4, 3, 5, 2.4), rows, nothing="今天还没有办理记录", links=links),
        *_clocks("已超期，接班先办", day.late, 5, "没有超期的事"),
        *_clocks("接下来到期", soon, 4, "没有在走的时限"),
        *_cars(day.cars),
        WritingRoom("当面交代（客户情绪、钥匙和代步车、等件等）", 3),
    )


def _cards(day: DeskDay) -> Cards:
    told = (
        ("未关闭", day.open_cases),
        ("已超期", len(day.late)),
        ("今天的电话", len(day.calls)),
        ("返修在店", len(day.cars)),
        ("不满意", len(day.unhappy)),
    )
    return Cards(tuple(Card(name, str(count)) for name, count in told))


def _heading(title: str, many: int, most: int) -> Heading:
    """Says how many there are where not all have room."""
    return Heading(f"{title}（共 {many} 项，这里印 {most} 项）" if many > most else title, part=True)


def _clocks(title: str, rows: Sequence[OpenMilestone], most: int, nothing: str) -> tuple[Block, ...]:
    told = tuple(
        (row.number, row.label, shown(row.due), f"超期 {span(row.late_minutes)}" if row.late_minutes else "", row.tell)
        for row in rows[:most]
    )
    links = tuple((f"{OF_COMPLAINT}{row.number}", "", "", "", "") for row in rows[:most])
    titles = ("单号", "事项", "应完成", "超期", "报")
    table = Table(titles, (3, 2.4, 2.8, 2.4, 2), told, nothing=nothing, links=links)
    return _heading(title, len(rows), most), table


def _cars(cars: Sequence[CarInWork]) -> tuple[Block, ...]:
    rows = tuple((car.number, car.plate, _cut(car.items), shown(car.since), car.technician) for car in cars[:_FEW])
    titles = ("单号", "车牌", "返修内容", "来店", "技师")
    table = Table(titles, (3, 2, 5, 2, 1.6), rows, nothing="没有返修的车在店")
    return _heading("返修在店", len(cars), _FEW), table


def _unhappy(rows: Sequence[tuple[str, str]]) -> tuple[Block, ...]:
    told = tuple((number, _cut(words, 40)) for number, words in rows[:_FEW])
    return _heading("不满意、要回头看的", len(rows), _FEW), Table(("单号", "客户说"), (3, 9), told, nothing="没有")


def _cut(text: str, most: int = 20) -> str:
    """One line of it: the page has room for no more."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
