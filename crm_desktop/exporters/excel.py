"""Any list as a workbook that prints as it is, and in which nothing anybody wrote can become a formula."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell, WriteOnlyCell
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.sheets import Kind, Letterhead, Row, TableSheet
from crm_desktop.domain.text import clean_text
from crm_desktop.exporters.excel_rows import Styles, cell_text, line_count, row_height, row_texts, save_with_rows
from crm_desktop.exporters.files import ExportStopped, checked_target, replacing

FONT = "微软雅黑"
EMPTY = "本期没有记录"
SUFFIXES = (".xlsx",)
TITLE_ROW, UNDER_TITLE_ROW, HEADER_ROW = 1, 2, 3
PAGE_NUMBER = "第 &P 页/共 &N 页"
LABEL_FILL = PatternFill("solid", fgColor="F2F2F2")

_A4 = 9
_MM = 1 / 25.4
_LOGO_PIXELS = (110, 30)
_STEP = 200  # rows between two looks at progress and cancel
_FORMATS = {Kind.TEXT: "@", Kind.DATE: "yyyy-mm-dd", Kind.TIME: "yyyy-mm-dd hh:mm", Kind.INTEGER: "0"}
_SIDES = {Kind.TEXT: "left", Kind.DATE: "center", Kind.TIME: "center", Kind.INTEGER: "right"}
_NAME_UNITS = 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("/\\:?*[]'", " "))


def write_table(
    sheet: TableSheet[Row],
    target: Path,
    *,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Path:
    """Write the list and say where it lies (a second name where the target was open elsewhere).

    Row 1 is the title, row 2 dealership and period, row 3 the headings. ``progress`` hears the number of rows done.

    :raises InvalidInput: for a name that does not end in .xlsx, or a text or list too long for Excel.
    :raises StorageRefused: when the folder cannot take the file.
    :raises ExportStopped: when ``cancelled`` says so.
    """
    book, page = new_book(sheet.title, sheet.letterhead)
    _write_head(page, sheet)
    last = HEADER_ROW
    with replacing(checked_target(target, SUFFIXES)) as new, TemporaryFile(dir=target.parent) as rows:
        for last, text in enumerate(row_texts(sheet, _styles(page), HEADER_ROW + 1), HEADER_ROW + 1):
            rows.write(text)
            if (last - HEADER_ROW) % _STEP == 0:
                _pause(last - HEADER_ROW, progress, cancelled)
        _pause(last - HEADER_ROW, progress, cancelled)
        rows.seek(0)
        page.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(sheet.columns))}{last}"
        if last == HEADER_ROW:
            last += 1
            _say_empty(page, len(sheet.columns))
        save_with_rows(book, rows, last, new.stream)
    return new.path


def new_book(title: str, letterhead: Letterhead) -> tuple[Workbook, Worksheet]:
    """A workbook with one page: A4, as wide as the paper, numbered in the footer."""
    book = Workbook()
    book.properties.creator = clean_text(letterhead.dealer_name)
    book.properties.title = clean_text(title)
    page = book.worksheets[0]
    set_up(page, title)
    return book, page


def set_up(page: Worksheet, name: str) -> None:
    """A worksheet that prints on A4, as wide as the paper, numbered in the footer."""
    page.title = sheet_name(name)
    page.page_setup.paperSize = _A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_options.horizontalCentered = True
    page.page_margins.left = page.page_margins.right = page.page_margins.top = 10 * _MM
    page.page_margins.bottom = 15 * _MM
    page.page_margins.header = page.page_margins.footer = 7 * _MM
    foot(page)


def save(book: Workbook, target: Path) -> Path:
    """Save a small workbook and say where it lies; raises StorageRefused when the folder cannot take it."""
    whole = BytesIO()  # straight into a full disk, openpyxl would leave its zip half open and complain later
    with replacing(target) as new:
        book.save(whole)
        new.stream.write(whole.getbuffer())
    return new.path


def foot(page: Worksheet, left: str = "", center: str = "") -> None:
    """The page's footer: the page number in the middle, or at the right of what else stands there."""
    footer = HeaderFooterItem()
    footer.left.text = left.replace("&", "&&") or None
    footer.center.text = center.replace("&", "&&") or PAGE_NUMBER
    footer.right.text = PAGE_NUMBER if center else None
    footer.left.size = footer.center.size = footer.right.size = 8
    page.HeaderFooter.oddFooter = footer
    page.HeaderFooter.scaleWithDoc = False  # a wide list is printed small, its page number is not


