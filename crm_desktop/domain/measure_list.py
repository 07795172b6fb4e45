"""《纠正预防措施》 as a list: its columns once for screen, Excel and PDF (the 措施跟踪表 of facts.md section 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from crm_desktop.domain.measures import MeasureRow
from crm_desktop.domain.sheets import Column, Kind, shown

SIGNATURES = ("编制（客户关爱部）", "服务经理", "服务总监")


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure in its place in the list, with where it stands today."""

    sequence: int
    row: MeasureRow
    state: str


def numbered(rows: Iterable[MeasureRow], today: date) -> tuple[MeasureLine, ...]:
    """The rows of a list, counted from 1."""
    return tuple(MeasureLine(place, row, row.state(today)) for place, row in enumerate(rows, 1))


def _name(row: MeasureRow) -> str:
    """Who answers for it; what was entered for him and he has not confirmed says so."""
    return f"{row.draft.who}（代录，待确认）" if row.awaits_confirmation else row.draft.who


def _result(line: MeasureLine) -> tuple[str, ...]:
    evaluation = line.row.evaluation
    if evaluation is None:
        return ()
    made = evaluation.draft
    return (
        f"{made.conclusion}（前 {made.before} 件，后 {made.after} 件）",
        f"{evaluation.evaluator} {shown(made.evaluated_on)}",
    )


COLUMNS: tuple[Column[MeasureLine], ...] = (
    Column("序号", lambda line: line.sequence, Kind.INTEGER, 6),
    Column("措施编号", lambda line: line.row.number, width=12),
    Column("类型", lambda line: line.row.draft.kind, width=6),
    Column("抱怨单号", lambda line: "\n".join(line.row.draft.complaints), width=17, wrap=True),
    Column("抱怨产生根本原因", lambda line: line.row.draft.cause, width=32, wrap=True),
    Column("措施", lambda line: line.row.draft.what, width=36, wrap=True),
    Column("数量", lambda line: line.row.draft.amount, width=10, wrap=True),
    Column("责任人", lambda line: _name(line.row), width=10, wrap=True),
    Column("计划完成", lambda line: line.row.draft.due_on, Kind.DATE, 12),
    Column("实际完成", lambda line: line.row.done_on, Kind.DATE, 12),
    Column("验证方法", lambda line: line.row.draft.verify, width=26, wrap=True),
    Column("完成证据", lambda line: line.row.evidence, width=22, wrap=True),
    Column("有效性评估", lambda line: "\n".join(_result(line)), width=22, wrap=True),
    Column("状态", lambda line: line.state, width=9),
)


@dataclass(frozen=True, slots=True)
class PaperColumn:
    """A column of the printed list: ``width`` in mm, ``lines`` the paragraphs of one cell."""

    title: str
    width: float
    lines: Callable[[MeasureLine], tuple[str, ...]]


def _who(line: MeasureLine) -> tuple[str, ...]:
    row = line.row
    done = f"完成 {shown(row.done_on)}" if row.done_on else ""
    return (_name(row), f"计划 {shown(row.draft.due_on)}", done)


def _measure(line: MeasureLine) -> tuple[str, ...]:
    amount = f"数量：{line.row.draft.amount}" if line.row.draft.amount else ""
    return tuple(part for part in (line.row.draft.what, amount) if part)


PAPER_COLUMNS: tuple[PaperColumn, ...] = (
    PaperColumn("序号", 8, lambda line: (str(line.sequence),)),
    PaperColumn("措施编号\n类型", 19, lambda line: (line.row.number, line.row.draft.kind)),
    PaperColumn("抱怨单号", 26, lambda line: line.row.draft.complaints),
    PaperColumn("抱怨产生根本原因", 44, lambda line: (line.row.draft.cause,)),
    PaperColumn("措施（做什么 · 多少）", 51, _measure),
    PaperColumn("责任人\n计划/完成", 25, _who),
    PaperColumn("验证方法", 34, lambda line: (line.row.draft.verify,)),
    PaperColumn("完成证据", 31, lambda line: (line.row.evidence,)),
    PaperColumn("有效性评估", 24, _result),
    PaperColumn("状态", 15, lambda line: (line.state,)),
)
