"""损失和补偿 in the window: lines by keyboard, the sum in the form, another's PIN above one's limit."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from crm_desktop.domain.staff import Role
from tests.gui.complaints_room import Room
from tests.makers import act
from tests.services.procedure import assigned


@pytest.fixture
def number(room: Room) -> str:
    """A complaint in hand, at 方案."""
    saved = assigned(room.office)
    room.page.show_case(saved.number)
    room.turn_to("方案")
    return saved.number


def ledger(room: Room) -> QDialog:
    """The ledger, opened by key."""
    room.button("损失和补偿").setFocus()
    room.press(Qt.Key.Key_Space)
    return room.dialog()


def entered(room: Room, book: QDialog, word: str, kind: str, yuan: str, **more: str) -> QDialog:
    """A line filled in and handed over; the dialog it was asked in."""
    room.click(word, book)
    asked = room.dialog()
    room.field("补偿方式" if word == "登记补偿" else "是什么", asked).set_value(kind)
    room.fill("金额", yuan, asked)
    for label, text in more.items():
        room.fill(label.replace("_", " "), text, asked)
    room.click("登记", asked)
    return asked


def test_a_line_is_entered_by_keyboard_and_sums_up_in_the_form(room: Room, number: str) -> None:
    book = ledger(room)
    assert room.focus() == "登记补偿"
    room.press(Qt.Key.Key_Space)
    room.dialog()
    assert room.focus() == "补偿方式"
    room.press(Qt.Key.Key_Down)
    room.press(Qt.Key.Key_Return)
    room.write("120")
    room.press(Qt.Key.Key_Return)
    room.write("本次保养工时全免")
    room.walk_to("登记")
    room.press(Qt.Key.Key_Space)
    assert room.said() == f"{number} 已登记补偿 免工时费 120 元。"
    book.accept()
    assert room.field("补偿金额").typed() == "120 元" and room.field("补偿金额").isReadOnly()
    assert room.has("损失和补偿 1 笔")


def test_losses_and_claims_stand_beside_what_was_given(room: Room, number: str) -> None:
    book = ledger(room)
    entered(room, book, "登记损失", "时间", "", 小时="6", 说明="来店三趟")
    entered(room, book, "登记索赔", "赔钱", "5000")
    assert room.office.compensations.of_complaint(number).words == "损失 6 小时 · 索赔 5,000 元"
    assert not room.field("补偿金额").isReadOnly()


def test_a_refused_line_keeps_what_was_typed(room: Room, number: str) -> None:
    asked = entered(room, ledger(room), "登记补偿", "退款", "一百")
    assert room.field("金额", asked).typed() == "一百"
    assert room.office.compensations.of_complaint(number).rows == ()
    asked.close()


def test_a_line_is_taken_back_with_its_reason(room: Room, number: str) -> None:
    book = ledger(room)
    entered(room, book, "登记补偿", "退款", "50")
    room.click("冲销", book)
    asked = room.dialog()
    room.fill("冲销原因", "登记错了", asked)
    room.click("冲销", asked)
    assert room.office.compensations.of_complaint(number).rows == ()
    assert room.field("补偿金额").typed() == ""


def test_above_the_limit_another_gives_his_pin(room: Room, number: str) -> None:
    office = room.office
    office.access.hire("程立群", (Role.DIRECTOR,), "2468", act())
    first = office.staff.act(office.staff.find("程立群"), "设置")
    office.access.hire("谢文杰", (Role.ADVISER,), "1357", first)
    room.session.sit_down(office.staff.find("谢文杰"))
    asked = entered(room, ledger(room), "登记补偿", "退款", "800")
    assert "谢文杰的额度是 200 元" in room.said()
    room.field("批准人", asked).set_value("程立群")
    room.fill("批准人 PIN", "2468", asked)
    room.click("登记", asked)
    row = office.compensations.of_complaint(number).rows[0]
    assert (row.draft.amount_fen, row.who, row.approved_by) == (80_000, "谢文杰", "程立群")
