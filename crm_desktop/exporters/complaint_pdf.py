"""《抱怨/投诉单》 on one A4 page, as filled at the desk or empty for the pen; what is longer goes on a 续页."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from crm_desktop.domain.complaint_form import TITLE, ComplaintSheet, Signature
from crm_desktop.domain.sheets import Box
from crm_desktop.exporters.files import checked_target, replacing
from crm_desktop.exporters.form_grid import Cell, FormRow, Section, Space, draw_form
from crm_desktop.exporters.pdf_letterhead import dealer, document
from crm_desktop.exporters.pdf_lines import shrunk, wrapped
from crm_desktop.exporters.pdf_page import A4, MM, SUFFIXES, PdfPaper, Printed
from crm_desktop.exporters.pdf_qr import draw_qr
from crm_desktop.exporters.pdf_style import CAPTION, RED, Style
from crm_desktop.exporters.qr_code import LONGEST

_LEFT, _TOP, _BOTTOM = 12 * MM, 9 * MM, 9 * MM
_WIDTH = A4[0] - 2 * _LEFT
_RIGHT = A4[0] - _LEFT
_HEAD_HEIGHT, _FOOT_HEIGHT = 24.5 * MM, 6 * MM
_QR = 18.5 * MM
_LOGO = (44 * MM, 8.5 * MM)
_BESIDE_TITLE = 12.0
_SIDE = (58 * MM, 18 * MM)  # for logo and dealership, left of the title

_TITLE = Style(20, 28, bold=True)
_MARK = Style(12, 18, bold=True, ink=RED)
_DEALERS = (Style(9, 12), Style(7.5, 10), Style(6, 8))  # the first that is small enough for the name
_SMALL = Style(8, 11, ink=CAPTION)
_HEAD = Style(9.5, 14)
_NUMBER = Style(9.5, 14, bold=True)

_SIGNATURE_ROW = 16 * MM
_SIGNATURES_A_ROW = 3
_STEPS_HINT = "（谁 · 做什么 · 何时 · 多少 · 怎么验证）"


def write_complaint(sheet: ComplaintSheet, target: Path) -> Printed:
    """Print one form.

    :raises InvalidInput: for a name that does not end in .pdf.
    :raises StorageRefused: when the folder cannot take the file.
    """
    with replacing(checked_target(target, SUFFIXES)) as new:
        paper = PdfPaper(new.stream, A4, f"{TITLE} {sheet.number}".strip(), sheet.letterhead.dealer_name)
        pages = _draw_pages(paper, sheet)
        paper.save()
    return Printed(new.path, pages, paper.missing)


def _draw_pages(paper: PdfPaper, sheet: ComplaintSheet) -> int:
    """Draw page after page until no text is left; each is kept back until the number of pages is known."""
    sections, drawn = list(_sections(sheet)), 0
    space = Space(_LEFT, A4[1] - _TOP - _HEAD_HEIGHT, _WIDTH, A4[1] - _TOP - _BOTTOM - _HEAD_HEIGHT - _FOOT_HEIGHT)
    pages = []
    while sections:
        sections = draw_form(paper, sections, space, whole=not drawn)
        pages.append(paper.taken())
        drawn += 1
    for number, page in enumerate(pages, 1):
        _draw_head(paper, sheet, continued=number > 1)
        paper.addLiteral(page)
        _draw_foot(paper, sheet, f"第 {number} 页/共 {drawn} 页")
        paper.showPage()
    return drawn


def _draw_head(paper: PdfPaper, sheet: ComplaintSheet, continued: bool) -> None:
    """Dealership left, title in the middle, QR code right; number, day and severity in one line under them."""
    top = A4[1] - _TOP
    _draw_dealer(paper, sheet, top)
    title = f"{TITLE}（续页）" if continued else TITLE
    paper.write(title, A4[0] / 2, top - 4, _TITLE, "centre")
    if sheet.mark:
        _draw_mark(paper, sheet.mark, A4[0] / 2 + _TITLE.width(title) / 2 + 10, top - 9)
    if 0 < len(sheet.number.encode()) <= LONGEST:
        draw_qr(paper, sheet.number, _RIGHT - _QR, top - _QR, _QR)
    line = top - _HEAD_HEIGHT + _HEAD.leading + 2.5
    _draw_pair(paper, "编号", sheet.number, _LEFT, line, 42 * MM)
    _draw_pair(paper, "日期", sheet.date, _LEFT + 52 * MM, line, 34 * MM)
    paper.write(f"级别　{_ticks(sheet.severity)}", _LEFT + 95 * MM, line, _HEAD)
    paper.write(document(sheet.letterhead), _RIGHT, line, _HEAD, "right")


def _draw_dealer(paper: PdfPaper, sheet: ComplaintSheet, top: float) -> None:
    width, height = _SIDE
    if sheet.letterhead.logo:
        paper.picture(sheet.letterhead.logo, _LEFT, top - _LOGO[1], *_LOGO)
        top -= _LOGO[1] + 1.5
        height -= _LOGO[1] + 1.5
    else:
        top -= _BESIDE_TITLE
        height -= _BESIDE_TITLE
    for style in _DEALERS:
        lines = wrapped(dealer(sheet.letterhead), style, width)
        if len(lines) * style.leading <= height:
            break
    paper.write_lines(lines, _LEFT, top, style)


def _draw_mark(paper: PdfPaper, mark: str, x: float, top: float) -> None:
    """作废 or 更正 as a stamp beside the title."""
    width = _MARK.width(mark) + 12
    paper.frame(x, top - _MARK.leading, width, _MARK.leading, 1.2, RED)
    paper.write(mark, x + 6, top, _MARK)


def _draw_pair(paper: PdfPaper, label: str, text: str, x: float, top: float, width: float) -> None:
    """A word and what belongs to it, or a line to write on."""
    paper.write(label, x, top, _HEAD)
    begin = x + _HEAD.width(label) + 6
    if text:
        paper.write(text, begin, top, shrunk(text, _NUMBER, x + width - begin))
    else:
        paper.rule(begin, top - _HEAD.leading, x + width, top - _HEAD.leading, 0.5)


def _draw_foot(paper: PdfPaper, sheet: ComplaintSheet, page: str) -> None:
    top = _BOTTOM + _SMALL.leading
    paper.write(sheet.footer_left, _LEFT, top, _SMALL)
    paper.write(sheet.footer_middle, A4[0] / 2, top, _SMALL, "centre")
    paper.write(page, _RIGHT, top, _SMALL, "right")


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
            _fields(接收渠道=_ticks(sheet.channel)),
            _fields(受理时间=sheet.received_at, 响应截止=sheet.respond_due, 解决截止=sheet.resolve_due),
            FormRow((Cell(sheet.category, "类别", share=2), Cell(sheet.received_by, "接收人"))),
        ),
    )
    yield from _handling(sheet)
    yield Section(
        "回访",
        (
            FormRow((Cell(sheet.follow_up_by, "回访人"), Cell(_ticks(sheet.satisfaction), "结果", share=2))),
            FormRow((Cell(sheet.followed_up_at, "回访时间"), Cell(sheet.feedback, "顾客反馈", share=2))),
        ),
    )
    yield Section("意见签字", tuple(_signature_rows(sheet.signatures)))


def _handling(sheet: ComplaintSheet) -> Iterable[Section]:
    yield Section(
        "抱怨内容",
        (
            FormRow((Cell(sheet.words, caption="抱怨/投诉内容", hint="（顾客原话）"),), weight=30),
            _fields(诉求=sheet.demand),
            _fields(当面答复=sheet.first_reply),
        ),
    )
    yield Section(
        "根本原因",
        (
            FormRow((Cell(_ticks(sheet.line), "责任线", share=2), Cell(sheet.responsible, "责任人"))),
            FormRow((Cell(sheet.root_cause, caption="抱怨产生根本原因分析"),), weight=24),
        ),
    )
    yield Section(
        "缺点纠正",
        (
            FormRow((Cell(sheet.correction, caption="缺点纠正"),), weight=19),
            FormRow((Cell(sheet.solution, caption="解决措施"), Cell(sheet.soothing, caption="安抚措施")), weight=19),
            _fields(
                是否返修=_ticks(sheet.rework), 返修委托书号=sheet.rework_order_number, 修竣日期=sheet.rework_finished_on
            ),
        ),
    )
    yield Section(
        "长期措施",
        (FormRow((Cell(sheet.long_term_measure, caption="长期质量保证的措施", hint=_STEPS_HINT),), weight=26),),
    )


def _signature_rows(signatures: tuple[Signature, ...]) -> Iterable[FormRow]:
    for first in range(0, len(signatures), _SIGNATURES_A_ROW):
        blocks = signatures[first : first + _SIGNATURES_A_ROW]
        yield FormRow(tuple(map(_signature, blocks)), least=_SIGNATURE_ROW)


def _signature(block: Signature) -> Cell:
    heading = "　".join(part for part in (block.heading, _ticks(block.boxes)) if part)
    return Cell(block.note, caption=heading, foot=(f"签字：{block.name}", f"日期：{block.signed_on}"))


def _fields(**texts: str) -> FormRow:
    """Labels and what stands beside them."""
    return FormRow(tuple(Cell(text, label) for label, text in texts.items()))


def _ticks(boxes: Iterable[Box]) -> str:
    return "　".join(f"{'☑' if box.ticked else '□'}{box.label}" for box in boxes)
