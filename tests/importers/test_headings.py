"""Which column is which, for every kind and every source the facts describe."""

import pytest

from crm_desktop.domain.errors import WorkbookRefused
from crm_desktop.domain.imports import ImportKind
from crm_desktop.domain.register import COLUMNS
from crm_desktop.importers.cells import Table
from crm_desktop.importers.headings import ColumnMap, field_titles, is_known, recognise, template

OWNERS = (
    "车主性质 车主编号 车主 是否是会员 手机 电话 邮编 地址 职业 联系人 联系人手机 联系人电话 创建人 证件类型 购车因素"
)
CARS = (
    "车主编号 车牌号 VIN 发动机 品牌 车系 车型 钥匙号 送修人 送修人手机 送修人电话 销售顾问 创建人 建档日期 不激活原因"
)
REPAIR_SHOP = """客户名称 手机号码 车牌号 车架号 地址 厂牌车型信息 发动机号 年审到期日期
商业险单号 商业险投保公司ID 商业险投保公司名称 商业险金额 商业险到期日期
交强险单号 交强险投保公司ID 交强险投保公司名称 交强险金额 交强险到期日期
颜色 驾驶证发证日期 上次保养日期 下次保养日期 下次保养里程 日均里程 维修周期 保养周期 间隔保养里程
最近进店里程 最近进店日期 最近离店日期 最后维修顾问名称 来厂次数 消费金额 备注"""
SETTLEMENTS = """结算清单编号 机动车所有人 送修人 联系电话 品牌型号 车牌号码 车辆识别代码(VIN)
送修日期 出厂日期 维修类别 送修里程 总费用"""

WORDS_OF_THE_FACTS = """客户姓名 客户名称 姓名 车主
车主姓名 车主名称 机动车所有人 会员名称 投诉人姓名 托修方 顾客姓名 用户姓名
手机 手机号 手机号码 客户手机 客户手机号 车主手机 移动电话 联系人手机 送修人手机 MOBILE
电话 联系电话 客户电话 车主电话 联系人电话 固定电话 座机 送修人 联系人 DELIVERER 送修人电话 联系方式
车牌号 车牌 车牌号码 牌照号 车号 号牌号码 LICENSE VIN VIN号 VIN码 VIN号码 车架号 车架号(VIN) 车架VIN码 底盘号
车辆识别代号 车辆识别代码(VIN) 发动机号 发动机 发动机号码 品牌 厂牌 车系 车种 系列 车型 型号 品牌车型 品牌型号
厂牌车型信息 车型名称 里程 行驶里程 公里数 进厂里程 送修里程 进店里程 最近进店里程 购车日期 购车时间 销售日期 开票日期
交车日期 SALES_DATE 委托书号 任务委托书号 工单号 维修工单号 施工单号 结算单号 结算清单编号 RO_NO 单号 进厂日期
进厂时间 送修日期 开单日期 接单时间 出厂日期 离厂时间 结算日期 服务顾问 客户经理 服务专员 维修顾问 接待员 SA
最后维修顾问名称 维修技师 责任技师 主修人 承修人 终检人 质检员 质量检验员 商业险到期日期 交强险到期日期 保险到期
年审到期日期 年检到期 上次保养日期 下次保养日期 下次保养里程 投诉编号 抱怨单编号 投诉日期 抱怨时间 投诉类型 抱怨类别
投诉级别 投诉内容 抱怨内容 投诉来源 处理结果 解决方案 责任部门 责任人 结案日期"""
"""facts.md 8.2, the table of synonyms."""


def found(kind: ImportKind, *headings: str, empty: tuple[int, ...] = ()) -> ColumnMap:
    return recognise(kind, Table(headings, 1, (), 0, frozenset(empty)))


def taken(kind: ImportKind, headings: str) -> dict[str, str]:
    words = headings.split()
    mapping = found(kind, *words)
    assert not mapping.unrecognised
    return {name: words[index] for name, index in mapping.columns.items()}


