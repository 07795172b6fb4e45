"""《月度抱怨/投诉分析报告》: the month in sentences, pictures and tables, in the order of facts.md section 4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from crm_desktop.domain import monthly_charts as charts
from crm_desktop.domain import monthly_tables as tables
from crm_desktop.domain import monthly_words as words
from crm_desktop.domain.charts import Chart, Ink
from crm_desktop.domain.monthly import UNCONFIRMED, UNKNOWN, Breakdown, Figure, Monthly, Share
from crm_desktop.domain.monthly_behind import PARETO
from crm_desktop.domain.monthly_keys import opens, past_key, together
from crm_desktop.domain.monthly_tables import span
from crm_desktop.domain.report_sheet import (
    Block,
    Card,
    Cards,
    Heading,
    Paragraph,
    Pictures,
    Remark,
    WritingRoom,
    spoken,
)
from crm_desktop.domain.sheets import shown

__all__ = ["SECTIONS", "SIGNATURES", "report_blocks", "span"]
SIGNATURES = ("编制（客户关爱部）", "服务总监审阅", "总经理审阅")
SECTIONS = {
    "overview": "概况",
    "trend": "趋势",
    "classes": "分类",
    "spread": "分布",
    "clocks": "时效",
    "reworks": "返修",
    "satisfaction": "回访与满意",
    "cases": "典型案例",
    "measures": "措施与有效性",
    "words": "空话放行",
    "next": "下月重点",
}
"""Every section by the key its comments are kept under, in order."""
_FIVE = "五度"
_OTHER_CLASSES = ("性质", "责任判定", "发生环节", "原因", "区域", "故障系统")
_OF_SPREAD = ("接收渠道", "级别", "责任线", "责任人", "车型", "行驶里程", "购车年限")
_DURATIONS = ("响应时长", "处理时长")
_LONG = 10
"""A picture with a label of so many characters takes the whole width."""


def report_blocks(month: Monthly) -> tuple[Block, ...]:
    """Everything between letterhead and signatures."""
    head = f"，历史链 {month.history_head}" if month.history_head else ""
    blocks: list[Block] = [
        Paragraph(f"数据截至 {shown(month.as_of)}{head}。率的算法写在各行右边；分母为 0 的写作“–”。"),
    ]
    for number, (key, title) in enumerate(SECTIONS.items(), 1):
        blocks.append(Heading(f"{number}　{title}", key))
        blocks += _MAKERS[key](month)
        blocks += [Remark(one.text, f"{one.who} {shown(one.on)}") for one in month.comments if one.section == key]
    return tuple(blocks)


def _overview(month: Monthly) -> Iterator[Block]:
    yield Cards(_cards(month))
    yield from _paragraphs(words.overview_words(month))
    yield tables.figures_table(month.overview, month.past)


def _cards(month: Monthly) -> tuple[Card, ...]:
    """The numbers a general manager looks for first, each with what it was the month before."""
    told = [
        ("抱怨/投诉", words.COUNT, Ink.MAIN),
        ("重大", "重大件数", Ink.LATE),
        ("及时关闭率", "及时关闭率", Ink.MAIN),
        ("最终满意率", words.FINAL, Ink.MAIN),
        ("一次修复率", "一次修复率", Ink.MAIN),
    ]
    return tuple(_card(month, name, label, ink) for name, label, ink in told)


def _card(month: Monthly, name: str, label: str, ink: Ink) -> Card:
    figure = month.figure(label)
    number = figure.text.partition("（")[0] if isinstance(figure, Share) else f"{figure.text} 件"
    before = month.past[0].text(label) if month.past else "无数据"
    nothing = isinstance(figure, Figure) and not figure.value
    compared = bool(month.past) and month.past[0].known and label in month.past[0].figures
    link = together(label, past_key(month.past[0].name, label)) if compared else label
    return Card(name, number, f"上月 {before}", link, Ink.TEXT if nothing else ink)


def _trend(month: Monthly) -> Iterator[Block]:
    yield from _paragraphs((words.trend_words(month.trend),))
    if month.trend:
        counts, rates = charts.trend_charts(month.trend)
        yield Pictures((counts,))
        yield Pictures((rates,))


def _classes(month: Monthly) -> Iterator[Block]:
    wanted = (*PARETO, _FIVE, *_OTHER_CLASSES)
    found = {one.title: one for one in month.breakdowns if one.title in wanted and not _says_nothing(one)}
    for title in PARETO:
        if one := found.get(title):
            yield Heading(title, part=True)
            yield spoken(words.pareto_words(one))
            yield Pictures((charts.pareto_chart(one),))
            yield tables.pareto_table(one)
    if five := found.get(_FIVE):
        yield Heading(_FIVE, part=True)
        yield spoken(words.spread_words(five))
        yield Pictures((charts.radar_chart(five, month.past[0] if month.past else None),))
    others = [charts.bars_chart(found[title]) for title in _OTHER_CLASSES if title in found]
    yield from _pairs(others)
    if not found:
        yield Paragraph("本月没有写类别、也没有归类过的单；归类在解决时一键确认。")


def _spread(month: Monthly) -> Iterator[Block]:
    found = {one.title: one for one in month.breakdowns if not _says_nothing(one)}
    told = [charts.bars_chart(found[title]) for title in _OF_SPREAD if title in found]
    yield from _pairs(told)
    if not told:
        yield Paragraph("本月没有抱怨/投诉。")


def _pairs(told: Sequence[Chart]) -> Iterator[Pictures]:
    """Two pictures side by side, one alone where its labels are long."""
    waiting: list[Chart] = []
    for chart in told:
        if any(len(label) > _LONG for label in chart.labels):
            yield Pictures((chart,))
            continue
        waiting.append(chart)
        if len(waiting) == 2:
            yield Pictures(tuple(waiting))
            waiting = []
    if waiting:
        yield Pictures(tuple(waiting))


def _clocks(month: Monthly) -> Iterator[Block]:
    yield spoken(words.late_words(month))
    yield Pictures((charts.clocks_chart(month.timeliness),))
    yield tables.timeliness_table(month.timeliness)
    told = [one for one in month.breakdowns if one.title in _DURATIONS and not _says_nothing(one)]
    if told:
        yield Pictures(tuple(charts.bars_chart(one) for one in told))
    yield Heading("超期清单", part=True)
    yield from tables.late_table([line for one in month.timeliness for line in one.late])


def _reworks(month: Monthly) -> Iterator[Block]:
    yield spoken(words.rework_words(month))
    yield Pictures((charts.rework_chart(month),))
    yield tables.figures_table(month.reworks, month.past)


def _satisfaction(month: Monthly) -> Iterator[Block]:
    yield spoken(words.satisfaction_words(month))
    yield tables.figures_table(month.satisfaction, month.past)
    yield Heading("回访", part=True)
    yield tables.figures_table(month.calls, month.past)
    yield tables.breakdown_table(month.failures)


def _cases(month: Monthly) -> Iterator[Block]:
    if not month.typical:
        yield Paragraph("本月没有可讲的案例。")
        return
    yield Paragraph(
        "按规则选出：重大、有返修、客户不满意、有超期的，记录写全的；客户关爱部可以换。"
        "每件按 现象、缺点纠正、根本原因、长期措施 讲。"
    )
    for place, one in enumerate(month.typical, 1):
        yield Heading(f"案例 {place}　{one.number}", part=True)
        yield tables.case_table(one)


def _measures(month: Monthly) -> Iterator[Block]:
    yield spoken(words.measures_words(month))
    yield Cards(tuple(Card(f.label.removeprefix("本月"), f"{f.text} 项", "", f.label) for f in month.measures[:4]))
    yield Heading("措施跟踪", part=True)
    yield tables.measures_table(month.measure_lines)
    yield Heading("有效性评估", part=True)
    yield tables.proof_table(month.measure_lines)


def _passed(month: Monthly) -> Iterator[Block]:
    yield Paragraph("空话由服务总监放行，每一次都写明原因（制度：严禁用一些形容词来替具体的措施）。")
    yield tables.passed_table(month.passed)


def _next(month: Monthly) -> Iterator[Block]:
    many = len(month.unfinished)
    told = opens(str(many), tables.of_cases([line.number for line in month.unfinished]))
    yield spoken(f"到期末还有 {told} 项未完，按应完成时间排。" if many else "没有遗留到下月的事项。")
    yield from tables.unfinished_table(month.unfinished)
    if not any(one.section == "next" for one in month.comments):
        yield WritingRoom("主要问题、原因和下月重点（客户关爱部填写）", 5)


def _paragraphs(told: Iterable[str]) -> Iterator[Paragraph]:
    return (spoken(text) for text in told if text)


def _says_nothing(one: Breakdown) -> bool:
    """Nothing was filled in anywhere: a picture of it would be of nothing."""
    return all(figure.label in (UNKNOWN, UNCONFIRMED) or not figure.value for figure in one.figures)


_MAKERS = {
    "overview": _overview,
    "trend": _trend,
    "classes": _classes,
    "spread": _spread,
    "clocks": _clocks,
    "reworks": _reworks,
    "satisfaction": _satisfaction,
    "cases": _cases,
    "measures": _measures,
    "words": _passed,
    "next": _next,
}
