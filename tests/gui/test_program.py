"""The whole program in one window: the first start, the sample beside it, and how the rooms come together."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.app import open_program
from crm_desktop.app.program import Program
from crm_desktop.domain.errors import DeskError, InUse
from crm_desktop.gui.first_run.wizard import FirstRunDialog
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.step_dialog import StepDialog
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.line_field import LineField
from crm_desktop.gui.widgets.message_bar import MessageBar
from crm_desktop.models.lock import WriterLock
from crm_desktop.paths import sample_home
from crm_desktop.services.office import open_office
from crm_desktop.services.samples import fill
from tests.makers import TODAY, act, registered
from tests.services.records import measure

Open = Callable[..., Program]


@pytest.fixture
def opened(qtbot: QtBot, home: Path) -> Iterator[Open]:
    """Opens this test's home as the program does and closes it at the end."""
    programs: list[Program] = []

    def start(folder: Path = home) -> Program:
        program = open_program(folder, Messages())
        programs.append(program)
        program.show()
        qtbot.waitUntil(lambda: bool(program.window.current_name()))
        return program

    yield start
    for program in programs:
        program.window.hide()
        program.close()
        program.window.deleteLater()


def named(home: Path) -> None:
    """A home whose dealership has its name."""
    office = open_office(home)
    office.settings.change({"dealership.name": "示范4S店"}, act())
    office.desk.close()


def in_front(kind: type[QWidget]) -> list[QWidget]:
    """The windows of this kind that are to be seen."""
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, kind) and widget.isVisible()]


def test_an_empty_desk_offers_the_first_questions_and_hears_the_answers(qtbot: QtBot, opened: Open) -> None:
    window = opened().window
    assert in_front(FirstRunDialog) == []
    next(b for b in window.findChildren(QAbstractButton) if b.text() == "首次设置").click()
    asked = in_front(FirstRunDialog)[0]
    qtbot.keyClicks(next(f for f in asked.findChildren(LineField) if f.accessibleName() == "经销商名称"), "4S")
    for word in ("下一步", "以后再建", "先不设", "开始使用"):
        next(b for b in asked.findChildren(QAbstractButton) if b.text() == word and b.isVisible()).click()
    assert window.windowTitle() == "客诉管家 – 4S"


def test_what_was_not_finished_is_told_at_the_next_start(qtbot: QtBot, opened: Open, home: Path) -> None:
    office = open_office(home)
    office.drafts.put("处理", {"responsible": "冯学勤"}, "TS20261121-001")
    office.desk.close()
    told = opened().window.findChild(MessageBar)
    qtbot.waitUntil(lambda: "写了没保存、打开就接着写：TS20261121-001 处理。" in told.text())


def test_a_dealership_with_a_name_stands_in_the_title(opened: Open, home: Path) -> None:
    named(home)
    window = opened().window
    assert window.windowTitle() == "客诉管家 – 示范4S店"


def test_the_window_wears_the_picture_of_the_program(qtbot: QtBot, opened: Open, home: Path) -> None:
    named(home)
    window = opened().window
    qtbot.waitUntil(lambda: not window.windowIcon().isNull())
    assert window.windowIcon().availableSizes()


def test_the_sample_home_says_what_it_is_in_every_room(opened: Open, home: Path) -> None:
    office = open_office(home)
    fill(office.desk, 5, 5, TODAY, 1)
    office.desk.close()
    window = opened().window
    bars = [label for label in window.findChildren(QWidget, "demo") if label.isVisible()]
    assert [bar.text()[:4] for bar in bars] == ["演示数据"]


def test_a_real_home_has_no_bar(opened: Open, home: Path) -> None:
    named(home)
    assert [bar for bar in opened().window.findChildren(QWidget, "demo") if bar.isVisible()] == []


def test_the_sample_is_made_beside_the_real_data_and_opened_apart(
    qtbot: QtBot, opened: Open, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(home)
    started: list[list[str]] = []
    monkeypatch.setattr("PySide6.QtCore.QProcess.startDetached", lambda *words: started.append(list(words)))
    opened().beside.open_sample()
    qtbot.waitUntil(lambda: bool(started), timeout=60_000)
    assert str(sample_home(home)) in started[0][1]
    assert (sample_home(home) / "crm.db").exists()
    real = open_office(home)
    assert real.cases.counts()["未关闭"] == 0
    real.desk.close()


def test_a_home_that_somebody_writes_to_is_refused_and_says_who(opened: Open, home: Path) -> None:
    with WriterLock(home, "命令行 import"), pytest.raises(InUse, match="命令行 import"):
        opened()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DeskError):
        open_program(tmp_path / "file" / "home", Messages())


def test_ctrl_n_begins_a_complaint_from_every_room(qtbot: QtBot, opened: Open, home: Path) -> None:
    named(home)
    window = opened().window
    window.show_page("设置")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.current_name() == "抱怨投诉")


def test_half_a_complaint_is_there_again_after_a_crash(qtbot: QtBot, opened: Open, home: Path, tmp_path: Path) -> None:
    named(home)
    page = opened().window.show_page("抱怨投诉")
    with qtbot.waitSignal(page.draft_changed):
        page.set_typed({"words": "空调不冷"})
    shutil.copytree(home, tmp_path / "as it was left")
    assert opened(tmp_path / "as it was left").window.show_page("抱怨投诉").typed()["words"] == "空调不冷"


def test_a_line_of_the_first_page_opens_its_case(opened: Open, home: Path) -> None:
    named(home)
    office = open_office(home)
    number = registered(office).number
    office.desk.close()
    window = opened().window
    window.page("今日").complaint_wanted.emit(number)
    assert window.current_name() == "抱怨投诉"
    assert number in [label.text() for label in window.findChildren(PlainLabel) if label.isVisible()]


def test_the_archive_stands_beside_the_list_and_leads_back(qtbot: QtBot, opened: Open, home: Path) -> None:
    named(home)
    program = opened()
    page = program.window.show_page("抱怨投诉")
    page.archive_wanted.emit()
    back = next(b for b in page.findChildren(QAbstractButton) if b.accessibleName() == "返回" and b.isVisible())
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert "打印空白单" in [b.accessibleName() for b in page.findChildren(QAbstractButton) if b.isVisible()]


def test_a_measure_is_asked_for_out_of_its_complaint(opened: Open, home: Path) -> None:
    named(home)
    office = open_office(home)
    number = registered(office).number
    office.desk.close()
    program = opened()
    program.window.show_page("抱怨投诉").measure_wanted.emit(number)
    assert program.window.current_name() == "纠正预防"
    in_front(StepDialog)[0].close()


def test_a_clock_of_a_measure_without_a_complaint_leads_to_the_measure(opened: Open, home: Path) -> None:
    named(home)
    office = open_office(home)
    number = office.measures.register(measure(due_on=TODAY + timedelta(days=400)), act(f"{TODAY} 09:00")).number
    office.desk.close()
    program = opened()
    program.ways.show_case(number)
    page = program.window.page("纠正预防")
    assert number in "".join(label.text() for label in page.findChildren(PlainLabel))
