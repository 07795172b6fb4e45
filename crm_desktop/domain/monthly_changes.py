"""What a frozen report tells otherwise than its month is now: every number it holds is compared, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from crm_desktop.domain.monthly import Breakdown, Monthly, Past
from crm_desktop.domain.monthly_behind import Figures
from crm_desktop.domain.monthly_keys import OF_NOW, figure_key, late_key, opens, past_key, trend_key

Numbers = Mapping[str, str]
_FIRST = ("抱怨/投诉件数", "重大件数", "关闭率", "最终满意率", "外返", "内返", "回访总数", "恶意或无效")
"""What changed of these is told first; of editions from before all numbers were kept it is all that is compared."""
_MOST = 3
"""So many numbers are told one by one."""
_OF_THE_DAY = ("超期未完成", "待评估")
"""What tells how it was on the day, not how the month was."""


def numbers(month: Monthly) -> dict[str, str]:
    """Every number of the report as it is shown, by the name its list is kept under where it has one.

    What is open for next month and where measures stand is not among them: it moves every day.
    """
    told = dict(_of_groups(month)) | {one.title: one.whole.text for one in month.breakdowns}
    for one in (*month.breakdowns, month.failures):
        told |= _of_breakdown(one)
    for step in month.timeliness:
        told |= {step.in_time.label: step.in_time.text, late_key(step.milestone): str(len(step.late))}
    for trend in month.trend:
        told[trend_key(trend.period)] = trend.counted.text
        told[trend_key(trend.period, "最终满意")] = f"{trend.satisfied.value}/{trend.answered.value}"
    told["空话放行"] = str(len(month.passed))
    told["典型案例"] = "、".join(case.number for case in month.typical)
    for past in month.past:
        told |= _of_past(past)
    return told


def changed_since(edition: Mapping[str, Any], now: Numbers, figures: Figures) -> tuple[str, ...]:
    """The first numbers that are otherwise now, 抱怨/投诉件数 3 → 4, and how many more there are; ``edition`` is what
    was kept of it, ``now`` and ``figures`` are those of now. A count that is the same of other rows is a change too.
    """
    frozen: Figures = edition["figures"]
    then: Numbers | None = edition.get("numbers")
    if then is None:
        then, now = (dict(_counts(known)) for known in (frozen, figures))
    keys = [key for key in dict.fromkeys((*_FIRST, *then, *now)) if key in then or key in now]
    changed = [key for key in keys if then.get(key) != now.get(key) or _ids(frozen, key) != _ids(figures, key)]
    told = [_told(key, then.get(key, "–"), now.get(key, "–"), frozen, figures) for key in changed[:_MOST]]
    more = len(changed) - len(told)
    return (*told, f"另有 {more} 个数") if more else tuple(told)


def _told(key: str, before: str, after: str, frozen: Figures, figures: Figures) -> str:
    then = opens(before, key if key in frozen else "")
    now = opens(after, OF_NOW + key if key in figures else "")
    other = "（换了单）" if before == after else ""
    return f"{key.replace('·', '：')} {then} → {now}{other}"


def _of_groups(month: Monthly) -> Iterator[tuple[str, str]]:
    for group in (month.overview, month.reworks, month.calls, month.satisfaction, month.measures):
        for figure in group:
            if figure.label not in _OF_THE_DAY:
                yield figure.label, figure.text


def _of_breakdown(one: Breakdown) -> dict[str, str]:
    return {figure_key(one.title, figure.label): figure.text for figure in one.figures}


def _of_past(past: Past) -> dict[str, str]:
    return {past_key(past.name, label): past.text(label) for label in past.figures} if past.known else {}


def _counts(figures: Figures) -> Iterable[tuple[str, str]]:
    return ((label, str(len(figures[label]["ids"]))) for label in _FIRST if label in figures)


def _ids(figures: Figures, key: str) -> set[int]:
    return set(figures[key]["ids"]) if key in figures else set()
