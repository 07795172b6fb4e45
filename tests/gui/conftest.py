"""A room is tested on a data folder of its own, worked by keyboard."""

from collections.abc import Generator

import pytest
from PySide6.QtWidgets import QApplication

from tests.gui.answered import answered, jobs  # noqa: F401 - fixtures, found by their names
from tests.gui.complaints_room import room  # noqa: F401 - a fixture, found by its name
from tests.makers import office  # noqa: F401 - a fixture, found by its name


@pytest.fixture(autouse=True)
def _no_question_left_open() -> Generator[None, None, None]:
    """A question that a test leaves unanswered goes with it: the next one would find it in its way."""
    yield
    seen = None
    while QApplication.instance() is not None and (left := QApplication.activeModalWidget()) not in (None, seen):
        seen = left
        left.hide()  # its own test tidies it up; here it only has to be out of the way
