"""归类词表: the words a complaint is classified by, and by what each is recognised while there are few cases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crm_desktop.domain.classification import AXIS_LABELS, OWN_AXES, Axis
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.gui.rules_room.rule_lines import RuleField, RuleLine, RuleSheet, Table
from crm_desktop.services.rules import RuleName

_BETWEEN = re.compile(r"[\s、，,；;]+")
_AXES = {AXIS_LABELS[axis]: axis for axis in OWN_AXES}
_SEEDS = RuleField("seeds", "客户说到哪些词", 50, long=True, hint="词用顿号或空格隔开；已经归类的单子不会变")
_FIELDS = (RuleField("label", "归类", 24, fixed=True), _SEEDS)
_ASKED = (
    RuleField("axis", "维度", options=tuple(_AXES)),
    RuleField("word", "词", hint="两级的写成“大类·小类”"),
    _SEEDS,
)


def _lines(table: Table) -> list[RuleLine]:
    return [
        RuleLine(
            f"{row['axis']} {word['word']}",
            {"label": f"{AXIS_LABELS[Axis(row['axis'])]}　{word['word']}", "seeds": "、".join(word["seeds"])},
            row.get("source", ""),
            row["axis"] == Axis.CATEGORY,
        )
        for row in table["axes"]
        for word in row["words"]
    ]


def _put(table: Table, key: str, values: Mapping[str, str]) -> None:
    _, word = _found(table, key)
    word["seeds"] = _seeds(values)


def _add(table: Table, values: Mapping[str, str]) -> None:
    word = "".join(values["word"].split())
    axis = _AXES.get(values["axis"])
    if axis is None:
        raise InvalidInput({"axis": f"请从 {'、'.join(_AXES)} 中选一个维度。"})
    if not word:
        raise InvalidInput({"word": "请写一个词。"})
    row = next(row for row in table["axes"] if row["axis"] == axis)
    row["words"].append({"word": word, "seeds": _seeds(values)})


def _drop(table: Table, key: str) -> None:
    row, word = _found(table, key)
    row["words"].remove(word)


def _found(table: Table, key: str) -> tuple[dict[str, Any], dict[str, Any]]:
    axis, _, name = key.partition(" ")
    row = next(row for row in table["axes"] if row["axis"] == axis)
    return row, next(word for word in row["words"] if word["word"] == name)


def _seeds(values: Mapping[str, str]) -> list[str]:
    return [seed for seed in _BETWEEN.split(values["seeds"]) if seed]


CLASS_SHEETS = (
    RuleSheet(
        RuleName.CLASSES,
        "归类词表",
        "解决时一键确认的归类；右边的词让程序在本店案例还少时也能建议。去掉的词不影响已经归类的单子。",
        _FIELDS,
        _lines,
        _put,
        _add,
        _drop,
        _ASKED,
    ),
)
