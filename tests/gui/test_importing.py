"""导入 in the window: tried first, bad rows told and given back, everything as the command line does it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_desktop.domain.imports import ImportKind
from crm_desktop.gui.importing.dialog import ImportDialog
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.session import Session
from crm_desktop.papers.imports import ImportPaper
from crm_desktop.services.cases import ALL, ComplaintFilter
from crm_desktop.services.office import Office
from tests.gui.answered import Answered
from tests.gui.hands import Hands
from tests.importers.makers_files import csv_file

HEADINGS = ["投诉编号", "投诉日期", "投诉内容", "导购"]
GOOD, BAD = ["A1", "2020-06-05", "发动机异响", "甲"], ["A2", "2020-13-45", "空调不冷", "乙"]


@pytest.fixture
def hands(qtbot: QtBot, office: Office, jobs: Jobs, answered: Answered) -> Hands:
    """The dialog as it is opened from 今日 or 设置."""
    paper, session = ImportPaper(office.desk, office.imports), Session(office.desk)
    dialog = ImportDialog(office.desk, paper, (ImportKind.COMPLAINTS,), session, jobs, answered)
    return Hands(qtbot, dialog, answered)


def run(hands: Hands, word: str, jobs: Jobs) -> None:
    """Presses a button and waits for the end of its work."""
    with hands.qtbot.waitSignal(jobs.ended):
        hands.click(word)


def stored(office: Office) -> int:
    """How many complaints are in the files."""
    return len(office.cases.ids(ComplaintFilter(ALL)))


def test_a_trial_tells_what_would_happen_and_writes_nothing(
    hands: Hands, jobs: Jobs, office: Office, tmp_path: Path
) -> None:
    hands.page.choose(csv_file(tmp_path, HEADINGS, GOOD, BAD))
    run(hands, "试导入", jobs)
    assert "读到 2 行，新增 1" in hands.texts()
    assert "没有认出的列（没有导入）：导购" in hands.texts()
    assert hands.cells("未通过的行", 0) == ["3"]
    assert stored(office) == 0


def test_it_is_told_how_many_rows_are_done_and_how_many_there_are(hands: Hands, jobs: Jobs, tmp_path: Path) -> None:
    many = [[f"A{number}", *GOOD[1:]] for number in range(1200)]
    hands.page.choose(csv_file(tmp_path, HEADINGS, *many))
    told: list[tuple[int, int]] = []
    jobs.began.connect(lambda job: job.progressed.connect(lambda *so_far: told.append(so_far)))
    run(hands, "试导入", jobs)
    assert told
    assert {total for _, total in told} == {1200}
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_good_rows_go_in_and_the_rooms_are_told(hands: Hands, jobs: Jobs, office: Office, tmp_path: Path) -> None:
    hands.page.choose(csv_file(tmp_path, HEADINGS, GOOD, BAD))
    with hands.qtbot.waitSignal(hands.page.imported):
        run(hands, "导入", jobs)
    assert stored(office) == 1
    assert "已导入：读到 2 行，新增 1" in hands.said()


def test_the_same_file_twice_adds_nothing(hands: Hands, jobs: Jobs, office: Office, tmp_path: Path) -> None:
    hands.page.choose(csv_file(tmp_path, HEADINGS, GOOD))
    run(hands, "导入", jobs)
    run(hands, "导入", jobs)
    assert "新增 0，更新 0，已有而跳过 1" in hands.said()
    assert stored(office) == 1


def test_bad_rows_are_given_back_as_a_workbook(hands: Hands, jobs: Jobs, tmp_path: Path) -> None:
    hands.page.choose(csv_file(tmp_path, HEADINGS, GOOD, BAD))
    run(hands, "试导入", jobs)
    run(hands, "导出未通过的行", jobs)
    assert (tmp_path / "台账 未通过的行.xlsx").stat().st_size > 0
    assert "未通过的行已导出" in hands.texts()


def test_a_file_that_is_no_table_is_refused_in_one_sentence(hands: Hands, jobs: Jobs, tmp_path: Path) -> None:
    hands.page.choose(csv_file(tmp_path))
    run(hands, "导入", jobs)
    assert hands.said().endswith("。")
    assert hands.said() in hands.texts()
    assert hands.has("选择文件")


def test_a_dialog_that_is_closed_takes_its_work_back(hands: Hands, jobs: Jobs, office: Office, tmp_path: Path) -> None:
    rows = [[f"A{number}", "2020-06-05", "发动机异响", ""] for number in range(4000)]
    hands.page.choose(csv_file(tmp_path, HEADINGS, *rows))
    hands.page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    with hands.qtbot.waitSignal(jobs.ended):
        hands.click("导入")
        hands.click("关闭")
    assert stored(office) == 0
