"""The rules the clocks go by, as they are in force; reads only, for the first page waits for them.

A rule is one JSON document: the dealership's own in the settings, else the shipped file under resources/rules. All
of them, and the verb that changes them, are in ``services/rules.py``.
"""

from __future__ import annotations

import json
from functools import lru_cache

from crm_desktop.domain.calendar import Calendar, read_calendar
from crm_desktop.domain.escalation import EscalationStep, read_escalation
from crm_desktop.domain.routes import Rulebook, read_rulebook
from crm_desktop.paths import resource
from crm_desktop.services.desk import Desk


class ClockRules:
    """时限规则, 营业日历, 提醒与上报."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rulebook(self) -> Rulebook:
        """时限规则 of every route."""
        return _rulebook(document(self._desk, "routes"))

    def calendar(self) -> Calendar:
        """营业日历."""
        return _calendar(document(self._desk, "calendar"))

    def escalation(self) -> tuple[EscalationStep, ...]:
        """Whom a clock is brought before as it runs out."""
        return _escalation(document(self._desk, "escalation"))


def document(desk: Desk, name: str) -> str:
    """The document in force; what the dealership never set is as shipped."""
    own = desk.rows("SELECT value FROM settings WHERE name = ?", (f"rules.{name}",))
    return str(own[0][0]) if own else shipped(name)


@lru_cache(maxsize=16)
def shipped(name: str) -> str:
    """The document the program came with."""
    return resource("rules", f"{name}.json").read_text(encoding="utf-8")


# Each is read once for each wording, however often it is asked for.


@lru_cache(maxsize=2)
def _rulebook(text: str) -> Rulebook:
    return read_rulebook(json.loads(text))


@lru_cache(maxsize=2)
def _calendar(text: str) -> Calendar:
    return read_calendar(json.loads(text))


@lru_cache(maxsize=2)
def _escalation(text: str) -> tuple[EscalationStep, ...]:
    return read_escalation(json.loads(text))
