"""分类提示: what to ask about a complaint of the chosen category, said below the words and never in the way."""

from __future__ import annotations

import pytest

from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.services.rules import RuleName
from tests.gui.complaints_room import Room
from tests.makers import act


def hints(room: Room) -> list[str]:
    """Every visible word that says what to ask."""
    labels = [label for label in room.page.findChildren(PlainLabel) if label.isVisible()]
    return [label.text() for label in labels if label.text().startswith("问清")]


@pytest.fixture
def intake(room: Room) -> Room:
    """The intake of a new complaint."""
    room.page.new_complaint()
    return room


def test_each_category_says_what_to_ask(intake: Room) -> None:
    assert hints(intake) == []
    intake.fill("类别", "维修质量")
    assert hints(intake)[0].startswith("问清：哪天、哪张委托书")
    intake.fill("类别", "维修价格")
    assert hints(intake)[0].startswith("问清：哪一项、报价多少")
    intake.fill("类别", "")
    assert hints(intake) == []


def test_the_intake_with_its_question_fits_a_small_screen(intake: Room) -> None:
    intake.fill("类别", "产品质量")
    assert intake.page.minimumSizeHint().height() <= 690


def test_the_dealership_asks_what_it_wants_from_the_next_time_on(intake: Room) -> None:
    table = {"questions": [{"category": "维修质量", "ask": "哪位技师修的"}]}
    intake.office.rules.change(RuleName.QUESTIONS, table, act(), "本店习惯")
    intake.fill("类别", "维修质量")
    assert hints(intake) == ["问清：哪位技师修的"]
