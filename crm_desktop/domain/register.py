"""The register 《顾客抱怨及返修记录》: its rows, and its columns once for screen, Excel and PDF.

Source: seed 001 篇1 五.2 and 五.4 name the register and three of its columns; the layout is facts.md section 1.2.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from crm_desktop.domain.identity import shown_plate
from crm_desktop.domain.sheets import Column, Kind, shown

TITLE = "顾客抱怨及返修记录"
SIGNATURES = ("填表人", "服务经理", "服务总监", "客户关爱部归档")
VOID_MARK = "【作废】"


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line: a complaint with its first rework, or one further rework of the same complaint.

    Dates are local calendar days; ``phone`` is already masked unless the right to see it was used.
    """

    sequence: int
    received_on: date
    number: str
    channel: str = ""
    severity: str = ""
    category: str = ""
    order_number: str = ""
    plate: str = ""
    vin: str = ""
    model: str = ""
    mileage: int | None = None
    customer_name: str = ""
    phone: str = ""
    words: str = ""
    rework: str = "否"
    rework_order_number: str = ""
    rework_finished_on: date | None = None
    correction: str = ""
    root_cause: str = ""
    long_term_measure: str = ""
    responsible: str = ""
    planned_on: date | None = None
    done_on: date | None = None
    followed_up_on: date | None = None
    follow_up_by: str = ""
    follow_up_result: str = ""
    feedback: str = ""
    closed_on: date | None = None
    closed_by: str = ""


def _column(
    title: str, name: str, kind: Kind = Kind.TEXT, width: float = 12, wrap: bool = False
) -> Column[RegisterRow]:
    return Column(title, attrgetter(name), kind, width, wrap)


def _plate(row: RegisterRow) -> str:
    return shown_plate(row.plate)


# All 29 go on one A4 page laid across: as narrow as their words allow, so that Excel prints them at 45 % of their size.
COLUMNS: tuple[Column[RegisterRow], ...] = (
    _column("序号", "sequence", Kind.INTEGER, 5),
    _column("抱怨日期", "received_on", Kind.DATE, 10.4),
    _column("抱怨单号", "number", width=11.5, wrap=True),
    _column("接收渠道", "channel", width=7, wrap=True),
    _column("级别", "severity", width=5),
    _column("类别", "category", width=7, wrap=True),
    _column("委托书号", "order_number", width=12.5, wrap=True),
    Column("车牌号", attrgetter("plate"), width=10.5, shown_as=_plate),
    _column("VIN", "vin", width=11, wrap=True),
    _column("车型", "model", width=10.5, wrap=True),
    _column("行驶里程", "mileage", Kind.INTEGER, 7.5),
    _column("顾客姓名", "customer_name", width=8.5, wrap=True),
    _column("联系电话", "phone", width=11.5),
    _column("抱怨内容", "words", width=21, wrap=True),
    _column("是否返修", "rework", width=5, wrap=True),
    _column("返修委托书号", "rework_order_number", width=12.5, wrap=True),
    _column("返修修竣日期", "rework_finished_on", Kind.DATE, 10.4),
    _column("缺点纠正", "correction", width=19, wrap=True),
    _column("抱怨产生根本原因分析", "root_cause", width=20, wrap=True),
    _column("长期质量保证的措施", "long_term_measure", width=20, wrap=True),
    _column("责任人", "responsible", width=6.5, wrap=True),
    _column("计划完成日期", "planned_on", Kind.DATE, 10.4),
    _column("实际完成日期", "done_on", Kind.DATE, 10.4),
    _column("回访日期", "followed_up_on", Kind.DATE, 10.4),
    _column("回访人", "follow_up_by", width=6.5, wrap=True),
    _column("回访结果", "follow_up_result", width=7, wrap=True),
    _column("顾客反馈", "feedback", width=14.5, wrap=True),
    _column("关闭日期", "closed_on", Kind.DATE, 10.4),
    _column("关闭人", "closed_by", width=6.5, wrap=True),
)


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column of the printed register: ``width`` in mm, ``lines`` the paragraphs of one cell."""

    title: str
    width: float
    lines: Callable[[RegisterRow], tuple[str, ...]]


def _joined(*parts: str) -> str:
    return "·".join(part for part in parts if part)


def _car(row: RegisterRow) -> tuple[str, ...]:
    mileage = f"{row.mileage:,}km" if row.mileage is not None else ""
    rework = f"返修 {row.rework_order_number}" if row.rework_order_number else ""
    return (row.order_number, shown_plate(row.plate), _joined(row.model, mileage), rework)


def _words(row: RegisterRow) -> tuple[str, ...]:
    return (_joined(row.channel, row.severity, row.category), row.words)


def _correction(row: RegisterRow) -> tuple[str, ...]:
    if row.rework in ("", "否"):
        return (row.correction, "不返修" if row.correction else "")
    finished = f"修竣 {shown(row.rework_finished_on)}" if row.rework_finished_on else "未修竣"
    return (row.correction, f"{row.rework} {finished}")


def _dates(row: RegisterRow) -> tuple[str, ...]:
    planned = f"计划 {row.planned_on:%m-%d}" if row.planned_on else ""
    done = f"实际 {row.done_on:%m-%d}" if row.done_on else ""
    return (row.responsible, planned, done)


def _follow_up(row: RegisterRow) -> tuple[str, ...]:
    when = f"{row.followed_up_on:%m-%d}" if row.followed_up_on else ""
    return (when, row.follow_up_by, row.follow_up_result, row.feedback)


PAPER_COLUMNS: tuple[PaperColumn, ...] = (
    PaperColumn("序号", 8, lambda row: (str(row.sequence),)),
    PaperColumn("日期\n抱怨单号", 22, lambda row: (shown(row.received_on), row.number)),
    PaperColumn("委托书号 / 车牌号\n车型·里程", 28, _car),
    PaperColumn("顾客姓名\n电话", 22, lambda row: (row.customer_name, row.phone)),
    PaperColumn("抱怨内容（顾客原话）", 42, _words),
    PaperColumn("缺点纠正", 38, _correction),
    PaperColumn("抱怨产生根本原因分析", 42, lambda row: (row.root_cause,)),
    PaperColumn("长期质量保证的措施", 42, lambda row: (row.long_term_measure,)),
    PaperColumn("责任人\n完成日期", 17, _dates),
    PaperColumn("回访日期·人\n结果", 16, _follow_up),
)
