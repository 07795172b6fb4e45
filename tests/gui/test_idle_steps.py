"""A step there is nothing to take on says so instead of opening a dialog that leads nowhere."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from crm_desktop.domain.staff import Role
from tests.makers import at, complaint
from tests.services.procedure import by as hand


@pytest.fixture
def media(room):
    """A 重大 media complaint just registered, opened at 处理."""
    room.number = room.office.complaints.register(
        complaint(channel="媒体", severity="重大", received_at=at("2026-11-21 13:44")), hand(Role.MARKETING_MANAGER)
    ).number
    room.page.show_case(room.number)
    room.turn_to("处理")
    return room


@pytest.mark.parametrize(("word", "told"), [("撤稿结果", "请先“登记稿件”"), ("收到回执", "请先“上报公关部”")])
def test_what_has_nothing_to_wait_for_is_told_and_asks_nothing(media, word, told):
    media.click(word)
    assert told in media.said()
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize(
    ("word", "told"), [("更正时间", "受理时间在“受理”里更正"), ("补超期原因", "没有超期而缺原因的步骤")]
)
def test_what_there_is_nothing_to_put_right_of_is_told_and_asks_nothing(media, word, told):
    next(entry for entry in media.page.findChildren(QAction) if entry.text() == word).trigger()
    assert told in media.said()
    assert QApplication.activeModalWidget() is None
