"""归类 in the window: proposed beside 解决, confirmed by one key, changed in a dialog; similar cases lend words."""

from __future__ import annotations

from PySide6.QtCore import Qt

from crm_desktop.domain.classification import Axis
from crm_desktop.gui.complaints.similar_dialog import SimilarDialog
from tests.gui.complaints_room import CTRL
from tests.gui.test_procedure_window import ADVISER, by, desk, open_case, texts
from tests.makers import SOLVED, complaint

__all__ = ["desk"]

OVERCHARGED = "结算单上工时费多收了三百，没同意过"


def confirmed(room):
    """What was confirmed of the case."""
    return room.office.classifications.of_complaint(room.number)


def solved_before(room, **changes):
    """An older complaint that was solved."""
    verbs = room.office.complaints
    saved = verbs.register(complaint(**changes), by(room, ADVISER))
    return verbs.resolve(saved.number, saved.ver, by(room, ADVISER), fields=SOLVED).number


def test_one_key_confirms_what_is_proposed(desk):
    open_case(desk, words=OVERCHARGED)
    desk.turn_to("方案")
    assert "建议归类" in texts(desk)
    desk.press(Qt.Key.Key_G, CTRL)
    assert confirmed(desk).words[Axis.CATEGORY] == "维修价格"
    assert confirmed(desk).who == ADVISER
    assert "建议归类" not in texts(desk)


def test_another_word_is_chosen_in_the_dialog(desk):
    open_case(desk, words=OVERCHARGED)
    desk.turn_to("方案")
    desk.click("改归类")
    dialog = desk.dialog()
    desk.field("性质", dialog).set_value("咨询")
    desk.field("五度", dialog).set_value("")
    desk.click("确认归类", dialog)
    assert (confirmed(desk).words[Axis.KIND], confirmed(desk).words[Axis.DIMENSION]) == ("咨询", "")


def test_what_is_typed_stays_while_it_is_classified(desk):
    open_case(desk, words=OVERCHARGED)
    desk.turn_to("方案")
    desk.fill("解决措施", "退还多收的三百元")
    desk.click("确认归类")
    assert desk.field("解决措施").typed() == "退还多收的三百元"


def test_solving_never_waits_for_the_classification(desk):
    open_case(desk, words=OVERCHARGED)
    saved = desk.office.cases.case(desk.number)
    desk.office.complaints.resolve(saved.number, saved.ver, by(desk, ADVISER), fields=SOLVED)
    assert desk.office.cases.case(desk.number).state == "已解决"
    assert confirmed(desk) is None


def test_a_similar_case_lends_its_solution_and_nothing_is_saved_by_it(desk):
    solved_before(desk, words="工时费多收了两百，没有同意过")
    open_case(desk, words=OVERCHARGED)
    desk.turn_to("方案")
    desk.fill("安抚措施", "当面说明")
    desk.click("相似案例")
    desk.click("采用此方案", desk.page.window().findChild(SimilarDialog))
    assert desk.field("解决措施").typed() == SOLVED["solution"]
    assert desk.field("安抚措施").typed() == f"当面说明\n{SOLVED['soothing']}"
    assert desk.office.cases.case(desk.number).fields["solution"] == ""


def test_the_intake_offers_a_category_and_one_key_takes_it(room):
    room.page.new_complaint()
    room.fill("抱怨内容", OVERCHARGED)
    room.press(Qt.Key.Key_G, CTRL)
    assert room.field("类别").value() == "维修价格"


def test_a_category_that_was_chosen_is_not_changed_by_the_key(room):
    room.page.new_complaint()
    room.field("类别").set_value("服务态度")
    room.fill("抱怨内容", OVERCHARGED)
    room.press(Qt.Key.Key_G, CTRL)
    assert room.field("类别").value() == "服务态度"


def test_what_was_never_classified_is_opened_where_it_is_confirmed(desk):
    number = solved_before(desk, words=OVERCHARGED)
    desk.page.show_list("未归类")
    desk.table("抱怨投诉").setFocus()
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_G, CTRL)
    assert desk.office.classifications.of_complaint(number).words[Axis.CATEGORY] == "维修价格"
