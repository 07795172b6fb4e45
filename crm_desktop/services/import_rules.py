"""What a row brings to a record that is on file already, by the rule chosen for the run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from crm_desktop.domain.imports import DuplicateRule
from crm_desktop.models.base import Record, stored
from crm_desktop.services.desk import Desk

_BLANK = ("", None)
_REFERENCES = ("customer",)
"""The owner on record stays, whatever the rule; only a car without one gets one."""


def on_file(desk: Desk, model: type[Record], record: int, names: Iterable[str]) -> dict[str, Any]:
    """Fields of one record as the database keeps them, by field name; the record is there."""
    wanted = tuple(names)
    columns = ", ".join(model._meta.fields[name].column_name for name in wanted)
    found = desk.rows(f"SELECT {columns} FROM {model._meta.table_name} WHERE id = ?", (record,))[0]
    return dict(zip(wanted, found, strict=True))


def news(rule: DuplicateRule, model: type[Record], now: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """The fields a row changes, as the database keeps them: none, those still blank, or all that differ.

    What a row does not say counts never. ``now`` holds database values (``on_file``), ``told`` any.
    """
    if rule is DuplicateRule.SKIP:
        return {}
    said = stored(model, {name: value for name, value in told.items() if value not in _BLANK})
    over = rule is DuplicateRule.OVERWRITE
    return {
        name: value
        for name, value in said.items()
        if value != now[name] and (now[name] in _BLANK or (over and name not in _REFERENCES))
    }
