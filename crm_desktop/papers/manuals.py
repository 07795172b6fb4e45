"""使用手册 put together: the chapters shipped with the program, as they are read in the window and printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from crm_desktop import __version__
from crm_desktop.domain.manual import Chapter, shipped_chapters
from crm_desktop.papers.written import Written

TITLE = "使用手册"
Progress = Callable[[int, int], None]


def chapters() -> tuple[Chapter, ...]:
    """In the order of reading."""
    return shipped_chapters()


def write(target: Path, progress: Progress | None = None) -> Written:
    """The whole manual as a PDF; raises InvalidInput for another suffix, StorageRefused for the folder."""
    from crm_desktop.exporters.manual_pdf import write_manual  # noqa: PLC0415 - start-up, reportlab

    printed = write_manual(chapters(), TITLE, __version__, target, progress)
    return Written(printed.path, printed.missing)
