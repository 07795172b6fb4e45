"""The window learns from the house's own cases by itself, and nothing is said of it."""

from __future__ import annotations

from crm_desktop.domain.classification import Axis
from crm_desktop.gui.complaints.lessons import Lessons
from crm_desktop.gui.jobs import Jobs
from tests.makers import act, closed

ODD = "那个小喇叭总是咕咕叫"


def test_the_room_learns_in_the_background_and_says_nothing(room, qtbot):
    for count in range(3):
        number = closed(room.office, words=f"{ODD}{count}").number
        room.office.classifications.confirm(number, {Axis.CATEGORY: "配件供应"}, act())
    said, began = [], []
    jobs = Jobs(said.append, said.append, room.page)
    jobs.began.connect(began.append)
    Lessons(room.office.desk, room.office.proposals, jobs, room.page)
    qtbot.waitUntil(lambda: bool(room.office.proposals.categories(ODD)), timeout=20_000)
    jobs.stop_all()
    assert room.office.proposals.categories(ODD)[0].word == "配件供应"
    assert (said, began) == ([], [])
