"""恢复码 on paper: one page of the dealership with the code and what to do with it, and no trace of it in the files."""

from __future__ import annotations

from pypdf import PdfReader

from crm_desktop.papers.recovery import RecoveryPaper
from tests.makers import act

CODE = "ABCD-EFGH-JKLM-NPQR"


def page_of(office, tmp_path):
    """The words of the only page."""
    (page,) = PdfReader(RecoveryPaper(office.desk).write(CODE, "程立群", tmp_path / "code.pdf").path).pages
    return page.extract_text()


def test_the_sheet_names_the_dealership_the_code_and_where_to_keep_it(office, tmp_path):
    office.settings.change({"dealership.name": "示范4S店"}, act())
    words = page_of(office, tmp_path)
    for told in ("示范4S店", CODE, "程立群", "保险柜", "存放地点", "用过即作废"):
        assert told in words


def test_printing_it_leaves_no_trace_of_the_code_in_the_data_folder(office, tmp_path):
    page_of(office, tmp_path)
    kept = [path for path in office.desk.home.rglob("*") if path.is_file() and CODE.encode() in path.read_bytes()]
    assert kept == []
