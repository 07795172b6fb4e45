"""《月度抱怨/投诉分析报告》: the month's figures in words and tables, in the order of facts.md section 4."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from crm_desktop.domain.monthly import Amount, Breakdown, Figure, LateLine, Monthly, Share, Timeliness
from crm_desktop.domain.report_sheet import Block, Heading, Paragraph, Table, WritingRoom
from crm_desktop.domain.sheets import shown

SIGNATURES = ("编制（客户关爱部）", "服务总监审阅", "总经理审阅")
_MOST = 12
"""How many rows of a breakdown are told one by one; the others are summed up."""


def report_blocks(month: Monthly) -> tuple[Block, ...]:
    """Everything between letterhead and signatures."""
    return (
        Paragraph(f"数据截至 {shown(month.as_of)}。率的算法写在各行右边；分母为 0 的写作“–”。"),
        Heading("1　概况"),
        _figures(month.overview),
        Heading("2　分布"),
        *(_breakdown(one) for one in month.breakdowns),
        Heading("3　时效"),
        _timeliness(month.timeliness),
        Paragraph("超期清单："),
        _late([line for one in month.timeliness for line in one.late]),
        Heading("4　返修"),
        _figures(month.reworks),
        Heading("5　回访与满意"),
        _figures(month.calls),
        _breakdown(month.failures),
        _figures(month.satisfaction),
        Heading("6　空话放行"),
        Paragraph("空话由服务总监放行，每一次都写明原因（制度：严禁用一些形容词来替具体的措施）。"),
        Table(
            ("单号", "栏目", "放行人", "原因"),
            (3, 2, 2, 7),
            tuple((line.number, line.about, line.who, line.reason) for line in month.passed),
            nothing="本月没有放行",
        ),
        Heading("7　纠正预防措施"),
        _figures(month.measures),
        Heading("8　未完事项"),
        Table(
            ("单号", "事项", "受理/完成", "应完成", "责任人"),
            (3.4, 3, 2.2, 3, 2.4),
            tuple((o.number, o.what, shown(o.since), shown(o.due), o.who) for o in month.unfinished),
            nothing="没有未完事项",
        ),
        Heading("9　分析与下月重点"),
        WritingRoom("主要问题、原因和下月重点（客户关爱部填写）", 7),
        WritingRoom("审阅意见", 4),
    )


def figure_ids(month: Monthly) -> dict[str, dict[str, object]]:
    """Every figure with the rows it counts, for the frozen record: label → what is counted, ids, ids of the whole."""
    told: dict[str, dict[str, object]] = {}
    for group in (month.overview, month.reworks, month.calls, month.satisfaction, month.measures):
        for figure in group:
            told |= _ids(figure.label, figure)
    for one in (*month.breakdowns, month.failures):
        for figure in one.figures:
            told |= _ids(f"{one.title}·{figure.label}", figure)
    for step in month.timeliness:
        told |= _ids(step.in_time.label, step.in_time)
    return told


def _ids(label: str, figure: Figure | Share | Amount) -> dict[str, dict[str, object]]:
    match figure:
        case Figure():
            return {label: {"of": str(figure.counted), "ids": list(figure.ids)}}
        case Share(part=part, whole=whole):
            return {label: {"of": str(part.counted), "ids": list(part.ids), "whole": list(whole.ids)}}
        case _:
            return {}


def _figures(group: Iterable[Figure | Share | Amount]) -> Table:
    rows = tuple((f.label, f.text, "" if isinstance(f, Figure) else f.formula) for f in group)
    return Table(("指标", "数值", "算法"), (4, 4, 6), rows, ("left", "right"))


def _breakdown(one: Breakdown) -> Table:
    total = sum(figure.value for figure in one.figures)
    told = [(figure.label, figure.value) for figure in one.figures[:_MOST]]
    if rest := one.figures[_MOST:]:
        told.append((f"其余 {len(rest)} 项", sum(figure.value for figure in rest)))
    rows = [(label, str(count), f"{100 * count / total:.1f} %") for label, count in told]
    if rows:
        rows.append(("合计", str(total), "100.0 %"))
    return Table((one.title, "件数", "占比"), (8, 3, 3), tuple(rows), ("left", "right", "right"), "本月没有")


def _timeliness(steps: Iterable[Timeliness]) -> Table:
    rows = []
    for one in steps:
        share = one.in_time
        rows.append((one.milestone, share.whole.text, share.part.text, str(len(one.late)), share.text, share.formula))
    titles = ("步骤", "应办", "按时", "超期", "及时率", "算法")
    return Table(titles, (2, 1.5, 1.5, 1.5, 3, 4), tuple(rows), ("left", "right", "right", "right", "right"))


def _late(lines: Iterable[LateLine]) -> Table:
    rows = tuple(
        (line.number, line.milestone, shown(line.due), _done(line.done), span(line.late_minutes), line.responsible,
         line.reason)
        for line in lines
    )  # fmt: skip
    titles = ("单号", "步骤", "应完成", "实际完成", "超期", "责任人", "原因")
    return Table(titles, (3, 1.2, 2.8, 2.8, 2, 1.8, 3.4), rows, nothing="本月没有超期")


def _done(at: datetime | None) -> str:
    return shown(at) if at else "未完成"


def span(minutes: int) -> str:
    """1天2小时, 3小时5分, 40分: the two largest parts."""
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    parts = [f"{number}{unit}" for number, unit in ((days, "天"), (hours, "小时"), (left, "分")) if number]
    return "".join(parts[:2])
