"""Web pages renamed to .xls, as dealer-management systems export them."""

from pathlib import Path

from crm_desktop.domain.imports import ImportKind
from crm_desktop.importers.tables import read_table
from tests.importers.makers_files import cells_of, read_rows, saved

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gbk"></head><body>
<table><tr><td>导航</td></tr></table>
<table border=1>
<tr><td colspan=4>投诉台账</td></tr>
<tr><th>投诉编号</th><th>手机</th><th>车牌号</th><th>投诉内容</th></tr>
<tr><td>A1</td><td x:num="13812345678">1.38E+10</td><td rowspan="2">沪A8K231</td><td>响&amp;漏<br>油</td></tr>
<tr><td>A2</td><td>13912345678&nbsp;</td><td>&lt;b&gt;不冷</td></tr>
</table></body></html>"""


def page(tmp_path: Path, text: str = PAGE, encoding: str = "gb18030") -> Path:
    return saved(tmp_path, text.encode(encoding), "台账.xls")


def test_the_biggest_table_of_a_page_is_read(tmp_path: Path):
    table = read_table(page(tmp_path))
    assert table.headers == ("投诉编号", "手机", "车牌号", "投诉内容")
    assert table.header_row == 2
    assert cells_of(table)[0] == (3, ("A1", "13812345678", "沪A8K231", "响&漏\n油"))


def test_a_merged_cell_shifts_nothing_and_is_told(tmp_path: Path):
    table = read_table(page(tmp_path))
    assert cells_of(table)[1] == (4, ("A2", "13912345678", "", "<b>不冷"))
    assert any("合并单元格" in note for note in table.notes)


def test_rows_of_a_page_become_drafts(tmp_path: Path):
    first, second = read_rows(ImportKind.COMPLAINTS, page(tmp_path, encoding="utf-8-sig"))
    assert (first.phone, first.words) == ("13812345678", "响&漏\n油")
    assert (second.phone, second.words) == ("13912345678", "<b>不冷")


def test_tags_that_are_not_closed_and_tables_in_cells_do_no_harm(tmp_path: Path):
    text = "<table><tr><td>投诉内容<td>备注<tr><td>响<td><table><tr><td>内</td></tr></table><tr><td>漏"
    assert cells_of(read_table(page(tmp_path, text))) == [(2, ("响", "内")), (3, ("漏",))]
