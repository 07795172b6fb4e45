"""提醒与上报: whom a clock is brought before as it runs out (part 2, «Routes and clocks»).

The steps are data the dealership can edit; the shipped ones lie in resources/rules/escalation.json.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.staff import Role
from crm_desktop.paths import resource


@dataclass(frozen=True, slots=True)
class EscalationStep:
    """From this ``share`` of the clock on (1.0 is the due moment), ``role`` is told."""

    share: float
    role: str
    source: str = ""


@lru_cache(maxsize=1)
def shipped_escalation() -> tuple[EscalationStep, ...]:
    """服务经理 → 服务总监 → 总经理."""
    return read_escalation(json.loads(resource("rules", "escalation.json").read_text(encoding="utf-8")))


def read_escalation(table: Mapping[str, Any]) -> tuple[EscalationStep, ...]:
    """Stored steps, the earliest first.

    :raises InvalidInput: for an unknown role, or a share that is none.
    """
    steps = []
    for row in table.get("steps", ()):
        if row.get("role") not in tuple(Role):
            raise InvalidInput(f"上报规则里没有“{row.get('role', '')}”这个岗位，请从 {'、'.join(Role)} 中选。")
        share = row.get("share")
        if not isinstance(share, int | float) or not 0 < share <= 10:
            raise InvalidInput("上报规则的比例请填 1% 到 1000% 之间，100% 就是到期的时刻。")
        steps.append(EscalationStep(float(share), row["role"], row.get("source", "")))
    return tuple(sorted(steps, key=_share))


def brought_before(steps: tuple[EscalationStep, ...], share: float) -> str:
    """Who is told of a clock used up to ``share``; nobody yet gives an empty text."""
    reached = [step.role for step in steps if share >= step.share]
    return reached[-1] if reached else ""


def _share(step: EscalationStep) -> float:
    return step.share
