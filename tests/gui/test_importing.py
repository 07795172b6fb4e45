"""导入 in the window: columns seen and corrected, tried first, bad rows given back, everything taken back again."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from crm_desktop.domain.imports import ImportKind
from crm_desktop.gui.importing.dialog import ImportDialog
from crm_desktop.gui.importing.past import PastImports
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.session import Session
from crm_desktop.papers.imports import ImportPaper
from crm_desktop.services.backups import listing
from crm_desktop.services.cases import ALL, ComplaintFilter
from crm_desktop.services.office import Office
from tests.gui.answered import Answered
from tests.gui.hands import Hands
from tests.importers.makers_files import csv_file, xlsx_file

HEADINGS = ["投诉编号", "投诉日期", "投诉内容", "导购"]
GOOD, BAD = ["A1", "2020-06-05", "发动机异响", "甲"], ["A2", "2020-13-45", "空调不冷", "乙"]


@pytest.fixture
def hands(qtbot: QtBot, office: Office, jobs: Jobs, answered: Answered) -> Hands:
    """The dialog as it is opened from 今日 or 设置."""
    paper, session = ImportPaper(office.desk, office.imports), Session(office.desk)
    dialog = ImportDialog(office.desk, paper, tuple(ImportKind), session, jobs, answered)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return Hands(qtbot, dialog, answered)


def choose(hands: Hands, jobs: Jobs, path: Path) -> None:
    """A file is chosen and looked at."""
    with hands.qtbot.waitSignal(jobs.ended):
        hands.page.choose(path)


def run(hands: Hands, word: str, jobs: Jobs) -> None:
    """Presses a button and waits for the end of its work."""
    with hands.qtbot.waitSignal(jobs.ended, timeout=30_000):
        hands.click(word)


def bring(hands: Hands, jobs: Jobs, path: Path) -> None:
    """A file through all the steps."""
    choose(hands, jobs, path)
    hands.click("下一步")
    run(hands, "试导入", jobs)
    run(hands, "导入", jobs)


def stored(office: Office) -> int:
    """How many complaints are in the files."""
    return len(office.cases.ids(ComplaintFilter(ALL)))


def test_a_file_is_looked_at_and_told_for_what_it_is(hands: Hands, jobs: Jobs, tmp_path: Path) -> None:
    choose(hands, jobs, xlsx_file(tmp_path, ["某店台账"], HEADINGS, GOOD, BAD))
    assert hands.field("这是什么").typed() == "抱怨"
    assert hands.field("表头在第几行").typed() == "第 2 行"
    assert "2 行，4 列，其中 3 列认得。" in hands.texts()
    assert hands.focus() == "下一步"


def test_the_columns_are_shown_with_samples_and_what_they_become(hands: Hands, jobs: Jobs, tmp_path: Path) -> None:
    choose(hands, jobs, csv_file(tmp_path, HEADINGS, GOOD, BAD))
    hands.click("下一步")
    assert hands.cells("各列对应", 0) == HEADINGS
    assert hands.cells("各列对应", 1) == ["抱怨单号", "抱怨日期", "抱怨内容", "不导入"]
    assert hands.cells("各列对应", 2)[3] == "甲　乙"


def test_a_column_is_corrected_by_keyboard_and_remembered(
    hands: Hands, jobs: Jobs, office: Office, tmp_path: Path
) -> None:
    path = csv_file(tmp_path, HEADINGS, GOOD)
    choose(hands, jobs, path)
    hands.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    for _ in range(3):
        hands.press(Qt.Key.Key_Down)
    hands.walk_to("对应到")
    hands.field("对应到").set_typed("服务顾问")
    assert hands.cells("各列对应", 1)[3] == "服务顾问"
    run(hands, "试导入", jobs)
    run(hands, "导入", jobs)
    assert office.cases.case("A1").fields["adviser"] == "甲"
    choose(hands, jobs, path)
    hands.click("下一步")
    assert "已按上次的对应" in hands.texts()


def test_a_trial_tells_what_would_happen_and_writes_nothing(
    hands: Hands, jobs: Jobs, office: Office, tmp_path: Path
) -> None:
    choose(hands, jobs, csv_file(tmp_path, HEADINGS, GOOD, BAD))
    hands.click("下一步")
    run(hands, "试导入", jobs)
    assert "读到 2 行，新增 1" in hands.texts()
    assert "没有导入的列：导购" in hands.texts()
    assert hands.cells("未通过的行", 0) == ["3"]
    assert stored(office) == 0


def test_it_is_told_how_many_rows_are_done_and_how_many_there_are(hands: Hands, jobs: Jobs, tmp_path: Path) -> None:
    choose(hands, jobs, csv_file(tmp_path, HEADINGS, *([f"A{number}", *GOOD[1:]] for number in range(1200))))
    hands.click("下一步")
    told: list[tuple[int, int]] = []
    jobs.began.connect(lambda job: job.progressed.connect(lambda *so_far: told.append(so_far)))
    run(hands, "试导入", jobs)
    assert told
    assert {total for _, total in told} == {1200}
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_good_rows_go_in_and_the_rooms_are_told(hands: Hands, jobs: Jobs, office: Office, tmp_path: Path) -> None:
    with hands.qtbot.waitSignal(hands.page.imported):
        bring(hands, jobs, csv_file(tmp_path, HEADINGS, GOOD, BAD))
    assert stored(office) == 1
    assert "已导入：读到 2 行，新增 1" in hands.said()


def test_what_came_in_goes_back_from_the_result(hands: Hands, jobs: Jobs, office: Office, tmp_path: Path) -> None:
    bring(hands, jobs, csv_file(tmp_path, HEADINGS, GOOD, BAD))
    with (
        hands.qtbot.waitSignal(hands.page.imported),
        hands.qtbot.waitSignal(jobs.ended),
        hands.answering("撤销这次导入"),
    ):
        hands.click("撤销这次导入")
    assert stored(office) == 0
    assert hands.said() == "已撤销“台账.csv”的导入：去掉抱怨 1 条。"
    assert not hands.has("撤销这次导入")


def test_every_past_import_is_listed_and_goes_back_from_there(
    hands: Hands, jobs: Jobs, office: Office, tmp_path: Path, answered: Answered
) -> None:
    bring(hands, jobs, csv_file(tmp_path, HEADINGS, GOOD))
    paper, session = ImportPaper(office.desk, office.imports), Session(office.desk)
    past = Hands(hands.qtbot, PastImports(office.desk, paper, session, jobs, answered, hands.page), answered)
    assert past.cells("导入记录", 2) == ["台账.csv"]
    with past.qtbot.waitSignal(jobs.ended), past.answering("撤销这次导入"):
        past.click("撤销这次导入")
    assert stored(office) == 0
    assert "前台 已撤销" in past.cells("导入记录", 5)[0]
    assert not past.button("撤销这次导入").isEnabled()


def test_the_rule_for_what_is_on_file_is_chosen_with_the_columns(
    hands: Hands, jobs: Jobs, office: Office, tmp_path: Path
) -> None:
    bring(hands, jobs, csv_file(tmp_path, HEADINGS, GOOD))
    choose(hands, jobs, csv_file(tmp_path, [*HEADINGS, "解决方案"], [*GOOD, "换机脚"]))
    hands.click("下一步")
    hands.field("遇到已有的").set_typed("跳过，不动已有的")
    run(hands, "试导入", jobs)
    assert "更新 0，已有而跳过 1" in hands.texts()


def test_the_same_file_twice_adds_nothing(hands: Hands, jobs: Jobs, office: Office, tmp_path: Path) -> None:
    path = csv_file(tmp_path, HEADINGS, GOOD)
    bring(hands, jobs, path)
    bring(hands, jobs, path)
    assert "新增 0，更新 0，已有而跳过 1" in hands.said()
    assert stored(office) == 1


def test_bad_rows_are_given_back_as_a_workbook(hands: Hands, jobs: Jobs, tmp_path: Path) -> None:
    choose(hands, jobs, csv_file(tmp_path, HEADINGS, GOOD, BAD))
    hands.click("下一步")
    run(hands, "试导入", jobs)
    run(hands, "错误行另存", jobs)
    page = load_workbook(tmp_path / "台账 未通过的行.xlsx").worksheets[0]
    assert [cell.value for cell in page[3]][:3] == ["行号", "原因", "投诉编号"]
    assert "未通过的行已另存" in hands.said()


def test_an_empty_template_is_kept_for_the_kind_chosen(hands: Hands, jobs: Jobs, tmp_path: Path) -> None:
    hands.field("这是什么").set_typed("进厂记录")
    run(hands, "保存空模板", jobs)
    assert load_workbook(tmp_path / "进厂记录导入模板.xlsx").worksheets[0]["A1"].value == "委托书号"


def test_another_heading_row_is_read_at_once(hands: Hands, jobs: Jobs, tmp_path: Path) -> None:
    choose(hands, jobs, xlsx_file(tmp_path, HEADINGS, ["编码", "时候", "原话", "谁"], GOOD))
    with hands.qtbot.waitSignal(jobs.ended):
        hands.field("表头在第几行").set_typed("第 2 行")
    assert "1 行，4 列，其中 0 列认得。" in hands.texts()


def test_another_worksheet_is_looked_at_for_what_it_is(hands: Hands, jobs: Jobs, tmp_path: Path) -> None:
    def add(book: Workbook) -> None:
        more = book.create_sheet("客户")
        more.append(["客户姓名", "手机"])
        more.append(["李四", "13811112222"])

    choose(hands, jobs, xlsx_file(tmp_path, HEADINGS, GOOD, change=add))
    assert hands.field("工作表").typed() == "台账"
    with hands.qtbot.waitSignal(jobs.ended):
        hands.field("工作表").set_typed("客户")
    assert hands.field("这是什么").typed() == "客户档案"
    assert "1 行，2 列，其中 2 列认得。" in hands.texts()


def test_a_file_that_is_no_table_is_refused_in_one_sentence(hands: Hands, jobs: Jobs, tmp_path: Path) -> None:
    choose(hands, jobs, csv_file(tmp_path))
    assert hands.said().endswith("。")
    assert hands.said() in hands.texts()
    assert not hands.button("下一步").isEnabled()


def test_a_dialog_that_is_closed_takes_its_work_back(hands: Hands, jobs: Jobs, office: Office, tmp_path: Path) -> None:
    choose(hands, jobs, csv_file(tmp_path, HEADINGS, *([f"A{n}", "2020-06-05", "发动机异响", ""] for n in range(1000))))
    hands.click("下一步")
    run(hands, "试导入", jobs)
    with hands.qtbot.waitSignal(jobs.ended):
        hands.click("导入")
        hands.click("关闭")
    assert stored(office) == 0


def test_an_import_into_a_home_with_records_is_preceded_by_a_backup(
    hands: Hands, jobs: Jobs, office: Office, tmp_path: Path
) -> None:
    bring(hands, jobs, csv_file(tmp_path, HEADINGS, GOOD))
    assert listing(office.desk.home) == []
    with hands.answering("撤销这次导入"):
        hands.click("撤销这次导入")
    hands.qtbot.waitUntil(lambda: not jobs.running())
    assert [row.complaints for row in listing(office.desk.home)] == [1]
    assert stored(office) == 0
