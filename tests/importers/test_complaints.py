"""Rows of a complaint list become drafts, whole or not at all."""

from dataclasses import fields
from datetime import date, datetime
from pathlib import Path

import pytest

from crm_desktop.domain.imports import ImportKind, RowFault, doubts
from crm_desktop.exporters.excel import write_table
from crm_desktop.importers.headings import recognise
from crm_desktop.importers.tables import read_table
from tests.importers.makers_files import csv_file, read_rows, xlsx_file
from tests.makers_sheets import register_row, register_sheet


def complaint(tmp_path: Path, **cells: object):
    """The one draft of a file with these columns (and words, unless given)."""
    columns = {"投诉内容": "响"} | cells
    (draft,) = read_rows(ImportKind.COMPLAINTS, csv_file(tmp_path, columns.keys(), columns.values()))
    return draft


def whys(tmp_path: Path, **cells: object) -> list[str]:
    columns = {"投诉内容": "响"} | cells
    faults = read_rows(ImportKind.COMPLAINTS, csv_file(tmp_path, columns.keys(), columns.values()))
    assert all(isinstance(fault, RowFault) and fault.row == 2 for fault in faults)
    return [fault.why for fault in faults]


def test_the_600_published_complaints_become_600_drafts(shared_data: Path):
    path = shared_data / "car_complaints_2020-08.csv"
    drafts = read_rows(ImportKind.COMPLAINTS, path)
    assert (
        len(drafts) == len({draft.digest for draft in drafts}) == len({draft.source_number for draft in drafts}) == 600
    )
    assert recognise(ImportKind.COMPLAINTS, read_table(path)).empty == ("id", "type")
    first = drafts[0]
    assert (first.row, first.source_number, first.brand, first.series) == (2, "515601", "东风启辰", "启辰T60")
    assert first.model == "2018款 1.6L CVT 智悦版(ISS) 国VI"
    assert first.received_at == datetime.fromisoformat("2020-08-29")
    assert not first.received_has_time
    assert first.words == "启辰T60多次电瓶亏电无法启动希望处理"
    assert (first.fault_codes, first.source_status) == ("H146", "信息审核")


def test_a_register_we_exported_comes_back_as_it_was(tmp_path: Path):
    row = register_row(phone="13816675521")
    (draft,) = read_rows(ImportKind.COMPLAINTS, write_table(register_sheet(row), tmp_path / "记录.xlsx"))
    assert (draft.row, draft.source_number, draft.received_at.date()) == (4, row.number, row.received_on)
    same = {column.name for column in fields(row)} & {column.name for column in fields(draft)}
    assert len(same) == 26
    assert {name: getattr(draft, name) for name in same} == {name: getattr(row, name) for name in same}


def test_a_masked_phone_is_kept_as_text_and_not_as_a_number(tmp_path: Path):
    draft = complaint(tmp_path, 联系电话="138****1234")
    assert draft.phone == ""
    assert draft.extra == {"联系电话": "138****1234"}


@pytest.mark.parametrize(
    ("told", "channel"),
    [
        ("400", "400热线"),
        ("12315", "消协"),
        ("电话回访", "回访"),
        ("行业管理处", "行业管理"),
        ("接待", "接待"),
        ("邮件", ""),
    ],
)
def test_the_channel_is_put_into_the_desks_words_where_it_is_known(tmp_path: Path, told: str, channel: str):
    draft = complaint(tmp_path, 投诉来源=told)
    assert (draft.channel, draft.channel_text) == (channel, told)


@pytest.mark.parametrize(("told", "severity"), [("一般抱怨", "一般"), ("紧急投诉", "重大"), ("重大", "重大")])
def test_the_severity_is_put_into_the_desks_words(tmp_path: Path, told: str, severity: str):
    assert complaint(tmp_path, 投诉级别=told).severity == severity


@pytest.mark.parametrize(
    ("told", "rework"), [("否", "否"), ("内返", "内返"), ("是", "外返"), ("不返修", "否"), ("外返修", "外返")]
)
def test_rework_is_told_in_three_words(tmp_path: Path, told: str, rework: str):
    assert complaint(tmp_path, **{"是否返修（否/内返/外返）": told}).rework == rework


