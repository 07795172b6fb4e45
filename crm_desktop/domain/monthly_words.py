"""The month in Chinese sentences, made of its numbers: 环比, 同比, what stands out, what is missing.

Every number in them opens the list behind it (``monthly_keys.opens``); ``report_sheet.spoken`` takes both apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.domain.charts import vital_few
from crm_desktop.domain.monthly import (
    UNCONFIRMED,
    UNKNOWN,
    Amount,
    Breakdown,
    Figure,
    Monthly,
    Past,
    Share,
    TrendMonth,
)
from crm_desktop.domain.monthly_keys import (
    COUNT,
    LATE_CASES,
    LATE_STEPS,
    SILENT,
    SUM,
    TREND,
    figure_key,
    late_key,
    month_text,
    opens,
    past_key,
    running_key,
    together,
    trend_key,
    unsaid_key,
)

__all__ = ["COUNT", "FAIR", "FINAL", "month_text"]
FINAL, FAIR = "最终满意率", "最终满意率（不含恶意、无效）"
_GOAL = 100.0
_UNSAID = (UNKNOWN, UNCONFIRMED)


def against(now: int, past: Past) -> str:
    """比上月（12 件）增加 3 件（+25.0 %）; says so where there is nothing to compare with."""
    before = past.value(COUNT)
    if before is None:
        return f"{past.name}没有数据，无法比较"
    key = past_key(past.name, COUNT)
    told, both = opens(f"{before:.0f}", key), together(COUNT, key)
    if now == before:
        return f"与{past.name}（{told} 件）持平"
    word = "增加" if now > before else "减少"
    share = f"（{opens(f'{100 * (now - before) / before:+.1f} %', both)}）" if before else ""
    return f"比{past.name}（{told} 件）{word} {opens(f'{abs(now - before):.0f}', both)} 件{share}"


def points(label: str, now: float | None, past: Past) -> str:
    """提高 3.1 个百分点, or nothing where either month has none."""
    before = past.value(label)
    if now is None or before is None:
        return ""
    if abs(now - before) < 0.05:
        return f"，与{past.name}持平"
    apart = opens(f"{abs(now - before):.1f}", together(label, past_key(past.name, label)))
    return f"，比{past.name}{'提高' if now > before else '下降'} {apart} 个百分点"


def overview_words(month: Monthly) -> tuple[str, ...]:
    """概况 in three sentences at most."""
    counted, major = month.figure(COUNT), month.figure("重大件数")
    assert isinstance(counted, Figure) and isinstance(major, Figure)  # noqa: S101 - both are counts
    told = "，".join(against(counted.value, past) for past in month.past)
    first = f"{month_text(month.period)}受理抱怨/投诉 {_opened(counted)} 件" + (f"，{told}。" if told else "。")
    if not counted.value:
        return (first,)
    of_all = opens(f"{100 * major.value / counted.value:.1f} %", together(major.label, COUNT))
    part = f"其中重大 {_opened(major)} 件，占 {of_all}" if major.value else "没有重大投诉"
    closed, timely = _share(month, "关闭率"), _share(month, "及时关闭率")
    rates = "；".join(_rate(month, share) for share in (closed, timely) if share.value is not None)
    return (first, f"{part}。" + (f"{rates}。" if rates else ""))


def trend_words(trend: Sequence[TrendMonth]) -> str:
    """The twelve months, or those since the first record, in one sentence: how many in all, the mean, the highest."""
    if not trend:
        return "还没有抱怨/投诉的记录，画不出趋势。"
    counts = [one.counted.value for one in trend]
    if not any(counts):
        return f"近 {len(counts)} 个月没有抱怨/投诉。"
    top = max(range(len(counts)), key=counts.__getitem__)
    each = together(TREND, *(trend_key(one.period) for one in trend))
    most, last = (opens(str(counts[place]), trend_key(trend[place].period)) for place in (top, -1))
    return (
        f"近 {opens(str(len(counts)), each)} 个月共 {opens(str(sum(counts)), TREND)} 件，"
        f"月均 {opens(f'{sum(counts) / len(counts):.1f}', each)} 件；"
        f"最多的是 {month_text(trend[top].period)}（{most} 件），本月 {last} 件。"
    )


def pareto_words(one: Breakdown) -> str:
    """Which few make 80 %; what nobody filled in is nothing to improve and is told apart."""
    total = sum(figure.value for figure in one.figures)
    if not total:
        return "本月没有。"
    few = vital_few([figure.value for figure in one.figures])
    first, of_all = one.figures[:few], figure_key(one.title, SUM)
    part = opens(f"{100 * sum(figure.value for figure in first) / total:.1f} %", running_key(one.title, few))
    named = [f"{figure.label}（{_of_title(one, figure)} 件）" for figure in first if figure.label not in _UNSAID]
    unsaid = sum(figure.value for figure in first if figure.label in _UNSAID)
    rest = f"其中 {opens(str(unsaid), unsaid_key(one.title))} 件没有填或还没有归类" if unsaid else ""
    focus = f"是改进重点：{'、'.join(named)}" if named else ""
    told = "；".join(filter(None, (focus, rest)))
    keys = [figure_key(one.title, figure.label) for figure in one.figures]
    every = opens(str(len(keys)), together(of_all, *keys))
    some = opens(str(few), together(running_key(one.title, few), *keys[:few]))
    return f"{one.title}共 {every} 项；前 {some} 项合计占 {part}，{told}。"


def spread_words(one: Breakdown) -> str:
    """Which one is most, and how many are not filled in."""
    total = sum(figure.value for figure in one.figures)
    if not total:
        return ""
    known = [figure for figure in one.figures if figure.label not in _UNSAID]
    missing = total - sum(figure.value for figure in known)
    top = max(known, key=_value, default=None)
    most = ""
    if top:
        of_all = together(figure_key(one.title, top.label), figure_key(one.title, SUM))
        share = opens(f"{100 * top.value / total:.1f} %", of_all)
        most = f"最多：{top.label} {_of_title(one, top)} 件，占 {share}。"
    unsaid = opens(str(missing), unsaid_key(one.title))
    return most + (f"{unsaid} 件没有填或还没有归类。" if missing else "")


def late_words(month: Monthly) -> str:
    """时效 in one sentence; steps late without a reason are counted."""
    late = [line for step in month.timeliness for line in step.late]
    if not any(step.in_time.whole.value for step in month.timeliness):
        return "本月没有要考核时效的单。"
    if not late:
        return "本月各步都按时，没有超期。"
    silent = sum(not line.reason for line in late)
    tail = f"，其中 {opens(str(silent), SILENT)} 步还没有写原因" if silent else "，原因都已写明"
    rates = "，".join(
        f"{step.milestone} {opens(f'{step.in_time.value:.1f} %', step.in_time.label)}"
        for step in month.timeliness
        if step.in_time.whole.ids
    )
    steps = together(LATE_STEPS, *(late_key(step.milestone) for step in month.timeliness if step.late))
    cases = opens(str(len({line.id for line in late})), LATE_CASES)
    return f"及时率：{rates}。超期 {opens(str(len(late)), steps)} 步，涉及 {cases} 件{tail}。"


def rework_words(month: Monthly) -> str:
    """返修 in one sentence."""
    figures = {figure.label: figure for figure in month.reworks}
    outside, inside, fixed = figures["外返"], figures["内返"], figures["一次修复率"]
    assert isinstance(fixed, Share)  # noqa: S101 - it is a share
    rate = f"一次修复率 {_opened(fixed)}" if fixed.value is not None else "没有工单数据，算不出一次修复率"
    return f"外返 {_opened(outside)} 台次，内返 {_opened(inside)} 台次；{rate}。"


def satisfaction_words(month: Monthly) -> str:
    """How far from 100 %, of all and of those that were fair."""
    every, fair = _share(month, FINAL), _share(month, FAIR)
    if every.value is None:
        return "本月的单还没有客户答复，算不出最终满意率（目标 100 %）。"
    gap = _GOAL - every.value
    short = f"，离目标 100 % 差 {opens(f'{gap:.1f}', FINAL)} 个百分点"
    first = f"最终满意率 {_opened(every)}" + ("，达到目标 100 %" if gap <= 0 else short)
    changed = "".join(points(FINAL, every.value, past) for past in month.past[:1])
    second = (
        f"；不含恶意、无效为 {_opened(fair)}" if fair.whole.ids != every.whole.ids and fair.value is not None else ""
    )
    return f"{first}{changed}{second}。"


def measures_words(month: Monthly) -> str:
    """What became of the measures."""
    told = {figure.label: figure for figure in month.measures}
    parts = [f"{label.removeprefix('本月')} {_opened(told[label])} 项" for label in ("本月新立措施", "本月完成措施")]
    judged = [
        f"{label.removeprefix('本月评估')} {_opened(figure)} 项"
        for label, figure in told.items()
        if "本月评估" in label
    ]
    return f"本月{'，'.join(parts)}；超期未完成 {_opened(told['超期未完成'])} 项。本月评估：{'，'.join(judged)}。"


def _value(figure: Figure) -> int:
    return figure.value


def _opened(figure: Figure | Share | Amount) -> str:
    return opens(figure.text, figure.label)


def _of_title(one: Breakdown, figure: Figure) -> str:
    return opens(figure.text, figure_key(one.title, figure.label))


def _rate(month: Monthly, share: Share) -> str:
    changed = "".join(points(share.label, share.value, past) for past in month.past[:1])
    return f"{share.label} {_opened(share)}{changed}"


def _share(month: Monthly, label: str) -> Share:
    found = month.figure(label)
    assert isinstance(found, Share)  # noqa: S101 - asked for by the name of a share
    return found
