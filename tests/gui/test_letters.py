"""函件 in the window: begun from the case, changed in a plain editor, kept before it is printed, never lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QPlainTextEdit, QPushButton

from crm_desktop.domain.letters import LetterKind
from crm_desktop.domain.papers import Paper
from crm_desktop.gui.record_desk import RecordWish
from tests.gui.complaints_room import Room
from tests.makers import act
from tests.services.procedure import assigned


@pytest.fixture
def number(room: Room) -> str:
    """A complaint in hand, shown."""
    saved = assigned(room.office)
    room.page.show_case(saved.number)
    return saved.number


def mark(room: Room) -> QPushButton:
    """函件 beside the five records."""
    return next(b for b in room.page.findChildren(QPushButton) if b.text().startswith("函件") and b.isVisible())


def chosen(room: Room, word: str) -> QDialog:
    """An entry of its menu; the editor it opens."""
    next(action for action in mark(room).menu().actions() if word in action.text()).trigger()
    return room.dialog()


def text(dialog: QDialog) -> QPlainTextEdit:
    """The editor."""
    return dialog.findChild(QPlainTextEdit)


def test_a_reply_is_begun_from_the_case_changed_and_kept_by_keyboard(room: Room, number: str) -> None:
    dialog = chosen(room, "写致歉/答复函")
    assert "尊敬的曾小明：" in text(dialog).toPlainText() and room.focus() == "函件正文"
    room.write("加一句：")
    room.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    kept = room.office.letters.of_complaint(number)[0]
    assert kept.draft.body.startswith("加一句：尊敬的曾小明：")
    assert room.said() == f"致歉答复函 {number}-1 已保存。" and mark(room).text() == "函件 ✓"


def test_the_checklist_tells_what_the_letter_does_not_say_yet(room: Room, number: str) -> None:
    dialog = chosen(room, "写致歉/答复函")
    boxes = [box for box in dialog.findChildren(QCheckBox) if box.isVisible()]
    assert len(boxes) == 6
    boxes[0].click()
    room.click("保存", dialog)
    assert room.office.letters.of_complaint(number)[0].draft.points == ("received",)


def test_a_slip_to_a_department_has_no_checklist(room: Room, number: str) -> None:
    dialog = chosen(room, "写转办单")
    assert not [box for box in dialog.findChildren(QCheckBox) if box.isVisible()]
    assert "转办部门：技术" in text(dialog).toPlainText()


def test_what_is_printed_is_kept_first(room: Room, number: str) -> None:
    wishes: list[RecordWish] = []
    room.page.record_wanted.connect(wishes.append)
    dialog = chosen(room, "写转办单")
    room.click("打印预览", dialog)
    assert wishes == [RecordWish(Paper.LETTER, f"{number}-1")]
    text(dialog).appendPlainText("请当天回复。")
    room.click("导出 PDF", dialog)
    assert wishes[1].suffix == ".pdf"
    assert room.office.letters.of_complaint(number)[0].draft.body.endswith("请当天回复。")


def test_closing_asks_before_something_typed_is_left(room: Room, number: str) -> None:
    dialog = chosen(room, "写英文答复函")
    text(dialog).appendPlainText("P.S.")
    room.will_answer("回去保存")
    room.click("关闭", dialog)
    assert dialog.isVisible()
    room.will_answer("不保存")
    room.click("关闭", dialog)
    assert not room.office.letters.of_complaint(number)


def test_a_refused_letter_stays_in_the_editor(room: Room, number: str) -> None:
    dialog = chosen(room, "写转办单")
    room.fill("函件标题", "", dialog)
    room.click("保存", dialog)
    assert room.said() == "请写函件的标题。" and dialog.isVisible()


def test_a_letter_is_opened_again_and_taken_back(room: Room, number: str) -> None:
    room.office.letters.write(number, room.office.letters.begin(number, LetterKind.REPLY, "谢文杰"), act())
    room.page.show_case(number)
    dialog = chosen(room, "致歉答复函")
    room.click("作废", dialog)
    asked = room.dialog()
    room.fill("作废原因", "换一封", asked)
    room.click("作废", asked)
    assert room.office.letters.of_complaint(number) == [] and mark(room).text() == "函件"
