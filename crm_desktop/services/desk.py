"""The open data folder: its database, its history key, its clock, and the one way to write."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop.clock import Clock, clock_for, local_day
from crm_desktop.domain.errors import NotAllowed
from crm_desktop.models.database import FILE_NAME, history_key, open_database
from crm_desktop.models.faults import translated

if TYPE_CHECKING:
    from peewee import SqliteDatabase

    from crm_desktop.domain.acts import Act
    from crm_desktop.models.ledger import Ledger


class Desk:
    """Handed to every service; knows no noun.

    Reads may run on any thread inside ``reading``; writes go through ``writing`` only. The tables, and peewee with
    them, come with ``bind``: until then the thread that opened the folder reads ``rows``, which is what the first
    page does.
    """

    def __init__(self, home: Path, opened: sqlite3.Connection, key: bytes, clock: Clock) -> None:
        self.home = home
        self.key = key
        self._opened = opened
        self._database: SqliteDatabase | None = None
        self._clock = clock
        self._guarded = False
        self.closed = False
        self.path = home / FILE_NAME

    @property
    def database(self) -> SqliteDatabase:
        """The tables' database, bound now if nobody has done so."""
        return self._database or self.bind()

    def bind(self) -> SqliteDatabase:
        """Lets the tables read and write this folder; rows are read through the same door from now on."""
        if self._database is None:
            from crm_desktop.models.base import bind  # noqa: PLC0415 - the first page needs no tables

            with translated(self.path):
                self._database = bind(self.path)
                self._opened.close()
        return self._database

    def now(self) -> datetime:
        """UTC, to the second."""
        return self._clock()

    def today(self) -> date:
        """The calendar day at the desk."""
        return local_day(self.now())

    def act(self, who: str, screen: str, staff_id: int | None = None, role: str = "") -> Act:
        """Something this person does now."""
        from crm_desktop.domain.acts import Act  # noqa: PLC0415 - the first page does nothing

        return Act(who=who, at=self.now(), screen=screen, staff_id=staff_id, role=role)

    def guarded(self) -> bool:
        """Whether somebody here has a PIN: then nothing is written without a person; it never goes back."""
        if not self._guarded:
            self._guarded = bool(self.rows("SELECT 1 FROM credentials LIMIT 1"))
        return self._guarded

    @contextmanager
    def writing(self, act: Act) -> Iterator[Ledger]:
        """One verb, one IMMEDIATE transaction: whole or not at all.

        :raises NotAllowed: nobody in particular, in a home where people have a PIN.
        :raises StorageRefused, InUse, Damaged: what the disk or another program says, as a sentence.
        """
        if act.rights is None and self.guarded():
            raise NotAllowed("请先用自己的姓名和 PIN 登录（F9），再办理。")
        from crm_desktop.models.ledger import Ledger  # noqa: PLC0415 - the first page writes nothing

        with translated(self.path), self.database.atomic("IMMEDIATE"):
            ledger = Ledger(self.key, act)
            yield ledger
            ledger.finish()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A connection for a worker thread's reads, closed again at the end."""
        with translated(self.path):
            opened = self.database.connect(reuse_if_open=True)
            try:
                yield
            finally:
                if opened:
                    self.database.close()

    def rows(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of one query written out in SQL."""
        with translated(self.path):
            door = self._opened.execute if self._database is None else self._database.execute_sql
            found: list[tuple[Any, ...]] = door(sql, parameters).fetchall()
        return found

    def close(self) -> None:
        """Folds the log into the file and lets go of it."""
        self.closed = True
        with translated(self.path):
            if self._database is None:
                self._opened.close()  # nobody else has it open: SQLite folds the log by itself
            elif not self._database.is_closed():
                self._database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                self._database.close()


def open_desk(home: Path, *, rows_only: bool = False) -> Desk:
    """Opens (or makes) a data folder; ``rows_only`` leaves ``Desk.bind`` to the caller.

    :raises DeskError: what ``open_database`` and ``history_key`` raise.
    """
    opened = open_database(home)
    try:
        key = history_key(home, opened)
    except BaseException:
        opened.close()  # what stays open cannot be replaced by a backup on Windows
        raise
    desk = Desk(home, opened, key, clock_for(home))
    if not rows_only:
        desk.bind()
    return desk