@pytest.mark.parametrize("kind", ImportKind)
def test_every_heading_of_a_template_is_recognised_as_its_own_field(kind: ImportKind):
    mapping = found(kind, *template(kind))
    assert list(mapping.columns) == list(field_titles(kind))
    assert not mapping.unrecognised


def test_our_own_register_can_be_imported_again():
    mapping = found(ImportKind.COMPLAINTS, *(column.title for column in COLUMNS))
    assert mapping.unrecognised == ("序号",)
    assert len(mapping.columns) == 28


def test_the_published_list_in_english_is_recognised():
    headings = ["brand", "car_model", "datetime", "desc", "id", "id_", "problem", "status", "type", "type_"]
    mapping = found(ImportKind.COMPLAINTS, *headings, empty=(4, 8))
    assert {name: headings[index] for name, index in mapping.columns.items()} == {
        "brand": "brand",
        "series": "car_model",
        "received_at": "datetime",
        "words": "desc",
        "source_number": "id_",
        "fault_codes": "problem",
        "source_status": "status",
        "model": "type_",
    }
    assert mapping.empty == ("id", "type")
    assert not mapping.unrecognised


@pytest.mark.parametrize(
    "heading", ["投诉内容", " 投 诉 内 容 ", "*投诉内容：", "投诉内容（必填）", "投诉内容\n(客户原话)", "投诉内容★"]
)
def test_ornaments_of_a_heading_do_not_matter(heading: str):
    assert found(ImportKind.COMPLAINTS, heading).columns == {"words": 0}


@pytest.mark.parametrize("heading", ["车辆识别代码(VIN)", "车架号（VIN）", "ＶＩＮ", "vin码", "VIN（17位）"])
def test_a_vin_column_is_known_under_its_many_names(heading: str):
    assert found(ImportKind.CUSTOMERS, heading).columns == {"vin": 0}


def test_an_owner_list_of_a_dealer_system_keeps_owner_and_contact_apart():
    columns = taken(ImportKind.CUSTOMERS, OWNERS)
    assert columns["name"] == "车主"
    assert columns["phones"] == "手机"
    assert columns["landline"] == "电话"
    assert columns["brought_by"] == "联系人"
    assert columns["brought_by_phone"] == "联系人手机"
    assert columns["more_phones"] == "联系人电话"


def test_a_car_list_of_a_dealer_system_is_recognised():
    columns = taken(ImportKind.CUSTOMERS, CARS)
    assert columns["engine_number"] == "发动机"
    assert columns["brought_by_phone"] == "送修人手机"
    assert columns["owner_number"] == "车主编号"


def test_the_columns_of_a_repair_shop_template_are_all_known():
    mapping = found(ImportKind.CUSTOMERS, *REPAIR_SHOP.split())
    assert not mapping.unrecognised
    assert mapping.columns["mileage"] == 27
    assert "商业险到期日期" in mapping.kept


def test_a_settlement_list_is_recognised_as_visits():
    columns = taken(ImportKind.VISITS, SETTLEMENTS)
    assert columns["order_number"] == "结算清单编号"
    assert columns["customer_name"] == "机动车所有人"
    assert columns["brought_by"] == "送修人"
    assert columns["amount_fen"] == "总费用"


def test_a_call_list_of_a_dealer_system_is_recognised():
    headings = (
        "回访编号 回访类型 车主/客户编号 车主/客户姓名 回访日期 回访内容 回访人 反馈信息 品牌 车系 车型 VIN 联系人手机"
    )
    columns = taken(ImportKind.FOLLOWUPS, headings)
    assert columns["customer_name"] == "车主/客户姓名"
    assert columns["called_at"] == "回访日期"
    assert columns["phone"] == "联系人手机"


