"""六步向导 of a complaint: how the customer was read, what was done in each step. It stays with the case: no paper, no
export, no bundle of a disposal and no search finds it, and the customer's file knows nothing of it.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime

from crm_desktop.domain.acts import Act
from crm_desktop.domain.guidance import Reading, StepNote, checked_reading, checked_step
from crm_desktop.domain.rights import Right, require
from crm_desktop.models.care import GuidanceCard, GuidanceNote
from crm_desktop.models.complaints import Complaint
from crm_desktop.models.moments import moment
from crm_desktop.services.desk import Desk
from crm_desktop.services.seen import check_seen
from crm_desktop.services.steps import Steps, happened_at, owns, working_on

_NAMES = tuple(field.name for field in fields(Reading))


class Guidance:
    """Whoever may record 解决, or answers for the complaint, may note here."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._steps = Steps(desk)

    def read_as(self, number: str, reading: Reading, act: Act) -> None:
        """How this customer is read, what was changed for him and said back to him.

        :raises InvalidInput: as ``checked_reading``. :raises NotAllowed: no right to, or the case is filed or void.
        """
        complaint, act = self._mine(number, act)
        cleaned = asdict(checked_reading(reading))
        known = self._desk.rows("SELECT id FROM guidance_cards WHERE complaint_id = ?", (complaint.id,))
        with self._desk.writing(act) as ledger:
            if known:
                ledger.change(GuidanceCard, known[0][0], cleaned)
            else:
                ledger.add(GuidanceCard, complaint=complaint.id, **cleaned)

    def note(
        self,
        number: str,
        step: int,
        note: str,
        act: Act,
        at: datetime | None = None,
        *,
        skipped: bool = False,
        seen: str | None = None,
    ) -> None:
        """What was done in a step, or that it was skipped; written anew it takes the place of what stood there.

        ``seen`` is the note that was shown. :raises ChangedMeanwhile: another one stands there by now.
        :raises InvalidInput: as ``checked_step``, or a time that cannot be. :raises NotAllowed: as ``read_as``.
        """
        complaint, act = self._mine(number, act)
        stood = self.notes(number).get(step)
        check_seen(seen, stood.note if stood else "", "这一步的记录")
        values = {"note": checked_step(step, note, skipped=skipped), "skipped": skipped, "who": act.who}
        values |= {"at": happened_at(complaint, act, at), "entered_at": act.at}
        known = self._desk.rows(
            "SELECT id FROM guidance_notes WHERE complaint_id = ? AND step = ?", (complaint.id, step)
        )
        with self._desk.writing(act) as ledger:
            if known:
                ledger.change(GuidanceNote, known[0][0], values)
            else:
                ledger.add(GuidanceNote, complaint=complaint.id, step=step, **values)

    def reading(self, number: str) -> Reading:
        """How the customer of this complaint was read; an empty one where nobody did."""
        rows = self._desk.rows(
            f"SELECT {', '.join(_NAMES)} FROM guidance_cards WHERE complaint_id = ?", (self._steps.get(number).id,)
        )
        if not rows:
            return Reading()
        told = dict(zip(_NAMES, rows[0], strict=True))
        return Reading(**{**told, "agreed": bool(told["agreed"])})

    def notes(self, number: str) -> dict[int, StepNote]:
        """What was noted, by step."""
        rows = self._desk.rows(
            "SELECT step, note, skipped, at, who FROM guidance_notes WHERE complaint_id = ? ORDER BY step",
            (self._steps.get(number).id,),
        )
        return {step: StepNote(step, note, bool(skipped), moment(at), who) for step, note, skipped, at, who in rows}

    def _mine(self, number: str, act: Act) -> tuple[Complaint, Act]:
        complaint = working_on(self._desk, self._steps.get(number))
        return complaint, require(act, Right.RESOLVE, own=owns(act, complaint))
