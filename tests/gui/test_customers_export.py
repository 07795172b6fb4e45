"""导出客户档案清单 from the room: masked unless the right, a reason and a line in the history say otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.rights import Right
from crm_desktop.gui.customers.export_list import CustomerExport, FullNumbers
from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.paper_desk import PaperDesk
from crm_desktop.gui.session import Session
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.papers.complaint_forms import ComplaintPaper
from crm_desktop.papers.complaint_lists import ComplaintList
from crm_desktop.papers.registers import RegisterPaper
from crm_desktop.services.office import Office
from tests.gui.answered import Answered
from tests.makers import act, customer


@pytest.fixture
def export(qtbot: QtBot, office: Office, jobs: Jobs, answered: Answered) -> CustomerExport:
    """The desk's exporter over two customers."""
    office.customers.register(customer(), act())
    office.customers.register(customer(name="王五"), act())
    window = QWidget()
    qtbot.addWidget(window)
    papers = PaperDesk(
        office.desk, RegisterPaper(office.registers, office.settings), ComplaintPaper(office.sheets),
        ComplaintList(office.cases, office.settings), office.upkeep, Session(office.desk), jobs, answered, window,
    )  # fmt: skip
    return CustomerExport(office, papers, Session(office.desk), answered, window)


def phones(folder: Path) -> list[str]:
    """What stands in the column of phones."""
    (path,) = folder.glob("客户档案清单*.xlsx")
    page = load_workbook(path).worksheets[0]
    place = [cell.value for cell in page[3]].index("联系电话")
    return [str(row[place].value) for row in page.iter_rows(min_row=4)]


def test_numbers_are_masked_where_nothing_else_is_asked(
    export: CustomerExport,
    jobs: Jobs,
    answered: Answered,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answered, "choose", lambda *_: "号码打码")
    with qtbot.waitSignal(jobs.ended):
        export.begin(None)
    assert len(phones(tmp_path)) == 2
    assert all("****" in phone for phone in phones(tmp_path))


def test_only_the_customers_listed_are_exported(
    export: CustomerExport,
    jobs: Jobs,
    answered: Answered,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answered, "choose", lambda *_: "号码打码")
    with qtbot.waitSignal(jobs.ended):
        export.begin((2,))
    assert len(phones(tmp_path)) == 1


def test_full_numbers_need_the_right_and_a_reason_and_leave_a_line(office: Office) -> None:
    question = FullNumbers(office, "c.xlsx")
    with pytest.raises(InvalidInput, match="写明原因"):
        question.do(Answer({"reason": ""}), act())
    with pytest.raises(NotAllowed):
        question.do(Answer({"reason": "召回"}), act(rights=frozenset({Right.EXPORT})))
    question.do(Answer({"reason": "厂家召回"}), act())
    told = office.desk.rows("SELECT new, reason FROM history WHERE field = 'unmasked'")
    assert told == [("客户档案清单 → c.xlsx", "厂家召回")]
