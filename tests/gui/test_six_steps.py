"""处理六步: both wordings of the seeds, one button from one to the other."""

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from crm_desktop.domain.guidance import wordings
from crm_desktop.gui.rules_room.six_steps import SixSteps


def test_both_wordings_have_six_steps_and_a_source():
    assert [len(one.steps) for one in wordings()] == [6, 6]
    assert [one.source[:3] for one in wordings()] == ["003", "001"]


def test_one_button_shows_the_other_wording(qtbot: QtBot):
    steps = SixSteps()
    qtbot.addWidget(steps)
    told = {label.text() for label in steps.findChildren(QLabel)}
    assert "1. 任发泄" in told
    button = steps.findChildren(QPushButton)[0]
    button.click()
    assert "1. 耐心倾听" in {label.text() for label in steps.findChildren(QLabel)}
    button.click()
    assert {label.text() for label in steps.findChildren(QLabel)} == told
