"""A screen reader alone brings a customer's complaint from the desk to the register on disk, and an old list in."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
from pypdf import PdfReader

from crm_desktop.domain.register import COLUMNS
from crm_desktop.services.office import open_office
from tests.screen_reader.conftest import Story


def test_a_complaint_gets_from_the_desk_to_the_register_through_names_alone(
    on_a_screen: Story, named_home: Path, tmp_path: Path, shared_data: Path
) -> None:
    target = tmp_path / "register"
    told = on_a_screen("story.py", named_home, target, shared_data / "car_complaints_2020-08.csv")
    paper = re.sub(r"\s", "", PdfReader(target.with_suffix(".pdf")).pages[0].extract_text())
    rows = list(openpyxl.load_workbook(target.with_suffix(".xlsx")).active.iter_rows(values_only=True))
    assert "已登记" in told
    assert "变速箱二挡升三挡一顿一顿的" in paper
    assert "138****5521" in paper
    assert tuple(column.title for column in COLUMNS) in rows
    office = open_office(named_home)
    counted = office.desk.rows("SELECT COUNT(*) FROM complaints")
    office.desk.close()
    assert counted == [(601,)]
