"""Rows of an order list become visits."""

from datetime import date
from pathlib import Path

import pytest

from crm_desktop.domain.imports import ImportKind
from tests.importers.makers_files import csv_file, read_rows, xlsx_file


def visit(tmp_path: Path, **cells: str):
    (draft,) = read_rows(ImportKind.VISITS, csv_file(tmp_path, cells.keys(), cells.values()))
    return draft


def test_an_order_is_read_with_its_days_people_and_items(tmp_path: Path):
    draft = visit(
        tmp_path, 工单号="RO1", 开单日期="2026/11/3 08:30", 交车日期="2026-11-04", 工单类型="一般维修",
        服务顾问="甲", 维修技师="乙", 终检人="丙", 故障描述="抖", 维修项目="四轮动平衡",
        送修里程="38,620", 车牌号="沪A8K231",
    )  # fmt: skip
    assert (draft.order_number, draft.came_on, draft.left_on) == ("RO1", date(2026, 11, 3), date(2026, 11, 4))
    assert (draft.repair_kind, draft.adviser, draft.technician, draft.inspector) == ("一般维修", "甲", "乙", "丙")
    assert (draft.fault, draft.items, draft.mileage) == ("抖", "四轮动平衡", 38620)
    assert draft.extra == {"开单日期": "2026/11/3 08:30"}


@pytest.mark.parametrize(
    ("told", "fen"), [("1,234.50", 123450), ("¥80", 8000), ("80元", 8000), ("0", 0), ("-12.3", -1230), ("无", None)]
)
def test_an_amount_is_read_as_fen(tmp_path: Path, told: str, fen: int | None):
    assert visit(tmp_path, 工单号="RO1", 总费用=told).amount_fen == fen


def test_an_amount_kept_as_a_number_is_read_to_the_fen(tmp_path: Path):
    (draft,) = read_rows(ImportKind.VISITS, xlsx_file(tmp_path, ["工单号", "结算金额"], ["RO1", 1234.1]))
    assert draft.amount_fen == 123410


@pytest.mark.parametrize("told", ["一百", "1.234", "9" * 30])
def test_what_is_no_amount_is_refused(tmp_path: Path, told: str):
    assert "不是金额" in visit(tmp_path, 工单号="RO1", 总费用=told).why


def test_owner_and_bringer_stay_two_people(tmp_path: Path):
    draft = visit(
        tmp_path, 工单号="RO1", 机动车所有人="某公司", 送修人="丁", 联系电话="13812345678", 送修人手机="13912345678"
    )
    assert (draft.customer_name, draft.phone) == ("某公司", "13812345678")
    assert (draft.brought_by, draft.brought_by_phone) == ("丁", "13912345678")


def test_an_order_without_number_plate_and_vin_is_refused(tmp_path: Path):
    assert visit(tmp_path, 工单号="", 维修项目="保养").why == "这一行没有委托书号、车牌号、VIN，至少要有一项，请补上。"
