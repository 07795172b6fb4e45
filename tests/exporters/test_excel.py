"""What a list looks like when it is read back: values, types, styles, print setup, and nothing that runs."""

from __future__ import annotations

import subprocess
import sys
import weakref
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from crm_desktop.domain.errors import InvalidInput, StorageRefused
from crm_desktop.domain.register import COLUMNS, RegisterRow
from crm_desktop.domain.sheets import CellValue, Column, Kind, Letterhead, TableSheet
from crm_desktop.domain.text import clean_text
from crm_desktop.exporters.excel import sheet_name, write_table
from crm_desktop.exporters.excel_rows import line_count
from crm_desktop.exporters.files import ExportStopped
from tests.makers_sheets import letterhead, register_row, register_rows, register_sheet

HOSTILE = ["=cmd|'/c calc'!A1", "+1+1", "-1+1", "@SUM(A1)", "#N/A", '=HYPERLINK("http://x")', "TRUE", "1.38E+10", "007"]
FIRST = 4


def written(folder: Path, *rows: RegisterRow, **changes: str) -> Worksheet:
    return page_of(write_table(register_sheet(*rows, **changes), folder / "记录.xlsx"))


def page_of(path: Path) -> Worksheet:
    return load_workbook(path).worksheets[0]


def cell(page: Worksheet, title: str, row: int = FIRST) -> Cell:
    place = [column.title for column in COLUMNS].index(title) + 1
    found = page.cell(row, place)
    assert isinstance(found, Cell)
    return found


def table(kind: Kind, *values: CellValue, wrap: bool = False, title: str = "表") -> TableSheet[CellValue]:
    return TableSheet(title, letterhead(), (Column("值", itself, kind, 20, wrap),), values)


def itself(value: CellValue) -> CellValue:
    return value


def test_the_29_titles_stand_in_one_row_in_their_order(tmp_path: Path):
    page = written(tmp_path, register_row())
    assert [heading.value for heading in page[3]] == [column.title for column in COLUMNS]
    assert len(COLUMNS) == 29


def test_title_dealership_period_and_document_number_stand_above(tmp_path: Path):
    page = written(tmp_path, register_row())
    assert page["A1"].value == "顾客抱怨及返修记录"
    for part in ("示范上汽大众 4S 店（7580123）", "2026年11月", "文件编号 KG-04-01 / 版本 3"):
        assert part in str(page["A2"].value)


def test_a_dealership_without_a_name_yet_leaves_the_line_to_the_period(tmp_path: Path):
    sheet = TableSheet("记录", Letterhead(), COLUMNS, (register_row(),), "2026年11月")
    assert page_of(write_table(sheet, tmp_path / "a.xlsx"))["A2"].value == "2026年11月"


def test_every_value_comes_back_with_its_type(tmp_path: Path):
    rows = list(register_rows(40))
    page = written(tmp_path, *rows)
    for number, row in enumerate(rows, FIRST):
        read = [value.date() if isinstance(value, datetime) else value for value in values(page, number)]
        assert read == [column.value(row) or None for column in COLUMNS]


def values(page: Worksheet, row: int) -> list[object]:
    return [found.value for found in page[row]]


@pytest.mark.parametrize("title", ["联系电话", "VIN", "委托书号", "抱怨单号", "返修委托书号"])
def test_phone_vin_and_order_numbers_are_text(tmp_path: Path, title: str):
    page = written(tmp_path, register_row(phone="01088886666", vin="12345678901234567", number="20261103001"))
    found = cell(page, title)
    assert (found.data_type, found.number_format, found.quotePrefix) == ("s", "@", True)


def test_dates_are_real_dates_and_numbers_real_numbers(tmp_path: Path):
    page = written(tmp_path, register_row(received_on=date(2026, 11, 3), mileage=38620))
    assert cell(page, "抱怨日期").value == datetime(2026, 11, 3)
    assert cell(page, "抱怨日期").number_format == "yyyy-mm-dd"
    assert (cell(page, "行驶里程").value, cell(page, "行驶里程").data_type) == (38620, "n")


def test_a_time_is_shown_to_the_minute(tmp_path: Path):
    moment = datetime(2026, 11, 3, 13, 44)
    page = page_of(write_table(table(Kind.TIME, moment), tmp_path / "a.xlsx"))
    assert (page["A4"].value, page["A4"].number_format) == (moment, "yyyy-mm-dd hh:mm")


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        (Kind.DATE, date(1899, 5, 1), "1899-05-01"),
        (Kind.DATE, date(1900, 2, 28), "1900-02-28"),
        (Kind.TIME, datetime(1899, 5, 1, 8, tzinfo=UTC), "1899-05-01 08:00"),
        (Kind.INTEGER, 1234567890123456789, "1234567890123456789"),
        (Kind.INTEGER, float("nan"), "nan"),
        (Kind.TEXT, 42, "42"),
        (Kind.DATE, "11月3日", "11月3日"),
    ],
)
def test_what_excel_would_get_wrong_is_written_as_text(tmp_path: Path, kind: Kind, value: CellValue, shown: str):
    page = page_of(write_table(table(kind, value), tmp_path / "a.xlsx"))
    assert (page["A4"].value, page["A4"].data_type) == (shown, "s")


