"""The profile beside the file: wishes and consent, one line of time, stage and grade, warranty of a car."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTabWidget

from crm_desktop.domain.customers import ContactDraft, CustomerKind
from crm_desktop.domain.profile import FactsDraft
from crm_desktop.domain.recalls import RecallDraft
from crm_desktop.services.warranties import CarTerms
from tests.gui.customers_room import entered, file_of
from tests.makers import PHONE, PLATE, VIN, act, customer, day, registered, vehicle
from tests.services.profile_world import visit
from tests.services.test_recalls import RANGES


class Profile:
    """One customer's profile on the desk."""

    def __init__(self, qtbot, office, **changes):
        self.office, self.id = office, file_of(office, **changes)
        self.hands = entered(qtbot, office)
        self.hands.page.show_customer(self.id)

    @property
    def facts(self):
        return self.office.profiles.facts(self.id)

    def turn_to(self, title):
        book = self.hands.page.findChild(QTabWidget)
        titles = [book.tabText(place).split()[0] for place in range(book.count())]
        book.setCurrentIndex(titles.index(title))

    def titles(self):
        book = self.hands.page.findChild(QTabWidget)
        return [book.tabText(place) for place in range(book.count()) if book.isTabEnabled(place)]

    def choose(self, label, word):
        self.hands.field(label).set_typed(word)

    def answer(self, button, main="", **texts):
        """Presses a button, fills the dialog's inputs by their labels and takes its main answer."""
        self.hands.click(button)
        self.fill_in(main or button, **texts)

    def fill_in(self, button, **texts):
        """The dialog that is open."""
        dialog = QApplication.activeModalWidget()
        for field in dialog.findChildren(object):
            if hasattr(field, "set_typed") and field.accessibleName() in texts:
                field.set_typed(texts[field.accessibleName()])
        answers = [b for b in dialog.findChildren(object) if getattr(b, "accessibleName", str)() == button]
        self.hands.qtbot.mouseClick(answers[0], Qt.MouseButton.LeftButton)


@pytest.fixture
def profile(qtbot, office):
    """曾小明 with his car."""
    return Profile(qtbot, office)


def test_the_profile_has_its_blocks_and_a_new_customer_his_file_only(profile):
    assert profile.titles() == ["档案", "资料", "历史", "分类", "保修"]
    profile.hands.page.new_customer()
    assert profile.titles() == ["档案"]


def test_wishes_and_consent_are_saved_with_their_day_and_leave_a_history(profile):
    profile.turn_to("资料")
    profile.hands.fill("喜好", "喝茶")
    profile.hands.fill("忌讳", "不要叫老师傅")
    profile.choose("同意联系", "同意")
    profile.hands.save()
    draft = profile.facts.draft
    assert (draft.likes, draft.dislikes) == ("喝茶", "不要叫老师傅")
    assert (draft.contact_consent, draft.contact_consent_on) == ("同意", day(0))
    assert profile.hands.said() == "曾小明 的档案已保存。"
    profile.turn_to("历史")
    assert any("喝茶" in cell for cell in profile.hands.cells("历史", 3))


def test_file_and_facts_are_saved_together(profile):
    profile.hands.fill("备注", "常周末来")
    profile.turn_to("资料")
    profile.hands.fill("需求", "儿童区")
    assert profile.titles()[1] == "资料 •"
    profile.hands.save()
    assert profile.office.customers.profile(profile.id).draft.notes == "常周末来"
    assert profile.facts.draft.needs == "儿童区"
    assert profile.titles()[1] == "资料"


def test_a_refused_day_brings_its_page_to_the_front_with_what_was_typed(profile):
    profile.turn_to("资料")
    profile.choose("同意保存资料", "同意")
    profile.hands.fill("同意保存日期", "2030-01-01")
    profile.turn_to("历史")
    profile.hands.save()
    assert profile.hands.field("同意保存日期").typed() == "2030-01-01"
    assert "同意的日期晚于今天" in profile.hands.said()


def test_what_somebody_else_saved_meanwhile_is_told_before_it_is_overwritten(profile):
    profile.turn_to("资料")
    profile.hands.fill("喜好", "喝茶")
    profile.office.profiles.amend_facts(profile.id, profile.facts.ver, FactsDraft(likes="咖啡"), act())
    profile.hands.save()
    assert "资料刚被别人改过" in profile.hands.said()
    profile.hands.save()
    assert profile.facts.draft.likes == "喝茶"


