"""The register and other lists on paper: pages, headings, whole rows, and text that can be read back."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from crm_desktop.domain.errors import InvalidInput, StorageRefused
from crm_desktop.domain.register import PAPER_COLUMNS, RegisterRow
from crm_desktop.domain.sheets import Column, Kind, TableSheet
from crm_desktop.exporters.files import ExportStopped
from crm_desktop.exporters.list_pdf import write_table
from crm_desktop.exporters.pdf_page import Printed
from crm_desktop.exporters.register_pdf import write_register
from tests.makers_sheets import letterhead, register_row, register_rows, register_sheet

LONG = "\n".join(f"第{n}次来修还是响" for n in range(1000, 1100))


def printed(folder: Path, *rows: RegisterRow, **changes: str) -> Printed:
    return write_register(register_sheet(*rows, **changes), folder / "记录.pdf", foot="保存期限：二年（含返修六年）")


def bare(text: str) -> str:
    """Without blanks and line ends, which depend on where lines were broken."""
    return "".join(text.split())


def pages(result: Printed) -> list[str]:
    return [bare(page.extract_text()) for page in PdfReader(result.path).pages]


def fonts(result: Printed) -> list[str]:
    resources = PdfReader(result.path).pages[0]["/Resources"]
    return [str(font.get_object()["/BaseFont"]) for font in resources["/Font"].values()]


def test_every_page_says_which_of_how_many_it_is(tmp_path: Path):
    found = pages(printed(tmp_path, *register_rows(20)))
    assert len(found) > 2
    assert all(f"第{n}页/共{len(found)}页" in page for n, page in enumerate(found, 1))


def test_every_page_has_title_dealership_period_document_and_headings(tmp_path: Path):
    words = [
        "顾客抱怨及返修记录",
        "示范上汽大众4S店（7580123）",
        "2026年11月",
        "文件编号KG-04-01",
        "版本3",
        "保存期限：二年（含返修六年）",
    ]
    words += [bare(column.title) for column in PAPER_COLUMNS]
    for page in pages(printed(tmp_path, *register_rows(20))):
        assert [word for word in words if word not in page] == []


def test_the_four_signatures_stand_once_at_the_end(tmp_path: Path):
    *others, last = pages(printed(tmp_path, *register_rows(20)))
    assert all(f"{who}：" in last for who in ("填表人", "服务经理", "服务总监", "客户关爱部归档"))
    assert not any("填表人" in page for page in others)


def test_a_row_is_on_one_page_from_its_first_word_to_its_last(tmp_path: Path):
    rows = list(register_rows(60))
    found = pages(printed(tmp_path, *rows))
    for row in rows:
        (page,) = [page for page in found if row.number in page and bare(row.words) in page]
        assert bare(row.long_term_measure) in page


def test_a_row_longer_than_a_page_goes_on_overleaf_and_says_whose_it_is(tmp_path: Path):
    found = pages(printed(tmp_path, register_row(sequence=17, words=LONG), register_row(sequence=18, words="好了")))
    assert all(f"第{n}次" in "".join(found) for n in range(1000, 1100))
    assert "17续" in found[1]
    assert "18" in found[-1]


def test_a_row_that_does_not_fit_moves_whole_to_the_next_page(tmp_path: Path):
    half = "\n".join(LONG.split()[:30])
    first, second = pages(printed(tmp_path, register_row(words=half), register_row(number="NEXT", words=half)))
    assert "NEXT" not in first
    assert bare(half) in second


def test_an_empty_register_prints_a_page_that_says_so(tmp_path: Path):
    (page,) = pages(printed(tmp_path))
    assert "本期没有记录" in page
    assert "填表人" in page


def test_signatures_are_never_alone_on_a_page(tmp_path: Path):
    for count in range(4, 9):
        rows = [register_row(sequence=n, words="好\n" * 4) for n in range(count)]
        *_, last = pages(printed(tmp_path, *rows))
        assert "TS20261103-001" in last


def test_what_looks_like_markup_or_a_formula_is_printed_as_it_is(tmp_path: Path):
    hostile = "<b>未闭合 A&B &amp; <br/> <img src='/x'> =cmd|'/c calc'!A1 \\ ( ) % {x}"
    assert bare(hostile) in pages(printed(tmp_path, register_row(words=hostile)))[0]


def test_rare_name_characters_copy_out_as_what_they_are(tmp_path: Path):
    result = printed(tmp_path, register_row(customer_name="𬭎㛃䶮𠮷𫟷"))
    assert "𬭎㛃䶮𠮷𫟷" in pages(result)[0]
    assert result.missing == ()


def test_a_character_no_face_has_is_reported_and_still_copies_out(tmp_path: Path):
    result = printed(tmp_path, register_row(words="气死了😀한"))
    assert result.missing == ("U+1F600 😀", "U+D55C 한")
    assert "气死了😀한" in pages(result)[0]


def test_what_is_no_character_is_printed_and_reported_too(tmp_path: Path):
    result = printed(tmp_path, register_row(words="响\x07\ud800了"))
    assert result.missing == ("U+0007", "U+D800")
    assert "响〓〓了" in pages(result)[0]


def test_only_cut_faces_of_ours_are_embedded(tmp_path: Path):
    names = fonts(printed(tmp_path, register_row(customer_name="𠮷")))
    assert sorted(name.split("+")[1] for name in names) == ["DeskExtras", "NotoSansSC-Bold", "NotoSansSC-Regular"]
    assert all(name[7] == "+" for name in names)


def test_the_same_rows_give_the_same_file(tmp_path: Path):
    first = printed(tmp_path, *register_rows(20)).path.read_bytes()
    assert printed(tmp_path, *register_rows(20)).path.read_bytes() == first


def test_rows_may_come_one_by_one(tmp_path: Path):
    sheet = replace(register_sheet(), rows=register_rows(20))
    assert write_register(sheet, tmp_path / "记录.pdf").pages == len(pages(printed(tmp_path, *register_rows(20))))


def test_a_number_is_not_split_in_its_narrow_column(tmp_path: Path):
    text = PdfReader(printed(tmp_path, register_row(number="TS20261103-001")).path).pages[0].extract_text()
    assert "TS20261103-001" in text


@pytest.mark.parametrize("option", ["", "-raw"])
def test_pdftotext_finds_every_complaint(tmp_path: Path, system_tool: Callable[[str], str], option: str):
    rows = list(register_rows(60))
    command = [system_tool("pdftotext"), *option.split(), str(printed(tmp_path, *rows).path), "-"]
    text = bare(subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout)
    assert [row.words for row in rows if bare(row.words) not in text] == []


def test_progress_is_told_and_cancel_leaves_the_old_file(tmp_path: Path):
    target, heard = tmp_path / "记录.pdf", []
    target.write_text("old")
    sheet = replace(register_sheet(), rows=register_rows(700))
    with pytest.raises(ExportStopped):
        write_register(sheet, target, progress=heard.append, cancelled=lambda: len(heard) == 2)
    assert heard == [200, 400]
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_name_that_is_no_pdf_is_refused(tmp_path: Path):
    with pytest.raises(InvalidInput, match=r"\.pdf"):
        write_register(register_sheet(), tmp_path / "记录.txt")


def test_a_missing_folder_is_refused(tmp_path: Path):
    with pytest.raises(StorageRefused):
        write_register(register_sheet(), tmp_path / "没有" / "记录.pdf")


def itself(row: tuple[int, str, date]) -> int:
    return row[0]


def measure(row: tuple[int, str, date]) -> str:
    return row[1]


def day(row: tuple[int, str, date]) -> date:
    return row[2]


def measures(*texts: str, width: float = 50) -> TableSheet[tuple[int, str, date]]:
    columns = (
        Column("序号", itself, Kind.INTEGER, 6),
        Column("措施", measure, width=width, wrap=True),
        Column("日期", day, Kind.DATE),
    )
    rows = [(n, text, date(2026, 11, 21)) for n, text in enumerate(texts, 1)]
    return TableSheet("纠正预防措施", letterhead(), columns, rows)


def test_any_list_prints_with_its_own_columns(tmp_path: Path):
    (page,) = pages(write_table(measures("每周五抽查 10 台。"), tmp_path / "措施.pdf"))
    assert all(word in page for word in ("纠正预防措施", "序号", "每周五抽查10台。", "2026-11-21", "第1页/共1页"))


@pytest.mark.parametrize(("width", "upright"), [(50, True), (200, False)])
def test_few_columns_print_upright_and_many_across(tmp_path: Path, width: float, upright: bool):
    result = write_table(measures("一", width=width), tmp_path / "措施.pdf")
    box = PdfReader(result.path).pages[0].mediabox
    assert (box.height > box.width) is upright


def test_an_empty_list_says_so(tmp_path: Path):
    assert "没有记录" in pages(write_table(measures(), tmp_path / "措施.pdf"))[0]


def test_a_very_long_dealership_still_prints_in_its_line(tmp_path: Path):
    sheet = replace(measures("一"), letterhead=letterhead(dealer_name="某某汽车销售服务有限公司" * 6))
    assert "某某汽车销售服务有限公司" * 6 in pages(write_table(sheet, tmp_path / "措施.pdf"))[0]
