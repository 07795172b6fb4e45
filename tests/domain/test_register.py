"""The columns of the register, on screen, in Excel and on paper."""

from datetime import date

from crm_desktop.domain.register import COLUMNS, PAPER_COLUMNS
from crm_desktop.domain.sheets import Kind, shown
from tests.makers_sheets import register_row

TITLES = [
    "序号", "抱怨日期", "抱怨单号", "接收渠道", "级别", "类别", "委托书号", "车牌号", "VIN", "车型", "行驶里程",
    "顾客姓名", "联系电话", "抱怨内容", "是否返修", "返修委托书号", "返修修竣日期", "缺点纠正",
    "抱怨产生根本原因分析", "长期质量保证的措施", "责任人", "计划完成日期", "实际完成日期",
    "回访日期", "回访人", "回访结果", "顾客反馈", "关闭日期", "关闭人",
]  # fmt: skip


def test_a_plate_reads_as_people_write_it_and_keeps_the_key_a_workbook_is_searched_by():
    row, plate = register_row(), next(column for column in COLUMNS if column.title == "车牌号")
    assert plate.text(row) == "沪A·8K231"
    assert plate.value(row) == "沪A8K231"
    assert "沪A·8K231" in PAPER_COLUMNS[2].lines(row)


def test_the_register_has_its_29_columns_in_the_order_of_the_procedure():
    assert [column.title for column in COLUMNS] == TITLES


def test_every_title_that_ends_in_date_is_a_date():
    assert [c.title for c in COLUMNS if c.kind is Kind.DATE] == [title for title in TITLES if title.endswith("日期")]


def test_phone_vin_and_order_numbers_are_text():
    assert {c.kind for c in COLUMNS if c.title in ("联系电话", "VIN", "委托书号", "返修委托书号", "抱怨单号")} == {
        Kind.TEXT
    }


def test_a_column_gives_the_value_and_its_text():
    day = next(column for column in COLUMNS if column.title == "抱怨日期")
    row = register_row(received_on=date(2026, 11, 3))
    assert (day.value(row), day.text(row)) == (date(2026, 11, 3), "2026-11-03")
    assert shown(None) == ""


def test_the_29_columns_print_on_one_a4_page_no_smaller_than_45_percent():
    pixels = sum(7 * column.width + 5 for column in COLUMNS)
    assert (297 - 2 * 10) / 25.4 * 96 / pixels >= 0.45


def test_what_cannot_wrap_has_room_for_its_longest_word():
    longest = {Kind.DATE: 10.4, Kind.INTEGER: 5}
    for column in COLUMNS:
        assert column.width >= longest.get(column.kind, 5)
        assert column.wrap or column.kind is not Kind.TEXT or column.title in ("级别", "车牌号", "联系电话")


def test_a_mileage_is_not_torn_from_its_unit():
    assert lines("委托书号", model="途昂", mileage=55117)[2] == "途昂·55,117km"


def test_the_ten_columns_on_paper_fill_an_a4_page_laid_across():
    assert len(PAPER_COLUMNS) == 10
    assert sum(column.width for column in PAPER_COLUMNS) == 297 - 2 * 10


def lines(title: str, **changes: object) -> tuple[str, ...]:
    """What one printed column says of a row."""
    column = next(column for column in PAPER_COLUMNS if column.title.startswith(title))
    return column.lines(register_row(**changes))


def test_paper_says_whether_the_car_came_back_and_was_finished():
    assert lines("缺点纠正", correction="换阀体", rework="否") == ("换阀体", "不返修")
    assert lines("缺点纠正", correction="换阀体", rework="外返", rework_finished_on=None) == ("换阀体", "外返 未修竣")
    assert lines("缺点纠正", correction="换阀体", rework="外返", rework_finished_on=date(2026, 11, 5)) == (
        "换阀体",
        "外返 修竣 2026-11-05",
    )


def test_paper_says_nothing_of_what_is_not_known_yet():
    assert lines("责任人", responsible="", planned_on=None, done_on=None) == ("", "", "")
    assert lines("回访日期", followed_up_on=None, follow_up_by="", follow_up_result="", feedback="") == ("", "", "", "")


def test_paper_names_channel_severity_and_category_before_the_words():
    said = lines("抱怨内容", channel="接待", severity="重大", category="", words="一顿一顿")
    assert said == ("接待·重大", "一顿一顿")
