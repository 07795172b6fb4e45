"""《抱怨/投诉单》 on paper: one page filled or empty, every word of a long one on a 续页."""

from __future__ import annotations

from dataclasses import fields
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from crm_desktop.domain.complaint_form import ComplaintSheet
from crm_desktop.exporters.complaint_pdf import write_complaint
from crm_desktop.exporters.pdf_page import MM, Printed
from tests.makers_sheets import blank_complaint_sheet, boxes, complaint_sheet, letterhead

LONG_FIELDS = (
    "words",
    "demand",
    "first_reply",
    "root_cause",
    "correction",
    "solution",
    "soothing",
    "long_term_measure",
    "feedback",
)
DOTS_A_MM = 6


def printed(folder: Path, sheet: ComplaintSheet) -> Printed:
    return write_complaint(sheet, folder / "抱怨单.pdf")


def pages(result: Printed) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(result.path).pages]


def numbered(mark: str, count: int = 200) -> str:
    """A text of up to 4,000 characters, one short sentence a line, each of which can be told from the others."""
    return "\n".join(f"{mark}{n}这辆车又出现同样的异响。" for n in range(1000, 1000 + count))


def picture(result: Printed) -> QImage:
    """The first page in grey dots on a white ground."""
    document = QPdfDocument()
    document.load(str(result.path))
    page = QImage(QSize(210 * DOTS_A_MM, 297 * DOTS_A_MM), QImage.Format.Format_Grayscale8)
    page.fill(255)
    painter = QPainter(page)
    painter.drawImage(0, 0, document.render(0, page.size()))
    painter.end()
    return page


def dark_dots(page: QImage, left: float, top: float, right: float, bottom: float) -> int:
    """How many dark dots lie in a part of the page, in mm from its upper left corner."""
    first, last = round(left * DOTS_A_MM), round(right * DOTS_A_MM)
    dots, stride = bytes(page.constBits()), page.bytesPerLine()
    rows = (
        dots[y * stride + first : y * stride + last] for y in range(round(top * DOTS_A_MM), round(bottom * DOTS_A_MM))
    )
    return sum(dot < 128 for row in rows for dot in row)


def logo() -> bytes:
    data = BytesIO()
    Image.new("RGBA", (300, 100), (15, 92, 140, 255)).save(data, "PNG")
    return data.getvalue()


def test_a_filled_form_is_one_page_with_every_word(tmp_path: Path):
    sheet = complaint_sheet()
    (page,) = pages(printed(tmp_path, sheet))
    texts = [getattr(sheet, field.name) for field in fields(sheet)]
    assert [text for text in texts if isinstance(text, str) and "".join(text.split()) not in page] == []


def test_the_three_named_columns_and_all_blocks_have_their_names(tmp_path: Path):
    (page,) = pages(printed(tmp_path, complaint_sheet()))
    names = "缺点纠正 抱怨产生根本原因分析 长期质量保证的措施 解决措施 安抚措施 抱怨/投诉内容 接收渠道 责任线 是否返修"
    assert [name for name in names.split() if name not in page] == []


def test_boxes_are_ticked_as_on_the_form_they_know(tmp_path: Path):
    (page,) = pages(printed(tmp_path, complaint_sheet()))
    assert "□一般☑重大" in page
    assert "□否□内返☑外返" in page


def test_what_was_put_right_after_filing_stands_beside_the_old_text(tmp_path: Path):
    told = "行驶里程：应为 38,620 km（叶清扬 2026-12-01）"
    (page,) = pages(printed(tmp_path, complaint_sheet(corrections=told, mark="更正")))
    assert f"更正说明（原文不改）{''.join(told.split())}" in page


def test_a_form_without_corrections_keeps_no_room_for_them(tmp_path: Path):
    assert "更正说明" not in pages(printed(tmp_path, complaint_sheet()))[0]


def test_who_signed_when_stands_in_his_block(tmp_path: Path):
    (page,) = pages(printed(tmp_path, complaint_sheet()))
    assert "责任人签字：张工日期：2026-11-06" in page
    assert "服务总监意见□同意关闭□退回签字：日期：" in page
    assert "归档号：" in page


def test_copies_retention_and_page_number_stand_in_the_foot(tmp_path: Path):
    (page,) = pages(printed(tmp_path, complaint_sheet()))
    assert "一式两联：白联客户关爱部存档，红联责任部门保存期限：二年（含返修六年）第1页/共1页" in page


def test_the_empty_form_is_one_page_to_be_filled_by_hand(tmp_path: Path):
    result = printed(tmp_path, blank_complaint_sheet())
    (page,) = pages(result)
    assert "客户姓名联系电话送修人" in page
    assert "☑" not in page


@pytest.mark.parametrize("mark", ["作废", "更正"])
def test_a_mark_stands_beside_the_title(tmp_path: Path, mark: str):
    assert f"抱怨/投诉单{mark}" in pages(printed(tmp_path, complaint_sheet(mark=mark)))[0]


def test_the_code_keeps_a_white_border_of_four_modules(tmp_path: Path):
    image = picture(printed(tmp_path, complaint_sheet(letterhead=letterhead(document_number="", version=""))))
    code, module = (179.5, 9, 198, 27.5), 18.5 / 29
    inner = (code[0] + 4 * module, code[1] + 4 * module, code[2] - 4 * module, code[3] - 4 * module)
    assert dark_dots(image, *inner) > 1000
    assert dark_dots(image, *code) == dark_dots(image, *inner)


