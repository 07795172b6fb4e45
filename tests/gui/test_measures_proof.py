"""有效性评估 in the window: the register counts, the evaluator decides, and what was not effective is answered."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from crm_desktop.domain.measures import EvaluationDraft
from crm_desktop.gui.attachments_dialog import AttachmentsDialog
from crm_desktop.gui.given_files import Given
from crm_desktop.gui.measures.measure_desk import measure_desk_of
from crm_desktop.gui.measures.page import MeasuresPage
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from tests.gui.hands import Hands
from tests.makers import act
from tests.services.records import care, measure
from tests.services.test_proofs import LATER, PICTURE, came, finished


@pytest.fixture
def room(qtbot, office):
    """The room with one measure whose window has passed, out of a complaint about repair quality."""
    messages = Messages()
    hands = Hands(qtbot, MeasuresPage(measure_desk_of(office), Session(office.desk), messages), messages)
    hands.first = came(office, date(2026, 10, 1), model="朗逸 1.5L")
    hands.done = finished(office, hands.first)
    hands.page.show_measure(hands.done.id)
    return hands


def begin(room):
    """The dialog of the evaluation, by the keyboard."""
    room.walk_to("有效性评估")
    room.press(Qt.Key.Key_Space)


def test_the_register_counts_and_the_evaluator_does_not_type_it(room, office):
    again = came(office, date(2026, 11, 1), model="帕萨特")
    begin(room)
    assert room.field("比较什么").typed() == "类别 + 责任线（建议）"
    counted = room.field("登记表的数").typed()
    assert counted.splitlines()[0] == "类别＝维修质量，责任线＝技术"
    assert counted.splitlines()[-1] == f"再发：{again}"
    assert room.field("评估结论").accessibleDescription() == "又发生 1 件，不能判“有效”"


def test_another_comparison_is_chosen_by_keys_and_counted_at_once(room, office):
    came(office, date(2026, 11, 1), model="帕萨特")
    begin(room)
    choice = room.field("比较什么")
    while choice.typed() != "类别 + 责任线 + 车型":
        room.qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert "后 0 件" in room.field("登记表的数").typed()


def test_a_recurrence_leaves_partly_or_not_and_the_next_measure_is_offered(room, office):
    came(office, date(2026, 11, 1))
    begin(room)
    room.fill("评估依据", "抱怨登记表，抽查终检单 4 份")
    room.fill("评估结论", "有效")
    room.click("保存评估")
    assert "不能判“有效”" in room.said()
    room.fill("评估结论", "部分有效")
    room.click("保存评估")
    assert room.said() == "JY2026-001 评为部分有效，请另立一项措施。"
    assert room.has("另立措施")
    assert "再发：" in room.texts()


def test_a_window_of_sixty_days_is_chosen_with_the_measure(room):
    room.click("新建措施")
    assert room.field("观察").typed() == "30 天"
    room.fill("观察", "60 天")
    assert room.field("观察").value() == 60


def test_files_prove_that_a_measure_was_carried_out(room, office, tmp_path):
    made = office.measures.register(measure(), act())
    room.page.show_measure(made.id)
    room.click("附件")
    window = room.page.findChild(AttachmentsDialog)
    (tmp_path / "签到单.png").write_bytes(PICTURE)
    window.add_wanted.emit((Given(tmp_path / "签到单.png", "签到单.png"),))
    assert room.has("附件 1")
    window.accept()
    room.click("登记完成")
    room.click("登记完成", place=-1)
    assert room.said().startswith("JY2026-002 已完成")


def test_the_booklet_of_cases_is_asked_for_by_category(room):
    chapters = room.button("案例汇编").menu()
    with room.qtbot.waitSignal(room.page.casebook_wanted) as wanted:
        next(action for action in chapters.actions() if action.text() == "维修质量").trigger()
    assert wanted.args == [None, None, "维修质量"]


def test_every_recurrence_is_opened_from_the_measure(room, office):
    again = came(office, date(2026, 11, 1))
    office.measures.evaluate(room.done.id, room.done.ver, EvaluationDraft(conclusion="无效", basis="台账"), care(LATER))
    room.page.show_measure(room.done.id)
    cases = {action.text(): action for action in room.button("打开抱怨单…").menu().actions()}
    assert list(cases) == [room.first, f"再发 {again}"]
    with room.qtbot.waitSignal(room.page.complaint_wanted) as opened:
        cases[f"再发 {again}"].trigger()
    assert opened.args == [again]
