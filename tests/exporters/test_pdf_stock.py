"""套打: only what was filled in, at the very places it has on the form; and 一式两联, each copy with its own foot."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PageObject, PdfReader

from crm_desktop.domain.complaint_form import ComplaintSheet
from crm_desktop.domain.print_style import PrintStyle, Shift
from crm_desktop.exporters.complaint_pdf import complaint_page, write_complaint
from crm_desktop.exporters.stock_ruler import write_test
from tests.makers_sheets import blank_complaint_sheet, complaint_sheet, letterhead

MM = 72 / 25.4
FIFTH = 0.2 * MM
Place = tuple[str, float, float]


def places(page: PageObject) -> list[Place]:
    """Every piece of text with where its baseline begins, in points."""
    found: list[Place] = []

    def note(text: str, cm: list[float], tm: list[float], _font: object, _size: object) -> None:
        if text.strip():
            found.append((text.strip(), tm[4] + cm[4], tm[5] + cm[5]))

    page.extract_text(visitor_text=note)
    return found


def printed(folder: Path, style: PrintStyle, sheet: ComplaintSheet | None = None) -> list[PageObject]:
    target = folder / "单.pdf"
    write_complaint(sheet or complaint_sheet(), target, style, blank_complaint_sheet())
    return list(PdfReader(target).pages)


def unmatched(wanted: list[Place], among: list[Place], right: float = 0, down: float = 0) -> list[Place]:
    """Those that do not stand there too, moved by so many millimetres."""
    return [
        (text, x, y)
        for text, x, y in wanted
        if not any(
            text == other and abs(x + right * MM - ox) < FIFTH and abs(y - down * MM - oy) < FIFTH
            for other, ox, oy in among
        )
    ]


@pytest.mark.parametrize(("right", "down"), [(0, 0), (3, 2), (-1.5, 0.7)])
def test_every_value_stands_where_the_form_has_it_moved_by_the_millimetres(
    tmp_path: Path, right: float, down: float
) -> None:
    whole = places(printed(tmp_path, PrintStyle(stock=Shift(), underneath=True))[0])
    values = places(printed(tmp_path, PrintStyle(stock=Shift(right, down)))[0])
    assert len(values) > 35
    assert unmatched(values, whole, -right, -down) == []


def test_the_form_below_is_the_empty_one_that_stock_is_printed_from(tmp_path: Path) -> None:
    write_complaint(blank_complaint_sheet(), tmp_path / "空白.pdf")
    blank = places(PdfReader(tmp_path / "空白.pdf").pages[0])
    whole = places(printed(tmp_path, PrintStyle(stock=Shift(), underneath=True))[0])
    assert unmatched(blank, whole) == []


def test_no_word_of_the_form_is_printed_and_no_line(tmp_path: Path) -> None:
    page = printed(tmp_path, PrintStyle(stock=Shift()))[0]
    words = page.extract_text()
    for label in ("抱怨/投诉单", "客户姓名", "编号", "签字", "归档号", "□", "接待", "一式两联", "示范上汽大众"):
        assert label not in words
    assert words.count("☑") == 5
    assert all(word in words for word in ("TS20261103-001", "李建国", "LSVAL41Z882104202"))
    assert b" l S" not in page.get_contents().get_data()  # type: ignore[union-attr]  # a page that was drawn has some


def test_words_that_do_not_fit_the_printed_block_go_on_a_whole_sheet(tmp_path: Path) -> None:
    sheet = complaint_sheet(words="变速箱二挡升三挡一顿一顿的。" * 100)
    first, second = printed(tmp_path, PrintStyle(stock=Shift(5, 5)), sheet)
    assert "（接续页）" in first.extract_text()
    assert "抱怨/投诉单（续页）" in second.extract_text()


def test_a_section_the_stock_has_not_goes_overleaf(tmp_path: Path) -> None:
    first, second = printed(tmp_path, PrintStyle(stock=Shift()), complaint_sheet(corrections="电话抄错，改为 138"))
    assert "电话抄错" not in first.extract_text()
    assert "电话抄错" in second.extract_text()


def test_a_logo_is_part_of_the_form(tmp_path: Path) -> None:
    drawn = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(drawn, "PNG")
    sheet = complaint_sheet(letterhead=letterhead(logo=drawn.getvalue()))
    styles = (PrintStyle(stock=Shift()), PrintStyle(stock=Shift(), underneath=True))
    assert [len(printed(tmp_path, style, sheet)[0].images) for style in styles] == [0, 1]


def test_both_copies_say_whose_they_are(tmp_path: Path) -> None:
    pages = printed(tmp_path, PrintStyle(copies=True))
    feet = [page.extract_text() for page in pages]
    assert len(feet) == 2
    assert "第一联（白联）：客户关爱部存档" in feet[0]
    assert "第二联（红联）：责任部门" in feet[1]
    assert all("第 1 页/共 1 页" in foot and "一式两联" not in foot for foot in feet)


def test_the_test_page_frames_the_rooms_of_the_values_over_a_ruler(tmp_path: Path) -> None:
    page = complaint_page(blank_complaint_sheet())
    write_test(page, Shift(1.5, -2), tmp_path / "测试.pdf")
    drawn = PdfReader(tmp_path / "测试.pdf").pages[0]
    words = drawn.extract_text()
    assert "右移 1.5 mm" in words
    assert "下移 -2 mm" in words
    assert [number for number in ("10", "200", "290") if number in words] == ["10", "200", "290"]
    assert drawn.get_contents().get_data().count(b" re S") > 35  # type: ignore[union-attr]  # as above
