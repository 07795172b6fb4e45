"""《抱怨/投诉单》 on one A4 page, as filled at the desk or empty for the pen; what is longer goes on a 续页."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from crm_desktop.domain.complaint_form import TITLE, ComplaintSheet
from crm_desktop.domain.forms import ticks
from crm_desktop.domain.paper_codes import BLANK
from crm_desktop.domain.print_style import PLAIN, PrintStyle
from crm_desktop.exporters.form_grid import Cell, FormRow, Section
from crm_desktop.exporters.form_page import FormPage, signature_rows, write_pages
from crm_desktop.exporters.pdf_page import Printed

_STEPS_HINT = "（谁 · 做什么 · 何时 · 多少 · 怎么验证）"


def write_complaint(
    sheet: ComplaintSheet, target: Path, style: PrintStyle = PLAIN, blank: ComplaintSheet | None = None
) -> Printed:
    """Print one form, ``blank`` being the empty one that stock was printed from; raises what ``write_pages`` raises."""
    page = complaint_page(sheet)
    if style.stock is not None and blank is not None:
        page = replace(page, stock=complaint_page(blank).sections)
    return write_pages([page], target, style)


def complaint_page(sheet: ComplaintSheet) -> FormPage:
    """The form ready to draw."""
    return FormPage(
        title=TITLE,
        letterhead=sheet.letterhead,
        sections=tuple(_sections(sheet)),
        number=sheet.number,
        date=sheet.date,
        head=f"级别　{ticks(sheet.severity)}",
        mark=sheet.mark,
        footer_left=sheet.footer_left,
        footer_middle=sheet.footer_middle,
        code=sheet.number or BLANK,
    )


def _sections(sheet: ComplaintSheet) -> Iterable[Section]:
    """The nine sections in the order of the paper (facts.md 2.3)."""
    yield Section(
        "客户信息",
        (
            _fields(客户姓名=sheet.customer_name, 联系电话=sheet.phone, 送修人=sheet.brought_by),
            FormRow((Cell(sheet.address, "地址", share=2), Cell(sheet.customer_grade, "客户等级"))),
        ),
    )
    yield Section(
        "车辆信息",
        (
            _fields(车牌号=sheet.plate, VIN=sheet.vin, 行驶里程=sheet.mileage),
            FormRow((Cell(sheet.model, "车型", share=2), Cell(sheet.bought_on, "购车日期"))),
            _fields(委托书号=sheet.order_number, 服务顾问=sheet.adviser, 主修技师=sheet.technician),
        ),
    )
    yield Section(
        "接收",
        (
            _fields(接收渠道=ticks(sheet.channel)),
            _fields(受理时间=sheet.received_at, 响应截止=sheet.respond_due, 解决截止=sheet.resolve_due),
            _fields(移交=sheet.handed_over, 响应=sheet.responded, 解决=sheet.resolved),
            FormRow((Cell(sheet.category, "类别", share=2), Cell(sheet.received_by, "接收人"))),
        ),
    )
    yield from _handling(sheet)
    yield Section(
        "回访",
        (
            FormRow((Cell(sheet.follow_up_by, "回访人"), Cell(ticks(sheet.satisfaction), "结果", share=2))),
            FormRow((Cell(sheet.followed_up_at, "回访时间"), Cell(sheet.feedback, "顾客反馈", share=2))),
        ),
    )
    if sheet.corrections:
        yield Section("更正", (FormRow((Cell(sheet.corrections, caption="更正说明", hint="（原文不改）"),), weight=8),))
    yield Section("意见签字", tuple(signature_rows(sheet.signatures)))


def _handling(sheet: ComplaintSheet) -> Iterable[Section]:
    yield Section(
        "抱怨内容",
        (
            FormRow((Cell(sheet.words, caption="抱怨/投诉内容", hint="（顾客原话）"),), weight=30, pen_lines=3),
            _fields(诉求=sheet.demand),
            _fields(当面答复=sheet.first_reply),
        ),
    )
    yield Section(
        "根本原因",
        (
            FormRow((Cell(ticks(sheet.line), "责任线", share=2), Cell(sheet.responsible, "责任人"))),
            FormRow((Cell(sheet.root_cause, caption="抱怨产生根本原因分析"),), weight=24, pen_lines=3),
        ),
    )
    yield Section(
        "缺点纠正",
        (
            FormRow((Cell(sheet.correction, caption="缺点纠正"),), weight=19, pen_lines=3),
            FormRow(
                (Cell(sheet.solution, caption="解决措施"), Cell(sheet.soothing, caption="安抚措施")),
                weight=19,
                pen_lines=2,
            ),
            _fields(
                是否返修=ticks(sheet.rework), 返修委托书号=sheet.rework_order_number, 修竣日期=sheet.rework_finished_on
            ),
        ),
    )
    yield Section(
        "长期措施",
        (
            FormRow(
                (Cell(sheet.long_term_measure, caption="长期质量保证的措施", hint=_STEPS_HINT),),
                weight=26,
                pen_lines=3,
            ),
        ),
    )


def _fields(**texts: str) -> FormRow:
    """Labels and what stands beside them."""
    return FormRow(tuple(Cell(text, label) for label, text in texts.items()))