def test_a_form_without_a_number_has_a_code_too(tmp_path: Path):
    assert dark_dots(picture(printed(tmp_path, blank_complaint_sheet())), 179.5, 9, 198, 27.5) > 1000


def test_the_form_fills_the_page(tmp_path: Path):
    image = picture(printed(tmp_path, blank_complaint_sheet()))
    assert dark_dots(image, 13, 280, 197, 283.5) > 1000


def test_a_longer_text_gets_the_room_the_others_do_not_need(tmp_path: Path):
    (page,) = pages(printed(tmp_path, complaint_sheet(words=numbered("话", 8), root_cause=numbered("因", 5))))
    assert "".join(numbered("话", 8).split()) in page
    assert "".join(numbered("因", 5).split()) in page


@pytest.mark.parametrize("name", LONG_FIELDS)
def test_no_word_of_a_very_long_text_is_lost(tmp_path: Path, name: str):
    found = pages(printed(tmp_path, complaint_sheet(**{name: numbered("句")})))
    assert len(found) > 1
    assert [n for n in range(1000, 1200) if f"句{n}这" not in "".join(found)] == []


def test_no_word_is_lost_when_every_text_is_very_long(tmp_path: Path):
    marks = dict(zip(LONG_FIELDS, "甲乙丙丁戊己庚辛壬", strict=True))
    found = "".join(pages(printed(tmp_path, complaint_sheet(**{name: numbered(mark) for name, mark in marks.items()}))))
    lost = [f"{mark}{n}" for mark in marks.values() for n in range(1000, 1200) if f"{mark}{n}" not in found]
    assert lost == []


def test_a_text_that_goes_on_says_so_and_the_next_page_says_what_it_is(tmp_path: Path):
    first, second, *_ = pages(printed(tmp_path, complaint_sheet(words=numbered("句"))))
    assert "（接续页）" in first
    assert "抱怨/投诉单（续页）" in second
    assert "抱怨/投诉内容（续）" in second
    assert "编号TS20261103-001" in second


def test_each_page_of_a_long_form_says_which_of_how_many_it_is(tmp_path: Path):
    found = pages(printed(tmp_path, complaint_sheet(words=numbered("句"), feedback=numbered("答"))))
    assert all(f"第{n}页/共{len(found)}页" in page for n, page in enumerate(found, 1))


def test_short_fields_stay_whole_beside_a_very_long_text(tmp_path: Path):
    address = "上海市浦东新区示范路一百号示范汽车城二期展厅" * 4
    first, *_ = pages(printed(tmp_path, complaint_sheet(words=numbered("句"), address=address)))
    assert address in first


EMPTY = dict.fromkeys(("root_cause", "correction", "solution", "soothing", "long_term_measure"), "")
BELOW = {
    "抱怨产生根本原因分析": ("缺点纠正", 3),
    "解决措施": ("是否返修", 2),
    "长期质量保证的措施": ("回访人", 3),
}


def caption_heights(result: Printed) -> dict[str, float]:
    """How high above the foot of the first page each of its texts stands, in points; of two alike the first."""
    found: dict[str, float] = {}

    def note(text: str, _user: object, matrix: list[float], *_font: object) -> None:
        found.setdefault(text.strip(), matrix[5])

    PdfReader(result.path).pages[0].extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize("length", [1500, 4000])
@pytest.mark.parametrize("name", list(BELOW))
def test_beside_a_long_text_every_empty_block_keeps_its_lines_for_the_pen(tmp_path: Path, name: str, length: int):
    heights = caption_heights(printed(tmp_path, complaint_sheet(words="又出现同样的异响。" * (length // 9), **EMPTY)))
    below, lines = BELOW[name]
    assert heights[name] - heights[below] > lines * 5.5 * MM


def test_a_logo_and_a_long_dealership_find_room(tmp_path: Path):
    head = letterhead(logo=logo(), dealer_name="某某汽车销售服务有限公司" * 4)
    result = printed(tmp_path, complaint_sheet(letterhead=head))
    assert "某某汽车销售服务有限公司" * 4 in pages(result)[0]
    assert dark_dots(picture(result), 12, 9, 30, 17) > 1000


def test_more_signatures_than_usual_get_more_rows(tmp_path: Path):
    sheet = complaint_sheet(signatures=complaint_sheet().signatures * 2, line=boxes("技术"))
    (page,) = pages(printed(tmp_path, sheet))
    assert page.count("签字：") == 10


def test_rare_names_print_and_missing_characters_are_reported(tmp_path: Path):
    result = printed(tmp_path, complaint_sheet(customer_name="𠮷𬭎", words="😀"))
    assert "𠮷𬭎" in pages(result)[0]
    assert result.missing == ("U+1F600 😀",)


def test_the_same_form_gives_the_same_file(tmp_path: Path):
    first = printed(tmp_path, complaint_sheet()).path.read_bytes()
    assert printed(tmp_path, complaint_sheet()).path.read_bytes() == first


def test_a_number_too_long_for_a_code_prints_without_one(tmp_path: Path):
    result = printed(tmp_path, complaint_sheet(number="历史投诉单号" * 5))
    assert "历史投诉单号" * 5 in pages(result)[0]


def test_address_and_phone_stand_below_the_dealership_and_end_above_the_form(tmp_path: Path) -> None:
    head = letterhead(logo=logo(), address="示范市示范区示范路一百二十八弄 8 号楼", phone="021-5555 0100")
    words = pages(printed(tmp_path, complaint_sheet(letterhead=head)))[0]
    assert words.index("上汽大众") < words.index("地址示范市示范区示范路一百二十八弄8号楼")
    assert "电话021-55550100" in words
