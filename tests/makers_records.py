"""Makers of the records beside the form: a solution, an evaluation, a list of measures, the same for every run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from crm_desktop.domain.evaluation_form import EvaluationSheet
from crm_desktop.domain.measure_list import COLUMNS, MeasureLine, numbered
from crm_desktop.domain.measures import EvaluationDraft, EvaluationRow, MeasureDraft, MeasureRow
from crm_desktop.domain.sheets import Signature, TableSheet
from crm_desktop.domain.solution_form import Option, SolutionSheet, blank_options, opinion_boxes
from tests.makers_sheets import boxes, letterhead

OPTIONS = (
    Option(
        "A",
        "更换滑阀箱并做自适应学习，11 月 6 日 17:00 前交车，路试 20 km",
        "3,860.00 元",
        "配件有库存，技师排班已确认",
        opinion=opinion_boxes("同意")[0],
    ),
    Option("B", "更换变速箱总成", "18,600.00 元", "最快 11 月 14 日到货", opinion=opinion_boxes("不同意")[0]),
)


def solution_sheet(**changes: object) -> SolutionSheet:
    """A solution agreed on and carried out, with two of three options offered."""
    options, agreed = blank_options(OPTIONS, "A")
    plain = SolutionSheet(
        letterhead=letterhead(),
        number="TS20261103-001",
        date="2026-11-03",
        severity=boxes("一般", "重大", ticked="重大"),
        customer_name="李建国",
        phone="13816675521",
        plate="沪A·8K231",
        vin="LSVAL41Z882104202",
        model="朗逸 1.5L 2023",
        order_number="RO2611030027",
        words="变速箱 2 挡升 3 挡一顿一顿的，每次开两天又犯。",
        demand="彻底修好，给一个书面说法。",
        customer_proposal="换一台新变速箱。",
        options=options,
        agreed=agreed,
        agreed_what="方案A：更换滑阀箱并做自适应学习",
        correction="更换滑阀箱，路试 20 km 换挡平顺。",
        solution="免费更换滑阀箱，提供代步车两天。",
        soothing="服务总监当面致歉，赠保养一次。",
        told="2026-11-05 15:20 电话告知",
        confirmed="2026-11-05",
        done_on="2026-11-06",
        signatures=(Signature("责任人", name="张工"), Signature("服务总监"), Signature("客户（确认商定方案）")),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # field names come as words


def evaluation_sheet(**changes: object) -> EvaluationSheet:
    """An evaluation that found the measure partly effective."""
    plain = EvaluationSheet(
        letterhead=letterhead(),
        number="JY2026-003",
        conclusion=boxes("有效", "部分有效", "无效", ticked="部分有效"),
        signatures=(Signature("评估人", name="王敏", signed_on="2026-12-08"), Signature("服务总监")),
        complaint_number="TS20261103-001",
        date="2026-12-08",
        kind=boxes("纠正", "预防", ticked="预防"),
        who="技术总监",
        due_on="2026-11-08",
        done_on="2026-11-07",
        done_by="张工",
        cause="上次只清了故障码而没有测油压，终检单上没有油压一项。",
        what="在终检单上增加变速箱油压一项，每台终检时测量并记录。",
        amount="每周 10 台",
        verify="每周五抽查 10 台的油压记录，连续 4 周 0 台不合格",
        evidence="终检单第 5 版 2026-11-07 起使用。",
        window="完成后 30 天",
        before="2 件",
        after="1 件",
        recurrences="TS20261125-004 朗逸变速箱顿挫",
        basis="抱怨台账同类件数，终检单抽查记录 4 份。",
        next_step="JY2026-007",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # field names come as words


def measure_row(number: int = 1, **changes: object) -> MeasureRow:
    """A measure carried out and found partly effective."""
    sheet = evaluation_sheet()
    draft = MeasureDraft(
        "预防", sheet.cause, sheet.what, sheet.who, date(2026, 11, 8), sheet.amount, sheet.verify, ("TS20261103-001",)
    )
    made = EvaluationDraft(2, 1, "部分有效", sheet.basis, evaluated_on=date(2026, 12, 8))
    plain = MeasureRow(
        id=number,
        ver=1,
        number=f"JY2026-{number:03d}",
        draft=draft,
        evidence=sheet.evidence,
        done_on=date(2026, 11, 7),
        done_by="张工",
        override_reason="",
        cancelled=False,
        entered_on=date(2026, 11, 3),
        evaluation=EvaluationRow(1, 1, made, "王敏"),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # field names come as words


def measures_sheet(*rows: MeasureRow) -> TableSheet[MeasureLine]:
    """The list of measures on its way to a file."""
    return TableSheet("纠正预防措施", letterhead(), COLUMNS, numbered(rows, date(2026, 12, 10)), "2026年11月")
