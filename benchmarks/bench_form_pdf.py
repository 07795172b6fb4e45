"""One 《抱怨/投诉单》 to PDF against the same form made by platypus with two full 10 MB faces.

    python -m benchmarks.bench_form_pdf

Cold: a whole process that imports what it needs and prints one form. Warm: the further ones of a process that has
printed before, each with a number of its own, so that every one makes its QR code. The peer takes the shipped regular
face for both weights, which costs it what two full faces cost.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.side_by_side import Cost, cpu_of, in_turn, measured, print_table, ratio, report, work_of
from crm_desktop.domain.complaint_form import TITLE, ComplaintSheet
from crm_desktop.domain.sheets import Box
from tests.makers_sheets import complaint_sheet

GOAL = 0.6
WARM_FORMS = 20
Print = Callable[[ComplaintSheet, Path], object]


def ours() -> Print:
    """The program's own exporter."""
    from crm_desktop.exporters.complaint_pdf import write_complaint  # noqa: PLC0415 - not in the peer's process

    return write_complaint


def peer() -> Print:
    """Tables of paragraphs, boxes and signatures, a QR code, two registered faces."""
    from reportlab.pdfbase.pdfmetrics import registerFont  # noqa: PLC0415 - not in our process
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415 - not in our process

    from crm_desktop.paths import resource  # noqa: PLC0415 - beside the fonts it is used for

    for name in ("face", "bold"):
        registerFont(TTFont(name, str(resource("fonts", "NotoSansSC-Regular.ttf"))))
    return print_with_platypus


def print_with_platypus(sheet: ComplaintSheet, target: Path) -> None:
    """The peer's form: the same words in the same order."""
    from xml.sax.saxutils import escape  # noqa: PLC0415 - not in our process

    from reportlab.graphics.barcode.qr import QrCodeWidget  # noqa: PLC0415 - not in our process
    from reportlab.graphics.shapes import Drawing  # noqa: PLC0415 - not in our process
    from reportlab.lib.pagesizes import A4  # noqa: PLC0415 - not in our process
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415 - not in our process
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table  # noqa: PLC0415 - not in our process

    text = ParagraphStyle("text", fontName="face", fontSize=9.5, leading=13.4, wordWrap="CJK")
    label = ParagraphStyle("label", fontName="bold", fontSize=8.5, leading=10.5, wordWrap="CJK")
    title = ParagraphStyle("title", fontName="bold", fontSize=20, leading=28, alignment=1)

    def words(value: str, style: Any = text) -> Any:
        return Paragraph(escape(value).replace("\n", "<br/>"), style)

    def table(rows: list[list[Any]], widths: list[float], heights: float | None = None) -> Any:
        return Table(rows, widths, heights, style=[("GRID", (0, 0), (-1, -1), 0.8, "black")])

    head = sheet.letterhead
    code = Drawing(52, 52)
    code.add(QrCodeWidget(sheet.number, barWidth=52, barHeight=52))
    story = [
        Table([[words(f"{head.dealer_name}（{head.dealer_code}）"), words(TITLE, title), code]], [176, 290, 61]),
        words(f"编号 {sheet.number} 日期 {sheet.date} 级别 {ticks(sheet.severity)} 文件编号 {head.document_number}"),
    ]
    story += [
        table([[part for name, value in row for part in (words(name, label), words(value))]], widths(len(row)))
        for row in field_rows(sheet)
    ]
    story += [table([[[words(name, label), words(value)]]], [527], 44) for name, value in blocks(sheet)]
    signed = [
        [words(s.heading + ticks(s.boxes), label), words(f"签字：{s.name} 日期：{s.signed_on}")]
        for s in sheet.signatures
    ]
    story += [table([signed[:3]], [175] * 3, 45), table([signed[3:]], [263] * 2, 45)]
    story.append(words(f"{sheet.footer_left}　{sheet.footer_middle}　第 1 页/共 1 页"))
    SimpleDocTemplate(str(target), pagesize=A4, leftMargin=30, rightMargin=30, topMargin=20, bottomMargin=10).build(
        story
    )


