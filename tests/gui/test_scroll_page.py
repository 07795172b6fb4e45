"""A page that scrolls fits its room again when it comes back into sight."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.line_field import LineField
from crm_desktop.gui.widgets.scroll_page import ScrollPage


def test_what_became_narrower_out_of_sight_is_not_cut_at_its_right(qtbot: QtBot) -> None:
    rooms, room, content = QStackedWidget(), QWidget(), QWidget()
    field, wide = LineField("抱怨内容"), Button("打开抱怨单")
    wide.setMinimumWidth(600)
    wide.hide()
    inside = QVBoxLayout(content)
    inside.addWidget(field)
    inside.addWidget(wide)
    page = ScrollPage(content)
    page.setFixedWidth(380)
    QVBoxLayout(room).addWidget(page)
    rooms.addWidget(room)
    rooms.addWidget(QLabel("另一间房"))
    qtbot.addWidget(rooms)
    rooms.show()
    wide.show()
    rooms.setCurrentIndex(1)  # in the same moment, as F7 on a call does
    qtbot.waitUntil(lambda: content.width() > 600)
    wide.hide()
    rooms.setCurrentIndex(0)
    qtbot.waitUntil(lambda: field.width() < page.viewport().width())
