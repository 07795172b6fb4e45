"""Complaint forms on their way to paper: every word final, every box ticked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from crm_desktop.clock import to_local
from crm_desktop.domain.archive import Correction, Filing
from crm_desktop.domain.complaint_form import ComplaintSheet
from crm_desktop.domain.complaint_rows import ComplaintCase, EventRow
from crm_desktop.domain.complaints import Channel, Event, Line, Severity, State
from crm_desktop.domain.customers import model_text
from crm_desktop.domain.deadlines import Deadline
from crm_desktop.domain.followups import FollowUpRow, Satisfaction
from crm_desktop.domain.identity import shown_plate
from crm_desktop.domain.papers import Paper
from crm_desktop.domain.reworks import ReworkKind, ReworkRow
from crm_desktop.domain.sheets import Box, Signature, shown
from crm_desktop.services.cases import Cases
from crm_desktop.services.clock_rules import ClockRules
from crm_desktop.services.clocks import Clocks
from crm_desktop.services.desk import Desk
from crm_desktop.services.filings import Filings
from crm_desktop.services.followups import FollowUps
from crm_desktop.services.reworks import Reworks
from crm_desktop.services.settings import Settings
from crm_desktop.services.steps import Steps

_CHANNEL_WORDS = {Channel.CONSUMER_BODY: "消协/12315"}
_STEPS = {"handed_over": Event.HANDED_OVER, "responded": Event.RESPONDED, "resolved": Event.RESOLVED}
_DIRECTOR_BOXES = ("同意关闭", "退回")


class Sheets:
    """Forms for the exporters; reads only."""

    def __init__(self, desk: Desk) -> None:
        self._cases = Cases(desk)
        self._reworks = Reworks(desk)
        self._follow_ups = FollowUps(desk)
        self._settings = Settings(desk)
        self._clocks = Clocks(desk)
        self._rules = ClockRules(desk)
        self._steps = Steps(desk)
        self._filings = Filings(desk)

    def complaint(self, number: str) -> ComplaintSheet:
        """The form of one complaint, by its own or its source number; raises NotFound."""
        case = self._cases.case(number)
        reworks = self._reworks.of_complaint(case.number)
        made = [call for call in self._follow_ups.of_complaint(case.number) if call.called_at]
        fields = case.fields
        return ComplaintSheet(
            letterhead=self._settings.letterhead(Paper.COMPLAINT),
            severity=boxes(Severity, fields["severity"]),
            channel=self._channels(str(fields["channel"])),
            line=boxes(Line, fields["line"]),
            rework=_rework_boxes(reworks),
            satisfaction=boxes(Satisfaction, made[-1].satisfaction if made else ""),
            signatures=_signatures(case, self._filings.of_id(case.id)),
            number=case.number,
            date=shown(to_local(case.received_at).date()),
            mark=self._filings.mark_of(case.id, case.state),
            received_at=_received(case),
            received_by=case.received_by,
            corrections="\n".join(map(_corrected, self._filings.corrections(case.id))),
            footer_middle=self._filings.retention().words,
            **self._milestones(case),
            **_party(case),
            **_long_texts(fields),
            **_rework_words(reworks),
            **_call_words(made),
        )

    def blank(self) -> ComplaintSheet:
        """The empty form, to be filled by hand."""
        return ComplaintSheet(
            letterhead=self._settings.letterhead(Paper.COMPLAINT),
            severity=boxes(Severity, ""),
            channel=self._channels(""),
            line=boxes(Line, ""),
            rework=boxes(("否", *(str(kind) for kind in reversed(ReworkKind))), ""),
            satisfaction=boxes(Satisfaction, ""),
            signatures=_signatures(None, None),
            footer_middle=self._filings.retention().words,
        )

    def _channels(self, came_by: str) -> tuple[Box, ...]:
        """Those in use, and the one this complaint came by even if it is no longer."""
        channels = dict.fromkeys((*self._rules.rulebook().offered, *filter(None, (came_by,))))
        return boxes(channels, came_by, _CHANNEL_WORDS)

    def _milestones(self, case: ComplaintCase) -> dict[str, str]:
        """When each step is due and when it was done, in words; nothing for imported history."""
        due, steps = self._clocks.due_of(case.number), self._steps.standing(case.id)
        year = to_local(case.received_at).year
        done = {step.kind: _done(step, year) for step in steps}
        told = {name: done.get(kind, "") for name, kind in _STEPS.items()}
        if due is not None:
            told |= {"respond_due": _due(due.respond), "resolve_due": _due(due.resolve)}
        return told


def boxes(words: Iterable[str], ticked: object, shown_as: dict[Any, str] | None = None) -> tuple[Box, ...]:
    """A box for each word, the chosen one ticked."""
    return tuple(Box((shown_as or {}).get(word, str(word)), word == ticked) for word in words)


def _party(case: ComplaintCase) -> dict[str, str]:
    fields = case.fields
    mileage = fields["mileage"]
    return {
        "customer_name": case.customer_name,
        "phone": case.phone,
        "brought_by": " ".join(filter(None, (str(fields["brought_by"]), str(fields["brought_by_phone"])))),
        "address": case.address,
        "plate": shown_plate(case.plate),
        "vin": case.vin,
        "model": model_text(case.brand, case.series, case.model),
        "mileage": f"{mileage:,} km" if isinstance(mileage, int) else "",
        "bought_on": shown(case.bought_on),
        "order_number": str(fields["order_number"]),
        "adviser": str(fields["adviser"]),
        "technician": str(fields["technician"]),
    }


def _long_texts(fields: Any) -> dict[str, str]:
    names = (
        "category", "words", "demand", "first_reply", "responsible", "root_cause", "correction", "solution", "soothing",
        "long_term_measure",
    )  # fmt: skip
    return {name: str(fields[name]) for name in names}


def _rework_boxes(reworks: list[ReworkRow]) -> tuple[Box, ...]:
    kinds = {rework.draft.kind for rework in reworks}
    none = Box("否", not reworks)
    return (none, *(Box(str(kind), kind in kinds) for kind in reversed(ReworkKind)))


def _rework_words(reworks: list[ReworkRow]) -> dict[str, str]:
    return {
        "rework_order_number": "、".join(r.draft.order_number for r in reworks if r.draft.order_number),
        "rework_finished_on": "、".join(shown(r.draft.finished_on) for r in reworks if r.draft.finished_on),
    }


def _call_words(made: list[FollowUpRow]) -> dict[str, str]:
    if not made or made[-1].called_at is None:
        return {}
    last = made[-1]
    return {
        "follow_up_by": last.caller,
        "followed_up_at": _time(last.called_at),
        "feedback": last.feedback or last.outcome,
    }


def _signatures(case: ComplaintCase | None, filing: Filing | None) -> tuple[Signature, ...]:
    closed = next((e for e in reversed(case.events) if e.kind == Event.CLOSED), None) if case else None
    agreed = closed is not None and case is not None and case.state in (State.CLOSED, State.FILED)
    director = Signature(
        "服务总监意见",
        tuple(Box(word, agreed and word == "同意关闭") for word in _DIRECTOR_BOXES),
        name=closed.who if closed and agreed else "",
        signed_on=_day(closed.at) if closed and agreed else "",
    )
    responsible = Signature("责任人", name=str(case.fields["responsible"]) if case else "")
    return (responsible, Signature("服务经理"), director, _archived(filing), Signature("总经理（重大）"))


def _archived(filing: Filing | None) -> Signature:
    """The care department's block: 归档号 and place, or room for them."""
    if filing is None:
        return Signature("客户关爱部归档", note="归档号：")
    place = f"归档号：{filing.number}　{filing.place}"
    return Signature("客户关爱部归档", name=filing.filed_by, signed_on=shown(filing.filed_on), note=place)


def _corrected(one: Correction) -> str:
    return f"{one.about}：{one.text}（{one.who} {_day(one.at)}）"


def _done(step: EventRow, year: int) -> str:
    """When and by whom, the year only where it is another one; 代录 names who said it, and says so."""
    at = to_local(step.at)
    when = f"{at:%m-%d %H:%M}" if at.year == year else shown(at)
    late = f"（超期：{step.late_reason}）" if step.late_reason else ""
    who = f"{step.on_behalf_of}（代录）" if step.on_behalf_of else step.who
    return f"{when} {who}{late}"


def _due(clock: Deadline | None) -> str:
    return shown(clock.due) if clock else ""


def _received(case: ComplaintCase) -> str:
    return _time(case.received_at) if case.received_has_time else _day(case.received_at)


def _time(at: datetime | None) -> str:
    return shown(to_local(at)) if at else ""


def _day(at: datetime) -> str:
    day: date = to_local(at).date()
    return shown(day)
