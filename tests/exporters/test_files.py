"""A file is whole or not there, and a refusal says which folder and what to do."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from crm_desktop.domain.errors import InvalidInput, StorageRefused
from crm_desktop.exporters.files import checked_target, replacing

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="rights and limits of POSIX")


def test_a_new_file_takes_the_place_of_the_old_one_and_leaves_nothing_beside(tmp_path: Path):
    target = tmp_path / "记录.xlsx"
    target.write_bytes(b"old")
    with replacing(target) as new:
        new.stream.write(b"new")
    assert target.read_bytes() == b"new"
    assert new.path == target
    assert list(tmp_path.iterdir()) == [target]


def test_the_bytes_are_on_the_disk_before_the_name_is_theirs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target, seen = tmp_path / "记录.xlsx", []
    sync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda handle: (seen.append(target.exists()), sync(handle)))
    with replacing(target) as new:
        new.stream.write(b"new")
    assert seen == [False]


def test_the_old_file_stays_when_the_writer_fails(tmp_path: Path):
    target = tmp_path / "记录.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(KeyError), replacing(target) as new:
        new.stream.write(b"half")
        raise KeyError
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_an_unwritten_target_shows_nothing_while_it_is_written(tmp_path: Path):
    target = tmp_path / "记录.xlsx"
    with replacing(target) as new:
        new.stream.write(b"half")
        assert not target.exists()


def test_a_missing_folder_is_named(tmp_path: Path):
    with pytest.raises(StorageRefused, match="不存在") as refused:
        replacing(tmp_path / "没有" / "记录.xlsx")
    assert str(tmp_path / "没有") in refused.value.sentence


def test_a_folder_below_a_file_does_not_exist(tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageRefused, match="不存在"):
        replacing(tmp_path / "file" / "记录.xlsx")


@posix_only
def test_a_folder_without_rights_is_named(tmp_path: Path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with without_root(), pytest.raises(StorageRefused, match="没有权限"):
        replacing(closed / "记录.xlsx")


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs a system folder nobody can write to")
def test_a_system_folder_refuses_with_a_sentence():
    with pytest.raises(StorageRefused, match="/proc/self/task"):
        replacing(Path("/proc/self/task/记录.xlsx"))


def test_a_name_longer_than_the_system_allows_is_refused(tmp_path: Path):
    target = tmp_path / ("长" * 300 + ".xlsx")
    with pytest.raises(StorageRefused, match="短一些"), replacing(target) as new:
        new.stream.write(b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_place_of_the_target_is_not_overwritten(tmp_path: Path):
    target = tmp_path / "记录.xlsx"
    target.mkdir()
    with pytest.raises(StorageRefused), replacing(target):
        pass
    assert list(tmp_path.iterdir()) == [target]


def test_an_open_target_keeps_its_content_and_the_new_file_gets_a_second_name():
    with folder_whose_file_cannot_be_replaced("记录.xlsx") as target:
        target.with_name("记录(2).xlsx").write_bytes(b"earlier")
        with without_root(), replacing(target) as new:
            new.stream.write(b"new")
        assert new.path == target.with_name("记录(3).xlsx")
        assert (target.read_bytes(), new.path.read_bytes()) == (b"old", b"new")
        assert len(list(target.parent.iterdir())) == 3


_FILLS_THE_DISK = """
import resource, sys
from pathlib import Path
from crm_desktop.domain.errors import StorageRefused
from crm_desktop.exporters.files import replacing
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
try:
    with replacing(Path(sys.argv[1])) as new:
        {body}
except StorageRefused as refused:
    sys.stdout.buffer.write(refused.sentence.encode())
"""
_PLAIN = "new.stream.write(bytes(100_000))"
_ZIPPED = """import zipfile
        with zipfile.ZipFile(new.stream, "w") as parts, parts.open("sheet", "w") as sheet:
            for _ in range(100): sheet.write(bytes(9_000))"""


@posix_only
@pytest.mark.parametrize("body", [_PLAIN, _ZIPPED], ids=["plain", "behind an error of zipfile"])
def test_a_full_disk_is_told_and_the_old_file_stays(tmp_path: Path, body: str):
    target = tmp_path / "记录.xlsx"
    target.write_bytes(b"old")
    script = _FILLS_THE_DISK.format(body=body)
    said = subprocess.run([sys.executable, "-c", script, str(target)], stdout=subprocess.PIPE, check=True).stdout
    assert "磁盘空间不足" in said.decode()
    assert str(tmp_path) in said.decode()
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_storage_failure_is_found_behind_other_errors(tmp_path: Path):
    with pytest.raises(StorageRefused, match="磁盘空间不足"), replacing(tmp_path / "记录.xlsx"):
        try:
            raise OSError(28, "No space left on device")
        except OSError:
            raise zipfile.BadZipFile  # noqa: B904 - hides its cause, as libraries do


@posix_only
def test_the_new_file_can_be_read_by_those_who_could_read_the_old_one(tmp_path: Path):
    target = tmp_path / "记录.xlsx"
    target.write_bytes(b"old")
    target.chmod(0o664)
    with replacing(target):
        pass
    assert target.stat().st_mode & 0o777 == 0o664


@pytest.mark.parametrize("name", ["a.xlsx", "a.XLSX", "a.b.pdf"])
def test_a_fitting_ending_is_accepted(tmp_path: Path, name: str):
    assert checked_target(tmp_path / name, (".xlsx", ".pdf")) == tmp_path / name


@pytest.mark.parametrize("name", ["a.csv", "xlsx", ".xlsx", "a.xlsx.exe"])
def test_another_ending_is_refused_and_the_right_ones_are_named(tmp_path: Path, name: str):
    with pytest.raises(InvalidInput, match=r"\.xlsx 或 \.pdf"):
        checked_target(tmp_path / name, (".xlsx", ".pdf"))


def test_a_folder_is_no_target(tmp_path: Path):
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(InvalidInput, match="文件夹"):
        checked_target(tmp_path / "a.xlsx", (".xlsx",))


@contextmanager
def without_root() -> Iterator[None]:
    """Root may write anywhere, so for a while the kernel sees somebody else."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def folder_whose_file_cannot_be_replaced(name: str) -> Iterator[Path]:
    """A file held open (Windows), or another's file in a folder where only owners may replace (POSIX, as root)."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / name
        target.write_bytes(b"old")
        if sys.platform == "win32":
            with target.open("rb"):
                yield target
        elif os.geteuid() == 0:
            Path(folder).chmod(0o1777)
            yield target
        else:
            pytest.skip("needs another owner's file, which only root can set up")
