"""扫描件: which case a scanned sheet belongs to, as its QR code or its file's name tells (TS20261121-003_签字.pdf).

A sheet of a measure belongs to it and to every complaint it came from; a list or a report belongs to none and says so.

number_in(name) -> the complaint number, empty for none
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from crm_desktop.domain.identity import complaint_number_key, half_width

_NUMBER = re.compile(r"TS\d{8}-?\d{3,}")


@dataclass(frozen=True, slots=True)
class Scan:
    """A file of the scan folder that may be kept. ``numbers`` are the cases on file its code or name tells; ``how``
    says which of them told, ``what`` which paper it is where that is not the case's own form, ``measure_id`` whose."""

    path: Path
    label: str
    numbers: tuple[str, ...] = ()
    how: str = ""
    what: str = ""
    measure_id: int | None = None

    @property
    def number(self) -> str:
        """The cases in words, empty for none."""
        return "、".join(self.numbers)

    @property
    def has_place(self) -> bool:
        """Whether it told where it belongs."""
        return bool(self.numbers) or self.measure_id is not None


def number_in(name: str) -> str:
    """The complaint number in a file's name, in its own form however it was typed."""
    found = _NUMBER.search(half_width(name).upper())
    return complaint_number_key(found.group()) if found else ""
