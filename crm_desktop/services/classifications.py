"""归类: confirming what a complaint counts as, changing it, and reading it for the report and the list for later."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crm_desktop.domain.acts import Act
from crm_desktop.domain.classification import (
    OWN_AXES,
    VALID,
    Axis,
    ClassFacts,
    Classification,
    checked_words,
)
from crm_desktop.domain.complaints import State
from crm_desktop.domain.errors import ChangedMeanwhile, NotAllowed
from crm_desktop.domain.rights import Right, require
from crm_desktop.models.classification import ClassRecord
from crm_desktop.models.complaints import Complaint
from crm_desktop.models.moments import moment
from crm_desktop.services.cases import UNCLASSIFIED, Cases, ComplaintFilter
from crm_desktop.services.desk import Desk
from crm_desktop.services.lookups import complaint_id
from crm_desktop.services.rules import Rules
from crm_desktop.services.steps import owns

_OWN = ", ".join(f"k.{axis}" for axis in OWN_AXES)
_FACTS = f"""
    SELECT q.id, q.number, q.category, k.id IS NOT NULL, (SELECT j.kind FROM judgements j
        WHERE j.complaint_id = q.id AND j.withdrawn_at IS NULL), {_OWN}
    FROM complaints q LEFT JOIN classifications k ON k.complaint_id = q.id WHERE q.id IN ({{ids}})
"""
_CHUNK = 500


class Classifications:
    """One classification a complaint; a later one takes its place and the history keeps both."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rules = Rules(desk)

    def confirm(
        self,
        number: str,
        words: Mapping[Axis, str],
        act: Act,
        ver: int = 0,
        *,
        proposed: Mapping[Axis, str] | None = None,
        confidence: int = 0,
    ) -> Classification:
        """The complaint counts under these words; an axis left out or empty is one nobody could tell.

        ``ver`` is that of the classification which is changed, 0 for the first one. The 类别 goes into the form, while
        the form may still be written. ``proposed`` and ``confidence`` (percent) are what the program had said.

        :raises InvalidInput: a word that is not in its list. :raises NotAllowed: no right to, or the complaint is void.
        :raises ChangedMeanwhile: somebody confirmed first.
        """
        complaint: Complaint = Complaint.get_by_id(complaint_id(self._desk, number))
        act = require(act, Right.RESOLVE, own=owns(act, complaint))
        if complaint.state == State.VOID:
            raise NotAllowed("这张单已作废，不计入统计，不用归类。")
        before = self.of_complaint(number)
        if ver != (before.ver if before else 0):
            raise ChangedMeanwhile("这张单刚被别人归过类，请先看最新内容，再改一次。")
        kept = before.words if before else {Axis.CATEGORY: complaint.category}
        offered = {axis: {word.word for word in told} for axis, told in self._rules.classes().items()}
        checked_words(words, offered, kept)
        values: dict[str, Any] = {str(axis): words.get(axis, "") for axis in OWN_AXES}
        values |= {"who": act.who, "staff": act.staff_id, "confirmed_at": act.at, "confidence": confidence}
        values["proposed"] = json.dumps(dict(proposed or {}), ensure_ascii=False)
        self._write(complaint, values, words.get(Axis.CATEGORY, ""), act, ver)
        confirmed = self.of_complaint(number)
        assert confirmed is not None  # noqa: S101 - it was written just now
        return confirmed

    def of_complaint(self, number: str) -> Classification | None:
        """What was confirmed of one complaint; None where nobody did yet."""
        rows = self._desk.rows(
            f"SELECT k.ver, k.who, k.confirmed_at, k.confidence, q.category, {_OWN} FROM classifications k"
            " JOIN complaints q ON q.id = k.complaint_id WHERE k.complaint_id = ?",
            (complaint_id(self._desk, number),),
        )
        if not rows:
            return None
        ver, who, at, confidence, category, *own = rows[0]
        return Classification(ver, _words(category, own), who, moment(at), confidence)

    def facts(self, ids: Iterable[int]) -> dict[int, ClassFacts]:
        """What these complaints count as, by id; those nobody confirmed are there too, marked."""
        wanted, found = sorted(set(ids)), {}
        for start in range(0, len(wanted), _CHUNK):
            some = ", ".join(str(one) for one in wanted[start : start + _CHUNK])
            for number, name, category, confirmed, judged, *own in self._desk.rows(_FACTS.format(ids=some)):
                words = _words(category, own)
                found[number] = ClassFacts(number, name, bool(confirmed), judged or VALID, words)
        return found

    def unconfirmed(self) -> list[int]:
        """The ids of complaints of the last year that were solved at this desk and never classified, latest first."""
        return Cases(self._desk).ids(ComplaintFilter(UNCLASSIFIED))

    def lists(self) -> Mapping[Axis, Sequence[str]]:
        """The words offered today, by axis."""
        return {axis: [word.word for word in words] for axis, words in self._rules.classes().items()}

    def _write(self, complaint: Complaint, values: dict[str, Any], category: str, act: Act, ver: int) -> None:
        known = self._desk.rows("SELECT id FROM classifications WHERE complaint_id = ?", (complaint.id,))
        with self._desk.writing(act) as ledger:
            if known:
                ledger.change(ClassRecord, known[0][0], values, ver)
            else:
                ledger.add(ClassRecord, complaint.number, complaint=complaint.id, **values)
            if category and category != complaint.category and complaint.state != State.FILED:
                ledger.change(Complaint, complaint.id, {"category": category}, reason="归类")


def _words(category: str, own: Sequence[str | None]) -> dict[Axis, str]:
    return {axis: word or "" for axis, word in zip((Axis.CATEGORY, *OWN_AXES), (category, *own), strict=True)}
