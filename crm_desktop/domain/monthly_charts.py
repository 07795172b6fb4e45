"""The pictures of the monthly report, each made of the very figures its tables show."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.domain.charts import Chart, ChartKind, Ink, Series, bars, pareto
from crm_desktop.domain.monthly import UNCONFIRMED, Breakdown, Figure, Monthly, Past, Timeliness, TrendMonth
from crm_desktop.domain.monthly_keys import REST, SUM, figure_key, late_key, running_key, together, trend_key
from crm_desktop.domain.reworks import ReworkKind

MOST = 12
"""So many figures of a breakdown are shown one by one; the others are summed up."""


def shortened(one: Breakdown) -> tuple[list[tuple[str, int]], list[str]]:
    """Label and count of the first figures and the sum of the rest, and the key of each."""
    told = [(figure.label, figure.value) for figure in one.figures[:MOST]]
    keys = [figure_key(one.title, figure.label) for figure in one.figures[:MOST]]
    if rest := one.figures[MOST:]:
        told.append((f"其余 {len(rest)} 项", sum(figure.value for figure in rest)))
        keys.append(figure_key(one.title, REST))
    return told, keys


def running(one: Breakdown) -> list[int]:
    """How many figures each line of ``shortened`` and those above it hold."""
    first = list(range(1, min(len(one.figures), MOST) + 1))
    return [*first, len(one.figures)] if one.figures[MOST:] else first


def rest_of(one: Breakdown) -> Figure | None:
    """What ``shortened`` sums up, if anything."""
    rest = [found for figure in one.figures[MOST:] for found in figure.ids]
    return Figure(REST, tuple(rest), one.figures[0].counted) if rest else None


def trend_charts(trend: Sequence[TrendMonth]) -> tuple[Chart, Chart]:
    """Counts of twelve months over those of the year before, and below them the last answers against 100 %."""
    labels = tuple(_month_label(one.period, first=place == 0) for place, one in enumerate(trend))
    keys = tuple(_month_keys(one) for one in trend)
    ago = tuple(None if one.year_ago is None else float(one.year_ago.value) for one in trend)
    counts = [
        Series("一般", tuple(float(one.ordinary.value) for one in trend)),
        Series("重大", tuple(float(one.major.value) for one in trend), Ink.LATE),
    ]
    if any(value is not None for value in ago):
        counts.append(Series("去年同月", ago, Ink.QUIET, line=True))
    rates = tuple(100 * one.satisfied.value / one.answered.value if one.answered.ids else None for one in trend)
    told = tuple(trend_key(one.period, "最终满意") for one in trend)
    happy = Series("最终满意率", rates, Ink.DONE, line=True, share=True)
    return (
        Chart("近 12 个月抱怨/投诉件数", ChartKind.COLUMNS, labels, tuple(counts), keys=keys),
        Chart("近 12 个月最终满意率（虚线：目标 100 %）", ChartKind.COLUMNS, labels, (happy,), " %", told, 100.0),
    )


def pareto_chart(one: Breakdown) -> Chart:
    """柏拉图 of a breakdown."""
    told, keys = shortened(one)
    both = [together(key, running_key(one.title, many)) for key, many in zip(keys, running(one), strict=True)]
    return pareto(f"{one.title}柏拉图（虚线：80 %）", told, both)


def bars_chart(one: Breakdown) -> Chart:
    """Bars of a breakdown, most first."""
    told, keys = shortened(one)
    return bars(one.title, told, [together(key, figure_key(one.title, SUM)) for key in keys])


def clocks_chart(steps: Sequence[Timeliness]) -> Chart:
    """Each step's kept and late ones."""
    kept = tuple(float(step.in_time.part.value) for step in steps)
    late = tuple(float(step.in_time.whole.value - step.in_time.part.value) for step in steps)
    return Chart(
        "各步按时与超期",
        ChartKind.BARS,
        tuple(step.milestone for step in steps),
        (Series("按时", kept, Ink.DONE), Series("超期", late, Ink.LATE)),
        "步",
        tuple(together(step.in_time.label, late_key(step.milestone)) for step in steps),
        rate=True,
    )


def radar_chart(one: Breakdown, past: Past | None = None) -> Chart:
    """五度: how many complaints fell to each, over those of the month before."""
    told = [figure for figure in one.figures if figure.label != UNCONFIRMED]
    series = [Series("本月", tuple(float(figure.value) for figure in told))]
    keys = tuple(figure_key(one.title, figure.label) for figure in told)
    if past is not None and past.dimension is not None:
        before = {figure.label: float(figure.value) for figure in past.dimension.figures}
        series.append(Series(past.name, tuple(before.get(figure.label, 0.0) for figure in told), Ink.QUIET))
        keys = tuple(together(key, f"{past.name}·{key}") for key in keys)
    return Chart(f"{one.title}雷达图", ChartKind.RADAR, tuple(f.label for f in told), tuple(series), keys=keys)


def rework_chart(month: Monthly) -> Chart:
    """内返 and 外返 side by side."""
    told = [figure for figure in month.reworks if isinstance(figure, Figure) and figure.label in tuple(ReworkKind)]
    labels = [figure.label for figure in told]
    keys = [together(label, "返修率") for label in labels]
    return bars("返修台次", [(figure.label, figure.value) for figure in told], keys, "台次")


def _month_keys(one: TrendMonth) -> str:
    """All of the month, its two parts, and the same month of the year before where that is drawn."""
    parts = [trend_key(one.period, what) for what in ("一般", "重大")]
    before = [trend_key(one.period, "去年同月")] if one.year_ago is not None else []
    return together(trend_key(one.period), *parts, *before)


def _month_label(period: str, *, first: bool) -> str:
    """11月; the year stands below where it begins."""
    year, month = period.split("-")
    return f"{int(month)}月\n{year}" if first or month == "01" else f"{int(month)}月"
