"""The keyboard alone brings a complaint and an old register into the files and takes them out as both papers."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from crm_desktop.domain.register import COLUMNS
from tests.makers import TODAY
from tests.screen_reader.conftest import Story

TYPED = "gearbox jerks from second to third"
BROUGHT_IN = ("发动机异响", "空调不冷")


@pytest.fixture
def old_register(tmp_path: Path) -> Path:
    """Two complaints of another system, received today so that they stand in this month's register."""
    rows = [f"{TODAY},{words},A{number}" for number, words in enumerate(BROUGHT_IN)]
    path = tmp_path / "old.csv"
    path.write_text("\n".join(("投诉日期,投诉内容,投诉编号", *rows)), "utf-8")
    return path


def test_a_complaint_gets_from_the_desk_to_both_papers_by_keyboard_alone(
    on_a_screen: Story, system_tool: Callable[[str], str], named_home: Path, old_register: Path, tmp_path: Path
) -> None:
    system_tool("xdotool")
    workbook, paper = tmp_path / "register.xlsx", tmp_path / "register.pdf"
    told = on_a_screen("keyboard_story.py", named_home, old_register, workbook, paper)
    assert "已登记" in told
    rows = list(openpyxl.load_workbook(workbook).active.iter_rows(values_only=True))
    titles = tuple(column.title for column in COLUMNS)
    assert len(titles) == 29
    below = [row[titles.index("抱怨内容")] for row in rows[rows.index(titles) + 1 :]]
    assert sorted(words for words in below if words) == sorted((*BROUGHT_IN, TYPED))
    printed = re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(paper).pages))
    assert [words for words in (*BROUGHT_IN, TYPED) if words.replace(" ", "") not in printed] == []
