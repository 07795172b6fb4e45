"""级别: a tick list that proposes 重大; a person decides (facts.md 5.2; the seed defines no severity, gap G1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from crm_desktop.domain.complaints import Severity
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.paths import resource


@dataclass(frozen=True, slots=True)
class Tick:
    """One reason to call a complaint 重大; ``code`` is what is stored, ``label`` what the desk reads."""

    code: str
    label: str
    source: str


@lru_cache(maxsize=1)
def shipped_ticks() -> tuple[Tick, ...]:
    """The tick list of a new home (resources/rules/severity.json)."""
    return read_ticks(json.loads(resource("rules", "severity.json").read_text(encoding="utf-8")))


def read_ticks(table: Mapping[str, Any]) -> tuple[Tick, ...]:
    """A stored tick list; ``{claim_limit}`` in a label becomes the limit in yuan.

    :raises InvalidInput: for two ticks of one code, or one without code or label.
    """
    limit = str(table.get("claim_limit", ""))
    ticks: dict[str, Tick] = {}
    for row in table.get("ticks", ()):
        if not row.get("code") or not row.get("label"):
            raise InvalidInput("重大投诉的判据有一条没有写全，请补上代号和说明。")
        if row["code"] in ticks:
            raise InvalidInput(f"重大投诉的判据“{row['label']}”重复，请去掉一条。")
        label = row["label"].replace("{claim_limit}", limit)
        ticks[row["code"]] = Tick(row["code"], label, row.get("source", ""))
    return tuple(ticks.values())


def propose(ticks: Iterable[str], known: tuple[Tick, ...] | None = None) -> tuple[Severity, tuple[str, ...]]:
    """What the ticked codes propose, and the labels that say why, in the order of the list; any tick means 重大.

    :raises InvalidInput: for a code that is not in the list.
    """
    known = shipped_ticks() if known is None else known
    ticked = set(ticks)
    unknown = sorted(ticked - {tick.code for tick in known})
    if unknown:
        raise InvalidInput(f"没有“{unknown[0]}”这条重大投诉判据，请从清单里勾选。")
    reasons = tuple(tick.label for tick in known if tick.code in ticked)
    return (Severity.MAJOR if reasons else Severity.ORDINARY), reasons
