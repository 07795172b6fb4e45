"""同一事件 in the window: two complaints that are already there are counted as one, and parted again."""

from __future__ import annotations

from tests.gui.test_procedure_window import ADVISER, by, chips, choose, desk, open_case
from tests.makers import complaint

__all__ = ["desk"]


def another(desk):
    """The number of an older complaint of the same customer."""
    return desk.office.complaints.register(complaint(), by(desk, ADVISER)).number


def linked(desk):
    """The open case is counted with an older one of the same customer, which is offered by itself."""
    first = another(desk)
    open_case(desk)
    dialog = choose(desk, "和另一张是同一事件")
    desk.fill("为什么是同一事件", "先打 400 又到店", dialog)
    desk.click("并计", dialog)
    return first


def test_two_complaints_about_one_event_are_counted_once(desk):
    first = linked(desk)
    assert desk.office.joins.links(desk.number).counted_with == first
    assert "同一事件" in chips(desk)
    assert desk.said() == f"{desk.number} 和 {first} 只计一次。"
    desk.page.show_case(first)
    assert "同一事件" in chips(desk)


def test_they_are_parted_with_a_reason(desk):
    linked(desk)
    dialog = choose(desk, "不是同一事件")
    desk.fill("原因", "后来问清是两件事", dialog)
    desk.click("分开计", dialog)
    assert desk.office.joins.links(desk.number).counted_with == ""
    assert "同一事件" not in chips(desk)


def test_without_a_reason_nothing_is_linked_and_the_dialog_stays(desk):
    another(desk)
    open_case(desk)
    dialog = choose(desk, "和另一张是同一事件")
    desk.click("并计", dialog)
    assert desk.said() == "请写明为什么是同一事件。"
    assert dialog.isVisible()
    dialog.close()
