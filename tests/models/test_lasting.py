"""Names that outlast a power cut."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from crm_desktop.models.lasting import take_name, write_whole


def fail(handle: int) -> None:
    raise OSError(errno.EIO, f"the disk took nothing of {handle}")


def test_a_finished_file_replaces_the_old_one(tmp_path: Path) -> None:
    target, finished = tmp_path / "a", tmp_path / "b"
    target.write_text("old")
    finished.write_text("new")
    take_name(finished, target)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a", "new")]


def test_what_the_disk_did_not_take_gets_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="nothing"):
        write_whole(tmp_path / "a", b"new")
    assert not list(tmp_path.iterdir())


def test_an_old_file_stays_when_the_disk_takes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="nothing"):
        write_whole(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"


@pytest.mark.skipif(sys.platform == "win32", reason="a folder has no handle there")
def test_the_folder_is_synced_after_the_name_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, real = [], os.fsync

    def noted(handle: int) -> None:
        seen.append(sorted(path.name for path in tmp_path.iterdir()))
        real(handle)

    monkeypatch.setattr(os, "fsync", noted)
    write_whole(tmp_path / "a", b"new")
    assert seen == [["a.tmp"], ["a"]]
