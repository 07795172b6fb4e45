"""设置 → 打印: 套打 with its millimetres; nothing that is no millimetre is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crm_desktop.domain.print_style import Shift
from crm_desktop.gui.print_memory import PrintChoice, PrintMemory
from crm_desktop.gui.settings_room.print_card import KIND, PrintCard
from tests.gui.answered import Answered
from tests.gui.hands import Hands


@pytest.fixture
def memory(tmp_path: Path) -> PrintMemory:
    return PrintMemory(tmp_path / "window.ini")


@pytest.fixture
def hands(qtbot: QtBot, answered: Answered, memory: PrintMemory) -> Hands:
    """The card as it is first seen."""
    return Hands(qtbot, PrintCard(memory, answered), answered)


def test_what_is_kept_is_there_the_next_time(hands: Hands, memory: PrintMemory, tmp_path: Path) -> None:
    hands.field("投诉单套打").set_value(True)
    hands.fill("右移（毫米）", "1.5")
    hands.fill("下移（毫米）", "-2")
    hands.click("保存套打")
    again = PrintMemory(tmp_path / "window.ini")
    assert (again.uses_stock(KIND), again.shift(KIND)) == (True, Shift(1.5, -2))
    assert "可以勾“套打”" in hands.said()


@pytest.mark.parametrize("typed", ["一点五", "31", "nan"])
def test_what_is_no_millimetre_is_refused_at_its_field(hands: Hands, memory: PrintMemory, typed: str) -> None:
    hands.fill("下移（毫米）", typed)
    hands.click("保存套打")
    assert "请填毫米数" in hands.field("下移（毫米）").accessibleDescription()
    assert memory.shift(KIND) == Shift()


def test_the_test_page_is_printed_with_what_is_typed_now(qtbot: QtBot, hands: Hands) -> None:
    hands.fill("右移（毫米）", "3")
    with qtbot.waitSignal(hands.page.test_wanted) as wished:
        hands.click("打印测试页")
    assert wished.args == [Shift(3, 0)]


def test_each_kind_of_paper_has_its_own_printer_and_copies(memory: PrintMemory, tmp_path: Path) -> None:
    memory.keep("抱怨投诉单", PrintChoice("前台针式", 1, two=True))
    memory.keep("顾客抱怨及返修记录", PrintChoice("办公室激光", 3))
    again = PrintMemory(tmp_path / "window.ini")
    assert again.choice("抱怨投诉单") == PrintChoice("前台针式", 1, two=True)
    assert again.choice("顾客抱怨及返修记录") == PrintChoice("办公室激光", 3)
    assert again.choice("函件") == PrintChoice()


@pytest.mark.parametrize("told", ["copies=viele", "copies=0", "copies=-3"])
def test_a_damaged_memory_prints_once(memory: PrintMemory, tmp_path: Path, told: str) -> None:
    (tmp_path / "window.ini").write_text(f"[print]\nletter\\{told}\n", encoding="utf-8")
    assert memory.choice("letter").copies == 1
