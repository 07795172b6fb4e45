"""The log of what must not happen: types, places in our code, times; never a value, for it may be somebody's phone."""

from __future__ import annotations

import contextlib
import re
import traceback
from pathlib import Path

from crm_desktop.clock import system_clock

LOG_NAME = "crm.log"
_LIMIT = 512 * 1024
_VALUES = re.compile(r"\"[^\"]*\"|'[^']*'|\d{3,}|[^\x00-\x7f]+")


def write(log: Path, line: str) -> None:
    """Adds one line; what a full disk refuses is let go, or a small fault would become an endless one."""
    with contextlib.suppress(OSError):
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > _LIMIT:
            log.replace(log.with_suffix(".1.log"))
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{system_clock():%Y-%m-%dT%H:%M:%SZ} {line}\n")


def without_values(message: str) -> str:
    """A library's message with everything left out that may come from a record."""
    return _VALUES.sub("…", message)


def describe(error: BaseException) -> str:
    """Type and way of an error, innermost place first, causes behind: no values, no folders of this computer."""
    places = [
        f"{_from_package(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in reversed(traceback.extract_tb(error.__traceback__))
    ]
    cause = error.__cause__ or error.__context__
    behind = f" | from {describe(cause)}" if cause is not None else ""
    return f"{type(error).__name__} at {' < '.join(places) or '?'}{behind}"


def _from_package(filename: str) -> str:
    parts = Path(filename).parts
    start = parts.index("crm_desktop") if "crm_desktop" in parts else len(parts) - 1
    return "/".join(parts[start:])
