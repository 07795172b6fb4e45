"""Plain text tables the way Chinese spreadsheets write them."""

from pathlib import Path

import pytest

from crm_desktop.domain.errors import WorkbookRefused
from crm_desktop.domain.imports import ImportKind
from crm_desktop.importers.headings import recognise
from crm_desktop.importers.tables import read_table
from tests.importers.makers_files import COMPLAINTS, cells_of, csv_bytes, csv_file, saved


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_every_encoding_a_spreadsheet_writes(tmp_path: Path, encoding: str):
    table = read_table(csv_file(tmp_path, *COMPLAINTS, encoding=encoding))
    assert table.headers == ("投诉编号", "投诉日期", "投诉内容")
    assert cells_of(table) == [(2, ("A1", "2020-06-05", "发动机异响")), (3, ("A2", "2020/6/6", "空调不冷"))]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "；", "|"])
def test_the_delimiter_is_found_by_itself(tmp_path: Path, delimiter: str):
    table = read_table(
        csv_file(tmp_path, *COMPLAINTS, ["A3", "2020-06-07", "慢, 很慢; 真的|慢\t啊"], delimiter=delimiter)
    )
    assert table.headers == ("投诉编号", "投诉日期", "投诉内容")
    assert cells_of(table)[-1][1][2] == "慢, 很慢; 真的|慢\t啊"


def test_a_delimiter_named_in_the_first_line_is_believed(tmp_path: Path):
    table = read_table(saved(tmp_path, "sep=;\r\n投诉编号;投诉内容\r\nA1;响，很响\r\n".encode()))
    assert table.header_row == 2
    assert cells_of(table) == [(3, ("A1", "响，很响"))]


def test_a_cell_may_hold_line_ends_quotes_and_delimiters(tmp_path: Path):
    words = '他说"响",\n还漏油'
    table = read_table(csv_file(tmp_path, COMPLAINTS[0], ["A1", "2020-06-05", words], ["A2", "2020-06-06", "好"]))
    assert [(row, cells[2]) for row, cells in table.rows] == [(2, words), (3, "好")]


def test_row_numbers_count_blank_lines_as_a_spreadsheet_does(tmp_path: Path):
    table = read_table(saved(tmp_path, csv_bytes(COMPLAINTS[:1]) + b"\r\n\r\n" + csv_bytes(COMPLAINTS[1:])))
    assert [row for row, cells in table.rows if cells] == [4, 5]


def test_the_heading_may_stand_below_a_title(tmp_path: Path):
    table = read_table(csv_file(tmp_path, ["2020年投诉台账"], [], ["编制：", "客户关爱部"], *COMPLAINTS))
    assert table.header_row == 4
    assert [row for row, _ in table.rows] == [5, 6]
    assert table.row_count == 2


def test_a_single_column_is_a_table_too(tmp_path: Path):
    table = read_table(saved(tmp_path, "投诉内容\n空调不冷，响\n".encode()))
    assert table.headers == ("投诉内容",)


def test_the_rows_of_a_table_can_be_walked_twice(tmp_path: Path):
    table = read_table(csv_file(tmp_path, *COMPLAINTS))
    assert cells_of(table) == cells_of(table)


def test_empty_columns_are_known(tmp_path: Path):
    table = read_table(csv_file(tmp_path, ["投诉编号", "投诉内容", "备注"], ["A1", "响", " "], ["A2", "漏", ""]))
    assert table.empty_columns == {2}


def test_unpaired_quotes_are_refused_by_their_line(tmp_path: Path):
    with pytest.raises(WorkbookRefused, match="第 2 行附近的双引号不成对"):
        read_table(saved(tmp_path, '投诉编号,投诉内容\nA1,"他"说响"\n'.encode()))


def test_a_quote_that_is_never_closed_is_refused_instead_of_swallowing_the_rest(tmp_path: Path):
    lines = "".join(f"A{n},好\n" for n in range(30_000))
    with pytest.raises(WorkbookRefused, match="双引号不成对"):
        read_table(saved(tmp_path, ('投诉编号,投诉内容\nA1,"他说响\n' + lines).encode()))


@pytest.mark.parametrize("content", [b"\xff\xfeA\x00\xd8", b"a,b\n\xff\xff\x80,1\n", b"\x81\n\x81,\xfe\xfe\xff"])
def test_bytes_in_no_known_encoding_are_refused(tmp_path: Path, content: bytes):
    with pytest.raises(WorkbookRefused, match=r"编码|坏字"):
        read_table(saved(tmp_path, content))


def test_a_damaged_utf8_file_is_refused_instead_of_read_as_something_else(tmp_path: Path):
    whole = csv_bytes(COMPLAINTS)
    with pytest.raises(WorkbookRefused, match="第 2 行有坏字"):
        read_table(saved(tmp_path, whole.replace("异响".encode(), b"\xe5\xbc")))


def test_a_stray_zero_byte_costs_no_row(tmp_path: Path):
    content = "投诉日期,投诉内容\n2026-10-01,异\x00响\n" + "2026-10-02,漏油\n" * 20
    (tmp_path / "f.csv").write_bytes(content.encode())
    rows = [cells for _, cells in read_table(tmp_path / "f.csv").rows]
    assert (rows[0][1], len(rows)) == ("异响", 21)


def test_zero_bytes_are_refused(tmp_path: Path):
    with pytest.raises(WorkbookRefused, match="空字节"):
        read_table(saved(tmp_path, csv_bytes(COMPLAINTS, "utf-16-le")))


def test_of_double_headings_only_the_first_is_recognised_and_that_is_told(tmp_path: Path):
    path = csv_file(tmp_path, ["投诉内容", "联系电话", "备注", " 联系电话 "], ["响", "13800001111", "", "13900001111"])
    table = read_table(path)
    assert table.headers == ("投诉内容", "联系电话", "备注", "联系电话 第4列")
    assert table.notes[0].startswith("表头“联系电话”出现了 2 次（第 2、4 列），只认第一列")
    mapping = recognise(ImportKind.COMPLAINTS, table)
    assert (mapping.columns["phone"], mapping.unrecognised) == (1, ("联系电话 第4列",))


@pytest.mark.parametrize("cell", [b"a,", b";", "长,".encode()])
def test_one_line_of_millions_of_cells_is_refused_before_they_are_made(tmp_path: Path, cell: bytes):
    with pytest.raises(WorkbookRefused, match="第 1 行太长"):
        read_table(saved(tmp_path, cell * 1_100_000))