def place_logo(page: Worksheet, logo: bytes | None, anchor: str) -> None:
    """The dealership's sign with its upper left corner in a cell, as large as the title's row allows.

    :raises InvalidInput: when the bytes are no picture.
    """
    if not logo:
        return
    try:
        picture = Image(BytesIO(logo))
    except OSError as error:
        raise InvalidInput("经销商标志不是能打开的图片，请在设置里换成 PNG 或 JPEG 图片。") from error
    scale = min(_LOGO_PIXELS[0] / picture.width, _LOGO_PIXELS[1] / picture.height)
    picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)
    page.add_image(picture, anchor)


def put(page: Worksheet, row: int, column: int, text: str) -> Cell | MergedCell:
    """Put text from people into a cell: it stays text whatever it begins with (``=``, ``#N/A``, ``@``).

    :raises InvalidInput: when it is longer than a cell holds.
    """
    cell = page.cell(row, column, cell_text(clean_text(text), page.title) or None)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = True
    return cell


def sheet_name(title: str) -> str:
    """A title as Excel accepts it for a sheet: none of its signs, at most 31 UTF-16 units, never empty."""
    plain = " ".join(clean_text(title).translate(_NOT_IN_NAMES).split())
    while len(plain.encode("utf-16-le")) > 2 * _NAME_UNITS:
        plain = plain[:-1]
    return plain.strip() or "记录"


def frame() -> Border:
    """A thin line on all four sides."""
    side = Side("thin")
    return Border(side, side, side, side)


def dealer_line(letterhead: Letterhead) -> str:
    """Brand and 示范店（7580123）, or what is known of it."""
    return letterhead.dealer


def document_line(letterhead: Letterhead) -> str:
    """文件编号 KG-04-01 / 版本 3, or what is known of it."""
    number = f"文件编号 {letterhead.document_number}" if letterhead.document_number else ""
    version = f"版本 {letterhead.version}" if letterhead.version else ""
    return " / ".join(part for part in (number, version) if part)


def _write_head(page: Worksheet, sheet: TableSheet[Row]) -> None:
    put(page, TITLE_ROW, 1, sheet.title).font = Font(FONT, 16, bold=True)
    place_logo(page, sheet.letterhead.logo, f"{get_column_letter(max(1, len(sheet.columns) - 1))}{TITLE_ROW}")
    known = (dealer_line(sheet.letterhead), sheet.period, document_line(sheet.letterhead))
    put(page, UNDER_TITLE_ROW, 1, "　　".join(part for part in known if part)).font = Font(FONT, 10)
    for place, column in enumerate(sheet.columns, 1):
        heading = put(page, HEADER_ROW, place, column.title)
        heading.font, heading.fill, heading.border = Font(FONT, 10, bold=True), LABEL_FILL, frame()
        heading.alignment = Alignment("center", "center", wrap_text=True)
        page.column_dimensions[get_column_letter(place)].width = column.width
    lines = max((line_count(column.title, column.width) for column in sheet.columns), default=1)
    page.row_dimensions[HEADER_ROW].height = row_height(lines)
    page.page_setup.orientation = "landscape"
    page.print_title_rows = f"{TITLE_ROW}:{HEADER_ROW}"
    page.freeze_panes = f"A{HEADER_ROW + 1}"


def _styles(page: Worksheet) -> Styles:
    """One style for a kind of column, wrapped or not."""
    return {(kind, wrap): _style(page, kind, wrap) for kind in Kind for wrap in (False, True)}


def _style(page: Worksheet, kind: Kind, wrap: bool) -> int:
    cell = WriteOnlyCell(page)
    cell.font, cell.border = Font(FONT, 10), frame()
    cell.alignment = Alignment(_SIDES[kind], "top", wrap_text=wrap)
    cell.number_format = _FORMATS[kind]
    cell.quotePrefix = kind is Kind.TEXT
    return cell.style_id


def _say_empty(page: Worksheet, columns: int) -> None:
    row = HEADER_ROW + 1
    put(page, row, 1, EMPTY).font = Font(FONT, 10)
    page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)


def _pause(done: int, progress: Callable[[int], None] | None, cancelled: Callable[[], bool] | None) -> None:
    if cancelled is not None and cancelled():
        raise ExportStopped
    if progress is not None:
        progress(done)
