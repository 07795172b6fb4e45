"""What came out of printing: where the file lies, and what could not be printed as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Progress = Callable[[int], None]
Cancelled = Callable[[], bool]
SUFFIXES = (".xlsx", ".pdf")


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
