"""F1 on every page, room and dialog leads to a heading of 使用手册 that there is."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.app import open_program
from crm_desktop.app.program import Program
from crm_desktop.app.trouble import TroubleDesk
from crm_desktop.domain.errors import Damaged
from crm_desktop.domain.manual import shipped_chapters
from crm_desktop.gui.importing.dialog import ImportDialog
from crm_desktop.gui.manual.places import PLACES
from crm_desktop.gui.manual.window import ManualWindow
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.rules_room.window import RulesWindow
from crm_desktop.gui.trouble_page import TroublePage
from crm_desktop.gui.widgets.line_field import LineField
from crm_desktop.services.office import open_office
from tests.makers import act, registered

GUI = Path(__file__).resolve().parent.parent.parent / "crm_desktop" / "gui"
ROOMS = {
    "今日": "今日",
    "客户档案": "一位客户的档案",
    "抱怨投诉": "抱怨投诉的列表",
    "返修": "返修",
    "回访": "回访",
    "纠正预防": "措施",
    "报表": "登记表",
    "设置": "设置",
}


def windows() -> dict[str, list[str]]:
    """Every class of the window with the names of what it is made of."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in GUI.rglob("*.py"))
    made = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    return {node.name: [ast.unparse(base).split("[")[0] for base in node.bases] for node in made}


def is_a(name: str, kinds: set[str], made: dict[str, list[str]]) -> bool:
    """Whether a class is one of these or made of one."""
    return name in kinds or any(is_a(base, kinds, made) for base in made.get(name, ()))


def test_every_place_names_a_class_and_a_heading_that_there_are() -> None:
    headings = {heading.text for chapter in shipped_chapters() for heading in chapter.headings()}
    assert sorted(set(PLACES) - set(windows())) == []
    assert [heading for heading in PLACES.values() if heading not in headings] == []


def test_every_dialog_has_its_page_or_belongs_to_the_page_it_was_asked_on() -> None:
    made = windows()
    dialogs = [name for name in made if is_a(name, {"QDialog"}, made) and name != "DeskDialog"]
    assert len(dialogs) > 30
    assert [name for name in dialogs if not is_a(name, {*PLACES, "AskDialog"}, made)] == []


def test_every_page_has_its_heading() -> None:
    made = windows()
    furniture = {"Page", "Aside", "DeskPage", "ComplaintList"}
    pages = [name for name in made if is_a(name, {"Page"}, made) and name not in furniture]
    assert [name for name in pages if not is_a(name, set(PLACES), made)] == []


@pytest.fixture
def program(qtbot: QtBot, home: Path) -> Iterator[Program]:
    """A home with one complaint, its window in front."""
    office = open_office(home)
    office.settings.change({"dealership.name": "示范4S店"}, act())
    registered(office)
    office.desk.close()
    made = open_program(home, Messages())
    qtbot.addWidget(made.window)
    made.show()
    qtbot.waitUntil(lambda: bool(made.window.current_name()))
    made.helping().watch()
    yield made
    made.window.hide()
    made.close()
    made.window.deleteLater()


def manual() -> Any:
    """The manual that is seen."""
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, ManualWindow) and one.isVisible()]
    return found[0] if found else None


def f1(qtbot: QtBot, window: QWidget) -> str:
    """The heading that F1 leads to from a window; the manual is put away again."""
    window.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is window.windowHandle())
    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_F1)
    shown = manual()
    told = str(shown.chosen())
    shown.close()
    return told


@pytest.mark.parametrize("room", ROOMS)
def test_f1_in_a_room_leads_to_its_heading(program: Program, qtbot: QtBot, room: str) -> None:
    program.window.show_page(room)
    assert f1(qtbot, program.window) == ROOMS[room]


def test_f1_on_a_page_of_a_room_leads_to_that_page(program: Program, qtbot: QtBot) -> None:
    program.ways.new_complaint()
    assert f1(qtbot, program.window) == "新建抱怨单"
    settings: Any = program.window.show_page("设置")
    settings.turn_to("备份")
    settings.findChild(QTabWidget).tabBar().setFocus()
    assert f1(qtbot, program.window) == "备份与恢复"
    next(button for button in settings.findChildren(QPushButton) if button.text() == "规则").setFocus()
    assert f1(qtbot, program.window) == "备份与恢复"


@pytest.mark.parametrize(
    ("opens", "kind", "heading"),
    [
        (lambda program: program.beside.show_import(), ImportDialog, "导入"),
        (lambda program: program.beside.show_rules(), RulesWindow, "规则"),
    ],
    ids=["import", "rules"],
)
def test_f1_in_a_dialog_leads_to_its_heading_and_holds_up_nothing(
    program: Program, qtbot: QtBot, opens: Callable[[Program], None], kind: type[QWidget], heading: str
) -> None:
    opens(program)
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())
    assert f1(qtbot, dialog) == heading
    assert dialog.isVisible()
    dialog.close()


def test_beside_a_dialog_the_manual_takes_the_mouse(program: Program, qtbot: QtBot) -> None:
    program.beside.show_import()
    program.helping().show()
    shown = manual()
    field = shown.findChild(LineField)
    shown.findChild(QListWidget).setFocus()
    place = field.mapTo(shown, field.rect().center())
    qtbot.mouseClick(shown.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(field.hasFocus)
    next(one for one in QApplication.topLevelWidgets() if isinstance(one, ImportDialog)).close()


def test_f1_where_the_data_cannot_be_opened(qtbot: QtBot, tmp_path: Path) -> None:
    desk = TroubleDesk(tmp_path, Damaged("数据打不开。"), Messages())
    page = next(one for one in QApplication.topLevelWidgets() if isinstance(one, TroublePage) and not one.isVisible())
    qtbot.addWidget(page)
    page.show()
    assert f1(qtbot, page) == "打不开、出错了"
    desk.deleteLater()


def test_the_manual_goes_with_the_window(program: Program) -> None:
    program.helping().show()
    assert manual() is not None
    assert not manual().testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    program.helping().close()
    assert manual() is None
