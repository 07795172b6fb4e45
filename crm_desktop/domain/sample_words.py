"""What the sample home is made of: invented people and cars, and stories of complaints (resources/sample)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from crm_desktop.paths import resource


@dataclass(frozen=True, slots=True)
class Story:
    """One kind of complaint and its cure.

    The texts of the workshop hold places like ``{技术总监}`` or ``{明天}``; ``rework`` is empty where the car need
    not come back; no ``channels`` means any. ``classes`` are words by axis (``domain/classification.py``).
    """

    category: str
    line: str
    severity: str
    words: tuple[str, ...]
    demand: tuple[str, ...]
    first_reply: str
    root_cause: str
    correction: str
    solution: str
    soothing: str
    measure: str
    feedback: tuple[str, ...]
    channels: tuple[str, ...] = ()
    rework: str = ""
    rework_result: str = ""
    classes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SampleCar:
    """A series with its models; ``electric`` ones carry new-energy plates."""

    series: str
    models: tuple[str, ...]
    electric: bool = False


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays in the sample home; ``staff`` maps a role to its one holder."""

    surnames: str
    women: tuple[str, ...]
    men: tuple[str, ...]
    cities: tuple[str, ...]
    streets: tuple[str, ...]
    companies: tuple[str, ...]
    drivers: tuple[str, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    colours: tuple[str, ...]
    technicians: tuple[str, ...]
    inspectors: tuple[str, ...]
    staff: Mapping[str, str]
    cars: tuple[SampleCar, ...]


@lru_cache(maxsize=1)
def stories() -> tuple[Story, ...]:
    """Every story, in the order of the file."""
    return tuple(Story(**_frozen(table)) for table in _read("stories.toml")["stories"])


@lru_cache(maxsize=1)
def cast() -> Cast:
    """The people, streets and cars."""
    tables = _read("cast.toml")
    cars = tuple(SampleCar(**_frozen(table)) for table in tables.pop("cars"))
    return Cast(**_frozen(tables), cars=cars)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(resource("sample", name).read_text(encoding="utf-8"))


def _frozen(table: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
