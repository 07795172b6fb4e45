"""Scenes of what helps while a complaint is handled: the guide, the playbook, losses and letters."""

from __future__ import annotations

from PySide6.QtGui import QAction

from crm_desktop.gui.complaints.turns import Turn
from scenes.stage import Scene, Stage, settle


def _case(stage: Stage, name: str, turn: Turn) -> None:
    stage.enter("抱怨投诉").show_case(stage.cast.cases[name], turn)
    settle()


def _guide(stage: Stage) -> None:
    _case(stage, "handling", Turn.HANDLING)
    stage.press("六步向导")
    for label, word in (("心理类型", "补偿型"), ("情绪", "愤怒"), ("性格", "力量型"), ("目的", "求补偿")):
        stage.pick(label, word)
    stage.fill("记录", "请到二楼接待室，讲了二十分钟；当事人先离开")
    stage.press("记下")


def _playbook(stage: Stage) -> None:
    stage.press("手册")
    settle()
    stage.pick("篇目", "apology")


def _ledger(stage: Stage) -> None:
    stage.press("收起")
    _case(stage, "handling", Turn.SOLUTION)
    stage.press_like("损失和补偿")


def _similar(stage: Stage) -> None:
    _case(stage, "handling", Turn.SOLUTION)
    stage.press("相似案例")
    settle()


def _letter(stage: Stage) -> None:
    _case(stage, "solved", Turn.SOLUTION)
    entry = next(action for action in stage.window.findChildren(QAction) if action.text() == "写致歉/答复函")
    entry.trigger()
    settle()


HANDLING: dict[str, Scene] = {
    "guide": _guide,
    "playbook": _playbook,
    "ledger": _ledger,
    "similar": _similar,
    "letter": _letter,
}
