"""The paper desk: a file is whole or not there, its end is told, and a preview leaves nothing behind."""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.app import open_program
from crm_desktop.domain.imports import ImportKind
from crm_desktop.domain.register import TITLE
from crm_desktop.gui.jobs import Cancelled, Jobs, Progress
from crm_desktop.gui.paper_desk import PaperDesk
from crm_desktop.gui.printing import PreviewDialog
from crm_desktop.gui.session import Session
from crm_desktop.papers.complaint_forms import ComplaintPaper
from crm_desktop.papers.complaint_lists import ComplaintList
from crm_desktop.papers.imports import ImportPaper
from crm_desktop.papers.registers import RegisterPaper
from crm_desktop.papers.written import Written
from crm_desktop.paths import TEMPORARY, private_temp
from crm_desktop.services.cases import ALL, ComplaintFilter
from crm_desktop.services.office import Office
from tests.gui.answered import Answered
from tests.gui.hands import Hands
from tests.importers.makers_files import csv_file
from tests.makers import act, registered

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


class Undecided(Answered):
    """Closes every file dialog without an answer."""

    def choose_save(self, title: str, suggested: str, filters: Sequence[str]) -> None:
        """取消."""


def paper_desk(office: Office, jobs: Jobs, messages: Answered, window: QWidget | None = None) -> PaperDesk:
    """As the window has it."""
    register, form = RegisterPaper(office.registers, office.settings), ComplaintPaper(office.sheets)
    complaints = ComplaintList(office.cases, office.settings)
    return PaperDesk(
        office.desk, register, form, complaints, office.upkeep, Session(office.desk), jobs, messages, window
    )


@pytest.fixture
def papers(qtbot: QtBot, office: Office, jobs: Jobs, answered: Answered) -> PaperDesk:
    """Files go to this test's folder under the name the desk suggests."""
    window = QWidget()
    qtbot.addWidget(window)
    return paper_desk(office, jobs, answered, window)


@pytest.fixture
def many(office: Office, tmp_path: Path) -> int:
    """More complaints of this year than an export writes between two looks at 取消."""
    rows = [[f"A{number}", "2026-06-05", f"空调不冷 {number}"] for number in range(450)]
    file = csv_file(tmp_path, ["投诉编号", "投诉日期", "投诉内容"], *rows)
    return ImportPaper(office.desk, office.imports).run(ImportKind.COMPLAINTS, file, act()).result.added


