"""Scenes of 客户档案: the list, a file and its pages, two files that may be one, what is kept of all together."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QTabWidget

from crm_desktop.gui.customers.view_button import ViewButton
from scenes.stage import Scene, Stage, settle

_ROOM = "客户档案"


def _customers(stage: Stage) -> None:
    stage.enter(_ROOM).show_customer(stage.cast.customer)


def _profile(title: str) -> Scene:
    def scene(stage: Stage) -> None:
        page = stage.enter(_ROOM)
        page.show_customer(stage.cast.customer)
        book = page.findChild(QTabWidget)
        book.setCurrentIndex([book.tabText(place) for place in range(book.count())].index(title))

    return scene


def _facts(stage: Stage) -> None:
    _customers(stage)
    settle()
    stage.press_like("更多（")


def _merge(stage: Stage) -> None:
    stage.enter(_ROOM)
    stage.choose("查重与合并")
    settle()


def _narrow(stage: Stage) -> None:
    page = stage.enter(_ROOM)
    page.findChild(ViewButton).fill()
    stage.choose("筛选…")


def _grading(stage: Stage) -> None:
    stage.enter(_ROOM)
    stage.choose("评级建议")
    stage.until(stage.offers("另定等级"))


def _recalls(stage: Stage) -> None:
    stage.enter(_ROOM)
    stage.choose("召回和服务活动")


def _rules(title: str) -> Scene:
    def scene(stage: Stage) -> None:
        stage.enter("设置")
        stage.press("规则")
        rules: Any = stage.dialog()
        rules.turn_to(title)

    return scene


CUSTOMERS: dict[str, Scene] = {
    "customers": _customers,
    "profile-facts": _profile("资料"),
    "profile-history": _profile("历史"),
    "profile-classes": _profile("分类"),
    "profile-warranty": _profile("保修"),
    "facts": _facts,
    "merge": _merge,
    "narrow": _narrow,
    "grading": _grading,
    "recalls": _recalls,
    "rules-grading": _rules("评级"),
    "rules-words": _rules("字典"),
}