def test_a_word_nobody_knows_is_kept_under_its_heading(tmp_path: Path):
    draft = complaint(tmp_path, 投诉级别="复杂", 责任部门="财务部", 是否返修="待定")
    assert (draft.severity, draft.responsible_line, draft.rework) == ("", "", "")
    assert draft.extra == {"投诉级别": "复杂", "责任部门": "财务部", "是否返修": "待定"}


def test_owner_and_bringer_and_two_phone_columns_are_kept_apart(tmp_path: Path):
    draft = complaint(
        tmp_path, 车主="甲", 手机="13812345678", 联系电话="021-62345678", 送修人="乙", 送修人电话="139 1234 5678"
    )
    assert (draft.customer_name, draft.phone) == ("甲", "13812345678")
    assert (draft.brought_by, draft.brought_by_phone) == ("乙", "13912345678")
    assert draft.extra == {"其他电话": "02162345678"}


def test_a_second_phone_column_stands_in_for_an_empty_first_one(tmp_path: Path):
    columns = ["投诉内容", "手机", "联系电话"]
    first, second = read_rows(
        ImportKind.COMPLAINTS, csv_file(tmp_path, columns, ["响", "", "13812345678"], ["漏", "13912345678", ""])
    )
    assert (first.phone, second.phone) == ("13812345678", "13912345678")


def test_a_time_told_with_the_day_of_solving_or_closing_is_kept(tmp_path: Path):
    draft = complaint(tmp_path, 投诉日期="2020-8-28 9:00", 处理完成日期="2020-8-29 16:30", 关闭日期="2020-8-31")
    assert (draft.done_on, draft.done_at) == (date(2020, 8, 29), datetime(2020, 8, 29, 16, 30))
    assert (draft.closed_on, draft.closed_at) == (date(2020, 8, 31), None)


def test_times_days_and_kilometres_are_read(tmp_path: Path):
    draft = complaint(
        tmp_path, 投诉时间="2020/6/5 14:05", 发生时间="2020年6月4日", 计划完成日期="2026-12-01", 里程="3.8万公里"
    )
    assert (draft.received_at, draft.received_has_time) == (datetime.fromisoformat("2020-06-05T14:05"), True)
    assert draft.occurred_at == datetime.fromisoformat("2020-06-04")
    assert (draft.planned_on, draft.mileage) == (date(2026, 12, 1), 38000)


def test_customers_words_are_kept_as_they_are(tmp_path: Path):
    words = "=cmd|' /C calc'!A0\n<b>&amp;😀 沪A·8K231\n㛃𠮷"
    assert complaint(tmp_path, 投诉内容=words).words == words


def test_control_characters_are_taken_out_by_the_gate(tmp_path: Path):
    assert complaint(tmp_path, 投诉内容="响\x07\x1b[31m了\u202e", 备注="\ufeff好").words == "响[31m了"


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"投诉内容": " ", "投诉编号": "A1"}, "这一行没有抱怨内容，请补上。"),
        ({"投诉内容": "响" * 40_000}, "投诉内容太长（40000 字），最多 4000 字，请分开填写。"),
        ({"投诉日期": "1899-12-31"}, "投诉日期：日期“1899-12-31”不在 1990-01-01 到 2026-11-22 之间，请核对。"),
        ({"投诉日期": "2999-01-01"}, "投诉日期：日期“2999-01-01”不在 1990-01-01 到 2026-11-22 之间，请核对。"),
        ({"投诉日期": "2026-02-30"}, "投诉日期：日期“2026-02-30”不存在，请核对年月日和时间。"),
        (
            {"投诉日期": "11/01/2026"},
            "投诉日期：日期“11/01/2026”分不清年、月、日的次序，请写成 2026-01-11 这样的式样。",
        ),
        ({"手机": "1.38E+10"}, "电话 1.38E+10 已被表格软件改成科学计数，后几位丢失，请改为文本后重新导入。"),
        ({"工单号": "2.02E+11"}, "工单号：2.02E+11 已被表格软件改成科学计数，后几位丢失，请改为文本后重新导入。"),
        ({"里程": "很多"}, "里程：“很多”不是里程，请写成公里数，如 38620。"),
        ({"里程": "38620000"}, "里程：38,620,000 不在 0 到 3,000,000 公里之间，请核对。"),
        ({"车型": "朗" * 121}, "车型太长（121 字），最多 120 字，请分开填写。"),
        ({"处罚方式": "罚" * 4001}, "处罚方式太长（4001 字），最多 4000 字，请分开填写。"),
    ],
)
def test_a_bad_cell_refuses_its_row_with_one_sentence(tmp_path: Path, cells: dict[str, str], why: str):
    assert whys(tmp_path, **cells) == [why]


