"""Words of people are never markup on a label."""

from __future__ import annotations

from PySide6.QtCore import Qt

from crm_desktop.gui.widgets import labels


def test_what_looks_like_markup_is_shown_as_it_was_typed(qtbot) -> None:
    label = labels.PlainLabel("<b>粗</b><img src='//host/x'>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text().startswith("<b>")
