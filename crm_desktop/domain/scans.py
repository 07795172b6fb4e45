"""扫描件: which case a scanned sheet belongs to, as its QR code or its file's name tells (TS20261121-003_签字.pdf).

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
    """A file of the scan folder that may be kept. ``number`` is the case on file its code or name tells, else empty;
    ``how`` says which of them told."""

    path: Path
    label: str
    number: str
    how: str = ""


def number_in(name: str) -> str:
    """The complaint number in a file's name, in its own form however it was typed."""
    found = _NUMBER.search(half_width(name).upper())
    return complaint_number_key(found.group()) if found else ""
