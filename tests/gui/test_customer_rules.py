"""The pages of 规则 about customers and cars: changed by keyboard, in force at once, harmful to no record."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.domain.customers import ContactDraft
from crm_desktop.domain.profile import FactsDraft
from crm_desktop.services.warranties import CarTerms
from tests.gui.customers_room import entered, file_of
from tests.gui.test_rules_window import add, change, opened, turn_to
from tests.makers import act, day
from tests.services.test_profiles import troubles


@pytest.fixture
def rules(qtbot, office):
    """The window of the rules; what is left open in front of it is closed."""
    made = opened(qtbot, office)
    yield made
    while QApplication.activeModalWidget() is not None:
        QApplication.activeModalWidget().close()


def drop(hands, table, row):
    """Takes a line away."""
    hands.table(table).selectRow(row)
    hands.click("去掉")
    hands.fill("修改原因", "不用了")
    hands.click("去掉", 1)


def test_a_word_taken_out_of_a_dictionary_stays_in_the_file_and_is_offered_no_more(rules):
    office = rules.office
    found = file_of(office)
    office.profiles.amend_facts(found, 1, FactsDraft(trade="驾校"), act())
    turn_to(rules, "字典")
    row = rules.cells("字典", 0).index("行业")
    words = rules.cells("字典", 1)[row]
    change(rules, "字典", row, 提示哪些词=words.replace("、驾校", "、殡葬"), 修改原因="本店没有驾校")
    assert "驾校" not in office.rules.profile().dictionaries["行业"]
    assert "殡葬" in office.rules.profile().dictionaries["行业"]
    facts = office.profiles.facts(found)
    office.profiles.amend_facts(found, facts.ver, FactsDraft(trade=facts.draft.trade, likes="茶"), act())
    assert office.profiles.facts(found).draft.trade == "驾校"
    assert troubles(office) == []


def test_words_of_the_dictionaries_are_offered_where_they_belong_and_an_old_one_stays(rules, qtbot):
    office = rules.office
    found = file_of(office, source="电台广告", contacts=(ContactDraft("13800005521", role="干爹"),))
    turn_to(rules, "字典")
    row = rules.cells("字典", 0).index("联系人身份")
    change(rules, "字典", row, 提示哪些词="车主、保姆", 修改原因="试试")
    hands = entered(qtbot, office)
    hands.page.show_customer(found)
    assert hands.field("来源").typed() == "电台广告"
    role = hands.field("身份")
    assert role.typed() == "干爹"
    assert [role.itemText(place) for place in range(role.count())] == ["车主", "保姆", "干爹"]


def test_down_opens_the_words_and_enter_takes_one_which_is_saved(qtbot, office):
    found = file_of(office)
    hands = entered(qtbot, office)
    hands.page.show_customer(found)
    hands.walk_to("来源")
    hands.press(Qt.Key.Key_Down)
    assert [offer.title for offer in hands.field("来源").offers()][:2] == ["自然进店", "电话"]
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Down)
    hands.press(Qt.Key.Key_Return)
    assert hands.field("来源").typed() == "电话"
    hands.save()
    assert office.customers.profile(found).draft.source == "电话"


def test_the_record_of_changes_names_the_words(rules):
    turn_to(rules, "字典")
    row = rules.cells("字典", 0).index("区域")
    change(rules, "字典", row, 提示哪些词="市区 外地 高新区", 修改原因="新开了高新区")
    rules.click("改动记录")
    assert rules.cells("改动记录", 2) == ["区域 提示哪些词：加上 高新区；去掉 郊区"]
    assert rules.cells("改动记录", 3) == ["新开了高新区"]
    rules.click("关闭")


def test_an_own_field_is_added_filled_in_taken_away_and_comes_back_with_what_it_held(rules):
    office = rules.office
    found = file_of(office)
    turn_to(rules, "自定义字段")
    assert "还没有，按“添加”写第一条。" in rules.texts()
    add(rules, 字段名称="车友会", 修改原因="市场部要")
    (own,) = office.rules.profile().custom_fields
    office.profiles.amend_facts(found, 1, FactsDraft(custom={own.key: "朗逸会"}), act())
    drop(rules, "自定义字段", 0)
    assert office.profiles.facts(found).draft.custom == {}
    add(rules, 字段名称="车友会", 修改原因="还是要")
    assert office.profiles.facts(found).draft.custom == {own.key: "朗逸会"}


def test_a_field_keeps_what_it_held_under_another_name(rules):
    office = rules.office
    found = file_of(office)
    turn_to(rules, "自定义字段")
    add(rules, 字段名称="车友会", 修改原因="市场部要")
    (own,) = office.rules.profile().custom_fields
    office.profiles.amend_facts(found, 1, FactsDraft(custom={own.key: "朗逸会"}), act())
    change(rules, "自定义字段", 0, 字段名称="俱乐部", 修改原因="改名")
    add(rules, 字段名称="车友会", 修改原因="另外一个")
    first, second = office.rules.profile().custom_fields
    assert (first.key, first.label, second.label) == (own.key, "俱乐部", "车友会")
    assert second.key != first.key


def test_ten_own_fields_are_enough(rules):
    turn_to(rules, "自定义字段")
    for number in range(10):
        add(rules, 字段名称=f"字段{number}", 修改原因="试试")
    add(rules, 字段名称="字段十", 修改原因="试试")
    assert "最多 10 个" in rules.field("字段名称").accessibleDescription()
    assert rules.field("字段名称").typed() == "字段十"


def test_weights_are_changed_together_and_grade_differently_at_once(rules):
    turn_to(rules, "评级")
    weights = {"消费次数占（%）": "0", "消费金额占（%）": "50", "付款数量占（%）": "0", "付款及时率占（%）": "30"}
    change(rules, "评级", 1, **weights, **{"客户贡献率占（%）": "20"}, 修改原因="看重及时付款")
    assert rules.office.rules.grading().weights["on_time"] == 30
    assert rules.cells("评级", 1)[1] == "消费次数 0、消费金额 50、付款数量 0、付款及时率 30、客户贡献率 20"


def test_period_threshold_and_policy_are_changed_and_told(rules):
    turn_to(rules, "评级")
    change(rules, "评级", 0, 看最近几个月="24", 修改原因="两年一评")
    change(rules, "评级", 3, 多少分起="85", 优惠政策="专属顾问，免费代步车", 修改原因="总经理定的")
    kept = rules.office.rules.grading()
    assert (kept.months, kept.lines[0].least, kept.policy("VIP")) == (24, 85, "专属顾问，免费代步车")
    assert rules.cells("评级", 1)[3] == "85 分起　专属顾问，免费代步车"


def test_periods_counts_and_guarantees_are_changed(rules):
    turn_to(rules, "三包")
    change(rules, "三包", 0, 月数="48", 公里数="100,000", 修改原因="集团承诺")
    change(rules, "三包", 6, 几日="20", 修改原因="早点提醒")
    turn_to(rules, "维修质保")
    words = {"维修项目里有这些字就是": "喷漆、钣金", "保几天": "365", "保多少公里": "20000"}
    add(rules, 修理类别="喷漆", **words, 修改原因="油漆质保一年")
    kept = rules.office.rules.warranty()
    assert (kept.terms.repair_months, kept.terms.repair_km, kept.limits.near_days) == (48, 100_000, 20)
    assert (kept.guarantees[0].name, kept.guarantees[0].words, kept.guarantees[0].days) == (
        "喷漆",
        ("喷漆", "钣金"),
        365,
    )
    drop(rules, "维修质保", 0)
    assert rules.office.rules.warranty().guarantees[0].name == "整车修理或总成修理"


def test_what_a_maker_promises_holds_for_the_cars_of_his_brand_from_that_day_on(rules):
    office = rules.office
    found = file_of(office)
    car = office.customers.profile(found).draft.vehicles[0]
    office.warranties.set_terms(car.id, 1, CarTerms(delivered_on=day(-400)), act())
    turn_to(rules, "厂家保修")
    numbers = {"包修月数": "60", "包修公里": "150,000"}
    add(rules, 品牌="上汽大众", 从哪天交付的车起="2020/1/1", **numbers, 修改原因="厂家手册")
    assert "150,000 公里" in office.warranties.view(car.id).covers[0].sentence
    assert "50,000 公里" in office.warranties.view(car.id).covers[1].sentence
    change(rules, "厂家保修", 0, 从哪天交付的车起="2026-11-01", 修改原因="只对新车")
    assert " 60,000 公里" in office.warranties.view(car.id).covers[0].sentence
    drop(rules, "厂家保修", 0)
    assert office.rules.warranty().makers == ()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"品牌": "", "包修月数": "60"}, "要写品牌"),
        ({"品牌": "上汽大众"}, "期限至少填一项"),
        ({"品牌": "上汽大众", "包修月数": "五年"}, "请填整数"),
        ({"品牌": "上汽大众", "包修月数": "60", "从哪天交付的车起": "去年"}, "去年"),
    ],
)
def test_a_promise_that_cannot_be_is_told_and_nothing_typed_is_lost(rules, typed, told):
    turn_to(rules, "厂家保修")
    add(rules, **typed, 修改原因="厂家手册")
    assert told in rules.said()
    assert rules.field("品牌").typed() == typed["品牌"]
    assert rules.office.rules.warranty().makers == ()


@pytest.mark.parametrize(
    ("title", "row", "label", "typed", "told"),
    [
        ("字典", 0, "提示哪些词", "电话、电话", "空白、重复"),
        ("核实和流失", 0, "现在是", "一年", "请填整数"),
        ("核实和流失", 0, "现在是", "0", "大于 0"),
        ("评级", 0, "看最近几个月", "99", "1 到 60"),
        ("评级", 1, "消费金额占（%）", "40", "合计应为 100，现在是 105"),
        ("评级", 2, "消费金额（元）", "两万", "请填数字"),
        ("评级", 2, "付款数量", "0", "大于 0"),
        ("评级", 3, "多少分起", "50", "从高到低"),
        ("评级", 3, "优惠政策", "优" * 61, "60 个字以内"),
        ("三包", 0, "月数", "24", "法定最低是 36，只能更长"),
        ("三包", 2, "几次", "3", "法定是 2，只能更少"),
        ("维修质保", 0, "保几天", "很久", "请填整数"),
        ("维修质保", 2, "修理类别", " ", "请写修理类别"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_changes_nothing(rules, title, row, label, typed, told):
    turn_to(rules, title)
    before = rules.cells(title, 1)
    change(rules, title, row, **{label: typed, "修改原因": "试试"})
    fields = [field for field in rules.page.findChildren(QWidget) if told in field.accessibleDescription()]
    assert len(fields) == 1
    assert rules.field(label).typed() == typed
    rules.click("取消")
    assert rules.cells(title, 1) == before


def test_every_page_is_reached_by_arrows_and_changed_by_enter(rules):
    rules.walk_to("规则")
    for _ in range(40):
        rules.press(Qt.Key.Key_Down)
        if rules.page.findChild(object, "contents").currentItem().text() == "评级":
            break
    rules.walk_to("评级")
    rules.press(Qt.Key.Key_Return)
    rules.qtbot.waitUntil(lambda: rules.focus() == "看最近几个月")
