"""存档 and 更正说明: what the care department does with a closed complaint (seed 001 篇1 六)."""

from __future__ import annotations

from datetime import date, datetime, time

from crm_desktop.clock import local_day, to_utc
from crm_desktop.domain.acts import Act
from crm_desktop.domain.archive import Correction, Filing, FilingDraft, check_filed_on, expires_on
from crm_desktop.domain.complaints import Event
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.procedure import check_move
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line, checked_text
from crm_desktop.models.complaints import Complaint
from crm_desktop.models.ledger import Ledger
from crm_desktop.models.records import FiledCorrection
from crm_desktop.models.records import Filing as FilingRecord
from crm_desktop.services.desk import Desk
from crm_desktop.services.filings import Filings
from crm_desktop.services.lookups import complaint_id
from crm_desktop.services.measures import next_in_series
from crm_desktop.services.seen import check_seen
from crm_desktop.services.steps import Saved, Steps


class Archive:
    """Filing, and the only change a filed complaint knows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._filings = Filings(desk)
        self._steps = Steps(desk)

    def file(self, number: str, ver: int, draft: FilingDraft, act: Act) -> Saved:
        """存档 of a closed complaint: it gets its 归档号, is locked, and kept as long as the rules say.

        A complaint that was taken out by 重开 and closed again keeps its number; the time runs anew.

        :raises NotAllowed: no right to, or the complaint is not closed. :raises ChangedMeanwhile: somebody saved first.
        :raises InvalidInput: no place, or a day before the closing or to come.
        """
        act = require(act, Right.FILE)
        complaint = self._steps.get(number)
        check_move(Event.FILED, complaint.state)
        place = checked_line(draft.place, "存放位置")
        if not place:
            raise InvalidInput({"place": "请写存放位置（盒号、册号）。"})
        closed_at, today = self._closed_at(complaint.id), local_day(act.at)
        day = draft.filed_on or today
        check_filed_on(day, local_day(closed_at), today)
        happened = act.at if day == today else max(closed_at, to_utc(datetime.combine(day, time(12))))
        with self._desk.writing(act) as ledger:
            new = ledger.change(Complaint, complaint.id, {}, ver, touch=True)
            filed_as = self._put_in(ledger, complaint.id, place, day)
            state = self._steps.move(ledger, complaint.id, Event.FILED, happened, f"{filed_as} {place}")
        return Saved(complaint.id, complaint.number, state, new)

    def add_correction(self, number: str, about: str, text: str, act: Act) -> Correction:
        """更正说明 beside the old text of a filed complaint, which stays as it is.

        :raises NotAllowed: no right to, not filed (then 更正 changes the text itself), or disposed of.
        :raises InvalidInput: nothing said, or not about what.
        """
        act = require(act, Right.CORRECT)
        filing = self._filed(number)
        about, text = checked_line(about, "更正栏目", 60), checked_text(text, "更正说明")
        faults = {} if about else {"about": "请写更正的是哪一栏。"}
        if not text:
            faults["text"] = "请写明哪里错了、应该是什么。"
        if faults:
            raise InvalidInput(faults)
        with self._desk.writing(act) as ledger:
            ledger.add(
                FiledCorrection,
                about,
                complaint=filing.complaint_id,
                about=about,
                text=text,
                who=act.who,
                staff=act.staff_id,
                entered_at=act.at,
            )
        return Correction(act.at, act.who, about, text)

    def move(self, number: str, place: str, act: Act, seen: str | None = None) -> None:
        """The paper lies elsewhere now; ``seen``: where it was said to lie. Raises as ``file``, ChangedMeanwhile."""
        act = require(act, Right.FILE)
        filing, cleaned = self._filed(number), checked_line(place, "存放位置")
        if not cleaned:
            raise InvalidInput({"place": "请写存放位置（盒号、册号）。"})
        check_seen(seen, filing.place, "存放位置")
        found = self._desk.rows("SELECT id FROM filings WHERE complaint_id = ?", (filing.complaint_id,))[0][0]
        with self._desk.writing(act) as ledger:
            ledger.change(FilingRecord, found, {"place": cleaned})

    def _filed(self, number: str) -> Filing:
        filing = self._filings.of_id(complaint_id(self._desk, number))
        if filing is None:
            raise NotAllowed("这张单还没有存档，写错的请直接更正。")
        if filing.disposed:
            raise NotAllowed(f"{filing.complaint_number} 的内容已按期销毁，不能再写。")
        return filing

    def _put_in(self, ledger: Ledger, found: int, place: str, day: date) -> str:
        """The filing's row, new or in force again; gives its 归档号."""
        has_rework = bool(self._desk.rows("SELECT 1 FROM reworks WHERE complaint_id = ? LIMIT 1", (found,)))
        values = {
            "place": place,
            "filed_by": ledger.act.who,
            "staff": ledger.act.staff_id,
            "filed_on": day,
            "expires_on": expires_on(day, self._filings.retention().of(has_rework)),
            "entered_at": ledger.act.at,
        }
        known = self._desk.rows("SELECT id, number FROM filings WHERE complaint_id = ?", (found,))
        if known:
            ledger.change(FilingRecord, known[0][0], {**values, "withdrawn_at": None})
            return str(known[0][1])
        number = f"GD{day:%Y}-{next_in_series(self._desk, f'GD{day:%Y}'):04d}"
        ledger.add(FilingRecord, number, complaint=found, number=number, **values)
        return number

    def _closed_at(self, found: int) -> datetime:
        """When it was last closed, as corrected since."""
        return max(step.at for step in self._steps.standing(found) if step.kind == Event.CLOSED)