def test_a_date_of_2999_is_a_date(tmp_path: Path):
    page = page_of(write_table(table(Kind.DATE, date(2999, 1, 1)), tmp_path / "a.xlsx"))
    assert page["A4"].value == datetime(2999, 1, 1)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_a_customer_writes_becomes_a_formula(tmp_path: Path, text: str):
    page = written(tmp_path, register_row(words=text, phone=text), period=text)
    for found in (cell(page, "抱怨内容"), cell(page, "联系电话")):
        assert (found.value, found.data_type, found.quotePrefix) == (text, "s", True)
    assert page["A2"].data_type == "s"


def test_a_hostile_title_or_dealership_stays_text(tmp_path: Path):
    sheet = TableSheet("=1+1", letterhead(dealer_name="=2+2"), COLUMNS, (), "")
    page = page_of(write_table(sheet, tmp_path / "a.xlsx"))
    assert (page["A1"].value, page["A1"].data_type, page["A2"].data_type) == ("=1+1", "s", "s")


def test_signs_of_xml_blanks_and_line_ends_come_back_as_they_were(tmp_path: Path):
    words = " <b>&amp;</b> ]]> \"'\n第二行\t😀𠮷 "
    assert cell(written(tmp_path, register_row(words=words)), "抱怨内容").value == words


def test_a_code_that_excel_would_read_as_a_character_is_kept_apart(tmp_path: Path):
    page = written(tmp_path, register_row(words="_x000D_ 和 _x41_"))
    assert cell(page, "抱怨内容").value == "_x005F_x000D_ 和 _x41_"


@given(st.text(st.characters(), max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_at_all_gives_a_workbook_that_opens(tmp_path_factory: pytest.TempPathFactory, text: str):
    page = written(tmp_path_factory.mktemp("any"), register_row(words=text, customer_name=clean_text(text)))
    cleaned = clean_text(text)
    if "_x" not in cleaned:
        assert (cell(page, "顾客姓名").value or "") == cleaned


def test_control_characters_do_not_break_the_file(tmp_path: Path):
    page = written(tmp_path, register_row(words="a\x00\x1f\ud800\uffff\ufffeb"))
    assert str(cell(page, "抱怨内容").value).replace("?", "") == "ab"


@pytest.mark.parametrize("text", ["长" * 32_768, "𠮷" * 16_384], ids=["letters", "letters of two units"])
def test_a_text_longer_than_a_cell_is_refused_not_cut(tmp_path: Path, text: str):
    with pytest.raises(InvalidInput, match="抱怨内容"):
        written(tmp_path, register_row(words=text))
    assert list(tmp_path.iterdir()) == []


def test_the_longest_text_a_cell_holds_comes_back_whole(tmp_path: Path):
    assert cell(written(tmp_path, register_row(words="长" * 32_767)), "抱怨内容").value == "长" * 32_767


def test_the_sheet_prints_as_it_is(tmp_path: Path):
    page = written(tmp_path, register_row())
    setup = page.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 0)
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$1:$3"
    assert page.oddFooter.center.text == "第 &P 页/共 &N 页"


def test_headings_are_frozen_and_every_row_can_be_filtered(tmp_path: Path):
    page = written(tmp_path, *register_rows(5))
    assert (page.freeze_panes, page.auto_filter.ref, page.dimensions) == ("A4", "A3:AC8", "A1:AC8")


def test_widths_come_from_the_columns(tmp_path: Path):
    page = written(tmp_path, register_row())
    assert [page.column_dimensions[found.column_letter].width for found in page[3]] == [c.width for c in COLUMNS]


def test_long_text_wraps_and_its_row_is_high_enough(tmp_path: Path):
    page = written(tmp_path, register_row(words="很长的话。" * 40), register_row())
    assert cell(page, "抱怨内容").alignment.wrap_text
    assert not cell(page, "联系电话").alignment.wrap_text
    assert float(page.row_dimensions[FIRST].height) > 3 * float(page.row_dimensions[FIRST + 1].height)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("汉字", 10, 1),
        ("汉字汉字汉", 10, 2),
        ("abcdefghi", 10, 1),
        ("一\n\n二", 10, 3),
        ("长" * 100, 36, 6),
    ],
)
def test_a_chinese_character_takes_the_room_of_two(text: str, width: float, lines: int):
    assert line_count(text, width) == lines