@pytest.fixture
def outside(answered: Answered, tmp_path: Path) -> Path:
    """The folder the files go to, with nothing in it."""
    answered.folder = tmp_path / "outside"
    answered.folder.mkdir()
    return answered.folder


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow beyond 2,000 bytes: the write fails in the middle, as on a full disk."""
    import resource  # noqa: PLC0415 - POSIX only

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_form_is_written_and_offered_to_be_opened(
    papers: PaperDesk, office: Office, jobs: Jobs, answered: Answered, outside: Path, qtbot: QtBot
) -> None:
    number = registered(office).number
    for export, ending in ((papers.export_form_pdf, "pdf"), (papers.export_form_excel, "xlsx")):
        with qtbot.waitSignal(jobs.ended):
            export(number)
        assert answered.last.text == f"已导出：抱怨投诉单 {number}.{ending}"
        assert answered.last.paths == (outside / f"抱怨投诉单 {number}.{ending}",)
    assert "变速箱一顿一顿" in PdfReader(outside / f"抱怨投诉单 {number}.pdf").pages[0].extract_text()


def handed_out(office: Office, number: str) -> list[tuple[str, str]]:
    """What the history tells of papers that left."""
    return [(line.screen, line.new) for line in office.cases.history(number) if line.field == "打印或导出"]


def test_a_form_that_left_has_its_line_in_the_history_which_it_never_waits_for(
    papers: PaperDesk, office: Office, jobs: Jobs, answered: Answered, outside: Path, qtbot: QtBot
) -> None:
    number = registered(office).number
    with closing(sqlite3.connect(office.desk.path, isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        with qtbot.waitSignal(jobs.ended):
            papers.export_form_pdf(number)
        assert (answered.last.text, handed_out(office, number)) == (f"已导出：抱怨投诉单 {number}.pdf", [])
        another.execute("ROLLBACK")
    qtbot.waitUntil(lambda: not jobs.running(), timeout=20_000)
    assert handed_out(office, number) == [("打印", "导出 PDF《抱怨/投诉单》")]


def test_a_form_that_was_saved_from_its_preview_has_its_line_too(
    papers: PaperDesk, office: Office, jobs: Jobs, outside: Path, qtbot: QtBot
) -> None:
    number = registered(office).number
    papers.preview_form(number)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PreviewDialog))
    preview = QApplication.activeModalWidget()
    preview.save()
    qtbot.waitUntil(lambda: not jobs.running(), timeout=20_000)
    preview.reject()
    assert handed_out(office, number) == [("打印", "另存为 PDF《抱怨/投诉单》")]


def test_the_list_of_complaints_is_a_workbook_of_what_is_shown(
    papers: PaperDesk, office: Office, jobs: Jobs, answered: Answered, outside: Path, qtbot: QtBot
) -> None:
    number = registered(office).number
    with qtbot.waitSignal(jobs.ended):
        papers.export_complaints(ComplaintFilter(ALL))
    rows = openpyxl.load_workbook(answered.last.paths[0]).active.iter_rows(values_only=True)
    assert [row for row in rows if number in row]


def test_without_a_file_name_nothing_happens(office: Office, jobs: Jobs, tmp_path: Path) -> None:
    undecided = Undecided(tmp_path)
    paper_desk(office, jobs, undecided).export_register(*YEAR, ".xlsx", unmasked=True)
    assert (jobs.running(), undecided.last) == ((), None)
    assert office.desk.rows("SELECT 1 FROM history WHERE field = 'unmasked'") == []


@pytest.mark.parametrize("ending", [".xlsx", ".pdf"])
@pytest.mark.usefixtures("many")
def test_what_is_cancelled_leaves_nothing(
    papers: PaperDesk, jobs: Jobs, answered: Answered, outside: Path, qtbot: QtBot, ending: str
) -> None:
    with qtbot.waitSignal(jobs.ended):
        papers.export_register(*YEAR, ending)
        jobs.running()[0].cancel()
    assert answered.last.text == f"已取消：导出《{TITLE}》"
    assert list(outside.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("ending", [".xlsx", ".pdf"])
def test_a_full_disk_is_told_and_the_old_file_stays(
    papers: PaperDesk, jobs: Jobs, answered: Answered, outside: Path, qtbot: QtBot, ending: str
) -> None:
    old = outside / f"{TITLE} 20260101-20261231{ending}"
    old.write_bytes(b"old")
    with qtbot.waitSignal(jobs.ended), full_disk():
        papers.export_register(*YEAR, ending)
        jobs.running()[0].wait()
    assert "磁盘空间不足" in answered.last.text
    assert [path.read_bytes() for path in outside.iterdir()] == [b"old"]


def test_a_character_no_font_has_is_told(
    papers: PaperDesk, office: Office, jobs: Jobs, answered: Answered, outside: Path, qtbot: QtBot
) -> None:
    number = registered(office, words="方向盘抖😀").number
    with qtbot.waitSignal(jobs.ended):
        papers.export_form_pdf(number)
    assert "有 1 个字没有字形，印成〓：U+1F600" in answered.last.text


def test_a_preview_has_the_pages_and_leaves_no_file(
    papers: PaperDesk, office: Office, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    papers.preview_form(registered(office).number)
    qtbot.waitUntil(lambda: bool(previews()))
    assert previews()[0].page_count() == 1
    assert list((tmp_path / "temporary").iterdir()) == []
    previews()[0].close()


def test_the_previewed_register_saves_under_the_name_of_its_period_like_the_exported_one(
    papers: PaperDesk, answered: Answered, outside: Path, qtbot: QtBot
) -> None:
    papers.preview_register(date(2026, 11, 1), date(2026, 11, 21))
    qtbot.waitUntil(lambda: bool(previews()))
    previews()[0].save()
    previews()[0].close()
    assert (outside / "顾客抱怨及返修记录 20261101-20261121.pdf").exists()
    assert "20261101-20261121" in answered.last.text


def test_a_preview_is_made_in_the_data_folder_where_others_of_the_computer_do_not_read(
    papers: PaperDesk, office: Office, qtbot: QtBot
) -> None:
    made: list[Path] = []

    def write(path: Path, _progress: Progress, _cancelled: Cancelled) -> Written:
        made.append(path)
        return ComplaintPaper(office.sheets).write_blank(path)

    papers.preview(write, "空白")
    qtbot.waitUntil(lambda: bool(previews()))
    place = office.desk.home / TEMPORARY
    assert made[0].is_relative_to(place)
    assert list(place.iterdir()) == []
    previews()[0].close()


def test_what_a_killed_program_left_of_a_preview_is_gone_at_the_next_start(
    office: Office, home: Path, answered: Answered, qtbot: QtBot
) -> None:
    office.desk.close()
    left = private_temp(home) / "tmp1" / "preview.pdf"
    left.parent.mkdir()
    left.write_bytes(b"%PDF of somebody")
    program = open_program(home, answered)
    qtbot.addWidget(program.window)
    program.close()
    assert not left.exists()


def previews() -> list[PreviewDialog]:
    """The previews that are open."""
    return [window for window in QApplication.topLevelWidgets() if isinstance(window, PreviewDialog)]


def test_a_complaint_that_is_not_there_has_no_preview(
    papers: PaperDesk, jobs: Jobs, answered: Answered, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(jobs.ended):
        papers.preview_form("TS20990101-001")
    assert "TS20990101-001" in answered.last.text
    assert previews() == []


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("word", ["导出 Excel", "导出 PDF"])
def test_a_window_closed_while_it_exports_leaves_no_half_file(
    qtbot: QtBot, home: Path, office: Office, answered: Answered, outside: Path, word: str
) -> None:
    office.desk.close()
    program = open_program(home, answered)
    hands = Hands(qtbot, program.window, answered)
    program.window.show_page("报表").show_period(*YEAR)
    hands.click(word)
    assert program.window.close()
    program.close()
    assert [path.name for path in outside.iterdir() if not whole(path)] == []


def whole(path: Path) -> bool:
    """A register that can be opened."""
    opened = PdfReader(path).pages if path.suffix == ".pdf" else openpyxl.load_workbook(path).worksheets
    return len(opened) > 0
