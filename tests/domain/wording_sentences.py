"""The labelled sentences of the wording check, and how many of them the rule gets right in each direction."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from crm_desktop.domain.wording import Result, Verdict, check_cause, check_measure, shipped_lists

SENTENCES = Path(__file__).parent / "sentences"
CHECKS = {"measures": check_measure, "causes": check_cause}
BLIND = ("fresh8", "fresh9", "fresh10", "fresh11", "fresh12")
"""Written by hands that never saw the rule; labelled good or bad only. The last was never learnt from."""

PARTS = ("tune", "held", "fresh1", "fresh2", "fresh3", "fresh4", "fresh5", "fresh6", "fresh7", *BLIND)

Row = Mapping[str, str]


def sentences(kind: str) -> list[Row]:
    """Every sentence of ``measures`` or ``causes``: part, verdict, missing, text."""
    with (SENTENCES / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def judged(kind: str, row: Row) -> Verdict:
    """What the shipped rule says of one sentence."""
    return CHECKS[kind](row["text"], shipped_lists())


def right_sides(kind: str, rows: Iterable[Row]) -> dict[str, tuple[int, int]]:
    """Right and all, of the good sentences (not blocked) and of the bad ones (blocked)."""
    counts = {"good": (0, 0), "bad": (0, 0)}
    for row in rows:
        bad = row["verdict"] == Result.BLOCK
        right, all_of_them = counts["bad" if bad else "good"]
        agrees = (judged(kind, row).result is Result.BLOCK) == bad
        counts["bad" if bad else "good"] = (right + agrees, all_of_them + 1)
    return counts
