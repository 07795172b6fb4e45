"""The rules of 回访 in one hand: days after a rework, redial plan, script (resources/rules/followups.json)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crm_desktop.domain.followups import read_call_days, read_solved_days
from crm_desktop.domain.redial import RedialRule, read_redial
from crm_desktop.domain.script import ScriptStep, read_script


@dataclass(frozen=True, slots=True)
class CallRules:
    """``days`` after a rework, ``solved_days`` after any other solution; whom one calls again; what is asked."""

    days: tuple[int, ...]
    solved_days: tuple[int, ...]
    redial: RedialRule
    script: tuple[ScriptStep, ...]


def read_calls(table: Mapping[str, Any]) -> CallRules:
    """The whole document; what an older one does not say is as shipped by the program's own defaults.

    :raises InvalidInput: as its three readers.
    """
    return CallRules(read_call_days(table), read_solved_days(table), read_redial(table), read_script(table))
