"""The five records beside a case: which exist, how each is made, printed and exported."""

from __future__ import annotations

import pytest

from crm_desktop.domain.papers import Paper
from crm_desktop.gui.complaints.records_card import MarkButton
from crm_desktop.gui.record_desk import RecordWish
from tests.gui.test_procedure_window import NUMBER, desk, open_complete

__all__ = ["desk"]


def test_the_five_records_are_marked(desk):
    open_complete(desk)
    assert [button.text() for button in desk.page.findChildren(MarkButton)] == [
        "单 ✓", "方案 ✓", "月报", "措施", "评估",
    ]  # fmt: skip


def mark(desk, label, word):
    """Chooses what stands behind one of the five marks."""
    button = next(b for b in desk.page.findChildren(MarkButton) if b.text().startswith(label))
    next(action for action in button.menu().actions() if action.text() == word and action.isVisible()).trigger()


@pytest.mark.parametrize(
    ("label", "word", "wish"),
    [
        ("方案", "打印方案和确认书", RecordWish(Paper.SOLUTION, NUMBER)),
        ("月报", "导出 Excel", RecordWish(Paper.MONTHLY, "2026-11", ".xlsx")),
        ("评估", "导出 PDF", RecordWish(Paper.EVALUATION, NUMBER, ".pdf")),
    ],
)
def test_a_mark_hands_out_its_record(desk, label, word, wish):
    open_complete(desk)
    with desk.qtbot.waitSignal(desk.page.record_wanted) as wanted:
        mark(desk, label, word)
    assert wanted.args == [wish]


def test_a_mark_leads_to_where_its_record_is_made(desk):
    open_complete(desk)
    mark(desk, "方案", "写方案")
    assert desk.focus() == "写方案"
    with desk.qtbot.waitSignal(desk.page.measure_wanted) as wanted:
        mark(desk, "措施", "立为措施")
    assert wanted.args == [NUMBER]


def test_what_keeps_it_from_coming_again_is_followed_as_a_measure_of_its_own(desk):
    open_complete(desk)
    desk.turn_to("措施")
    with desk.qtbot.waitSignal(desk.page.measure_wanted) as wanted:
        desk.click("立为措施")
    assert wanted.args == [NUMBER]
