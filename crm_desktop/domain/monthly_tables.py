"""The tables of the monthly report: each cell is final text, and each number names the list behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time

from crm_desktop.domain.monthly import (
    Amount,
    Breakdown,
    Figure,
    LateLine,
    MeasureLine,
    OpenLine,
    PassedLine,
    Past,
    Share,
    Timeliness,
    TypicalCase,
)
from crm_desktop.domain.monthly_charts import running, shortened
from crm_desktop.domain.monthly_keys import (
    OF_CASES,
    OF_COMPLAINT,
    OF_VISITS,
    SUM,
    due_key,
    figure_key,
    late_key,
    opens,
    past_key,
    running_key,
    together,
)
from crm_desktop.domain.report_sheet import Block, Side, Table, spoken
from crm_desktop.domain.sheets import shown

_LONGEST = 40
"""So many lines of a list are printed; what is more stands on the screen behind its number."""
_LEFT: Side = "left"
_RIGHT: Side = "right"
_EARLIER = ("上月", "去年同月")
_LAST = datetime.combine(date.max, time())


def figures_table(group: Iterable[Figure | Share | Amount], past: Sequence[Past] = ()) -> Table:
    """指标, 本月, the months it is compared with, and how it is counted."""
    plain = [
        figure for figure in group if not isinstance(figure, Amount) or not figure.label.startswith(("上月", "去年"))
    ]
    rows = tuple(
        (figure.label, figure.text, *(month.text(figure.label) for month in past), _formula(figure)) for figure in plain
    )
    links = tuple(
        ("", figure.label if _opens(figure) else "", *(_past_link(month, figure.label) for month in past), "")
        for figure in plain
    )
    titles = ("指标", "本月" if past else "数值", *(month.name for month in past), "算法")
    widths = (3.4, 3.2, *(1.9 for _ in past), 5.2)
    return Table(titles, widths, rows, (_LEFT, *(_RIGHT for _ in range(1 + len(past)))), links=links)


def breakdown_table(one: Breakdown) -> Table:
    """Each answer with its count and share, the sum below."""
    total = sum(figure.value for figure in one.figures)
    told, keys = shortened(one)
    rows = [(label, str(count), f"{100 * count / total:.1f} %" if total else "–") for label, count in told]
    of_all = figure_key(one.title, SUM)
    links = [("", key, together(key, of_all)) for key in keys]
    if total:
        rows.append((SUM, str(total), "100.0 %"))
        links.append(("", of_all, of_all))
    rows = rows if total else []
    titles, sides = (one.title, "件数", "占比"), (_LEFT, _RIGHT, _RIGHT)
    return Table(titles, (8, 3, 3), tuple(rows), sides, "本月没有", tuple(links) if total else ())


def pareto_table(one: Breakdown) -> Table:
    """As ``breakdown_table``, with the running share that the 柏拉图 draws."""
    plain, so_far, rows = breakdown_table(one), 0.0, list[tuple[str, ...]]()
    total = sum(figure.value for figure in one.figures)
    for label, count, share in plain.rows:
        so_far += 100 * int(count) / total
        rows.append((label, count, share, "" if label == SUM else f"{so_far:.1f} %"))
    so_far_keys = [*(running_key(one.title, many) for many in running(one)), ""]
    links = tuple((*link, key) for link, key in zip(plain.links, so_far_keys, strict=bool(total)))
    return Table((*plain.titles, "累计"), (8, 3, 3, 3), tuple(rows), (*plain.sides, _RIGHT), plain.nothing, links)


def timeliness_table(steps: Iterable[Timeliness]) -> Table:
    """Each step with what had to be done and what was."""
    rows, links = [], []
    for one in steps:
        share = one.in_time
        late = str(len(one.late))
        rows.append((one.milestone, share.whole.text, share.part.text, late, share.text, share.formula))
        links.append(("", due_key(one.milestone), share.label, late_key(one.milestone), share.label, ""))
    titles = ("步骤", "应办", "按时", "超期", "及时率", "算法")
    sides = (_LEFT, _RIGHT, _RIGHT, _RIGHT, _RIGHT)
    return Table(titles, (2, 1.5, 1.5, 1.5, 3, 4), tuple(rows), sides, links=tuple(links))


def late_table(lines: Sequence[LateLine]) -> Iterator[Block]:
    """The latest first, each with its reason, or that none was written."""
    ranked = sorted(lines, key=_latest_first)
    rows = tuple(
        (line.number, line.milestone, shown(line.due), shown(line.done) or "未完成", span(line.late_minutes),
         line.responsible, line.reason or "没有写原因")
        for line in ranked[:_LONGEST]
    )  # fmt: skip
    links = tuple((f"{OF_COMPLAINT}{line.number}", *[""] * 6) for line in ranked[:_LONGEST])
    titles = ("单号", "步骤", "应完成", "实际完成", "超期", "责任人", "原因")
    yield Table(titles, (3, 1.2, 2.8, 2.8, 2, 1.8, 3.4), rows, nothing="本月没有超期", links=links)
    yield from _rest([line.number for line in ranked], "超期最久的", "在程序里点开“超期”的数字查看")


def case_table(one: TypicalCase) -> Table:
    """One case told in the order of the form."""
    rows = (
        ("概要", f"{one.about}（选它：{one.why_chosen}）"),
        ("现象", one.words),
        ("缺点纠正", one.correction or "还没有写"),
        ("根本原因", one.root_cause or "还没有写"),
        ("长期措施", one.long_term_measure or "还没有写"),
        ("结果", one.result),
    )
    return Table(("", ""), (2, 12), rows, links=((f"{OF_COMPLAINT}{one.number}", ""), *[("", "")] * 5))


def measures_table(lines: Sequence[MeasureLine]) -> Table:
    """措施跟踪表 as facts.md section 4 has it."""
    rows = tuple(
        (str(place), line.number, line.complaints, line.what, line.who, shown(line.due_on), shown(line.done_on),
         line.verify, line.state)
        for place, line in enumerate(lines, 1)
    )  # fmt: skip
    links = tuple(("", "", _of_first(line.complaints), *[""] * 6) for line in lines)
    titles = ("序", "措施号", "抱怨单号", "措施", "责任人", "计划", "完成", "验证方法", "状态")
    return Table(titles, (0.6, 1.8, 2.3, 5, 1.3, 1.6, 1.6, 3, 1.4), rows, nothing="没有要跟踪的措施", links=links)


def proof_table(lines: Sequence[MeasureLine]) -> Table:
    """有效性评估: what was counted before and after, every recurrence, who judged."""
    judged = [line for line in lines if line.evaluator]
    rows = tuple(
        (line.number, line.before, line.after, line.recurrences or "无", line.state, line.evaluator, line.basis)
        for line in judged
    )
    titles = ("措施号", "之前", "之后", "再发", "结论", "评估人", "依据")
    sides = (_LEFT, _RIGHT, _RIGHT)
    links = tuple(
        (
            "",
            *_counted_links(line),
            _of_first(line.recurrences),
            *[""] * 3,
        )
        for line in judged
    )
    return Table(titles, (1.8, 1.5, 1.5, 3, 1.4, 1.4, 4), rows, sides, "本月没有评估", links)


def passed_table(lines: Iterable[PassedLine]) -> Table:
    """Every time vague words were let pass, with the reason."""
    told = tuple(lines)
    rows = tuple((line.number, line.about, line.who, line.reason) for line in told)
    links = tuple((_of_first(line.number), "", "", "") for line in told)
    return Table(("单号", "栏目", "放行人", "原因"), (3, 2, 2, 7), rows, nothing="本月没有放行", links=links)


def unfinished_table(lines: Iterable[OpenLine]) -> Iterator[Block]:
    """What is left for next month, what is due first comes first."""
    ranked = sorted(lines, key=_due_first)
    rows = tuple((o.number, o.what, shown(o.since), shown(o.due), o.who) for o in ranked[:_LONGEST])
    links = tuple((_of_first(line.number), *[""] * 4) for line in ranked[:_LONGEST])
    titles = ("单号", "事项", "受理/完成", "应完成", "责任人")
    yield Table(titles, (3.4, 3, 2.2, 3, 2.4), rows, nothing="没有未完事项", links=links)
    yield from _rest([line.number for line in ranked], "最先到期的", "见“抱怨投诉”的未关闭和“纠正预防”")


def of_cases(numbers: Sequence[str]) -> str:
    """The link to these complaints and measures; to an empty list where there are none."""
    return OF_CASES + "、".join(numbers)


def span(minutes: int) -> str:
    """1天2小时, 3小时5分, 40分: the two largest parts."""
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    parts = [f"{number}{unit}" for number, unit in ((days, "天"), (hours, "小时"), (left, "分")) if number]
    return "".join(parts[:2])


def _rest(numbers: Sequence[str], which: str, where: str) -> Iterator[Block]:
    if len(numbers) > _LONGEST:
        many = opens(str(len(numbers)), of_cases(numbers))
        printed = opens(str(_LONGEST), of_cases(numbers[:_LONGEST]))
        yield spoken(f"共 {many} 行，这里印{which} {printed} 行，其余{where}。")


def _counted_links(line: MeasureLine) -> Iterator[str]:
    """What the register counted opens its complaints and the visits they are told of 100 of; what a person told opens
    the measure.
    """
    for text, numbers, window in zip((line.before, line.after), line.numbers, line.windows, strict=True):
        cases = of_cases(numbers if numbers or text.startswith("0") else (line.number,))
        yield together(cases, f"{OF_VISITS}{window}" if window else "")


def _past_link(month: Past, label: str) -> str:
    """What the number of an earlier month opens; nothing where it had none."""
    figure = month.figures.get(label)
    return past_key(month.name, label) if month.known and figure is not None and _opens(figure) else ""


def _opens(figure: Figure | Share | Amount) -> bool:
    return not isinstance(figure, Amount) or figure.part is not None


def _formula(figure: Figure | Share | Amount) -> str:
    return "" if isinstance(figure, Figure) else figure.formula


def _of_first(numbers: str) -> str:
    first = numbers.split("、", maxsplit=1)[0]
    return f"{OF_COMPLAINT}{first}" if first.startswith("TS") else ""


def _latest_first(line: LateLine) -> tuple[int, str]:
    return -line.late_minutes, line.number


def _due_first(line: OpenLine) -> tuple[datetime, str]:
    due = line.due
    if due is None:
        return _LAST, line.number
    return (due if isinstance(due, datetime) else datetime.combine(due, time.max)), line.number
