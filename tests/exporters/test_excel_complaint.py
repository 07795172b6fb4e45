"""The complaint form as a workbook: the words of the paper, all of the text, one page where it fits."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from crm_desktop.domain.complaint_form import ComplaintSheet
from crm_desktop.domain.errors import InvalidInput, StorageRefused
from crm_desktop.exporters.complaint_excel import write_complaint
from tests.makers_sheets import blank_complaint_sheet, complaint_sheet, letterhead

LABELS = """客户姓名 联系电话 送修人 地址 客户等级 车牌号 VIN 车型 行驶里程 购车日期 委托书号 服务顾问 主修技师 接收渠道
受理时间 响应截止 解决截止 接收人 类别 诉求 当面答复 责任线 责任人 解决措施 安抚措施 是否返修 返修委托书号 修竣日期
回访人 回访时间 回访结果 顾客反馈"""
A4_POINTS = 771


def written(folder: Path, sheet: ComplaintSheet) -> Worksheet:
    return load_workbook(write_complaint(sheet, folder / "单.xlsx")).worksheets[0]


def texts(page: Worksheet) -> list[str]:
    return [str(cell.value) for row in page.iter_rows() for cell in row if cell.value is not None]


def right_of(page: Worksheet, label: str) -> object:
    found = next(cell for row in page.iter_rows() for cell in row if cell.value == label)
    return page.cell(found.row, found.column + 1).value


def height(page: Worksheet) -> float:
    return sum(float(page.row_dimensions[row].height or 15) for row in range(1, page.max_row + 1))


def test_every_label_of_the_paper_stands_beside_its_value(tmp_path: Path):
    page = written(tmp_path, complaint_sheet())
    assert set(LABELS.split()) <= set(texts(page))
    assert right_of(page, "客户姓名") == "李建国"
    assert right_of(page, "VIN") == "LSVAL41Z882104202"
    assert right_of(page, "返修委托书号") == "RO2611050031"


def test_number_date_and_document_stand_above(tmp_path: Path):
    head = " ".join(texts(written(tmp_path, complaint_sheet()))[:6])
    for part in (
        "抱怨/投诉单",
        "编号：TS20261103-001",
        "日期：2026-11-03",
        "级别：□一般 ☑重大",
        "文件编号 KG-04-01 / 版本 3",
    ):
        assert part in head


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("words", ""),
        ("root_cause", "抱怨产生根本原因分析"),
        ("correction", "缺点纠正"),
        ("long_term_measure", "长期质量保证的措施"),
    ],
)
def test_the_long_texts_are_there_in_full_under_their_heading(tmp_path: Path, name: str, heading: str):
    text = "一句很长的话，" * 500
    found = next(value for value in texts(written(tmp_path, complaint_sheet(**{name: text}))) if text in value)
    assert found.startswith(heading)


def test_boxes_show_what_was_chosen(tmp_path: Path):
    page = written(tmp_path, complaint_sheet())
    assert right_of(page, "接收渠道") == "□回访 ☑接待 □400热线 □媒体 □消协/12315 □行业管理 □其他"
    assert right_of(page, "是否返修") == "□否 □内返 ☑外返"
    assert right_of(page, "回访结果") == "☑满意 □一般 □不满意 □未表态"


def test_every_signature_has_its_block(tmp_path: Path):
    page = "\n".join(texts(written(tmp_path, complaint_sheet())))
    for block in (
        "责任人：\n\n签字：张工",
        "服务总监意见：　□同意关闭 □退回\n\n签字：",
        "客户关爱部归档：　归档号：\n\n签字：",
    ):
        assert block in page
    assert page.count("签字：") == page.count("日期：") - 1 == 5


def test_a_form_without_signatures_ends_with_the_follow_up(tmp_path: Path):
    page = written(tmp_path, complaint_sheet(signatures=()))
    assert not any("签字" in text for text in texts(page))


def test_a_mark_stands_beside_the_title(tmp_path: Path):
    assert written(tmp_path, complaint_sheet(mark="作废"))["A1"].value == "抱怨/投诉单　【作废】"


@pytest.mark.parametrize("sheet", [complaint_sheet(), blank_complaint_sheet()], ids=["filled", "blank"])
def test_a_usual_form_fills_one_upright_page(tmp_path: Path, sheet: ComplaintSheet):
    page = written(tmp_path, sheet)
    assert A4_POINTS - 30 < height(page) <= A4_POINTS
    assert (page.page_setup.paperSize, page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (9, 1, 0)
    assert page.page_setup.orientation in (None, "portrait", "default")


def test_a_long_text_gets_rows_enough_and_no_row_is_too_high_for_excel(tmp_path: Path):
    plain, long = (written(tmp_path, complaint_sheet(words=words)) for words in ("短", "很长。" * 1300))
    assert height(long) > height(plain) + 3900 * 12 / 655 * 12
    assert max(float(page_row.height or 0) for page_row in long.row_dimensions.values()) <= 409


def test_a_long_short_answer_gets_rows_enough_too(tmp_path: Path):
    page = written(tmp_path, complaint_sheet(demand="退车，" * 1300))
    assert max(float(page_row.height or 0) for page_row in page.row_dimensions.values()) <= 409
    assert right_of(page, "诉求") == "退车，" * 1300


def test_nothing_on_the_form_becomes_a_formula(tmp_path: Path):
    page = written(
        tmp_path, complaint_sheet(words="=1+1", customer_name="#N/A", demand="=cmd|'/c calc'!A1", feedback="@x")
    )
    kinds = {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    assert "=1+1" in texts(page)


def test_the_footer_tells_copies_retention_and_page(tmp_path: Path):
    footer = written(tmp_path, complaint_sheet(footer_left="白联&红联")).oddFooter
    assert "白联&&红联" in str(footer.left.text)
    assert "二年" in str(footer.center.text)
    assert footer.right.text == "第 &P 页/共 &N 页"


def test_the_frame_is_thicker_than_its_lines(tmp_path: Path):
    page = written(tmp_path, complaint_sheet())
    assert (page["A4"].border.left.style, page["A4"].border.top.style, page["C5"].border.top.style) == (
        "medium",
        "medium",
        "thin",
    )


def test_the_dealership_s_logo_is_on_the_form(tmp_path: Path):
    drawn = BytesIO()
    Image.new("RGB", (300, 90), "navy").save(drawn, "PNG")
    target = write_complaint(complaint_sheet(letterhead=letterhead(logo=drawn.getvalue())), tmp_path / "单.xlsx")
    assert "xl/media/image1.png" in ZipFile(target).namelist()


def test_a_logo_that_is_no_picture_is_refused(tmp_path: Path):
    with pytest.raises(InvalidInput, match="标志"):
        written(tmp_path, complaint_sheet(letterhead=letterhead(logo=b"text")))
    assert list(tmp_path.iterdir()) == []


_FILLS_THE_DISK = """
import resource, sys
from pathlib import Path
from crm_desktop.domain.errors import StorageRefused
from crm_desktop.exporters.complaint_excel import write_complaint
from tests.makers_sheets import complaint_sheet
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    write_complaint(complaint_sheet(), Path(sys.argv[1]))
except StorageRefused as refused:
    sys.stdout.buffer.write(refused.sentence.encode())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("limit", [0, 3_000], ids=["not one byte", "a little"])
def test_a_full_disk_is_told_and_the_old_form_stays(tmp_path: Path, limit: int):
    target = tmp_path / "单.xlsx"
    target.write_bytes(b"old")
    argv = [sys.executable, "-c", _FILLS_THE_DISK, str(target), str(limit)]
    done = subprocess.run(argv, capture_output=True, check=True)
    assert "磁盘空间不足" in done.stdout.decode()
    assert (target.read_bytes(), list(tmp_path.iterdir())) == (b"old", [target])


def test_another_ending_or_a_missing_folder_is_refused(tmp_path: Path):
    with pytest.raises(InvalidInput, match=r"\.xlsx"):
        write_complaint(complaint_sheet(), tmp_path / "单.docx")
    with pytest.raises(StorageRefused, match="不存在"):
        write_complaint(complaint_sheet(), tmp_path / "没有" / "单.xlsx")
