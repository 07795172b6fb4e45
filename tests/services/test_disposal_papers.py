"""The bundle that is kept outside before anything goes, and the 销毁记录 that stays."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from pypdf import PdfReader

from crm_desktop.domain.archive import DisposalRow, FilingDraft
from crm_desktop.domain.errors import InvalidInput, NotAllowed, StorageRefused
from crm_desktop.papers.disposals import DisposalPapers
from crm_desktop.services.office import Office
from tests.makers import act, closed, director
from tests.services.records import care, filed
from tests.services.test_attachments import PDF, PNG

LATER = "2028-11-21 09:00"


@pytest.fixture
def papers(office: Office) -> DisposalPapers:
    return DisposalPapers(office.desk)


@pytest.fixture
def row(office: Office) -> DisposalRow:
    """A proposal of one complaint."""
    return office.disposals.propose([filed(office).number], "保存期满", care(LATER))


def words(path: Path) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)


def test_the_bundle_holds_every_paper_and_everything_kept(papers: DisposalPapers, row: DisposalRow, tmp_path: Path):
    written, _ = papers.write_bundle(row.id, tmp_path / "销毁.zip", care(LATER))
    number = row.files[0].complaint_number
    with ZipFile(written.path) as bundle:
        names = set(bundle.namelist())
        told = json.loads(bundle.read(f"{number}/记录.json"))
    papers_of_it = {f"{number}/{name}.pdf" for name in ("抱怨投诉单", "解决方案", "有效性评估报告")}
    assert names == papers_of_it | {f"{number}/记录.json", "销毁清单.json"}
    assert told["complaints"][0]["words"] == "变速箱一顿一顿"


def test_what_was_attached_lies_in_the_bundle_and_what_is_damaged_is_told(
    papers: DisposalPapers, office: Office, tmp_path: Path
):
    saved = closed(office)
    for name, content in (("签字单.pdf", PDF), ("现场.png", PNG)):
        office.attachments.add(content, name, act(), number=saved.number)
    office.archive.file(saved.number, saved.ver, FilingDraft("A柜 3 盒"), care())
    next(path for path in (office.desk.home / "attachments").rglob("*.png")).unlink()
    row = office.disposals.propose([saved.number], "保存期满", care(LATER))
    written, _ = papers.write_bundle(row.id, tmp_path / "销毁.zip", care(LATER))
    with ZipFile(written.path) as bundle:
        assert bundle.read(f"{saved.number}/附件/01 签字单.pdf") == PDF
        assert "文件不见了" in bundle.read(f"{saved.number}/附件/02 现场.png 打不开.txt").decode()


def test_its_digest_is_noted_and_opens_the_way_to_approval(
    office: Office, papers: DisposalPapers, row: DisposalRow, tmp_path: Path
):
    written, noted = papers.write_bundle(row.id, tmp_path / "销毁.zip", care(LATER))
    assert noted.bundle_digest == sha256(written.path.read_bytes()).hexdigest()
    assert office.disposals.approve(row.id, noted.ver, director(LATER)).state == "已销毁"


def test_nothing_but_the_bundle_is_left_in_the_folder(papers: DisposalPapers, row: DisposalRow, tmp_path: Path):
    folder = tmp_path / "外"
    folder.mkdir()
    papers.write_bundle(row.id, folder / "销毁.zip", care(LATER))
    assert [path.name for path in folder.iterdir()] == ["销毁.zip"]


@pytest.mark.parametrize(("name", "refusal"), [("a.pdf", InvalidInput), ("无/a.zip", StorageRefused)])
def test_a_bundle_that_cannot_be_written_is_not_noted(
    office: Office, papers: DisposalPapers, row: DisposalRow, tmp_path: Path, name: str, refusal: type[Exception]
):
    with pytest.raises(refusal):
        papers.write_bundle(row.id, tmp_path / name, care(LATER))
    assert office.disposals.get(row.id).state == "待导出"


def test_the_certificate_tells_number_days_and_who(
    office: Office, papers: DisposalPapers, row: DisposalRow, tmp_path: Path
):
    _, noted = papers.write_bundle(row.id, tmp_path / "销毁.zip", care(LATER))
    office.disposals.approve(row.id, noted.ver, director(LATER))
    told = words(papers.write_certificate(row.id, tmp_path / "记录.pdf").path)
    for word in ("销毁记录", "GD2026-0001", "2028-11-21", "叶清扬2028-11-21提出", "程立群2028-11-21批准", "监销人："):
        assert word in told


def test_the_certificate_is_a_workbook_too(papers: DisposalPapers, row: DisposalRow, tmp_path: Path):
    path = papers.write_certificate(row.id, tmp_path / "记录.xlsx").path
    told = [value for values in openpyxl.load_workbook(path).worksheets[0].values for value in values]
    assert "GD2026-0001" in told


def test_who_may_not_propose_does_not_take_the_bundle_out(papers: DisposalPapers, row: DisposalRow, tmp_path: Path):
    with pytest.raises(NotAllowed):
        papers.write_bundle(row.id, tmp_path / "销毁.zip", director(LATER))
    assert not (tmp_path / "销毁.zip").exists()
