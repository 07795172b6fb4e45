"""Which pictures are kept, and where: those that README, docs and the chapters of the manual show."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
IMAGES = ROOT / "docs" / "images"
MANUAL = ROOT / "resources" / "manual"
DARK = "-dark"
"""Behind the name of a picture that is shown as it looks in the dark."""

_SHOWN = re.compile(r"\]\((?:docs/)?images/([\w-]+)\.png\)")


@cache
def shown() -> dict[Path, frozenset[str]]:
    """Names by the folder the texts look for them in."""
    papers = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    return {IMAGES: _names(papers), MANUAL / "images": _names(list(MANUAL.glob("*.md")))}


def places(name: str, *, dark: bool) -> list[Path]:
    """The files a picture is kept as; none where no text shows it."""
    wanted = f"{name}{DARK}" if dark else name
    return [folder / f"{wanted}.png" for folder, names in shown().items() if wanted in names]


def _names(papers: list[Path]) -> frozenset[str]:
    return frozenset(name for paper in papers for name in _SHOWN.findall(paper.read_text(encoding="utf-8")))
