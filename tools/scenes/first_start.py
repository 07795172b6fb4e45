"""Scenes of a home that has just been made: its first question, and old records brought in."""

from __future__ import annotations

from crm_desktop.gui.importing.dialog import ImportDialog
from scenes.stage import Scene, Stage, settle

_FAULTY = """\
投诉日期,客户姓名,联系电话,车牌号,车型,抱怨内容,导购
2026-11-02,周敏,13816670417,沪A8K231,朗逸,交车时右后门有一道新划痕,A
2026-13-45,何丽,13916670418,沪B2K775,途观L,空调不制冷,B
2026-11-05,孙伟,13716670419,沪C3M552,帕萨特,方向盘抖动,A
2026-11-06,郑凯,13616670420,沪A6T118,朗逸,,A
2026-11-07,陈静,13716670421,沪AD12345,ID.4,充电口盖打不开,C
"""


def _import(stage: Stage) -> None:
    faulty = stage.home / "十一月台账.csv"
    faulty.write_text(_FAULTY, encoding="gb18030")
    stage.enter("今日")
    stage.program.beside.show_import()
    settle()
    front = stage.dialog()
    assert isinstance(front, ImportDialog)  # noqa: S101 - it was just opened
    front.choose(faulty)
    stage.until(stage.offers("下一步"))


def _import_columns(stage: Stage) -> None:
    stage.press("下一步")


def _import_trial(stage: Stage) -> None:
    stage.press("试导入")
    stage.until(stage.offers("导入"))


def _import_result(stage: Stage) -> None:
    stage.press("导入")
    stage.until(stage.offers("撤销这次导入"))


def _past_imports(stage: Stage) -> None:
    stage.press("完成")
    settle()
    stage.program.beside.show_import()
    settle()
    stage.press("导入记录")


def _set_up(stage: Stage) -> None:
    stage.enter("今日")
    stage.program.beside.set_up()
    settle()


def _empty_desk(stage: Stage) -> None:
    stage.fill("经销商名称", "示范上汽大众4S店")
    for word in ("下一步", "以后再建", "先不设", "开始使用"):
        stage.press(word)
    settle()


FIRST_START: dict[str, Scene] = {
    "first-start": _set_up,
    "empty-desk": _empty_desk,
    "import": _import,
    "import-columns": _import_columns,
    "import-trial": _import_trial,
    "import-result": _import_result,
    "import-past": _past_imports,
}
