"""The records beside the form on their way out of the window: to the screen, to PDF, to Excel."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.domain.papers import Paper
from crm_desktop.gui.printing import PreviewDialog
from crm_desktop.gui.record_desk import RecordDesk, RecordWish
from crm_desktop.papers.monthly import MonthlyPaper
from crm_desktop.papers.records import RecordPapers
from tests.gui.test_paper_desk import paper_desk
from tests.makers import act, registered
from tests.services.records import measure


@pytest.fixture
def records(qtbot, office, jobs, answered):
    """Files go to this test's folder under the name the desk suggests."""
    window = QWidget()
    qtbot.addWidget(window)
    papers = paper_desk(office, jobs, answered, window)
    return RecordDesk(papers, RecordPapers(office.desk), MonthlyPaper(office.desk))


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx"])
@pytest.mark.parametrize("paper", [Paper.SOLUTION, Paper.EVALUATION])
def test_a_record_of_a_complaint_becomes_a_file(records, office, answered, qtbot, paper, suffix):
    number = registered(office).number
    records.hand_out(RecordWish(paper, number, suffix))
    qtbot.waitUntil(lambda: answered.last is not None and number in answered.last.text)
    assert [path.suffix for path in answered.folder.glob(f"*{number}*")] == [suffix]


def test_the_month_of_a_complaint_becomes_a_file(records, answered, qtbot):
    records.hand_out(RecordWish(Paper.MONTHLY, "2026-11", ".xlsx"))
    qtbot.waitUntil(lambda: answered.last is not None and "2026-11" in answered.last.text)


def test_the_list_of_measures_becomes_a_workbook_named_after_its_days(records, office, answered, qtbot):
    office.measures.register(measure(), act())
    records.export_measures_excel(office.desk.today(), office.desk.today())
    qtbot.waitUntil(lambda: answered.last is not None and "纠正预防措施 20261121-20261121.xlsx" in answered.last.text)


def test_the_report_of_a_measure_is_shown_as_it_will_be_printed(records, office, qtbot):
    records.hand_out_evaluation(office.measures.register(measure(), act()).id, "")
    shown = [None]
    qtbot.waitUntil(lambda: bool(previews(shown)))
    assert "有效性评估报告" in shown[0].windowTitle()
    shown[0].close()


def previews(found):
    """Keeps the preview that is open."""
    found[:] = [w for w in QApplication.topLevelWidgets() if isinstance(w, PreviewDialog) and w.isVisible()]
    return found
