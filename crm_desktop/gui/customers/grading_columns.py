"""The year's proposals as columns: who, what he has, what the figures propose, and why."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from crm_desktop.domain.grading import GradeProposal
from crm_desktop.domain.sheets import Column, Kind

UNGRADED = "未评"


def _grade(row: GradeProposal) -> str:
    return row.grade or UNGRADED


def _amount(row: GradeProposal) -> str:
    return f"{row.figures.amount:,.0f}"


def _on_time(row: GradeProposal) -> str:
    return "" if row.figures.on_time is None else f"{row.figures.on_time:g}"


def _contribution(row: GradeProposal) -> str:
    return f"{row.figures.contribution:g}"


def grading_columns(why: Callable[[GradeProposal], str]) -> tuple[Column[GradeProposal], ...]:
    """``why`` tells the reason in the rules of now."""
    number = Kind.INTEGER
    return (
        Column("客户", attrgetter("name"), width=14),
        Column("现等级", _grade, width=7),
        Column("建议", attrgetter("proposed"), width=7),
        Column("得分", attrgetter("score"), number, width=6),
        Column("消费次数", attrgetter("figures.visits"), number, width=8),
        Column("消费金额（元）", attrgetter("figures.amount"), number, width=12, shown_as=_amount),
        Column("付款数量", attrgetter("figures.payments"), number, width=8),
        Column("及时率（%）", attrgetter("figures.on_time"), number, width=11, shown_as=_on_time),
        Column("贡献率（%）", attrgetter("figures.contribution"), number, width=11, shown_as=_contribution),
        Column("理由", why, width=38, wrap=True),
    )
