"""Start-up imports only what the first page shows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crm_desktop.services.office import open_office
from tests.makers import act, registered

ROOT = Path(__file__).resolve().parent.parent
WANTED = Path(__file__).with_name("start_modules.txt")
"""Every module of ours that a start may import, until 今日 is painted with its data."""
NOT_YET = {"peewee", "openpyxl", "reportlab", "pypinyin", "python_calamine", "zxingcpp", "platformdirs", "cryptography"}
START = """
import os, sys
from crm_desktop import cli
asked = cli.parse(sys.argv[1:])
from crm_desktop.app import open_program, start_qt
from crm_desktop.gui.messages import Messages
application = start_qt()
program = open_program(asked.home, Messages())
def tell(name, page):
    print(*sorted(sys.modules), flush=True)
    os._exit(0)
program.window.page_shown.connect(tell)
program.show()
application.exec()
"""


def imported(home: Path) -> set[str]:
    """What a start on this home has imported when the first page has its rows."""
    asked = [sys.executable, "-c", START, "--home", str(home)]
    screen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    told = subprocess.run(asked, capture_output=True, encoding="utf-8", env=screen, check=True, cwd=ROOT)
    return set(told.stdout.split())


@pytest.fixture
def at_work(home: Path) -> Path:
    """A home that has its name and a complaint that waits."""
    office = open_office(home)
    office.settings.change({"dealership.name": "示范4S店"}, act())
    registered(office)
    office.desk.close()
    return home


def test_the_first_page_imports_nothing_of_ours_that_is_not_on_the_list(at_work: Path) -> None:
    allowed = set(WANTED.read_text(encoding="utf-8").split())
    ours = {name for name in imported(at_work) if name.partition(".")[0] == "crm_desktop"}
    ours -= {name for name in ours if name.startswith("crm_desktop.models.migrations.")}  # every step is counted
    assert sorted(ours - allowed) == []


def test_the_first_page_waits_for_no_library_but_qt(at_work: Path) -> None:
    assert imported(at_work) & NOT_YET == set()


def test_an_empty_desk_waits_for_none_either(home: Path) -> None:
    open_office(home).desk.close()
    assert imported(home) & NOT_YET == set()
