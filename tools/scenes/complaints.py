"""Scenes of 抱怨投诉: the list, the intake, a case at each of its turns, the archive."""

from __future__ import annotations

from crm_desktop.gui.complaints.turns import Turn
from scenes.stage import Scene, Stage

_ROOM = "抱怨投诉"


def _complaints(stage: Stage) -> None:
    stage.enter(_ROOM).show_list("全部")


def _intake(stage: Stage) -> None:
    stage.press("新建抱怨单")
    stage.type_in("联系电话", stage.cast.phone[-4:])
    stage.fill("抱怨内容", "变速箱二挡升三挡一顿一顿的，这个月来修过两次，每次开两天又犯。今天必须给我一个说法。")


def _case(name: str, turn: Turn) -> Scene:
    def scene(stage: Stage) -> None:
        stage.enter(_ROOM).show_case(stage.cast.cases[name], turn)

    return scene


def _archive(stage: Stage) -> None:
    stage.enter(_ROOM).show_list("全部")
    stage.press("存档与销毁")


COMPLAINTS: dict[str, Scene] = {
    "complaints": _complaints,
    "intake": _intake,
    "case-received": _case("handling", Turn.RECEIVED),
    "case-handling": _case("handling", Turn.HANDLING),
    "case-solution": _case("closed", Turn.SOLUTION),
    "case-reworks": _case("reworks", Turn.REWORKS),
    "case-calls": _case("calls", Turn.CALLS),
    "case-measures": _case("closed", Turn.MEASURES),
    "case-filing": _case("closed", Turn.FILING),
    "case-history": _case("closed", Turn.HISTORY),
    "archive": _archive,
}
