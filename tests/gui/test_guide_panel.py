"""六步向导 beside a case: folded until somebody wants it, worked by keyboard, and nothing typed in it is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from crm_desktop.domain.guidance import Reading
from crm_desktop.domain.staff import Role
from tests.gui.complaints_room import Room
from tests.makers import act, registered
from tests.services.procedure import assigned


@pytest.fixture
def number(room: Room) -> str:
    """A complaint in hand, shown."""
    saved = assigned(room.office)
    room.page.show_case(saved.number)
    return saved.number


def unfolded(room: Room) -> None:
    """The guide, opened by key."""
    room.button("六步向导").setFocus()
    room.press(Qt.Key.Key_Space)


def shown(room: Room) -> str:
    """Every word of advice that is to be seen."""
    inside = next(w for w in room.page.findChildren(QWidget) if w.accessibleName() == "这一步怎样做")
    return "\n".join(label.text() for label in inside.findChildren(QLabel) if label.isVisible())


def test_the_guide_is_folded_until_somebody_wants_it(room: Room, number: str) -> None:
    assert room.has("六步向导") and not room.has("记下")
    unfolded(room)
    assert room.has("记下") and not room.has("六步向导")
    assert room.focus() == "1. 任发泄"


def test_this_computer_remembers_that_it_is_unfolded(room: Room, number: str) -> None:
    unfolded(room)
    memory = room.office.desk.home / "window.ini"
    assert QSettings(str(memory), QSettings.Format.IniFormat).value("guide") == "1"
    room.click("收起")
    assert QSettings(str(memory), QSettings.Format.IniFormat).value("guide") == "0"
    assert room.has("六步向导")


def test_a_step_is_noted_by_keyboard_and_the_next_one_comes(room: Room, number: str) -> None:
    unfolded(room)
    room.walk_to("记录")
    room.write("让他说了二十分钟")
    room.walk_to("记下")
    room.press(Qt.Key.Key_Space)
    assert room.office.guidance.notes(number)[1].note == "让他说了二十分钟"
    assert room.focus() == "记录" and room.button("1. 任发泄").text() == "✓"
    room.walk_to("跳过")
    room.press(Qt.Key.Key_Space)
    assert room.office.guidance.notes(number)[2].skipped


def test_advice_follows_the_step_and_the_customer(room: Room, number: str) -> None:
    unfolded(room)
    assert "请到安静处坐下" in shown(room) and "补偿型：" not in shown(room)
    room.field("心理类型").set_value("补偿型")
    assert "补偿型：听、问、复述都照做" in shown(room)
    room.click("4. 给方案")
    assert "补偿型：讲清三件事" in shown(room)
    assert room.office.guidance.reading(number) == Reading(psyche="补偿型")


def test_what_was_changed_and_restated_is_noted_with_its_step(room: Room, number: str) -> None:
    unfolded(room)
    room.fill("换地", "二楼接待室")
    room.click("记下")
    room.click("3. 汇信息")
    room.fill("复述", "换阀体，今天下班前交车")
    next(box for box in room.page.findChildren(QCheckBox) if box.isVisible()).click()
    room.click("记下")
    wanted = Reading(new_place="二楼接待室", restated="换阀体，今天下班前交车", agreed=True)
    assert room.office.guidance.reading(number) == wanted


def test_a_step_without_a_word_is_refused_where_it_is_seen(room: Room, number: str) -> None:
    unfolded(room)
    room.click("记下")
    assert "不做这一步请按“跳过”" in room.said()
    assert room.office.guidance.notes(number) == {}


def test_what_is_typed_is_noted_before_another_step_or_fold(room: Room, number: str) -> None:
    unfolded(room)
    room.fill("记录", "他声音降下来了")
    room.click("2. 诚致歉")
    room.fill("记录", "道了歉")
    room.click("收起")
    assert [note.note for note in room.office.guidance.notes(number).values()] == ["他声音降下来了", "道了歉"]


def test_leaving_the_case_asks_what_becomes_of_the_note(room: Room, number: str) -> None:
    unfolded(room)
    room.fill("记录", "说好四点回话")
    assert room.page.unsaved() == f"{number} 的“六步向导”还没有保存"
    room.will_answer("保存")
    assert room.page.show_list()
    assert room.office.guidance.notes(number)[1].note == "说好四点回话"


def test_a_guide_nobody_unfolded_holds_nothing_back(room: Room, number: str) -> None:
    assert room.page.unsaved() == "" and room.page.show_list()


def test_the_other_wording_names_the_same_steps(room: Room, number: str) -> None:
    unfolded(room)
    room.click("换个说法")
    assert room.button("1. 耐心倾听").accessibleName() == "1. 耐心倾听"


def test_a_void_complaint_shows_the_guide_to_be_read_only(room: Room) -> None:
    saved = registered(room.office)
    room.seat_director()
    room.office.complaints.void(saved.number, saved.ver, room.session.act("抱怨投诉"), "打错电话")
    room.page.show_case(saved.number)
    unfolded(room)
    assert not room.button("记下").isEnabled()


def test_whoever_may_not_handle_complaints_reads_and_changes_nothing(room: Room, number: str) -> None:
    room.office.access.hire("程立群", (Role.DIRECTOR,), "2468", act())
    first = room.office.staff.act(room.office.staff.find("程立群"), "设置")
    room.office.access.hire("顾维", (Role.GENERAL_MANAGER,), "1357", first)
    room.session.sit_down(room.office.staff.find("顾维"))
    unfolded(room)
    room.field("心理类型").set_value("发泄")
    assert "没有“解决”的权限" in room.said()
    assert room.field("心理类型").value() == "" and room.office.guidance.reading(number) == Reading()
