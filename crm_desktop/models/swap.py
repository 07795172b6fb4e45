"""A new database in the place of the present one: whole or not at all, also when the power goes half-way.

What is to come lies ready in ``restore.new``; a ticket beside it says that from now on there is only the way forward.
``finish`` walks it: at once, or when the home is opened the next time.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from crm_desktop.models.database import FILE_NAME, KEY_NAME, SPARE_NAME, TICKET
from crm_desktop.models.lasting import sync_folder, write_whole
from crm_desktop.models.tail import END_NAME

STAGE = "restore.new"
"""Folder of a home in which the new files lie ready."""
ASIDE = "before-restore"
"""Folder of a home that keeps the files a restore moved away."""
_SIDE_FILES = ("-wal", "-shm", "-journal")


def swap(home: Path, now: datetime) -> None:
    """Everything lies in ``STAGE`` and is proven: the present files go aside, the new ones take their place."""
    _flush(home / STAGE)
    told = {"aside": f"{ASIDE}-{now.astimezone():%Y%m%d-%H%M%S}"}
    write_whole(home / TICKET, json.dumps(told).encode())
    finish(home)


def finish(home: Path) -> bool:
    """Carries a restore through that was begun; each step may have been done before. False where there was none.

    The log files go first: a new database beside an old -wal is no database (reliability.md, decision 6).
    """
    ticket = home / TICKET
    if not ticket.exists():
        return False
    stage = home / STAGE
    if (stage / FILE_NAME).exists():
        aside = home / _aside(ticket)
        aside.mkdir(exist_ok=True)
        _move(home / END_NAME, aside / END_NAME)
        for name in (*(FILE_NAME + end for end in _SIDE_FILES), FILE_NAME):
            _move(home / name, aside / name)
        if (stage / KEY_NAME).exists():
            for name in (SPARE_NAME, KEY_NAME):
                _move(home / name, aside / name)
            (stage / KEY_NAME).replace(home / KEY_NAME)
        (stage / FILE_NAME).replace(home / FILE_NAME)
        sync_folder(home)
    ticket.unlink()
    with suppress(OSError):
        stage.rmdir()
    return True


def _aside(ticket: Path) -> str:
    """The folder's name; a ticket that cannot be read still says that there is only the way forward."""
    with suppress(ValueError, TypeError, LookupError):
        name = str(json.loads(ticket.read_bytes())["aside"])
        if name.startswith(ASIDE) and Path(name).name == name:
            return name
    return f"{ASIDE}-unknown"


def _move(source: Path, target: Path) -> None:
    if source.exists():
        source.replace(target)


def _flush(folder: Path) -> None:
    for path in folder.iterdir():
        with path.open("rb+") as stream:
            os.fsync(stream.fileno())
    sync_folder(folder)
