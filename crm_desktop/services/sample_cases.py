"""The course of one invented complaint: who does what, and at which hour, from registering to the archive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from crm_desktop.domain.acts import Act
from crm_desktop.domain.closing import OUTSIDE
from crm_desktop.domain.complaints import Channel, Line, Severity
from crm_desktop.domain.staff import Role
from crm_desktop.services.sample_hands import IN_CHARGE, Fate, SampleHands, later
from crm_desktop.services.sample_measures import DAYS_TO_EVALUATE, DAYS_TO_FINISH, SampleMeasure

_RECEIVER = {
    Channel.FOLLOW_UP: Role.CARE_AGENT,
    Channel.RECEPTION: Role.ADVISER,
    Channel.HOTLINE: Role.DIRECTOR,
    Channel.OTHER: Role.CARE_AGENT,
}


@dataclass(frozen=True, slots=True)
class Step:
    """Something done at a local time by the holder of a role."""

    at: datetime
    role: Role
    screen: str
    do: Callable[[Act], object]


class SampleCase(SampleHands):
    """One complaint on its way; its steps are to be done in the order of their times."""

    def steps(self) -> Iterator[Step]:
        """Everything that happens to the case, whether or not its time has come."""
        plan, at = self._plan, self._plan.at
        receiver = _RECEIVER.get(Channel(plan.channel), Role.MARKETING_MANAGER)
        yield Step(at, receiver, "抱怨投诉", self._register)
        if plan.fate is Fate.VOID:
            yield Step(later(at, 50), Role.DIRECTOR, "抱怨投诉", self._void)
            return
        if plan.fate is Fate.JUST_IN:
            return
        if plan.fate is Fate.CORRECTED:
            yield Step(later(at, 12), Role.CARE_AGENT, "抱怨投诉", self._correct)
        if plan.channel != Channel.HOTLINE:
            yield Step(later(at, self._minutes(1, 6)), receiver, "抱怨投诉", self._hand_over)
        if plan.fate is Fate.NOT_ANSWERED:
            return
        yield Step(at := later(at, self._minutes(13, 20)), Role.ADVISER, "抱怨投诉", self._reply)
        urgent = plan.story.severity == Severity.MAJOR
        at = later(at, self._minutes(1, 6) if urgent else self._minutes(40, 160))
        verbs = [self._respond, self._assign]
        if plan.channel == Channel.HOTLINE:  # there the 责任人 comes first
            verbs.reverse()
        yield Step(at, Role.DIRECTOR, "抱怨投诉", verbs[0])
        if plan.fate is Fate.NOT_ASSIGNED:
            return
        yield Step(at := later(at, 1), Role.DIRECTOR, "抱怨投诉", verbs[1])
        if plan.fate is not Fate.UNKNOWN_CAR:
            yield from self._outside(at)
            yield from self._cure(at)

    def _outside(self, at: datetime) -> Iterator[Step]:
        """What the media, the consumer bodies and the maker want to be done besides."""
        if self._plan.channel in OUTSIDE:
            yield Step(later(at, 40), Role.MARKETING_MANAGER, "抱怨投诉", self._go_outside)

    def _cure(self, at: datetime) -> Iterator[Step]:
        in_charge, rework = IN_CHARGE[Line(self._plan.story.line)], bool(self._plan.story.rework)
        yield Step(at := later(at, self._minutes(150, 420)), in_charge, "抱怨投诉", self._explain)
        if rework:
            yield Step(at := later(at, self._minutes(20, 120)), Role.ADVISER, "返修", self._take_in)
            yield Step(at := later(at, self._minutes(120, 400)), Role.TECHNICAL_DIRECTOR, "返修", self._give_back)
        yield Step(at := later(at, self._minutes(60, 200)), in_charge, "抱怨投诉", self._resolve)
        yield Step(later(at, 2), in_charge, "抱怨投诉", self._classify)
        caller = (Role.DIRECTOR if in_charge is Role.MANAGER else Role.MANAGER) if rework else Role.CARE_AGENT
        waiting = self._plan.fate in (Fate.NOT_CALLED, Fate.CALL_TODAY)
        if waiting or not rework:  # a finished rework brings its own calls
            yield Step(at := later(at, 10), caller, "回访", self._plan_call)
        if waiting:
            return
        if self._plan.fate is Fate.BACK_AGAIN and not self._unhappy:
            self._unhappy = True
            first = self._morning(at.date() + timedelta(days=3))
            yield Step(first, caller, "回访", self._hear_it_is_back)
            yield from self._cure(first)
            return
        yield from self._end(at, caller, rework)

    def _end(self, at: datetime, caller: Role, rework: bool) -> Iterator[Step]:
        """The calls, the closing, the archive; a ticket from outside is closed without waiting for a call."""
        first = self._morning(at.date() + timedelta(days=3 if rework else 2))
        if self._chance.random() < 0.2:
            yield Step(first, caller, "回访", self._call_in_vain)
            first = self._morning(first.date() + timedelta(days=1))
        yield Step(first, caller, "回访", self._call)
        by_ticket = self._plan.channel in (*OUTSIDE, Channel.HOTLINE)
        closing = later(at, 30) if by_ticket else later(first, self._minutes(30, 200))
        yield Step(closing, Role.DIRECTOR, "抱怨投诉", self._close)
        yield Step(self._morning(closing.date() + timedelta(days=1)), Role.CARE_AGENT, "归档", self._file)
        if rework:
            yield Step(self._morning(first.date() + timedelta(days=4)), caller, "回访", self._call_again)
        yield from self._measure(closing)

    def _measure(self, at: datetime) -> Iterator[Step]:
        """Every major case, and one in three of the others, leads to a measure that is followed up."""
        minute = self._plan.at.minute
        if self._plan.story.severity != Severity.MAJOR and minute % 3:
            return
        measure = SampleMeasure(self._desk, self, preventive=minute % 6 == 0)
        in_charge = IN_CHARGE[Line(self._plan.story.line)]
        yield Step(at := later(at, 25), in_charge, "纠正预防", measure.decide)
        yield Step(at := later(at + timedelta(days=DAYS_TO_FINISH), 0), in_charge, "纠正预防", measure.finish)
        at = later(at + timedelta(days=DAYS_TO_EVALUATE), 0)
        yield Step(at, Role.CARE_DIRECTOR, "纠正预防", measure.evaluate)