def test_typed_facts_survive_another_page_and_are_asked_about_before_they_are_left(profile):
    other = file_of(profile.office, name="沈佳怡", contacts=(), vehicles=())
    profile.turn_to("资料")
    profile.hands.fill("喜好", "喝茶")
    profile.turn_to("分类")
    profile.turn_to("资料")
    assert profile.hands.field("喜好").typed() == "喝茶"
    with profile.hands.answering("保存"):
        profile.hands.page.show_customer(other)
    assert profile.facts.draft.likes == "喝茶"


def test_undo_takes_typed_facts_back(profile):
    profile.turn_to("资料")
    profile.hands.fill("喜好", "喝茶")
    profile.hands.click("还原")
    profile.turn_to("历史")
    profile.turn_to("资料")
    assert profile.hands.field("喜好").typed() == ""


def test_a_company_has_trade_size_and_standing(qtbot, office):
    profile = Profile(qtbot, office, name="宏远物流", kind=CustomerKind.COMPANY)
    profile.turn_to("资料")
    profile.hands.fill("行业", "物流运输")
    profile.hands.fill("规模", "50台车以上")
    profile.hands.fill("地位和现状", "本区最大")
    profile.hands.save()
    assert (profile.facts.draft.trade, profile.facts.draft.standing) == ("物流运输", "本区最大")


def test_a_person_is_not_asked_for_a_trade(profile):
    profile.turn_to("资料")
    assert profile.hands.fields("行业") == []


def test_the_preferred_number_and_the_one_not_to_be_called(qtbot, office):
    contacts = (ContactDraft("13800005521"), ContactDraft("13900001111", name="王会计", role="财务"))
    profile = Profile(qtbot, office, contacts=contacts)
    profile.turn_to("资料")
    profile.choose("王会计 139****1111", "勿扰")
    profile.choose("车主 138****5521", "首选")
    profile.hands.save()
    wishes = [(w.preferred, w.do_not_disturb) for w in office.profiles.contact_wishes(profile.id).values()]
    assert wishes == [(True, False), (False, True)]


def test_the_line_of_time_is_turned_page_by_page_and_narrowed(profile):
    for back in range(60):
        visit(profile.office, day(-back))
    registered(profile.office)
    profile.turn_to("历史")
    assert len(profile.hands.cells("历史", 0)) == 50
    profile.hands.click("看更早的")
    assert len(profile.hands.cells("历史", 0)) > 60
    assert not profile.hands.has("看更早的")
    profile.choose("类别", "投诉")
    assert profile.hands.cells("历史", 1) == ["投诉"]


def test_enter_on_a_complaint_of_the_line_of_time_opens_it(profile):
    number = registered(profile.office).number
    profile.turn_to("历史")
    table = profile.hands.table("历史")
    table.selectRow(profile.hands.cells("历史", 1).index("投诉"))
    table.setFocus()
    with profile.hands.qtbot.waitSignal(profile.hands.page.complaint_wanted) as wanted:
        profile.hands.press(Qt.Key.Key_Return)
    assert wanted.args == [number]


def test_an_empty_line_of_time_says_what_it_will_hold(qtbot, office):
    profile = Profile(qtbot, office, contacts=(), vehicles=())
    profile.turn_to("历史")
    assert profile.hands.cells("历史", 0) == []
    assert "还没有来往记录" in profile.hands.texts()


def test_a_step_of_the_stage_and_a_grade_with_its_reason(profile):
    profile.turn_to("分类")
    profile.answer("改分类", 分类="成交", 说明="第二辆车")
    profile.answer("评级", 等级="VIP", 评级理由="介绍过三位朋友")
    assert (profile.facts.stage, profile.facts.grade) == ("成交", "VIP")
    assert profile.hands.cells("分类历史", 0) == ["成交"]
    assert profile.hands.cells("评级历史", 4) == ["介绍过三位朋友"]
    assert "优先接待" in profile.hands.texts()


def test_a_decision_leaves_what_is_typed_in_the_file(profile):
    profile.hands.fill("备注", "常周末来")
    profile.turn_to("分类")
    profile.answer("改分类", 分类="意向")
    profile.hands.save()
    assert profile.office.customers.profile(profile.id).draft.notes == "常周末来"


def test_a_tag_is_put_on_and_taken_off(profile):
    profile.turn_to("分类")
    profile.answer("添加标签", 标签="怕等待")
    assert profile.office.profiles.tags(profile.id) == ("怕等待",)
    assert "标签 怕等待" in profile.hands.texts()
    with profile.hands.answering("去掉"):
        profile.hands.click("怕等待")
    assert profile.office.profiles.tags(profile.id) == ()


