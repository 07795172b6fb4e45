"""The list of complaints on screen: the columns of the exported list, and what is coloured in them."""

from __future__ import annotations

from dataclasses import replace

from crm_desktop.domain.complaint_rows import ComplaintRow
from crm_desktop.domain.complaints import Severity
from crm_desktop.domain.sheets import Column
from crm_desktop.gui.state_tones import state_tone
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.row_model import Mark, Marker
from crm_desktop.papers import complaint_lists

HISTORY_WORD = complaint_lists.HISTORY_WORD
# A coloured ground and the plate's wide letters need a little more than on paper.
_ROOM = {"级别": 6.0, "车牌": 11.5, "抱怨内容": 20.0}


def _state_mark(row: ComplaintRow) -> Mark:
    return Mark(Tone.GREY if row.history else state_tone(row.state))


def _severity_mark(row: ComplaintRow) -> Mark | None:
    return Mark(Tone.LATE) if row.severity == Severity.MAJOR else None


COLUMNS: tuple[Column[ComplaintRow], ...] = tuple(
    replace(column, width=_ROOM.get(column.title, column.width)) for column in complaint_lists.COLUMNS
)
MARKS: dict[str, Marker] = {"状态": _state_mark, "级别": _severity_mark}
