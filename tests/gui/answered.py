"""Somebody at the desk who answers every file dialog, and jobs that report to him."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from crm_desktop.gui.jobs import Jobs
from crm_desktop.gui.messages import Messages


class Answered(Messages):
    """Saves every file in ``folder`` under the suggested name, opens ``picked``."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.picked = folder / "nothing"

    def choose_save(self, title: str, suggested: str, filters: Sequence[str]) -> Path:
        """The suggested name, here."""
        return self.folder / suggested

    def choose_open(self, title: str, filters: Sequence[str]) -> Path:
        """The file laid ready."""
        return self.picked

    def choose_folder(self, title: str) -> Path:
        """This test's own folder."""
        return self.folder


@pytest.fixture
def answered(tmp_path: Path) -> Answered:
    """Files go to and come from this test's own folder."""
    return Answered(tmp_path)


@pytest.fixture
def jobs(qapp: QApplication, answered: Answered) -> Iterator[Jobs]:
    """Work that reports to the desk, as in the program; it goes after its threads, as the program's does, and not with
    the last line of the test: a thread that is taken away in the middle of its end takes the heap along."""
    made = Jobs(answered.refused, answered.note, qapp)
    yield made
    made.stop_all()
    made.deleteLater()
