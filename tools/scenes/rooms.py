"""Scenes of the rooms with one page each, and of the morning at the desk."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QListWidget, QTabWidget

from crm_desktop.gui.reports.blocks import SectionView
from crm_desktop.gui.widgets.row_table import RowTable
from scenes.stage import SAMPLE_PIN, Scene, Stage, settle


def room(name: str) -> Scene:
    """A room as one enters it."""

    def scene(stage: Stage) -> None:
        stage.enter(name)

    return scene


def _locked(_stage: Stage) -> None:
    """As the window stands in the morning."""


def _today(stage: Stage) -> None:
    stage.sit_down("服务顾问", SAMPLE_PIN)
    stage.enter("今日")


def _first_row(name: str) -> Scene:
    def scene(stage: Stage) -> None:
        lists = stage.enter(name).findChildren(RowTable)
        next(table for table in lists if table.isVisible()).selectRow(0)

    return scene


def _preview(stage: Stage) -> None:
    stage.enter("报表").show_period(date(2026, 11, 1), date(2026, 11, 20))
    settle()
    stage.press("打印预览")
    stage.until(stage.dialog)
    settle()  # pages are drawn one by one
    settle()


def _search(stage: Stage) -> None:
    stage.enter("今日")
    stage.ask("水")


def _look(stage: Stage) -> None:
    page = stage.enter("设置")
    book = page.findChild(QTabWidget)
    book.setCurrentIndex([book.tabText(place) for place in range(book.count())].index("外观"))


def _month(chapter: int, period: str) -> Scene:
    """A chapter of the month's report."""

    def scene(stage: Stage) -> None:
        page = stage.enter("报表")
        page.show_month(period)
        stage.until(lambda: any(view.isVisible() for view in page.findChildren(SectionView)))
        contents = next(one for one in page.findChildren(QListWidget) if one.accessibleName() == "章节")
        contents.setCurrentRow(chapter)
        settle()

    return scene


MORNING: dict[str, Scene] = {"locked": _locked, "today": _today}

ROOMS: dict[str, Scene] = {
    "reworks": _first_row("返修"),
    "follow-ups": _first_row("回访"),
    "measures": _first_row("纠正预防"),
    "reports": room("报表"),
    "month": _month(0, "2026-11"),
    "month-classes": _month(2, "2026-11"),
    "preview": _preview,
    "settings": room("设置"),
    "settings-look": _look,
    "search": _search,
}
