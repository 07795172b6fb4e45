"""The test page of 套打: a ruler over the whole sheet, and the room of every value where it will be printed."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.domain.print_style import Shift
from crm_desktop.exporters.files import checked_target, replacing
from crm_desktop.exporters.form_page import FormPage, draw_stock
from crm_desktop.exporters.pdf_page import A4, MM, SUFFIXES, Printed
from crm_desktop.exporters.pdf_stock import StockPaper
from crm_desktop.exporters.pdf_style import CAPTION, PALE, Style

_EVERY = 10  # mm between two lines of the ruler
_NUMBER = Style(5.5, 7, ink=CAPTION)
_TOLD = Style(9, 13, bold=True)
_WHITE = "1 g"
_TELLS = "套打测试页　右移 {right:g} mm　下移 {down:g} mm　红框压在格子上就对了；差几毫米，在“设置 → 打印”里改几毫米"


def write_test(form: FormPage, shift: Shift, target: Path) -> Printed:
    """Print the empty ``form``'s rooms over the ruler; raises what ``form_page.write_pages`` raises."""
    with replacing(checked_target(target, SUFFIXES)) as new:
        paper = StockPaper(new.stream, A4, f"{form.title} 套打测试页", form.letterhead.dealer_name, shift)
        paper.on_stock(False)
        _draw_ruler(paper)
        told = _TELLS.format(right=shift.right, down=shift.down)
        paper.fill(A4[0] / 2 - _TOLD.width(told) / 2, A4[1] - 3 * MM - _TOLD.leading, _TOLD.width(told), 13, _WHITE)
        paper.write(told, A4[0] / 2, A4[1] - 3 * MM, _TOLD, "centre")
        paper.on_stock(True)
        paper.boxes = True
        draw_stock(paper, form)
        paper.showPage()
        paper.save()
    return Printed(new.path, 1, paper.missing)


def _draw_ruler(paper: StockPaper) -> None:
    """Millimetres from the upper left corner of the sheet, as one measures them with a ruler."""
    width, height = A4
    for mm in range(0, int(width / MM) + 1, _EVERY):
        paper.rule(mm * MM, 0, mm * MM, height, 0.3, CAPTION if mm % 50 == 0 else PALE)
        paper.write(str(mm), mm * MM + 1, height - 8 * MM, _NUMBER)
    for mm in range(0, int(height / MM) + 1, _EVERY):
        y = height - mm * MM
        paper.rule(0, y, width, y, 0.3, CAPTION if mm % 50 == 0 else PALE)
        paper.write(str(mm), 5 * MM, y, _NUMBER)
