"""Every paper carries a code that a scanner's poor grey picture still tells, and a scan is taken for what it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from crm_desktop import papers
from crm_desktop.domain.desk_papers import HANDOVER, MECHANISM, MORNING
from crm_desktop.domain.letters import LetterDraft, LetterKind
from crm_desktop.gui.scan_reader import codes
from crm_desktop.papers.casebooks import CasebookPaper
from crm_desktop.papers.complaint_forms import ComplaintPaper
from crm_desktop.papers.desk_papers import DeskPapers
from crm_desktop.papers.disposals import DisposalPapers
from crm_desktop.papers.monthly import MonthlyPaper
from crm_desktop.papers.records import RecordPapers
from crm_desktop.papers.recovery import RecoveryPaper
from crm_desktop.papers.registers import RegisterPaper
from crm_desktop.services.office import Office
from tests.gui.test_scans import DPI_OF_PAGE, folder, looked, scanned
from tests.makers import act, registered
from tests.services.records import care, filed, measure

__all__ = ["folder"]  # a fixture, found by its name

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
TWICE_TURNED = 2.0


def _disposal(office: Office, target: Path) -> None:
    row = office.disposals.propose([filed(office).number], "保存期满", care("2028-11-21 09:00"))
    DisposalPapers(office.desk).write_certificate(row.id, target)


PAPERS: dict[str, tuple[str, Callable[[Office, Path], object]]] = {
    "register": (
        "TZ20261101-20261130",
        lambda office, target: RegisterPaper(office.registers, office.settings).write(FIRST, LAST, target),
    ),
    "measures": (
        "CS20261101-20261130",
        lambda office, target: RecordPapers(office.desk).write_measures(target, FIRST, LAST),
    ),
    "all measures": ("CS", lambda office, target: RecordPapers(office.desk).write_measures(target)),
    "monthly": ("YB2026-10", lambda office, target: MonthlyPaper(office.desk).write("2026-10", target)),
    "disposal": ("XH2028-001", _disposal),
    "casebook": ("AL20261101-20261130", lambda office, target: CasebookPaper(office.desk).write(target, FIRST, LAST)),
    "morning": ("CH2026-11-21", lambda office, target: DeskPapers(office.desk).write(MORNING, target)),
    "hand-over": ("JB2026-11-21", lambda office, target: DeskPapers(office.desk).write(HANDOVER, target)),
    "mechanism": ("JZ2026-Q3", lambda office, target: DeskPapers(office.desk).write(MECHANISM, target)),
    "blank form": ("KB", lambda office, target: ComplaintPaper(office.sheets).write_blank(target)),
    "recovery": ("HFM", lambda office, target: RecoveryPaper(office.desk).write("ABCD", "贺明", target)),
}
MEANT = {
    "register": "《顾客抱怨及返修记录》2026-11-01 至 2026-11-30",
    "measures": "《纠正预防措施》2026-11-01 至 2026-11-30",
    "all measures": "《纠正预防措施》",
    "monthly": "《月度抱怨/投诉分析报告》2026-10",
    "disposal": "《销毁记录》2028-001",
    "casebook": "《案例汇编》2026-11-01 至 2026-11-30",
    "morning": f"《{MORNING}》2026-11-21",
    "hand-over": f"《{HANDOVER}》2026-11-21",
    "mechanism": f"《{MECHANISM}》2026-Q3",
    "blank form": "手填的抱怨单：请先“补录”，再把它放到那张单",
    "recovery": "恢复码：请锁进保险柜，不要留扫描件",
}


@pytest.fixture
def evaluated(office: Office) -> tuple[str, str, str]:
    """A measure out of two complaints: its number and theirs."""
    numbers = registered(office).number, registered(office).number
    made = office.measures.register(measure(complaints=numbers), act())
    return made.number, *numbers


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_of_no_case_tells_what_it_is(office: Office, tmp_path: Path, folder: Path, paper: str) -> None:
    code, write = PAPERS[paper]
    write(office, tmp_path / "paper.pdf")
    assert codes(scanned(tmp_path / "paper.pdf", folder / "scan.jpg", 150, TWICE_TURNED)) == [code]
    (scan,) = office.scans.rows(folder, codes)
    assert (scan.numbers, scan.what) == ((), MEANT[paper])


@pytest.mark.parametrize("dpi", [150, 200, DPI_OF_PAGE])
@pytest.mark.parametrize("turned", [0, -3, 7, 180])
def test_the_code_of_a_list_is_read_from_a_poor_scan(office: Office, tmp_path: Path, dpi: int, turned: float) -> None:
    PAPERS["register"][1](office, tmp_path / "paper.pdf")
    assert codes(scanned(tmp_path / "paper.pdf", tmp_path / "scan.jpg", dpi, turned)) == ["TZ20261101-20261130"]


def test_every_sheet_of_a_case_carries_its_number(office: Office, tmp_path: Path) -> None:
    number = registered(office).number
    RecordPapers(office.desk).write_solution(number, tmp_path / "solution.pdf")
    found = codes(tmp_path / "solution.pdf")
    assert len(found) > 1
    assert set(found) == {number}


def test_a_scanned_evaluation_goes_to_its_measure_and_every_complaint_of_it(
    qtbot, office: Office, tmp_path: Path, folder: Path, evaluated: tuple[str, str, str]
) -> None:
    measured, *numbers = evaluated
    RecordPapers(office.desk).write_evaluations(numbers[0], tmp_path / "evaluation.pdf")
    scanned(tmp_path / "evaluation.pdf", folder / "scan.jpg", 150, TWICE_TURNED)
    _, room = looked(qtbot, office, folder)
    assert room.cells("扫描件", 2) == ["、".join(numbers)]
    assert room.cells("扫描件", 4) == [f"措施 {measured}"]
    room.click("把有单号的都放好")
    kept = [office.attachments.of_complaint(number) for number in numbers] + [office.attachments.of_measure(1)]
    assert [[(row.name, row.note) for row in rows] for rows in kept] == [[("scan.jpg", f"扫描件 措施 {measured}")]] * 3
    assert room.cells("扫描件", 0) == []


def test_a_measures_number_in_the_name_finds_its_complaints_too(
    office: Office, folder: Path, evaluated: tuple[str, str, str]
) -> None:
    measured, *numbers = evaluated
    (folder / f"{measured}签字.png").write_bytes(b"\x89PNG\r\n\x1a\npicture")
    (scan,) = office.scans.rows(folder)
    assert (scan.numbers, scan.measure_id, scan.how) == (tuple(numbers), 1, "文件名")


def test_a_scanned_report_is_told_and_may_still_be_put_beside_a_case(
    qtbot, office: Office, tmp_path: Path, folder: Path
) -> None:
    number = registered(office).number
    PAPERS["monthly"][1](office, tmp_path / "report.pdf")
    scanned(tmp_path / "report.pdf", folder / "scan.jpg", 150, 0)
    _, room = looked(qtbot, office, folder)
    assert "这是《月度抱怨/投诉分析报告》2026-10，不属于某一张抱怨单" in room.texts()
    assert not room.button("把有单号的都放好").isEnabled()
    room.fill("抱怨单号", number)
    room.click("放到这张单")
    assert [row.name for row in office.attachments.of_complaint(number)] == ["scan.jpg"]


def test_a_scanned_letter_goes_to_its_case(office: Office, tmp_path: Path, folder: Path) -> None:
    number = registered(office).number
    office.letters.write(number, LetterDraft(LetterKind.TRANSFER, "转办单", "车间：\n请查明。"), act())
    RecordPapers(office.desk).write_letter(f"{number}-1", tmp_path / "letter.pdf")
    scanned(tmp_path / "letter.pdf", folder / "scan.jpg", 150, TWICE_TURNED)
    (scan,) = office.scans.rows(folder, codes)
    assert (scan.numbers, scan.how) == ((number,), "二维码")


def test_no_module_that_prints_is_left_out() -> None:
    modules = Path(papers.__file__).parent.glob("*.py")
    printing = {path.stem for path in modules if re.search(r"import .*_pdf|_pdf import", path.read_text("utf-8"))}
    tried = set(re.findall(r"from crm_desktop\.papers\.(\w+) import", Path(__file__).read_text("utf-8")))
    assert printing - {"manuals"} <= tried  # the manual belongs to no case
