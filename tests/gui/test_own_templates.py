"""Templates of causes and measures: the dealership's own words, offered where something is missing (A31)."""

from __future__ import annotations

from crm_desktop.services.rules import RuleName
from tests.gui.complaints_room import Room
from tests.gui.test_rules_window import change, opened, turn_to
from tests.makers import act, registered

TITLE = "空话词表"
OURS = "终检单上没有____一项，所以____没有检出"


def row_of(hands, label: str) -> int:
    """The line of this template."""
    return next(place for place, name in enumerate(hands.cells(TITLE, 0)) if name.startswith(label))


def test_a_template_is_written_on_the_page_of_the_words(qtbot, office):
    hands = opened(qtbot, office)
    turn_to(hands, TITLE)
    change(hands, TITLE, row_of(hands, "原因模板"), 内容=OURS, 修改原因="好懂")
    assert office.rules.wording().cause_template == OURS


def test_one_that_passes_unfilled_is_refused_where_it_was_written(qtbot, office):
    hands = opened(qtbot, office)
    turn_to(hands, TITLE)
    words = "终检单上没有油压一项，所以没有检出"
    change(hands, TITLE, row_of(hands, "原因模板"), 内容=words, 修改原因="好懂")
    assert "原因模板不填也能通过" in hands.said()
    assert office.rules.is_shipped(RuleName.WORDING)


def test_it_is_offered_and_holds_up_the_cause_until_it_is_filled(room: Room):
    table = room.office.rules.table(RuleName.WORDING)
    table["templates"]["cause"] = OURS
    room.office.rules.change(RuleName.WORDING, table, act(), "好懂")
    room.page.show_case(registered(room.office).number)
    room.turn_to("处理")
    room.click("套用模板")
    cause = room.field("抱怨产生根本原因分析")
    assert cause.typed() == OURS
    assert cause.textCursor().selectedText() == "____"
    assert "“____”还空着，请写明为什么会发生" in cause.accessibleDescription()
    cause.set_typed("终检单上没有油压一项，所以压力偏低没有检出")
    assert not room.has("套用模板")
