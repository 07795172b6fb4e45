"""季度机制评估: does the way complaints are handled work? Four questions of seed 002 四 asked of a quarter (A110)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import mean, median

from crm_desktop.domain.charts import Chart, ChartKind, Ink, Series
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.monthly import Share, month_before, month_of
from crm_desktop.domain.report_sheet import Block, Heading, Paragraph, Pictures, Table, WritingRoom

SIGNATURES = ("编制（客户关爱部）", "服务总监", "总经理")
RETURN_DAYS = 90
"""Within so many days after 关闭 a visit counts as a return."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a complaint: from what to what, and how many hours each complaint took for it."""

    name: str
    hours: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Quarter:
    """What is asked of a quarter written 2026-Q4; ``satisfied`` month by month, ``returned``: came back to the shop."""

    period: str
    received: tuple[int, ...]
    satisfied: tuple[Share, ...]
    stages: tuple[Stage, ...]
    returned: Share
    timely: Share
    effective: Share


def quarter_of(text: str) -> tuple[date, date]:
    """The first and the last day of a quarter written 2026-Q4.

    :raises InvalidInput: for anything else.
    """
    year, _, number = text.strip().upper().partition("-Q")
    if number not in ("1", "2", "3", "4") or not year.isdecimal():
        raise InvalidInput(f"看不懂季度“{text}”，请写成 2026-Q4。")
    end = int(number) * 3
    return month_of(f"{year}-{end - 2:02d}")[0], month_of(f"{year}-{end:02d}")[1]


def quarter_before(day: date) -> str:
    """The last whole quarter before a day."""
    first = month_before(day.replace(day=1), (day.month - 1) % 3 + 3)
    return f"{first.year}-Q{(first.month + 2) // 3}"


def mechanism_blocks(quarter: Quarter) -> tuple[Block, ...]:
    """One page: satisfaction, time by stage with its bottleneck, returns, staff, what is to be changed."""
    return (
        Heading("1　顾客满意度", part=True),
        Paragraph(_satisfaction_words(quarter)),
        Pictures((_satisfaction_chart(quarter), _stage_chart(quarter))),
        Heading("2　处理时间和瓶颈", part=True),
        Paragraph(_stage_words(quarter)),
        _stage_table(quarter),
        Heading("3　复来店、及时和措施有效", part=True),
        Table(
            ("指标", "数值", "算法"),
            (3, 3, 8),
            tuple((one.label, one.text, one.formula) for one in (quarter.returned, quarter.timely, quarter.effective)),
            ("left", "right"),
        ),
        Heading("4　员工对机制的认知和接受度", part=True),
        WritingRoom("员工问卷（发放、收回、认同的份数，主要意见）", 3),
        Heading("5　结论和下季度改进", part=True),
        WritingRoom("哪里不顺、谁在何时前改、怎样验证", 5),
    )


def bottleneck(stages: tuple[Stage, ...]) -> Stage | None:
    """The stage that takes longest on the mean; None where nothing was measured."""
    measured = [stage for stage in stages if stage.hours]
    return max(measured, key=_mean, default=None)


def _satisfaction_words(quarter: Quarter) -> str:
    part = sum(one.part.value for one in quarter.satisfied)
    whole = sum(one.whole.value for one in quarter.satisfied)
    count = sum(quarter.received)
    if not whole:
        return f"本季度受理 {count} 件，还没有客户答复。"
    rate = 100 * part / whole
    gap = "达到目标 100 %" if part == whole else f"离目标 100 % 差 {100 - rate:.1f} 个百分点"
    return f"本季度受理 {count} 件，最终满意率 {rate:.1f} %（{part}/{whole}），{gap}。"


def _stage_words(quarter: Quarter) -> str:
    slowest = bottleneck(quarter.stages)
    if slowest is None:
        return "本季度没有走完的步骤，算不出时间。"
    told = f"平均 {_mean(slowest):.1f} 小时（中位 {median(slowest.hours):.1f}）"
    return f"最慢的是“{slowest.name}”，{told}，是本季度的瓶颈。"


def _stage_table(quarter: Quarter) -> Table:
    slowest = bottleneck(quarter.stages)
    rows = tuple(
        (one.name, str(len(one.hours)), f"{_mean(one):.1f}" if one.hours else "–",
         f"{median(one.hours):.1f}" if one.hours else "–", "← 瓶颈" if one is slowest else "")
        for one in quarter.stages
    )  # fmt: skip
    titles = ("阶段", "件数", "平均（小时）", "中位（小时）", "")
    return Table(titles, (5, 2, 3, 3, 2), rows, ("left", "right", "right", "right"))


def _satisfaction_chart(quarter: Quarter) -> Chart:
    rates = tuple(one.value for one in quarter.satisfied)
    labels = tuple(one.label for one in quarter.satisfied)
    series = (Series("最终满意率", rates, Ink.DONE, line=True, share=True),)
    return Chart("最终满意率（虚线：目标 100 %）", ChartKind.COLUMNS, labels, series, " %", goal=100.0)


def _stage_chart(quarter: Quarter) -> Chart:
    values = tuple(round(_mean(one), 1) if one.hours else 0.0 for one in quarter.stages)
    labels = tuple(one.name for one in quarter.stages)
    return Chart("各阶段平均用时（小时）", ChartKind.BARS, labels, (Series("小时", values),), "小时")


def _mean(stage: Stage) -> float:
    return mean(stage.hours)
