"""The 《抱怨/投诉单》 as a workbook page like the paper: one A4 page, upright; longer texts go on to the next."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.domain.complaint_form import TITLE, ComplaintSheet
from crm_desktop.domain.forms import ticks
from crm_desktop.domain.sheets import Box
from crm_desktop.exporters.excel import SUFFIXES, foot, new_book, save
from crm_desktop.exporters.excel_form import Form, Pair
from crm_desktop.exporters.files import checked_target


def write_complaint(sheet: ComplaintSheet, target: Path) -> Path:
    """Write the form and say where it lies (a second name where the target was open elsewhere).

    :raises InvalidInput: for a name that does not end in .xlsx, or a logo that is no picture.
    :raises StorageRefused: when the folder cannot take the file.
    """
    checked_target(target, SUFFIXES)
    book, page = new_book(TITLE, sheet.letterhead)
    form = Form(page)
    words = (f"编号：{sheet.number}", f"日期：{sheet.date}", f"级别：{_boxes(sheet.severity)}")
    form.head(TITLE, sheet.mark, sheet.letterhead, words)
    first = form.row
    _who_and_what(form, sheet)
    _what_was_done(form, sheet)
    if sheet.corrections:
        with form.section("更正"):
            form.text(sheet.corrections, "更正说明（原文不改）：")
    if sheet.signatures:
        with form.section("意见\n签字"):
            form.signatures(sheet.signatures)
    form.rule(first)
    form.fill_page()
    foot(page, left=sheet.footer_left, center=sheet.footer_middle)
    return save(book, target)


def _who_and_what(form: Form, sheet: ComplaintSheet) -> None:
    with form.section("客户\n信息"):
        form.pairs(
            Pair("客户姓名", sheet.customer_name), Pair("联系电话", sheet.phone), Pair("送修人", sheet.brought_by)
        )
        form.pairs(Pair("地址", sheet.address, 3), Pair("客户等级", sheet.customer_grade))
    with form.section("车辆\n信息"):
        form.pairs(Pair("车牌号", sheet.plate), Pair("VIN", sheet.vin), Pair("车型", sheet.model))
        form.pairs(
            Pair("行驶里程", sheet.mileage), Pair("购车日期", sheet.bought_on), Pair("委托书号", sheet.order_number)
        )
        form.pairs(Pair("服务顾问", sheet.adviser), Pair("主修技师", sheet.technician, 3))
    with form.section("接收"):
        form.pairs(Pair("接收渠道", _boxes(sheet.channel), 5))
        form.pairs(
            Pair("受理时间", sheet.received_at),
            Pair("响应截止", sheet.respond_due),
            Pair("解决截止", sheet.resolve_due),
        )
        form.pairs(Pair("移交", sheet.handed_over), Pair("响应", sheet.responded), Pair("解决", sheet.resolved))
        form.pairs(Pair("接收人", sheet.received_by), Pair("类别", sheet.category, 3))
    with form.section("抱怨\n内容"):
        form.text(sheet.words)
        form.pairs(Pair("诉求", sheet.demand, 5))
        form.pairs(Pair("当面答复", sheet.first_reply, 5))


def _what_was_done(form: Form, sheet: ComplaintSheet) -> None:
    with form.section("根本\n原因"):
        form.pairs(Pair("责任线", _boxes(sheet.line), 3), Pair("责任人", sheet.responsible))
        form.text(sheet.root_cause, "抱怨产生根本原因分析：")
    with form.section("缺点\n纠正"):
        form.text(sheet.correction, "缺点纠正：")
        form.pairs(Pair("解决措施", sheet.solution, 5))
        form.pairs(Pair("安抚措施", sheet.soothing, 5))
        form.pairs(
            Pair("是否返修", _boxes(sheet.rework)),
            Pair("返修委托书号", sheet.rework_order_number),
            Pair("修竣日期", sheet.rework_finished_on),
        )
    with form.section("长期\n措施"):
        form.text(sheet.long_term_measure, "长期质量保证的措施（谁 · 做什么 · 何时 · 多少 · 怎么验证）：")
    with form.section("回访"):
        form.pairs(Pair("回访人", sheet.follow_up_by), Pair("回访时间", sheet.followed_up_at, 3))
        form.pairs(Pair("回访结果", _boxes(sheet.satisfaction), 5))
        form.pairs(Pair("顾客反馈", sheet.feedback, 5))


def _boxes(boxes: tuple[Box, ...]) -> str:
    return ticks(boxes, " ")
