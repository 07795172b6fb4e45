"""解决方案, 确认书, 有效性评估 and the list of measures, on paper and as workbooks: every word is there."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.evaluation_form import evaluation_form
from crm_desktop.domain.forms import FormSheet
from crm_desktop.domain.solution_form import blank_options, confirmation_form, solution_form
from crm_desktop.exporters import form_excel, form_pdf
from crm_desktop.exporters.measures_pdf import write_measures
from tests.makers_records import evaluation_sheet, measure_row, measures_sheet, solution_sheet
from tests.makers_sheets import letterhead


def pdf_pages(folder: Path, *sheets: FormSheet) -> list[str]:
    """The words of each page, without blanks."""
    written = form_pdf.write_forms(sheets, folder / "单.pdf")
    return ["".join(page.extract_text().split()) for page in PdfReader(written.path).pages]


def workbook(folder: Path, *sheets: FormSheet) -> dict[str, str]:
    """The words of each worksheet by its name, without blanks."""
    book = openpyxl.load_workbook(form_excel.write_forms(sheets, folder / "单.xlsx"))
    return {
        page.title: "".join("".join(str(value or "").split()) for row in page.values for value in row)
        for page in book.worksheets
    }


def words_of(sheet: object) -> list[str]:
    """Every text of a sheet, without blanks."""
    texts = [getattr(sheet, field.name) for field in fields(sheet)]
    return ["".join(text.split()) for text in texts if isinstance(text, str) and text]


def test_a_solution_is_one_page_with_every_word(tmp_path: Path):
    sheet = solution_sheet(agreed_what="", correction="")
    (page,) = pdf_pages(tmp_path, solution_form(sheet))
    assert [word for word in words_of(sheet) if word not in page] == []


def test_three_options_stand_side_by_side_with_what_the_customer_said(tmp_path: Path):
    (page,) = pdf_pages(tmp_path, solution_form(solution_sheet()))
    assert "3,860.00元" in page
    assert "☑同意□不同意□要求修改" in page
    assert "☑方案A□方案B□方案C" in page
    assert page.count("做什么、何时完成") == 3


def test_an_empty_solution_leaves_room_for_the_pen(tmp_path: Path):
    options, agreed = blank_options([], "")
    sheet = solution_sheet(options=options, agreed=agreed, demand="", solution="")
    (page,) = pdf_pages(tmp_path, solution_form(sheet))
    assert "☑方案" not in page
    assert page.count("□同意□不同意□要求修改") == 3


def test_the_confirmation_keeps_the_customers_rights_and_waits_for_his_name(tmp_path: Path):
    sheet = solution_sheet()
    (page,) = pdf_pages(tmp_path, confirmation_form(sheet, letterhead(document_number="KG-04-05")))
    assert "不影响客户依法享有的三包、质量保证等权利" in page
    assert "方案A：更换滑阀箱并做自适应学习" in page
    assert "客户签字：日期：" in page
    assert "文件编号KG-04-05" in page


def test_solution_and_confirmation_go_into_one_file(tmp_path: Path):
    sheet = solution_sheet()
    forms = (solution_form(sheet), confirmation_form(sheet, letterhead()))
    assert len(pdf_pages(tmp_path, *forms)) == 2
    assert list(workbook(tmp_path, *forms)) == ["抱怨 投诉解决方案", "客户投诉解决确认书"]


def test_an_evaluation_is_one_page_with_every_word(tmp_path: Path):
    sheet = evaluation_sheet()
    (page,) = pdf_pages(tmp_path, evaluation_form(sheet))
    assert [word for word in words_of(sheet) if word not in page] == []
    assert "□有效☑部分有效□无效" in page


@pytest.mark.parametrize("mark", ["作废", "更正"])
def test_a_mark_stands_beside_the_title_of_every_record(tmp_path: Path, mark: str):
    forms = (solution_form(solution_sheet(mark=mark)), evaluation_form(evaluation_sheet(mark=mark)))
    titles = ("抱怨/投诉解决方案", "有效性评估报告")
    assert all(f"{t}{mark}" in page for t, page in zip(titles, pdf_pages(tmp_path, *forms), strict=True))
    assert all(f"【{mark}】" in page for page in workbook(tmp_path, *forms).values())


def test_the_workbook_says_what_the_paper_says(tmp_path: Path):
    solution, evaluation = solution_sheet(agreed_what="", correction=""), evaluation_sheet()
    pages = workbook(tmp_path, solution_form(solution), evaluation_form(evaluation))
    assert [word for word in words_of(solution) if word not in pages["抱怨 投诉解决方案"]] == []
    assert [word for word in words_of(evaluation) if word not in pages["JY2026-003"]] == []


def test_no_word_of_a_very_long_solution_is_lost(tmp_path: Path):
    long = "\n".join(f"句{n}这辆车又出现同样的异响。" for n in range(1000, 1150))
    found = "".join(pdf_pages(tmp_path, solution_form(solution_sheet(solution=long))))
    assert [n for n in range(1000, 1150) if f"句{n}这" not in found] == []


def test_what_people_wrote_never_becomes_a_formula(tmp_path: Path):
    path = form_excel.write_forms([solution_form(solution_sheet(demand="=HYPERLINK(1)"))], tmp_path / "单.xlsx")
    cells = [cell for row in openpyxl.load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}


def test_the_list_of_measures_says_who_does_what_by_when_and_what_came_of_it(tmp_path: Path):
    written = write_measures(measures_sheet(measure_row(1), measure_row(2)), tmp_path / "措施.pdf")
    page = "".join(PdfReader(written.path).pages[0].extract_text().split())
    for word in (
        "JY2026-001",
        "TS20261103-001",
        "技术总监",
        "计划2026-11-08",
        "完成2026-11-07",
        "部分有效（前2件，后1件）",
    ):
        assert word in page
    assert "编制（客户关爱部）：" in page


def test_a_period_without_measures_says_so(tmp_path: Path):
    written = write_measures(measures_sheet(), tmp_path / "措施.pdf")
    assert "本期没有纠正预防措施" in PdfReader(written.path).pages[0].extract_text()


def test_another_kind_of_file_is_refused(tmp_path: Path):
    with pytest.raises(InvalidInput):
        form_pdf.write_forms([evaluation_form(evaluation_sheet())], tmp_path / "单.docx")
