"""What the 六步向导 keeps is in no paper, export or bundle, no search and no customer's file; it goes with the case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from crm_desktop.domain.archive import FilingDraft
from crm_desktop.domain.guidance import Reading
from crm_desktop.domain.staff import Role
from crm_desktop.papers.complaint_forms import ComplaintPaper
from crm_desktop.papers.complaint_lists import ComplaintList
from crm_desktop.papers.disposals import DisposalPapers
from crm_desktop.papers.monthly import MonthlyPaper
from crm_desktop.papers.records import RecordPapers
from crm_desktop.papers.registers import RegisterPaper
from crm_desktop.services.cases import ComplaintFilter
from crm_desktop.services.office import Office
from tests.makers import TODAY, director
from tests.services.procedure import by, solved
from tests.services.records import care

CANARY = "金丝雀啾啾"
LATER = "2028-11-21 09:00"
WORDS = ("补偿型", "力量型", CANARY)


@pytest.fixture
def number(office: Office) -> str:
    """A filed complaint with every field of the guide filled in."""
    saved, who = solved(office), by(Role.DIRECTOR)
    reading = Reading("补偿型", "愤怒", "力量型", "求补偿", CANARY, CANARY, CANARY, CANARY, agreed=True)
    office.guidance.read_as(saved.number, reading, who)
    for step in range(1, 7):
        office.guidance.note(saved.number, step, f"{CANARY}{step}", who)
    saved = office.complaints.close(saved.number, saved.ver, director())
    office.archive.file(saved.number, saved.ver, FilingDraft("A柜"), care())
    return saved.number


def text_of(path: Path) -> str:
    """Every word of a PDF, a workbook or a zip of them."""
    if path.suffix == ".pdf":
        return "".join(page.extract_text() for page in PdfReader(path).pages)
    with ZipFile(path) as whole:
        return "".join(_inside(whole, name, path.parent) for name in whole.namelist())


def _inside(whole: ZipFile, name: str, place: Path) -> str:
    if not name.endswith(".pdf"):
        return whole.read(name).decode(errors="replace")
    page = place / "page.pdf"
    page.write_bytes(whole.read(name))
    return text_of(page)


def written(office: Office, number: str, place: Path) -> Iterator[Path]:
    """One of everything that leaves the house as a file."""
    records, monthly = RecordPapers(office.desk), MonthlyPaper(office.desk)
    register, cases = RegisterPaper(office.registers, office.settings), ComplaintList(office.cases, office.settings)
    for suffix in ("pdf", "xlsx"):
        yield ComplaintPaper(office.sheets).write(number, place / f"form.{suffix}").path
        yield records.write_solution(number, place / f"solution.{suffix}").path
        yield records.write_measures(place / f"measures.{suffix}").path
        yield monthly.write("2026-11", place / f"month.{suffix}").path
        yield register.write(TODAY, TODAY, place / f"register.{suffix}").path
    yield cases.write(ComplaintFilter("全部"), place / "list.xlsx").path
    row = office.disposals.propose([number], "保存期满", care(LATER))
    yield DisposalPapers(office.desk).write_bundle(row.id, place / "bundle.zip", care(LATER))[0].path


def test_no_file_that_leaves_the_house_tells_of_it(office: Office, number: str, tmp_path: Path) -> None:
    files = [(path.name, text_of(path)) for path in written(office, number, tmp_path)]
    assert [name for name, text in files if any(word in text for word in WORDS)] == []
    assert any("曾小明" in text for _, text in files) and len(files) > 10


def test_no_search_finds_it(office: Office, number: str) -> None:
    assert [office.search.find(word) for word in WORDS] == [[], [], []]


def test_the_customers_file_knows_nothing_of_it(office: Office, number: str) -> None:
    customer = office.cases.case(number).customer_id
    assert customer is not None
    profile = (office.customers.profile(customer), office.timelines.page(customer), office.banners.of(customer))
    assert not any(word in repr(profile) for word in WORDS)


def test_neither_the_history_of_the_case_nor_that_of_the_door_tells_it(office: Office, number: str) -> None:
    told = (office.cases.history(number), office.chronicle.rows(limit=1000), office.chronicle.content(director()))
    assert not any(word in repr(told) for word in WORDS)
    assert any(line["entity"] == "guidance_notes" for line in office.chronicle.rows(limit=1000))


def test_it_goes_with_the_disposal_of_its_case(office: Office, number: str) -> None:
    row = office.disposals.propose([number], "保存期满", care(LATER))
    row = office.disposals.note_bundle(row.id, row.ver, "XH.zip", "ab" * 32, care(LATER))
    office.disposals.approve(row.id, row.ver, director(LATER))
    left = b"".join(path.read_bytes() for path in office.desk.home.glob("crm.db*"))
    assert CANARY.encode() not in left
    assert office.guidance.reading(number).restated == ""
    assert {note.note for note in office.guidance.notes(number).values()} == {""}
    assert [finding for finding in office.upkeep.check() if finding.trouble] == []
