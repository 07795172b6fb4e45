"""The rows behind every number of the monthly report, kept with it when it is frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.domain.charts import vital_few
from crm_desktop.domain.monthly import (
    UNCONFIRMED,
    UNKNOWN,
    Amount,
    Breakdown,
    Counted,
    Figure,
    Monthly,
    Past,
    Share,
    TrendMonth,
)
from crm_desktop.domain.monthly_charts import rest_of, running
from crm_desktop.domain.monthly_keys import (
    LATE_CASES,
    LATE_STEPS,
    REST,
    SILENT,
    SUM,
    TREND,
    due_key,
    figure_key,
    late_key,
    past_key,
    running_key,
    trend_key,
    unsaid_key,
)

Figures = Mapping[str, Mapping[str, Any]]
PARETO = ("类别", "抱怨类型")
"""The breakdowns that are drawn as 柏拉图."""


def figure_ids(month: Monthly) -> dict[str, dict[str, Any]]:
    """Every figure with the rows it counts, for the frozen record: label → what is counted, ids, ids of the whole."""
    told: dict[str, dict[str, Any]] = {}
    for group in (month.overview, month.reworks, month.calls, month.satisfaction, month.measures):
        for figure in group:
            told |= _ids(figure.label, figure)
    for one in (*month.breakdowns, month.failures):
        told |= _of_breakdown(one)
    for past in month.past:
        told |= _of_past(past) if past.known else {}
    return told | _of_clocks(month) | _of_trend(month.trend)


def _of_breakdown(one: Breakdown) -> dict[str, dict[str, Any]]:
    """Each figure, all, the rest below the first dozen, what nobody said, and the running shares of a 柏拉图."""
    told: dict[str, dict[str, Any]] = {}
    for figure in one.figures:
        told |= _ids(figure_key(one.title, figure.label), figure)
    told |= _ids(figure_key(one.title, SUM), one.whole) | _ids(figure_key(one.title, REST), rest_of(one))
    unsaid = [figure for figure in one.figures if figure.label in (UNKNOWN, UNCONFIRMED)]
    told |= _ids(unsaid_key(one.title), _union("", unsaid)) if unsaid else {}
    if one.title in PARETO:
        for many in {*running(one), vital_few([figure.value for figure in one.figures])}:
            first = _union("累计", one.figures[:many])
            told |= _ids(running_key(one.title, many), Share("", first, Figure(SUM, one.whole.ids), ""))
    return told


def _of_past(past: Past) -> dict[str, dict[str, Any]]:
    told: dict[str, dict[str, Any]] = {}
    for label, figure in past.figures.items():
        told |= _ids(past_key(past.name, label), figure)
    if (five := past.dimension) is not None:
        for figure in five.figures:
            told |= _ids(past_key(past.name, figure_key(five.title, figure.label)), figure)
    return told


def _of_clocks(month: Monthly) -> dict[str, dict[str, Any]]:
    """Who had to take each step and who was late; a complaint late in two steps stands there twice."""
    told: dict[str, dict[str, Any]] = {}
    for step in month.timeliness:
        told |= _ids(step.in_time.label, step.in_time) | _ids(due_key(step.milestone), step.in_time.whole)
        told |= _ids(late_key(step.milestone), Figure("超期", tuple(line.id for line in step.late)))
    late = [line for step in month.timeliness for line in step.late]
    return (
        told
        | _ids(LATE_STEPS, Figure("", tuple(line.id for line in late)))
        | _ids(LATE_CASES, Figure("", tuple(dict.fromkeys(line.id for line in late))))
        | _ids(SILENT, Figure("", tuple(line.id for line in late if not line.reason)))
    )


def _of_trend(trend: Sequence[TrendMonth]) -> dict[str, dict[str, Any]]:
    told = _ids(TREND, _union("抱怨/投诉", [one.counted for one in trend]))
    for one in trend:
        told |= _ids(trend_key(one.period), one.counted)
        told |= _ids(trend_key(one.period, "一般"), one.ordinary) | _ids(trend_key(one.period, "重大"), one.major)
        told |= _ids(trend_key(one.period, "最终满意"), Share("", one.satisfied, one.answered, ""))
        told |= _ids(trend_key(one.period, "去年同月"), one.year_ago)
    return told


def _union(label: str, figures: Sequence[Figure]) -> Figure:
    counted = figures[0].counted if figures else Counted.COMPLAINTS
    return Figure(label, tuple(found for figure in figures for found in figure.ids), counted)


def _ids(label: str, figure: Figure | Share | Amount | None) -> dict[str, dict[str, Any]]:
    match figure:
        case Figure():
            return {label: {"of": str(figure.counted), "ids": list(figure.ids)}}
        case Amount(part=Figure() as part, also=Figure() as also):
            return _ids(label, Share(label, part, also, ""))
        case Amount(part=Figure() as part):
            return _ids(label, part)
        case Share(part=part, whole=whole):
            return {
                label: {
                    "of": str(part.counted), "ids": list(part.ids), "part": part.label,
                    "whole": list(whole.ids), "whole_of": str(whole.counted), "whole_label": whole.label,
                }
            }  # fmt: skip
        case _:
            return {}