def field_rows(sheet: ComplaintSheet) -> list[list[tuple[str, str]]]:
    """The rows of labels and what stands beside them."""
    return [
        [("客户姓名", sheet.customer_name), ("联系电话", sheet.phone), ("送修人", sheet.brought_by)],
        [("地址", sheet.address), ("客户等级", sheet.customer_grade)],
        [("车牌号", sheet.plate), ("VIN", sheet.vin), ("行驶里程", sheet.mileage)],
        [("车型", sheet.model), ("购车日期", sheet.bought_on)],
        [("委托书号", sheet.order_number), ("服务顾问", sheet.adviser), ("主修技师", sheet.technician)],
        [("接收渠道", ticks(sheet.channel))],
        [("受理时间", sheet.received_at), ("响应截止", sheet.respond_due), ("解决截止", sheet.resolve_due)],
        [("类别", sheet.category), ("接收人", sheet.received_by)],
        [("诉求", sheet.demand)],
        [("当面答复", sheet.first_reply)],
        [("责任线", ticks(sheet.line)), ("责任人", sheet.responsible)],
        [
            ("是否返修", ticks(sheet.rework)),
            ("返修委托书号", sheet.rework_order_number),
            ("修竣日期", sheet.rework_finished_on),
        ],
        [("回访人", sheet.follow_up_by), ("结果", ticks(sheet.satisfaction))],
        [("回访时间", sheet.followed_up_at), ("顾客反馈", sheet.feedback)],
    ]


def blocks(sheet: ComplaintSheet) -> list[tuple[str, str]]:
    """The long texts."""
    return [
        ("抱怨/投诉内容（顾客原话）", sheet.words),
        ("抱怨产生根本原因分析", sheet.root_cause),
        ("缺点纠正", sheet.correction),
        ("解决措施 / 安抚措施", f"{sheet.solution}\n{sheet.soothing}"),
        ("长期质量保证的措施（谁 · 做什么 · 何时 · 多少 · 怎么验证）", sheet.long_term_measure),
    ]


def widths(pairs: int) -> list[float]:
    """Label and text, as often as there are pairs in the row."""
    return [57, 527 / pairs - 57] * pairs


def ticks(boxes: Iterable[Box]) -> str:
    """Boxes as the peer can print them: its face has no ☑."""
    return "　".join(f"{'■' if box.ticked else '□'}{box.label}" for box in boxes)


def run_child(name: str, forms: int) -> None:
    """One form from a cold start, or one that is not counted and then many that are."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "form.pdf"
        write = {"ours": ours, "peer": peer}[name]()
        write(complaint_sheet(), target)
        if forms > 1:
            sheets = [complaint_sheet(number=f"TS20261103-{n:03}") for n in range(2, forms + 2)]
            measured(partial(write_all, write, sheets, target))


def write_all(write: Print, sheets: list[ComplaintSheet], target: Path) -> None:
    """One form after the other."""
    for sheet in sheets:
        write(sheet, target)


def command(name: str, forms: int) -> list[str]:
    """The child's command line."""
    return [sys.executable, "-m", "benchmarks.bench_form_pdf", name, str(forms)]


def compare(title: str, contenders: dict[str, Callable[[], Cost]]) -> None:
    """Both in turn, and the ratio against the goal."""
    costs = in_turn(contenders)
    print(f"\n{title}")
    print_table(costs, base="peer")
    report(title, ratio(costs["ours"], costs["peer"]), GOAL)


def main() -> None:
    """First form, then further ones."""
    compare("first form of the process", {name: partial(cpu_of, command(name, 1)) for name in ("ours", "peer")})
    compare(
        f"{WARM_FORMS} further forms", {name: partial(work_of, command(name, WARM_FORMS)) for name in ("ours", "peer")}
    )


if __name__ == "__main__":
    if len(sys.argv) == 3:
        run_child(sys.argv[1], int(sys.argv[2]))
    else:
        main()