def test_the_dealership_s_logo_is_on_the_list(tmp_path: Path):
    drawn = BytesIO()
    Image.new("RGB", (30, 30), "navy").save(drawn, "PNG")
    sheet = TableSheet("记录", letterhead(logo=drawn.getvalue()), COLUMNS, (register_row(),), "")
    assert "xl/media/image1.png" in ZipFile(write_table(sheet, tmp_path / "a.xlsx")).namelist()
    assert cell(page_of(tmp_path / "a.xlsx"), "顾客姓名").value == "李建国"


def test_every_cell_has_its_lines_also_an_empty_one(tmp_path: Path):
    page = written(tmp_path, register_row(mileage=None, feedback=""))
    assert {found.border.left.style for found in page[FIRST]} == {"thin"}


def test_an_empty_register_says_so(tmp_path: Path):
    page = written(tmp_path)
    assert page["A4"].value == "本期没有记录"
    assert (page.max_row, page.auto_filter.ref) == (4, "A3:AC3")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("a/b\\c:d?e*f[g]h", "a b c d e f g h"),
        ("'", "记录"),
        ("", "记录"),
        ("长" * 40, "长" * 31),
        ("𠮷" * 20, "𠮷" * 15),
    ],
)
def test_a_title_becomes_a_name_excel_accepts(title: str, name: str):
    assert sheet_name(title) == name


class Watched:
    """A row that can be seen going away."""

    words = "话"


def test_rows_are_streamed_and_never_held(tmp_path: Path):
    alive: weakref.WeakSet[Watched] = weakref.WeakSet()
    counts: list[int] = []

    def rows() -> Iterator[Watched]:
        for _ in range(500):
            row = Watched()
            alive.add(row)
            counts.append(len(alive))
            yield row

    columns: tuple[Column[Watched], ...] = (Column("内容", words_of),)
    write_table(TableSheet("记录", letterhead(), columns, rows()), tmp_path / "a.xlsx")
    assert max(counts) <= 3


def words_of(row: Watched) -> str:
    return row.words


def test_progress_counts_the_rows(tmp_path: Path):
    heard: list[int] = []
    write_table(register_sheet(*register_rows(450)), tmp_path / "a.xlsx", progress=heard.append)
    assert heard == [200, 400, 450]


def test_a_cancelled_export_leaves_the_old_file(tmp_path: Path):
    target = tmp_path / "记录.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(ExportStopped):
        write_table(register_sheet(*register_rows(450)), target, cancelled=yes)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def yes() -> bool:
    return True


_FILLS_THE_DISK = """
import resource, sys
from dataclasses import replace
from pathlib import Path
from crm_desktop.domain.errors import StorageRefused
from crm_desktop.exporters.excel import write_table
from tests.makers_sheets import register_rows, register_sheet
def rows():
    yield from register_rows(300)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    write_table(replace(register_sheet(), rows=rows()), Path(sys.argv[1]))
except StorageRefused as refused:
    sys.stdout.buffer.write(refused.sentence.encode())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("limit", [100_000, 10_000_000], ids=["while rows are gathered", "while the file is packed"])
def test_a_disk_that_fills_up_is_told_and_the_old_file_stays(tmp_path: Path, limit: int):
    target = tmp_path / "记录.xlsx"
    target.write_bytes(b"old")
    argv = [sys.executable, "-c", _FILLS_THE_DISK, str(target), str(limit)]
    done = subprocess.run(argv, capture_output=True, check=True)
    assert "磁盘空间不足" in done.stdout.decode()
    assert done.stderr == b""
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failing_row_source_leaves_nothing(tmp_path: Path):
    def rows() -> Iterator[RegisterRow]:
        yield register_row()
        raise KeyError

    with pytest.raises(KeyError):
        write_table(TableSheet("记录", letterhead(), COLUMNS, rows()), tmp_path / "记录.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_another_ending_than_xlsx_is_refused(tmp_path: Path):
    with pytest.raises(InvalidInput, match=r"\.xlsx"):
        write_table(register_sheet(), tmp_path / "记录.csv")


def test_a_missing_folder_is_refused(tmp_path: Path):
    with pytest.raises(StorageRefused, match="不存在"):
        write_table(register_sheet(), tmp_path / "没有" / "记录.xlsx")


def test_one_style_serves_a_whole_kind_of_column(tmp_path: Path):
    write_table(register_sheet(*register_rows(50)), tmp_path / "a.xlsx")
    styles = ZipFile(tmp_path / "a.xlsx").read("xl/styles.xml")
    assert styles.count(b"<xf ") < 20
