"""Names that outlast a power cut: a finished file is on the disk before it takes its name, and then the name is too."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_whole(target: Path, content: bytes) -> None:
    """The file with this content: whole under its name or, until then, not there at all. Raises OSError."""
    beside = target.with_name(f"{target.name}.tmp")
    try:
        beside.write_bytes(content)
        take_name(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def take_name(finished: Path, target: Path) -> None:
    """What lies finished in the same folder becomes ``target``, also when the power goes right afterwards.

    Without the first sync the name may lead to an empty file, without the second to none (reliability.md, T2).
    """
    with finished.open("rb+") as stream:
        os.fsync(stream.fileno())
    finished.replace(target)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Its names are on the disk too; Windows has no handle for that and does it with the file."""
    with suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
