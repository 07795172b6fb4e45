"""What was typed and not saved yet, kept within a second so that a crash costs nobody his words."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from crm_desktop.models.faults import translated
from crm_desktop.models.moments import moment, stamp
from crm_desktop.services.desk import Desk

_FORGOTTEN_DAYS = 60
"""Nobody comes back to it any more, and personal data is not kept without a purpose."""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A form somebody did not finish; ``record`` says of what, empty for something new; ``at`` is UTC."""

    form: str
    record: str
    at: datetime


class Drafts:
    """One draft a form and record; not part of the history, gone once the form is saved or given up."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def put(self, form: str, texts: Mapping[str, str], record: str = "") -> None:
        """Keeps the raw texts of a form; nothing typed keeps nothing."""
        if not any(text.strip() for text in texts.values()):
            self.drop(form, record)
            return
        content = json.dumps(dict(texts), ensure_ascii=False)
        self._write(
            "INSERT OR REPLACE INTO drafts (form, record, content, at) VALUES (?, ?, ?, ?)",
            (form, record, content, stamp(self._desk.now())),
        )

    def get(self, form: str, record: str = "") -> dict[str, str]:
        """The texts kept for a form, empty when there are none."""
        found = self._desk.rows("SELECT content FROM drafts WHERE form = ? AND record = ?", (form, record))
        return dict(json.loads(found[0][0])) if found else {}

    def put_at(self, form: str, record: str = "") -> datetime | None:
        """When the texts of a form were put aside (UTC)."""
        found = self._desk.rows("SELECT at FROM drafts WHERE form = ? AND record = ?", (form, record))
        return moment(found[0][0]) if found else None

    def rows(self) -> list[KeptDraft]:
        """Every form that was not finished, latest first."""
        rows = self._desk.rows("SELECT form, record, at FROM drafts ORDER BY at DESC, form, record")
        return [KeptDraft(form, record, moment(at)) for form, record, at in rows]

    def forget_old(self) -> None:
        """Lets go of what nobody came back to for sixty days."""
        before = stamp(self._desk.now() - timedelta(days=_FORGOTTEN_DAYS))
        if self._desk.rows("SELECT 1 FROM drafts WHERE at < ? LIMIT 1", (before,)):
            self._write("DELETE FROM drafts WHERE at < ?", (before,))

    def drop(self, form: str, record: str = "") -> None:
        """The form was saved or given up."""
        self._write("DELETE FROM drafts WHERE form = ? AND record = ?", (form, record))

    def _write(self, statement: str, values: tuple[str, ...]) -> None:
        """A form that outlives its desk by a moment opens the file no more: a backup may be put in its place."""
        if self._desk.closed:
            return
        with translated(self._desk.path), self._desk.database.atomic("IMMEDIATE"):
            self._desk.database.execute_sql(statement, values)


def drop_those_of(desk: Desk, records: Collection[str]) -> None:
    """Inside the caller's transaction: no form of these records or of a part (``record/…``) stays unfinished."""
    for form, record in desk.rows("SELECT form, record FROM drafts"):
        if record.split("/")[0] in records:
            desk.rows("DELETE FROM drafts WHERE form = ? AND record = ?", (form, record))
