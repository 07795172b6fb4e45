"""What lies in a zip that calls itself a backup is believed only as far as it can be checked."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.domain.errors import Damaged
from crm_desktop.services.backups import restore
from crm_desktop.services.bundles import proven, read
from crm_desktop.services.office import Office
from tests.makers import act, registered


@pytest.fixture
def bundle(office: Office) -> Path:
    """A good backup of one complaint."""
    registered(office)
    return office.backups.make(act())


def changed(bundle: Path, target: Path, **parts: bytes) -> Path:
    """A copy with other parts; a name's dot is written as ``_``."""
    with zipfile.ZipFile(bundle) as whole, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in whole.namelist():
            copy.writestr(name, parts.get(name.replace(".", "_"), whole.read(name)))
    return target


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("schema", "x"), ("schema", None), ("made_at", 5), ("made_at", "today"), ("counts", [1]),
        ("attachments", 7), ("attachments", [{"a": 1}]), ("attachments", ["../../etc/passwd"]), ("sha256", None),
        ("attachments", ["a" * 5000]), ("head", 9), ("counts", {"a": "b"}),
    ],
)  # fmt: skip
def test_a_manifest_of_wrong_parts_is_no_backup(bundle: Path, tmp_path: Path, name: str, value: Any) -> None:
    with zipfile.ZipFile(bundle) as whole:
        told = json.loads(whole.read("manifest.json")) | {name: value}
    with pytest.raises(Damaged, match="不是完整的备份文件"):
        read(changed(bundle, tmp_path / "other.zip", manifest_json=json.dumps(told).encode()))


@pytest.mark.parametrize("content", [b"[1]", b"null", b"[" * 100_000, b"\xff\x00"])
def test_a_manifest_that_is_no_object_is_no_backup(bundle: Path, tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Damaged):
        read(changed(bundle, tmp_path / "other.zip", manifest_json=content))


def test_a_database_that_would_fill_the_disk_is_not_unpacked(bundle: Path, tmp_path: Path) -> None:
    bomb = changed(bundle, tmp_path / "bomb.zip", crm_db=bytes(40_000_000))
    with pytest.raises(Damaged, match="不是完整的备份文件"):
        proven(bomb)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_what_is_no_file_is_no_backup_and_nobody_waits_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    with pytest.raises(Damaged):
        read(tmp_path / "pipe.zip")


def test_parts_that_point_elsewhere_stay_in_the_zip(office: Office, bundle: Path, home: Path, tmp_path: Path) -> None:
    copy = tmp_path / "more.zip"
    shutil.copyfile(bundle, copy)
    with zipfile.ZipFile(copy, "a") as more:
        more.writestr("../../outside.txt", "x")
    office.desk.close()
    restore(home, copy)
    assert not list(tmp_path.rglob("outside.txt"))


def test_the_plain_copy_on_the_way_to_a_stick_never_lies_there(office: Office, bundle: Path, tmp_path: Path) -> None:
    del bundle
    seen: set[str] = set()
    stick = tmp_path / "stick"
    office.backups.make(act(), stick / "kept.zip", told=lambda *_: seen.update(path.name for path in stick.iterdir()))
    assert seen == {".kept.zip.tmp"}
