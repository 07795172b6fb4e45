"""判级 is suggested where the customer says 12315, 自燃 or 受伤: told below the level, never forced."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from crm_desktop.gui.widgets.labels import PlainLabel
from tests.gui.complaints_room import Room
from tests.makers import PLATE, registered

SUGGESTED = "建议重大（F8）：提到“12315”"


def hints(room: Room) -> list[str]:
    """Every visible word that suggests a level."""
    labels = [label for label in room.page.findChildren(PlainLabel) if label.isVisible()]
    return [label.text() for label in labels if "建议重大" in label.text()]


@pytest.fixture
def intake(room: Room) -> Room:
    """The intake of a new complaint."""
    room.page.new_complaint()
    return room


def test_a_word_of_the_customer_suggests_the_level_below_it(intake: Room) -> None:
    intake.fill("抱怨内容", "空调不冷")
    assert hints(intake) == []
    intake.fill("抱怨内容", "空调不冷，再修不好打12315")
    assert hints(intake) == [SUGGESTED]
    intake.fill("抱怨内容", "空调不冷")
    assert hints(intake) == []
    intake.fill("诉求", "不然就找12315")
    assert hints(intake) == [SUGGESTED]
    intake.fill("级别", "重大")
    assert hints(intake) == []


def test_it_is_registered_as_ordinary_when_the_desk_leaves_it_so(intake: Room) -> None:
    intake.fill("车牌号", PLATE)
    intake.fill("抱怨内容", "再修不好打12315")
    intake.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    case = intake.office.cases.case("TS20261121-001")
    assert (case.fields["severity"], case.fields["severity_ticks"]) == ("一般", "[]")


def test_the_list_opens_with_what_was_heard_and_the_decision_keeps_it(intake: Room) -> None:
    intake.fill("抱怨内容", "刹车失灵，人受伤了")
    intake.press(Qt.Key.Key_F8)
    dialog = intake.dialog()
    ticked = [box.text() for box in dialog.findChildren(QCheckBox) if box.isChecked()]
    assert ticked == ["人身伤害或起火", "气囊、安全带、转向或制动失效"]
    intake.click("定为重大", dialog)
    assert hints(intake) == []
    assert intake.field("级别").typed() == "重大"


def test_a_stored_complaint_nobody_judged_says_it_too(room: Room) -> None:
    saved = registered(room.office, words="再修不好打12315")
    room.page.show_case(saved.number)
    assert hints(room) == [SUGGESTED]
    room.press(Qt.Key.Key_F8)
    room.click("定为重大", room.dialog())
    fields = room.office.cases.case(saved.number).fields
    assert (fields["severity"], json.loads(str(fields["severity_ticks"]))) == ("重大", ["authority"])
    assert hints(room) == []


def test_the_intake_with_its_suggestion_fits_a_small_screen(intake: Room) -> None:
    intake.fill("抱怨内容", "刹车失灵追尾，人受伤了，要起诉、打12315、找媒体曝光，第三次了，要退车，去堵门")
    assert intake.page.minimumSizeHint().height() <= 690
    assert intake.page.minimumSizeHint().width() <= 1198
