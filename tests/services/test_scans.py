"""The scan folder and the cases its files' names tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.services.office import Office
from tests.makers import act, registered

PDF, PNG = b"%PDF-1.7\nsigned", b"\x89PNG\r\n\x1a\npicture"


def test_a_files_name_tells_its_case_however_it_is_written(office: Office, tmp_path: Path) -> None:
    number = registered(office).number
    names = {f"{number}_签字.pdf": PDF, f"扫描{number.replace('-', '').lower()}.png": PNG, "TS20250101-001.pdf": PDF}
    for name, content in {**names, "无名.pdf": PDF, "说明.txt": b"text"}.items():
        (tmp_path / name).write_bytes(content)
    found = {scan.path.name: scan.number for scan in office.scans.rows(tmp_path)}
    assert sorted(found.values()) == ["", "", number, number]
    assert "说明.txt" not in found


def test_a_scan_is_kept_with_its_case(office: Office, tmp_path: Path) -> None:
    number = registered(office).number
    (tmp_path / f"{number}.pdf").write_bytes(PDF)
    (scan,) = office.scans.rows(tmp_path)
    office.attachments.add(scan.path, scan.path.name, act(), number=scan.number)
    assert [row.name for row in office.attachments.of_complaint(number)] == [f"{number}.pdf"]


def test_a_folder_that_is_none_is_told(office: Office, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="打不开扫描文件夹"):
        office.scans.rows(tmp_path / "没有")
