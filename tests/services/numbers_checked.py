"""Walks everything a report shows and holds each number against the list it opens: how many rows, or what they make."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from statistics import mean, median
from typing import NamedTuple

from crm_desktop.domain.behind import Behind
from crm_desktop.domain.charts import Chart, ChartKind
from crm_desktop.domain.report_sheet import Block, Cards, Paragraph, Pictures, Table
from crm_desktop.domain.script import EXPECTED, OVERALL, PERCEIVED
from tests.services.month_by_hand import ByHand, local

NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_NO_COUNT = re.compile(r"\d{4}年\d+月|目标 100 %|\d{4}-\d\d-\d\d \d\d:\d\d|\d+ 条，链头 \w+")
"""A month's name, a goal, the moment and the chain a report is made from: no number of rows."""
_TOLD = (
    "算法",
    "单号",
    "措施号",
    "序",
    "应完成",
    "实际完成",
    "受理/完成",
    "计划",
    "完成",
    "再发",
    "依据",
    "措施",
    "抱怨单号",
)
"""Columns of words, days and numbers of cases."""

_BEFORE = "上月的"


class Number(NamedTuple):
    """A number as it is shown, the words before and behind it, and what it opens."""

    text: str
    before: str
    behind: str
    link: str
    picture: bool = False


def numbers_of(blocks: Sequence[Block]) -> Iterator[Number]:
    """Every number of the sentences, the large ones, the tables and the pictures."""
    for block in blocks:
        match block:
            case Paragraph():
                yield from _of_sentence(block)
            case Cards():
                for card in block.cards:
                    if NUMBER.search(card.number):
                        yield Number(card.number, card.name, card.note, card.link)
                    if found := NUMBER.search(card.note):
                        yield Number(card.note[found.start() :], card.name, _BEFORE, card.link)
            case Table() if any(block.titles):
                yield from _of_table(block)
            case Pictures():
                for chart in block.charts:
                    yield from _of_chart(chart)


def _of_sentence(block: Paragraph) -> Iterator[Number]:
    end = 0
    for start, stop, link in (*block.spans, (len(block.text), len(block.text), "")):
        between = _NO_COUNT.sub("", block.text[end:start])
        for found in re.findall(r"(?<![\w－·])\d[\d.]*(?![\w－·])", between):
            yield Number(found, block.text, "", "")
        if stop > start:
            yield Number(
                block.text[start:stop], block.text[max(0, start - 4) : start], block.text[stop : stop + 6], link
            )
        end = stop


def _of_table(block: Table) -> Iterator[Number]:
    for place, row in enumerate(block.rows):
        links = block.links[place] if place < len(block.links) else ("",) * len(row)
        for column, (title, text, link) in enumerate(zip(block.titles, row, links, strict=True)):
            counted = column > 0 and title not in _TOLD and NUMBER.match(text)
            if counted and not (
                title == "超期" and "实际完成" in block.titles
            ):  # how long, of the one case of the line
                yield Number(text, row[0], title, link)


def _of_chart(chart: Chart) -> Iterator[Number]:
    for place in range(len(chart.labels)):
        link = chart.keys[place] if place < len(chart.keys) else ""
        for series in chart.series:
            value = series.values[place]
            if value is not None:
                yield Number(
                    f"{value:.1f} %" if series.share else f"{value:.0f}", chart.title, series.name, link, picture=True
                )
        if chart.kind is ChartKind.BARS and chart.total(place) and not chart.rate:
            whole = sum(chart.total(n) for n in range(len(chart.labels)))
            yield Number(f"{100 * chart.total(place) / whole:.1f} %", chart.title, "占比", link, picture=True)


