"""筛选客户: what a list of customers may be narrowed by, and kept under a name (A49).

checked_filter(CustomerFilter) -> CustomerFilter        as_json / from_json for a saved one
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from crm_desktop.domain.completeness import Gap
from crm_desktop.domain.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """Every word that is told must hold; an empty one holds for everybody.

    ``brand`` of one of his cars; ``came_from`` and ``came_to`` days of a visit; ``stayed_away_since`` no visit from
    that day on; ``contactable`` neither 勿扰 nor 不同意.
    """

    grade: str = ""
    stage: str = ""
    owner: str = ""
    region: str = ""
    kind: str = ""
    trade: str = ""
    source: str = ""
    tag: str = ""
    brand: str = ""
    gap: str = ""
    came_from: date | None = None
    came_to: date | None = None
    stayed_away_since: date | None = None
    contactable: bool = False


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A filter kept under a name."""

    id: int
    ver: int
    name: str
    who: str
    filter: CustomerFilter


def checked_filter(wanted: CustomerFilter) -> CustomerFilter:
    """:raises InvalidInput: an unknown gap, or days in the wrong order."""
    if wanted.gap and wanted.gap not in tuple(Gap):
        raise InvalidInput({"gap": f"资料缺口请从 {'、'.join(Gap)} 中选。"})
    if wanted.came_from and wanted.came_to and wanted.came_from > wanted.came_to:
        raise InvalidInput({"came_to": "进厂日期的结束早于开始，请核对。"})
    return wanted


def as_json(wanted: CustomerFilter) -> str:
    """The words that are told, for a column of the database."""
    told = {name: _plain(value) for name, value in asdict(wanted).items() if value}
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> CustomerFilter:
    """What was saved; words a later version no longer knows are left out."""
    told: dict[str, Any] = json.loads(text)
    known = {field.name for field in fields(CustomerFilter)}
    values = {name: value for name, value in told.items() if name in known}
    for name in ("came_from", "came_to", "stayed_away_since"):
        if name in values:
            values[name] = date.fromisoformat(values[name])
    return CustomerFilter(**values)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
