"""Scenes of what is learnt: a measure evaluated, what came too often, the script of a call."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTabWidget

from crm_desktop.gui.script_box import ScriptBox
from crm_desktop.gui.widgets.row_table import RowTable
from scenes.stage import Scene, Stage, settle

_FREQUENT = 3
"""The place of 高频预警 among the lists of the room."""


def _evaluation(stage: Stage) -> None:
    page = stage.enter("纠正预防")
    page.findChild(QTabWidget).setCurrentIndex(2)
    settle()
    table = next(one for one in page.findChildren(RowTable) if one.isVisible())
    rows = range(table.count())
    late = next(row for row in rows if table.model().index(row, 0).data() == "待评估")
    table.selectRow(late)
    settle()
    stage.press("有效性评估")


def _frequent(stage: Stage) -> None:
    page = stage.enter("纠正预防")
    page.findChild(QTabWidget).setCurrentIndex(_FREQUENT)


def _call_script(stage: Stage) -> None:
    page = stage.enter("回访")
    next(table for table in page.findChildren(RowTable) if table.isVisible()).selectRow(0)
    stage.press("话术")
    box = page.findChild(ScriptBox)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_1):
        QTest.keyClick(box, key)


LEARNING: dict[str, Scene] = {"evaluation": _evaluation, "frequent": _frequent, "call-script": _call_script}
