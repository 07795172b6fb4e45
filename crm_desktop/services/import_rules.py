"""What a row brings to a record that is on file already, by the rule chosen for the run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_desktop.domain.imports import DuplicateRule
from crm_desktop.models.base import Record

_BLANK = ("", None)
_POINTS = {"customer": "customer_id"}
"""References are compared by their id, without fetching what they point to."""


def news(rule: DuplicateRule, now: Record, told: Mapping[str, Any]) -> dict[str, Any]:
    """The fields a row changes: none, those still blank, or all that differ; what a row does not say counts never.

    A reference that is set is never overwritten: the owner on record stays.
    """
    if rule is DuplicateRule.SKIP:
        return {}
    found = {}
    for name, value in told.items():
        present = getattr(now, _POINTS.get(name, name))
        blank = present in _BLANK
        if value not in _BLANK and (blank or (rule is DuplicateRule.OVERWRITE and name not in _POINTS)):
            found[name] = value
    return {name: value for name, value in found.items() if value != getattr(now, _POINTS.get(name, name))}