@pytest.mark.parametrize(
    ("kind", "headings", "field", "heading"),
    [
        (ImportKind.CUSTOMERS, "车主 电话", "phones", "电话"),
        (ImportKind.CUSTOMERS, "车主 手机 电话", "landline", "电话"),
        (ImportKind.CUSTOMERS, "联系人 联系方式", "name", "联系人"),
        (ImportKind.CUSTOMERS, "联系人 车主", "brought_by", "联系人"),
        (ImportKind.CUSTOMERS, "车主 交车日期", "bought_on", "交车日期"),
        (ImportKind.VISITS, "工单号 交车日期", "left_on", "交车日期"),
        (ImportKind.VISITS, "单号 车牌", "order_number", "单号"),
        (ImportKind.COMPLAINTS, "单号 投诉内容", "source_number", "单号"),
        (ImportKind.COMPLAINTS, "单号 投诉编号 投诉内容", "order_number", "单号"),
        (ImportKind.COMPLAINTS, "工单号 单号 投诉内容", "source_number", "单号"),
        (ImportKind.COMPLAINTS, "id 投诉内容", "source_number", "id"),
        (ImportKind.COMPLAINTS, "手机 联系电话 投诉内容", "phone", "手机"),
        (ImportKind.COMPLAINTS, "手机 联系电话 投诉内容", "other_phone", "联系电话"),
        (ImportKind.COMPLAINTS, "日期 内容", "received_at", "日期"),
        (ImportKind.COMPLAINTS, "处理人 责任人 投诉内容", "responsible", "责任人"),
    ],
)
def test_an_unsure_heading_is_decided_by_kind_and_by_what_else_is_there(kind, headings, field, heading):
    words = headings.split()
    assert words[found(kind, *words).columns[field]] == heading


def test_of_two_columns_for_one_field_the_one_with_values_is_read():
    mapping = found(ImportKind.COMPLAINTS, "投诉内容", "问题描述", empty=(0,))
    assert mapping.columns == {"words": 1}
    assert mapping.empty == ("投诉内容",)


def test_a_second_column_for_one_field_is_kept_under_its_own_heading():
    mapping = found(ImportKind.COMPLAINTS, "投诉内容", "解决方案", "处理结果")
    assert mapping.columns["solution"] == 1
    assert mapping.kept == {"处理结果": 2}


def test_what_is_not_recognised_is_listed_and_an_untitled_column_by_its_place():
    mapping = found(ImportKind.COMPLAINTS, "投诉内容", "星座", "", "幸运数", empty=(3,))
    assert mapping.unrecognised == ("星座", "第 3 列（无标题）")
    assert mapping.empty == ("幸运数",)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (ImportKind.COMPLAINTS, "表里没有“抱怨内容”这一列，不能作为抱怨导入；找到的表头是：甲、乙，请改好表头再导入。"),
        (ImportKind.CUSTOMERS, "表里没有客户姓名、手机、固定电话、车牌号、VIN 中的任何一列，不能作为客户档案导入"),
        (ImportKind.VISITS, "表里没有委托书号、车牌号、VIN 中的任何一列，不能作为进厂记录导入"),
        (ImportKind.FOLLOWUPS, "表里没有抱怨单号、委托书号、联系电话、车牌号、VIN 中的任何一列，不能作为回访导入"),
    ],
)
def test_a_file_without_what_a_kind_needs_is_refused_with_the_headings_it_has(kind: ImportKind, sentence: str):
    with pytest.raises(WorkbookRefused) as refusal:
        found(kind, "甲", "乙")
    assert refusal.value.sentence.startswith(sentence)


def test_calls_without_any_result_are_refused():
    with pytest.raises(
        WorkbookRefused, match="没有计划回访日期、回访时间、回访结果、满意度、评分、顾客反馈 中的任何一列"
    ):
        found(ImportKind.FOLLOWUPS, "抱怨单号", "联系电话")


@pytest.mark.parametrize("word", WORDS_OF_THE_FACTS.split())
def test_every_word_of_the_facts_is_known(word: str):
    assert is_known(word)
