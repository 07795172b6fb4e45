"""Makers for the furniture tests: rows, columns and small windows that belong to no room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from crm_desktop.domain.sheets import Column, Kind
from crm_desktop.gui.widgets.field_form import FieldForm


@dataclass(frozen=True, slots=True)
class Visit:
    """A row as lists show it."""

    id: int
    name: str
    day: date | None
    mileage: int | None = None
    words: str = ""


COLUMNS: tuple[Column[Visit], ...] = (
    Column("客户", lambda row: row.name),
    Column("日期", lambda row: row.day, Kind.DATE),
    Column("里程", lambda row: row.mileage, Kind.INTEGER),
    Column("内容", lambda row: row.words, width=30, wrap=True),
)

VISITS = (
    Visit(1, "李建国", date(2026, 11, 21), 38620, "变速箱顿挫"),
    Visit(2, "陈静", None, None, "=cmd|calc"),
    Visit(3, "周海", date(2026, 2, 3), 900, "空调\t异味\n第 2 行"),
)


def noon() -> datetime:
    """A clock that stands still at noon of 21 November 2026, local time."""
    return datetime(2026, 11, 21, 12, 0).astimezone(UTC)


def small_form() -> FieldForm:
    """A form with one field of every kind."""
    form = FieldForm(clock=noon)
    form.add_line("name", "客户姓名")
    form.add_number("mileage", "行驶里程", "km")
    form.add_choice("channel", "接收渠道", ["接待", "400热线"], "接待")
    form.add_moment("received_at", "受理时间")
    form.add_day("bought_on", "购车日期")
    form.add_text("words", "抱怨内容", 3)
    form.add_line("demand", "诉求")
    return form
