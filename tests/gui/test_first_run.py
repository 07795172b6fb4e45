"""首次设置 page by page: forth and back by keyboard, refused at the field, nothing is lost or written on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_desktop.domain.errors import InvalidInput, StorageRefused
from crm_desktop.domain.first_run import FirstDraft
from crm_desktop.gui.first_run.pages import BackupPage, DealerPage, PlacePage
from crm_desktop.gui.first_run.people_page import PeoplePage
from crm_desktop.gui.first_run.wizard import FirstRunDialog
from crm_desktop.services.places import checked_place
from tests.gui.answered import Answered
from tests.gui.hands import CTRL, Hands

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def hands(qtbot: QtBot, answered: Answered, tmp_path: Path) -> Hands:
    """The questions as the first start asks them."""
    place = PlacePage(answered, tmp_path / "客诉", checked_place, shared=True)
    dialog = FirstRunDialog((DealerPage({}), PeoplePage(), place, BackupPage(answered, place.text)))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return Hands(qtbot, dialog, answered)


def forth(hands: Hands, times: int = 1) -> None:
    """Ctrl+Return."""
    for _ in range(times):
        hands.press(Qt.Key.Key_Return, CTRL)


def name_shop(hands: Hands) -> None:
    hands.fill("经销商名称", "示范店")
    forth(hands)


def enter(hands: Hands, name: str, pin: str) -> None:
    for label, text in (("姓名", name), ("PIN 码", pin), ("再输一次", pin)):
        hands.fill(label, text)


def said(hands: Hands) -> list[FirstDraft]:
    drafts: list[FirstDraft] = []
    hands.page.begun.connect(drafts.append)
    return drafts


def test_everything_is_told_once_at_the_end_and_by_keyboard_alone(hands: Hands, tmp_path: Path) -> None:
    drafts = said(hands)
    for text in ("示范店", "7580123", "上汽大众", "示范路 8 号", "021-5555 0100"):
        hands.write(text)
        hands.press(Qt.Key.Key_Return)
    forth(hands)
    for text in ("程立群", "4711", "4711"):
        hands.write(text)
        hands.press(Qt.Key.Key_Return)
    hands.walk_to("加入")
    hands.press(Qt.Key.Key_Return)
    assert hands.cells("员工", 0) == ["程立群"]
    forth(hands, 3)
    assert drafts == []
    hands.press(Qt.Key.Key_Return)
    assert drafts[0].dealership["phone"] == "021-5555 0100"
    assert [(one.name, one.roles) for one in drafts[0].people] == [("程立群", ("服务总监",))]
    assert (drafts[0].place, drafts[0].second_folder) == (str(tmp_path / "客诉"), "")


def test_without_a_name_it_says_what_the_name_is_for(hands: Hands) -> None:
    forth(hands)
    assert "会印在每张单子" in hands.field("经销商名称").accessibleDescription()


def test_back_and_forth_loses_nothing(hands: Hands) -> None:
    name_shop(hands)
    enter(hands, "程立群", "4711")
    hands.click("加入")
    forth(hands)
    hands.press(Qt.Key.Key_Left, ALT)
    assert hands.cells("员工", 0) == ["程立群"]
    hands.press(Qt.Key.Key_Escape)
    assert hands.field("经销商名称").value() == "示范店"
    assert hands.page.isVisible()


def test_each_page_after_the_first_can_be_skipped(hands: Hands, tmp_path: Path) -> None:
    drafts = said(hands)
    name_shop(hands)
    for word in ("以后再建", "用推荐的文件夹", "先不设"):
        hands.click(word)
    assert "先不建" in hands.texts()
    hands.click("开始使用")
    assert drafts[0] == FirstDraft(drafts[0].dealership, (), place=str(tmp_path / "客诉"))


def test_whoever_was_typed_and_not_added_comes_along(hands: Hands) -> None:
    drafts = said(hands)
    name_shop(hands)
    enter(hands, "程立群", "4711")
    forth(hands, 4)
    assert [one.name for one in drafts[0].people] == ["程立群"]


@pytest.mark.parametrize(
    ("name", "pin", "again", "label", "why"),
    [
        ("", "4711", "4711", "姓名", "请填员工姓名"),
        ("程立群", "11", "11", "PIN 码", "4 到 12 位"),
        ("程立群", "1234", "1234", "PIN 码", "太容易猜到"),
        ("程立群", "4711", "4712", "再输一次", "不一样"),
    ],
)
def test_a_colleague_that_cannot_be_is_refused_at_the_field(
    hands: Hands, name: str, pin: str, again: str, label: str, why: str
) -> None:
    name_shop(hands)
    for field, text in (("姓名", name), ("PIN 码", pin), ("再输一次", again)):
        hands.fill(field, text)
    hands.click("加入")
    assert why in hands.field(label).accessibleDescription()
    assert hands.field("姓名").value() == name


def test_a_colleague_can_be_taken_out_again(hands: Hands) -> None:
    name_shop(hands)
    for name, pin in (("程立群", "4711"), ("谢文杰", "2468")):
        enter(hands, name, pin)
        hands.click("加入")
    hands.table("员工").selectRow(0)
    hands.click("去掉所选的人")
    assert hands.cells("员工", 0) == ["谢文杰"]


def test_a_folder_of_a_sync_program_is_refused_where_it_stands(hands: Hands, tmp_path: Path) -> None:
    name_shop(hands)
    hands.click("以后再建")
    hands.fill("数据文件夹", str(tmp_path / "OneDrive" / "客诉"))
    forth(hands)
    assert "OneDrive" in hands.field("数据文件夹").accessibleDescription()
    hands.click("选文件夹…")
    assert hands.field("数据文件夹").value() == str(tmp_path)


def test_the_second_folder_is_not_inside_the_first(hands: Hands, tmp_path: Path) -> None:
    name_shop(hands)
    hands.click("以后再建")
    forth(hands)
    hands.fill("第二个文件夹", str(tmp_path / "客诉" / "备份"))
    forth(hands)
    assert "不能在数据文件夹里" in hands.field("第二个文件夹").accessibleDescription()


def test_a_refusal_at_the_end_leads_to_its_field_with_everything_still_there(hands: Hands, tmp_path: Path) -> None:
    name_shop(hands)
    hands.click("以后再建")
    forth(hands, 2)
    hands.page.refuse(InvalidInput({"place": "这个文件夹不能写入。"}))
    assert hands.field("数据文件夹").accessibleDescription() == "这个文件夹不能写入。"
    assert hands.field("数据文件夹").value() == str(tmp_path / "客诉")
    forth(hands, 2)
    hands.page.refuse(StorageRefused("磁盘已满，没有保存。"))
    assert "磁盘已满" in hands.texts()


def test_it_can_be_put_off(qtbot: QtBot, hands: Hands) -> None:
    with qtbot.waitSignal(hands.page.later_wanted):
        hands.click("以后再设")
    assert not hands.page.isVisible()
