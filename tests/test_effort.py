"""Five jobs of the desk, done at the real window by keyboard alone, take no more than the table of the project says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from benchmarks.bench_effort import TABLE, counted, line_of
from benchmarks.effort_desk import NOW, make_desk
from benchmarks.effort_jobs import JOBS


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder every job begins on."""
    home = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("CRM_NOW", NOW)
        make_desk(home)
    return home


@pytest.mark.parametrize("name", JOBS)
def test_a_job_takes_the_keys_that_stand_in_the_table_and_no_mouse(
    qtbot: QtBot, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("CRM_NOW", NOW)
    job, home = JOBS[name], shutil.copytree(made, tmp_path / "home")
    tally = counted(job, home)
    assert line_of(job, tally) in TABLE.read_text(encoding="utf-8").splitlines()
    assert (tally.clicks, tally.actions <= (job.most or tally.actions)) == (0, True)
