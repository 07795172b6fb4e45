"""How often the wording check is right on its labelled sentences, and what reading one paragraph costs.

Run from the checkout: ``python -m benchmarks.bench_wording``.
"""

from __future__ import annotations

import time

from crm_desktop.domain.wording import shipped_lists
from tests.domain.wording_sentences import CHECKS, PARTS, right_sides, sentences

PARAGRAPH = 300


def main() -> None:
    """Right of all in both directions for every part, then milliseconds of CPU for 300 characters."""
    for kind in CHECKS:
        for part in PARTS:
            good, bad = right_sides(kind, [row for row in sentences(kind) if row["part"] == part]).values()
            print(f"{kind:9} {part:7} good let through {good[0]:3}/{good[1]:3}   bad blocked {bad[0]:3}/{bad[1]:3}")
        print(f"{kind:9} {cost(kind):.2f} ms for {PARAGRAPH} characters")


def cost(kind: str) -> float:
    """Mean CPU milliseconds of one check of a paragraph made of the labelled sentences."""
    text = "。".join(row["text"] for row in sentences(kind))
    paragraphs = [text[at : at + PARAGRAPH] for at in range(0, len(text) - PARAGRAPH, PARAGRAPH)]
    lists = shipped_lists()
    start = time.process_time()
    for paragraph in paragraphs:
        CHECKS[kind](paragraph, lists)
    return (time.process_time() - start) / len(paragraphs) * 1000


if __name__ == "__main__":
    main()
