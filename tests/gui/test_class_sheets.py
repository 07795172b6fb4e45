"""归类词表 as a page of 规则: words come and go, the form's categories stay, seeds are typed."""

from __future__ import annotations

import pytest

from crm_desktop.domain.classification import Axis
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.gui.rules_room.class_sheets import CLASS_SHEETS
from crm_desktop.services.rules import RuleName

SHEET = CLASS_SHEETS[0]


@pytest.fixture
def table(office):
    """The shipped lists."""
    return office.rules.shipped(RuleName.CLASSES)


def words(office, table, axis):
    """The words of one list, once the document is in force."""
    office.rules.change(RuleName.CLASSES, table, office.desk.act("王敏", "规则"), "本店用词")
    return {word.word: word.seeds for word in office.rules.classes()[axis]}


def test_every_word_is_a_line_and_only_categories_must_stay(table):
    lines = SHEET.lines(table)
    assert len(lines) == sum(len(row["words"]) for row in table["axes"])
    assert {line.key.split(" ")[0] for line in lines if line.lasting} == {"category"}


def test_the_words_a_customer_says_are_changed(office, table):
    changed = SHEET.changed(table, "kind 表扬", {"seeds": "锦旗、点赞 好评"})
    assert words(office, changed, Axis.KIND)["表扬"] == ("锦旗", "点赞", "好评")


def test_a_word_of_the_house_is_added_and_taken_away(office, table):
    added = SHEET.added(table, {"axis": "区域", "word": "充电区", "seeds": "充电桩"})
    assert words(office, added, Axis.AREA)["充电区"] == ("充电桩",)
    assert "充电区" not in words(office, SHEET.dropped(added, "area 充电区"), Axis.AREA)


@pytest.mark.parametrize("values", [{"axis": "颜色", "word": "红"}, {"axis": "区域", "word": " "}])
def test_a_word_of_no_list_and_no_word_are_refused(table, values):
    with pytest.raises(InvalidInput):
        SHEET.added(table, {**values, "seeds": ""})


def test_the_last_word_of_a_list_stays(office, table):
    for line in [line for line in SHEET.lines(table) if line.key.startswith("kind ")]:
        table = SHEET.dropped(table, line.key)
    with pytest.raises(InvalidInput):
        words(office, table, Axis.KIND)
