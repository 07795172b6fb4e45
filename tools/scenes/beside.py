"""Scenes of the windows beside the rooms: files, scans, early signs, the telephone survey."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget

from crm_desktop.gui.widgets.row_table import RowTable
from scenes.stage import Scene, Stage, settle


def _attachments(stage: Stage) -> None:
    stage.enter("客户档案").show_customer(stage.cast.customer)
    settle()
    stage.press_like("附件")


def _scans(stage: Stage) -> None:
    stage.enter("抱怨投诉").show_list("全部")
    stage.press("扫描件")
    stage.until(stage.dialog)


def _signs(stage: Stage) -> None:
    stage.enter("回访")
    stage.press("苗头")


def _noting(stage: Stage) -> None:
    _signs(stage)
    settle()
    stage.press("记苗头")
    stage.fill("发现了什么", "取车时一句话没说，让她评价也不评价")


def _survey(tab: str) -> Scene:
    def scene(stage: Stage) -> None:
        stage.enter("设置")
        stage.press("电话调查")
        settle()
        window = stage.dialog() or stage.window
        book = window.findChildren(QTabWidget)[0]
        book.setCurrentIndex([book.tabText(place) for place in range(book.count())].index(tab))
        settle()
        for table in window.findChildren(RowTable):
            if table.isVisible():
                table.selectRow(0)

    return scene


BESIDE: dict[str, Scene] = {
    "attachments": _attachments,
    "scans": _scans,
    "signs": _signs,
    "sign-noted": _noting,
    "survey-calls": _survey("打电话"),
    "survey-results": _survey("结果"),
}
