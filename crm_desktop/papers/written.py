"""What came out of printing: where the file lies, and what could not be printed as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Progress = Callable[[int, int], None]
"""Hears how many are done and how many there are, so that the time left can be told."""
Cancelled = Callable[[], bool]
SUFFIXES = (".xlsx", ".pdf")


def out_of(progress: Progress | None, total: int) -> Callable[[int], None] | None:
    """What an exporter tells, which knows only how many rows it has done."""
    if progress is None:
        return None
    tell = progress

    def told(done: int) -> None:
        tell(min(done, total), total)

    return told


@dataclass(frozen=True, slots=True)
class Written:
    """``path`` may differ from the wish (名称(2).xlsx when the wished file was open elsewhere).

    ``missing`` names characters no font has (``U+1F600 😀``), printed as 〓.
    """

    path: Path
    missing: tuple[str, ...] = ()

    def sentence(self, what: str) -> str:
        """What the desk is told."""
        told = f"已导出{what}：{self.path}"
        if self.missing:
            told += f"（有 {len(self.missing)} 个字没有字形，印成〓：{'、'.join(self.missing[:5])}）"
        return told
