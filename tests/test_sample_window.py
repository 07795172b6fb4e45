"""The sample home beside the real one: made by another copy of the program, which tells how far it is and may stop."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.app.sample_window import make_sample
from crm_desktop.domain.errors import StorageRefused
from crm_desktop.gui.jobs import Stopped
from crm_desktop.models.database import FILE_NAME

pytestmark = pytest.mark.usefixtures("qapp")


def test_it_tells_how_far_it_is_and_is_made_once(tmp_path: Path) -> None:
    home, told = tmp_path / "demo", list[int]()
    make_sample(home, lambda done, total=0: told.append(done))
    assert (home / FILE_NAME).exists()
    assert told == sorted(told)
    assert {0, 100} < set(told)
    told.clear()
    make_sample(home, lambda done, total=0: told.append(done))
    assert told == []


def test_stopped_half_way_it_leaves_nothing(tmp_path: Path) -> None:
    home = tmp_path / "demo"

    def stop(done: int, total: int = 0) -> None:
        if done >= 20:
            raise Stopped

    with pytest.raises(Stopped):
        make_sample(home, stop)
    assert not home.exists()


def test_where_nothing_can_be_written_one_sentence_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageRefused, match="演示数据没有做成"):
        make_sample(tmp_path / "file" / "demo", lambda done, total=0: None)