def agrees(number: Number, behind: Behind, hand: ByHand) -> bool:
    """Whether the rows give the number."""
    counts = [len(rows) for _, rows in behind.lists]
    told = [found.lstrip("+-") for found in NUMBER.findall(number.text)]
    if (mean_told := _mean(number, behind, hand)) is not None:
        return told == mean_told[: len(told)]
    for words, rule in _RULES:
        if words(number):
            return told == rule(counts)
    if number.picture:
        part, whole = _IN_PICTURE.get(number.behind, (0, 0))
        return told == (_share(counts[part:]) if "%" in number.text else [str(counts[whole])])[:1]
    if number.behind in ("之前", "之后") and "每百台" in number.text:
        return told == [str(counts[0]), f"{100 * counts[0] / counts[1]:.1f}"]
    if number.behind == _BEFORE:
        return told == (_share(counts[len(counts) // 2 :]) if "%" in number.text else [str(counts[1])])[:1]
    if "." in number.text:
        return told == _share(counts)[: len(told)]
    return told == [str(counts[0])]


_IN_PICTURE = {"一般": (0, 1), "重大": (0, 2), "去年同月": (0, 3), "上月": (0, 1), "超期": (0, 2), "累计占比": (1, 0)}
"""Which list of a picture's label is the part of a share, and which has as many rows as a count says."""
_SCORES = {
    "服务态度评分": "attitude", "环境洗车评分": "place", "总体评分": OVERALL, "期望": EXPECTED, "感受": PERCEIVED,
}  # fmt: skip


def _mean(number: Number, behind: Behind, hand: ByHand) -> list[str] | None:
    """What is no count: an average, made again of the very rows; None for a count."""
    ids = [row.id for row in behind.lists[0][1]]
    calls = {row["id"]: json.loads(row["answers"]) for row in hand.tables["follow_ups"] if row["answers"]}
    if number.before == "平均处理时长":
        taken = [hand.ever_solved_at(one) - _received(hand, one) for one in ids]
        hours = [each.total_seconds() / 3600 for each in taken]
        return [f"{mean(hours):.1f}", f"{median(hours):.1f}"]
    if number.before in _SCORES:
        return [f"{mean(int(calls[one][_SCORES[number.before]]) for one in ids):.1f}", str(len(ids))]
    if number.before == "感受减期望":
        apart = [int(calls[one][PERCEIVED]) - int(calls[one][EXPECTED]) for one in ids]
        return [f"{abs(mean(apart)):.1f}", str(len(ids)), str(len(behind.lists[1][1]))]
    return None


def _received(hand: ByHand, complaint: int) -> datetime:
    return next(local(row["received_at"]) for row in hand.tables["complaints"] if row["id"] == complaint)


def _share(counts: Sequence[int]) -> list[str]:
    """Of all where there is but one list."""
    part, whole = counts[0], counts[1] if len(counts) > 1 else counts[0]
    return [f"{100 * part / whole:.1f}", str(part), str(whole)] if whole else ["–"]


def _change(counts: Sequence[int]) -> list[str]:
    return [f"{abs(100 * (counts[0] - counts[1]) / counts[1]):.1f}"]


def _points(counts: Sequence[int]) -> list[str]:
    rates = [100 * part / whole for part, whole in zip(counts[::2], counts[1::2], strict=True)]
    return [f"{abs(rates[0] - (rates[1] if len(rates) > 1 else 100)):.1f}"]


_RULES: tuple[tuple[Callable[[Number], bool], Callable[[Sequence[int]], list[str]]], ...] = (
    (lambda n: n.behind.startswith(" 个百分点"), _points),
    (lambda n: n.text.startswith(("+", "-")) and n.text.endswith("%"), _change),
    (lambda n: n.before.endswith(("增加 ", "减少 ")), lambda counts: [str(abs(counts[0] - counts[1]))]),
    (lambda n: n.before.endswith("月均 "), lambda counts: [f"{counts[0] / (len(counts) - 1):.1f}"]),
    (lambda n: n.behind.startswith(" 个月共"), lambda counts: [str(len(counts) - 1)]),
    (lambda n: n.behind.startswith(" 项；前"), lambda counts: [str(len(counts) - 1)]),
    (lambda n: n.before.endswith("；前 "), lambda counts: [str(len(counts) - 2)]),
)
