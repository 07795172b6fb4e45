"""使用手册 as PDF: contents with page numbers, links and bookmarks that lead to their headings, pictures, words."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.manual import Picture, read_chapter
from crm_desktop.exporters.manual_pdf import write_manual
from crm_desktop.papers.manuals import TITLE, chapters, write

ROW = "| 登记 | 按保存 |\n"


def read(path: Path) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(path).pages]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manual as it is shipped."""
    return write(tmp_path_factory.mktemp("manual") / "使用手册.pdf").path


def test_every_heading_is_a_bookmark_and_stands_in_the_contents(whole: Path) -> None:
    reader = PdfReader(whole)
    titles = {str(one["/Title"]) for one in flat(reader.outline)}
    headings = [heading for chapter in chapters() for heading in chapter.headings()]
    assert titles == {heading.text for heading in headings}
    contents = "".join(read(whole)[1:4]).replace(" ", "")
    assert all(heading.text.replace(" ", "") in contents for heading in headings if heading.level < 3)


def flat(outline: list[object]) -> list[dict[str, object]]:
    """Bookmarks of every level."""
    found: list[dict[str, object]] = []
    for one in outline:
        found += flat(one) if isinstance(one, list) else [one]  # type: ignore[list-item]  # pypdf nests them
    return found


def test_the_contents_name_the_pages_the_headings_stand_on(whole: Path) -> None:
    reader = PdfReader(whole)
    pages = read(whole)
    first = next(one for one in flat(reader.outline) if one["/Title"] == "备份与换电脑")
    number = reader.get_destination_page_number(first) + 1  # type: ignore[arg-type]  # a bookmark is a destination
    assert f"第 {number} 页/共 {len(pages)} 页" in pages[number - 1]
    assert any(line.endswith(str(number)) and "备份与换电脑" in line for line in "\n".join(pages[1:4]).splitlines())


def test_every_picture_is_printed(whole: Path) -> None:
    shown = sum(isinstance(block, Picture) for chapter in chapters() for block in chapter.blocks)
    assert sum(len(page.images) for page in PdfReader(whole).pages) == shown


def test_every_link_leads_to_a_page_of_the_manual(whole: Path) -> None:
    reader = PdfReader(whole)
    links = [note.get_object() for page in reader.pages for note in page.get("/Annots", ())]
    assert len(links) > 60
    assert {link["/Dest"][0].idnum for link in links} <= {page.indirect_reference.idnum for page in reader.pages}


def test_a_table_longer_than_a_page_goes_on_overleaf(tmp_path: Path) -> None:
    chapter = read_chapter("x", "# 章\n\n| 甲 | 乙 |\n|---|---|\n" + ROW * 120)
    pages = read(write_manual((chapter,), TITLE, "1", tmp_path / "m.pdf").path)
    assert "".join(pages).count("按保存") == 120


def test_it_is_a_pdf_or_nothing(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        write(tmp_path / "manual.docx")
