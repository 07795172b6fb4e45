"""What is looked back at: how often the same may come before a measure is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.proofs import Alike
from crm_desktop.gui.rules_room.rule_lines import RuleField, RuleLine, RuleSheet, Table, read_number
from crm_desktop.services.rules import RuleName

_OWN = "本店规定"
_BETWEEN = re.compile(r"[\s、，,；;+＋]+")
_FREQUENT_FIELDS = (
    RuleField("alike", "什么相同", 34, hint=f"可选：{'、'.join(Alike)}"),
    RuleField("count", "到几件提醒", 12),
    RuleField("days", "多少天里", 12),
)


def _frequent_lines(table: Table) -> list[RuleLine]:
    return [
        RuleLine(
            str(place),
            {"alike": "、".join(line["alike"]), "count": str(line["count"]), "days": str(line["days"])},
            line.get("source", ""),
            False,
        )
        for place, line in enumerate(table["warnings"])
    ]


def _put_frequent(table: Table, key: str, values: Mapping[str, str]) -> None:
    table["warnings"][int(key)] = _warning(values)


def _add_frequent(table: Table, values: Mapping[str, str]) -> None:
    table["warnings"].append(_warning(values))


def _drop_frequent(table: Table, key: str) -> None:
    del table["warnings"][int(key)]


def _warning(values: Mapping[str, str]) -> dict[str, Any]:
    """:raises InvalidInput: a word that nothing is compared by, or what is no number."""
    words = [word for word in _BETWEEN.split(values["alike"]) if word]
    unknown = [word for word in words if word not in tuple(Alike)]
    if unknown or not words:
        raise InvalidInput({"alike": f"请从 {'、'.join(Alike)} 中写一个或几个，用顿号分开。"})
    return {
        "alike": words,
        "count": read_number(values["count"].removesuffix("件"), "count", "件数"),
        "days": read_number(values["days"].removesuffix("天"), "days", "天数"),
        "source": _OWN,
    }


LEARNING_SHEETS = (
    RuleSheet(
        RuleName.FREQUENT,
        "高频预警",
        "多少天里同类抱怨到几件，就在“今日”和“纠正预防”里提醒立一项措施；立了措施的不再算。",
        _FREQUENT_FIELDS,
        _frequent_lines,
        _put_frequent,
        _add_frequent,
        _drop_frequent,
    ),
)
