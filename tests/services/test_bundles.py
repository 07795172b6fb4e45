"""Where a backup is opened to be proven: beside itself, never in the folder for temporary files of the system."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from crm_desktop.services.office import Office
from tests.makers import registered


def test_no_backup_is_unpacked_where_other_people_could_find_it(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not there"))
    registered(office)
    made = office.backups.automatic()
    assert "测试恢复通过" in office.backups.try_out()
    assert sorted(path.name for path in made.parent.iterdir()) == sorted([made.name, "tested.json"])