def test_all_faults_of_a_row_are_told_at_once(tmp_path: Path):
    assert len(whys(tmp_path, 投诉日期="2026-02-30", 手机="1.38E+10", 里程="x")) == 3


def test_good_rows_go_in_beside_bad_ones_with_the_files_row_numbers(tmp_path: Path):
    rows = [["投诉编号", "投诉日期", "投诉内容"], ["A1", "x", "响"], ["", "", " "], ["A3", "2020-06-05", "漏"], []]
    fault, draft = read_rows(ImportKind.COMPLAINTS, csv_file(tmp_path, *rows))
    assert (fault.row, fault.field) == (2, "received_at")
    assert (draft.row, draft.source_number) == (4, "A3")


def test_a_row_with_more_cells_than_headings_is_refused_because_its_cells_may_have_moved(tmp_path: Path):
    rows = [["投诉内容", "备注"], ["响", "好", "", ""], ["响,很响".replace(",", "，"), "好", "错"]]
    draft, fault = read_rows(ImportKind.COMPLAINTS, csv_file(tmp_path, *rows))
    assert draft.remarks == "好"
    assert fault.why == "这一行有 3 格，比表头多，可能格子里有逗号而没有加引号，请核对。"


def test_the_same_row_has_the_same_digest_in_every_kind_of_file(tmp_path: Path):
    heads = ["投诉日期", "客户姓名", "手机", "投诉内容", "里程"]
    text = ["2020/6/5", "甲", "138 1234 5678", "响 ", "38,620 km"]
    typed = [date(2020, 6, 5), "甲", 13812345678, "响", 38620]
    first, again = read_rows(ImportKind.COMPLAINTS, csv_file(tmp_path, heads, text, text, encoding="gb18030"))
    (other,) = read_rows(ImportKind.COMPLAINTS, xlsx_file(tmp_path, heads, typed))
    assert first.digest == again.digest == other.digest
    assert complaint(tmp_path, 客户姓名="甲").digest != first.digest


def test_a_doubtful_plate_or_phone_is_told_and_refuses_nothing(tmp_path: Path):
    draft = complaint(tmp_path, 车牌号="沪Ａ·O2345", 手机="1381234567", VIN="LSVXZ60E0H2345678")
    assert (draft.plate, draft.phone, draft.vin) == ("沪AO2345", "1381234567", "LSVXZ60E0H2345678")
    assert len(doubts(draft)) == 3


def test_numbers_a_workbook_kept_as_numbers_are_read_whole(tmp_path: Path):
    heads, cells = ["投诉编号", "投诉内容", "手机", "投诉日期"], [20200605001.0, "响", 13812345678.0, 43987.5]
    (draft,) = read_rows(ImportKind.COMPLAINTS, xlsx_file(tmp_path, heads, cells))
    assert (draft.source_number, draft.phone) == ("20200605001", "13812345678")
    assert draft.received_at == datetime.fromisoformat("2020-06-05T12:00")


def test_a_number_of_more_digits_than_a_workbook_keeps_is_refused(tmp_path: Path):
    path = xlsx_file(tmp_path, ["投诉编号", "投诉内容"], [20200605001234567.0, "响"])
    (fault,) = read_rows(ImportKind.COMPLAINTS, path)
    assert "超过 15 位的部分已丢失" in fault.why