def test_a_block_that_was_checked_carries_the_day(profile):
    profile.turn_to("分类")
    profile.hands.click("联系人已核实")
    assert str(day(0)) in profile.hands.texts()
    assert not profile.hands.button("联系人已核实").isEnabled()


def test_how_complete_a_file_is_stands_beside_what_was_last_checked(profile):
    profile.turn_to("分类")
    assert "久未核实" in told_of_the_file(profile)
    profile.hands.click("联系人已核实")
    assert told_of_the_file(profile).startswith("资料完整度 ")
    assert "久未核实" not in told_of_the_file(profile)


def told_of_the_file(profile):
    """The line that says how complete the file is."""
    return next(text for text in profile.hands.texts().splitlines() if "资料完整度" in text)


def test_the_warranty_of_a_car_with_its_terms(profile):
    profile.office.recalls.register(RecallDraft("转向柱螺栓", RANGES), act())
    profile.turn_to("保修")
    profile.hands.fill("开票日期", str(day(-400)))
    profile.hands.fill("包修期", "60")
    profile.hands.save()
    texts = profile.hands.texts()
    assert "转向柱螺栓，还没有做" in texts
    assert f"包修期到 {day(-400).replace(year=day(-400).year + 5)}" in texts
    assert "三包有效期到" in texts


def test_a_repair_under_the_rule_of_2022_is_recorded_finished_and_taken_back(profile):
    profile.turn_to("保修")
    profile.answer("登记三包修理", main="保存", 质量问题="变速箱顿挫", 送修时间="11-20 09:00", 系统="变速器")
    assert profile.hands.cells("三包修理", 3) == ["在修"]
    profile.hands.table("三包修理").setFocus()
    profile.hands.press(Qt.Key.Key_Return)
    profile.fill_in("保存", 修好时间="11-20 17:00")
    assert profile.hands.cells("三包修理", 3) == ["修好了"]
    profile.answer("撤回三包修理", 原因="不是质量问题")
    assert profile.hands.cells("三包修理", 3) == []


def test_a_recall_that_was_done_is_said_to_be(profile):
    profile.office.recalls.register(RecallDraft("转向柱螺栓", RANGES), act())
    profile.turn_to("保修")
    profile.answer("召回已做", main="保存", 委托书号="WT9001")
    assert f"转向柱螺栓，{day(0)} 已做" in profile.hands.texts()
    assert not profile.hands.has("召回已做")


def test_another_car_has_its_own_warranty(qtbot, office):
    profile = Profile(qtbot, office, vehicles=(vehicle(), vehicle(plate="沪B12345", vin="")))
    second = office.customers.profile(profile.id).draft.vehicles[1].id
    office.warranties.set_terms(second, 1, CarTerms(day(-30), purpose="营运"), act())
    profile.turn_to("保修")
    profile.choose("车辆", "沪B·12345")
    assert profile.hands.field("用途").typed() == "营运"


def test_without_a_car_the_warranty_says_where_to_add_one(qtbot, office):
    profile = Profile(qtbot, office, vehicles=())
    profile.turn_to("保修")
    assert "在“档案”里添加" in profile.hands.texts()
    profile.turn_to("档案")
    profile.hands.save()
    assert profile.hands.said() == "曾小明 的档案已保存。"


def test_the_banner_of_the_file_says_what_matters(profile):
    profile.office.profiles.amend_facts(profile.id, 1, FactsDraft(dislikes="不要叫老师傅"), act())
    profile.hands.page.refresh()
    assert "忌讳 不要叫老师傅" in profile.hands.texts()


@pytest.mark.parametrize(("label", "text"), [("联系电话", PHONE), ("车牌号", PLATE), ("VIN", VIN)])
def test_over_a_new_file_stand_the_facts_of_whoever_is_known_already(profile, label, text):
    profile.office.profiles.amend_facts(profile.id, 1, FactsDraft(dislikes="不要叫老师傅"), act())
    profile.hands.page.new_customer()
    profile.hands.fill(label, text)
    assert "忌讳 不要叫老师傅" in profile.hands.texts()
    profile.hands.fill(label, "1")
    assert "忌讳" not in profile.hands.texts()


def test_long_names_leave_every_tab_inside_the_window(qtbot, office):
    profile = Profile(qtbot, office, name="上海" + "宏远" * 19, kind=CustomerKind.COMPANY)
    profile.office.profiles.amend_facts(profile.id, 1, FactsDraft(likes="茶" * 400, trade="物" * 80), act())
    profile.hands.page.refresh()
    for title in profile.titles():
        profile.turn_to(title)
        assert profile.hands.page.minimumSizeHint().width() <= 1198
    assert customer().name not in profile.hands.texts()
