"""Rows of an owner or car list become customers with their cars."""

from datetime import date
from pathlib import Path

import pytest

from crm_desktop.domain.imports import ImportKind
from tests.importers.makers_files import csv_file, read_rows, xlsx_file


def customer(tmp_path: Path, **cells: str):
    (draft,) = read_rows(ImportKind.CUSTOMERS, csv_file(tmp_path, cells.keys(), cells.values()))
    return draft


def test_every_number_of_the_owner_is_brought_together_once(tmp_path: Path):
    draft = customer(tmp_path, 车主="甲", 手机="13812345678/13912345678", 电话="021-62345678", 联系电话="138 1234 5678")
    assert draft.phones == ("13812345678", "13912345678", "02162345678")
    assert draft.landline == "02162345678"


def test_words_beside_a_number_are_kept(tmp_path: Path):
    draft = customer(tmp_path, 车主="甲", 手机="13812345678（妻）")
    assert draft.phones == ("13812345678",)
    assert draft.extra == {"手机": "13812345678（妻）"}


def test_a_phone_cell_that_says_there_is_none_is_empty(tmp_path: Path):
    draft = customer(tmp_path, 车主="甲", 手机="无", 固定电话="-", 送修人电话="问前台")
    assert (draft.phones, draft.landline, draft.brought_by_phone) == ((), "", "")
    assert draft.extra == {"送修人电话": "问前台"}


@pytest.mark.parametrize(
    ("told", "kind"), [("个人", "个人"), ("单位", "单位"), ("公司", "单位"), ("私家车", "个人"), ("", "")]
)
def test_person_and_company_are_told_by_their_words(tmp_path: Path, told: str, kind: str):
    assert customer(tmp_path, 车主="甲", 车主性质=told).kind == kind


@pytest.mark.parametrize("told", ["未上牌", "无牌", "临牌", "新车"])
def test_cars_without_a_plate_do_not_meet_in_the_word_for_it(tmp_path: Path, told: str):
    draft = customer(tmp_path, 车主="甲", 车牌号=told)
    assert draft.plate == ""
    assert draft.extra == {"车牌号": told}


def test_insurance_inspection_and_maintenance_are_kept_under_their_headings(tmp_path: Path):
    row = [["客户名称", "商业险到期日期", "年审到期日期", "下次保养里程"], ["甲", date(2027, 1, 2), "2027-3-4", 40000]]
    (draft,) = read_rows(ImportKind.CUSTOMERS, xlsx_file(tmp_path, *row))
    assert draft.extra == {"商业险到期日期": "2027-01-02", "年审到期日期": "2027-3-4", "下次保养里程": "40000"}


def test_a_car_list_is_read_with_its_car(tmp_path: Path):
    draft = customer(
        tmp_path,
        车主编号="C001",
        车牌号="沪a·d12345",
        VIN="lsval41z882104202",
        发动机="EA211",
        车身颜色="白",
        购车时间="2023/5/18",
    )
    assert (draft.owner_number, draft.plate, draft.vin) == ("C001", "沪AD12345", "LSVAL41Z882104202")
    assert (draft.engine_number, draft.colour, draft.bought_on) == ("EA211", "白", date(2023, 5, 18))


def test_a_day_with_a_time_keeps_the_time_as_text(tmp_path: Path):
    draft = customer(tmp_path, 车主="甲", 购车日期="2023-05-18 10:30")
    assert draft.bought_on == date(2023, 5, 18)
    assert draft.extra == {"购车日期": "2023-05-18 10:30"}


def test_a_row_that_nobody_could_be_known_by_is_refused(tmp_path: Path):
    fault = customer(tmp_path, 客户姓名="", 手机="", 地址="上海")
    assert fault.why == "这一行没有客户姓名、手机、固定电话、车牌号、VIN，至少要有一项，请补上。"


@pytest.mark.parametrize("told", ["沪A12345、沪A12346", "沪A12345 沪A·12346", "沪A12345\n沪A12346"])
def test_two_plates_in_one_cell_are_refused_and_never_one_car(tmp_path: Path, told: str):
    fault = customer(tmp_path, 车主="甲", 车牌号=told)
    assert fault.why == "车牌号：这一格有 2 个车牌（沪A12345、沪A12346），请分成几行，一行一辆车。"
