"""The open data folder: its database, its history key, its clock, and the one way to write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from peewee import SqliteDatabase

from crm_desktop.clock import Clock, clock_for, local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import NotAllowed
from crm_desktop.models.database import FILE_NAME, history_key, open_database
from crm_desktop.models.faults import translated
from crm_desktop.models.ledger import Ledger


class Desk:
    """Handed to every service; knows no noun.

    Reads may run on any thread inside ``reading``; writes go through ``writing`` only.
    """

    def __init__(self, home: Path, database: SqliteDatabase, key: bytes, clock: Clock) -> None:
        self.home = home
        self.database = database
        self.key = key
        self._clock = clock
        self._guarded = False
        self.path = home / FILE_NAME

    def now(self) -> datetime:
        """UTC, to the second."""
        return self._clock()

    def today(self) -> date:
        """The calendar day at the desk."""
        return local_day(self.now())

    def act(self, who: str, screen: str, staff_id: int | None = None, role: str = "") -> Act:
        """Something this person does now."""
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
        with translated(self.path), self.database.atomic("IMMEDIATE"):
            ledger = Ledger(self.key, act)
            yield ledger
            ledger.flush()

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
            found: list[tuple[Any, ...]] = self.database.execute_sql(sql, parameters).fetchall()
        return found

    def close(self) -> None:
        """Folds the log into the file and lets go of it."""
        with translated(self.path):
            if not self.database.is_closed():
                self.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                self.database.close()


def open_desk(home: Path) -> Desk:
    """Opens (or makes) a data folder; raises what ``open_database`` and ``history_key`` raise."""
    database = open_database(home)
    return Desk(home, database, history_key(home), clock_for(home))
