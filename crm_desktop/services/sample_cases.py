"""The course of one invented complaint: who does what, and at which hour, from registering to closing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from random import Random

from crm_desktop.clock import to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaints import Channel, ComplaintDraft, Line, Severity
from crm_desktop.domain.followups import CallDraft, Outcome, PlanDraft, Satisfaction
from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.domain.sample_words import Story, cast
from crm_desktop.domain.staff import Role
from crm_desktop.services.complaints import Complaints, Saved
from crm_desktop.services.customers import Customers
from crm_desktop.services.desk import Desk
from crm_desktop.services.followups import FollowUps
from crm_desktop.services.reworks import Reworks

OPENS, CLOSES = time(8, 30), time(17, 30)
_RECEIVER = {
    Channel.FOLLOW_UP: Role.CARE_AGENT,
    Channel.RECEPTION: Role.ADVISER,
    Channel.HOTLINE: Role.DIRECTOR,
    Channel.OTHER: Role.CARE_AGENT,
}
_IN_CHARGE = {Line.TECHNICAL: Role.TECHNICAL_DIRECTOR, Line.SERVICE: Role.MANAGER, Line.PARTS: Role.PARTS_MANAGER}


class Fate(Enum):
    """What is particular about a case; most go their usual way."""

    USUAL = "usual"
    VOID = "void"
    BACK_AGAIN = "back again"
    CORRECTED = "corrected"
    NOT_CALLED = "not called"
    CALL_TODAY = "call today"
    UNKNOWN_CAR = "unknown car"


@dataclass(frozen=True, slots=True)
class Step:
    """Something done at a local time by the holder of a role."""

    at: datetime
    role: Role
    screen: str
    do: Callable[[Act], object]


@dataclass(frozen=True, slots=True)
class CasePlan:
    """What a case is about, decided beforehand. ``at`` is the local time of entry, ``until`` the day shown as today.

    ``plate`` is set where only the plate is known, else ``customer`` counts the files in their order.
    """

    story: Story
    words: str
    channel: str
    at: datetime
    until: date
    fate: Fate = Fate.USUAL
    customer: int = 0
    plate: str = ""


def later(moment: datetime, minutes: int) -> datetime:
    """So many opening minutes later (08:30 to 17:30 every day)."""
    after = moment + timedelta(minutes=minutes)
    while after > datetime.combine(moment.date(), CLOSES):
        over = after - datetime.combine(moment.date(), CLOSES)
        moment = datetime.combine(moment.date() + timedelta(days=1), OPENS)
        after = moment + over
    return after


class SampleCase:
    """One complaint on its way; its steps are to be done in the order of their times."""

    def __init__(self, desk: Desk, plan: CasePlan, customers: list[int], chance: Random) -> None:
        self._complaints = Complaints(desk)
        self._customers = Customers(desk)
        self._reworks = Reworks(desk)
        self._calls = FollowUps(desk)
        self._plan = plan
        self._files = customers
        self._chance = chance
        self._technician = chance.choice(cast().technicians)
        self._inspector = chance.choice(cast().inspectors)
        self._order = f"RO{plan.at - timedelta(days=chance.randrange(2, 9)):%y%m%d}{chance.randrange(1, 60):03d}"
        self._saved = Saved(0, "", "", 0)
        self._call_on = plan.until
        self._unhappy = False

    def steps(self) -> Iterator[Step]:
        """Everything that happens to the case, whether or not its time has come."""
        story, at = self._plan.story, self._plan.at
        yield Step(at, _RECEIVER.get(Channel(self._plan.channel), Role.MARKETING_MANAGER), "抱怨投诉", self._register)
        if self._plan.fate is Fate.VOID:
            yield Step(later(at, 50), Role.DIRECTOR, "抱怨投诉", self._void)
            return
        if self._plan.fate is Fate.CORRECTED:
            yield Step(later(at, 12), Role.CARE_AGENT, "抱怨投诉", self._correct)
        yield Step(at := later(at, self._minutes(13, 25)), Role.ADVISER, "抱怨投诉", self._reply)
        urgent = story.severity == Severity.MAJOR
        at = later(at, self._minutes(5, 15) if urgent else self._minutes(40, 240))
        yield Step(at, Role.DIRECTOR, "抱怨投诉", self._hand_to)
        if self._plan.fate is not Fate.UNKNOWN_CAR:
            yield from self._cure(at)

    def _cure(self, at: datetime) -> Iterator[Step]:
        in_charge = _IN_CHARGE[Line(self._plan.story.line)]
        yield Step(at := later(at, self._minutes(150, 650)), in_charge, "抱怨投诉", self._explain)
        if self._plan.story.rework:
            yield Step(at := later(at, self._minutes(20, 120)), Role.ADVISER, "返修", self._take_in)
            yield Step(at := later(at, self._minutes(120, 600)), Role.TECHNICAL_DIRECTOR, "返修", self._give_back)
        yield Step(at := later(at, self._minutes(60, 300)), in_charge, "抱怨投诉", self._resolve)
        caller = Role.MANAGER if self._plan.story.rework else Role.CARE_AGENT
        yield Step(at := later(at, 10), caller, "回访", self._plan_call)
        if self._plan.fate in (Fate.NOT_CALLED, Fate.CALL_TODAY):
            return
        first = self._morning(at.date() + timedelta(days=2))
        if self._plan.fate is Fate.BACK_AGAIN and not self._unhappy:
            self._unhappy = True
            yield Step(first, caller, "回访", self._hear_it_is_back)
            yield Step(first := later(first, 15), Role.DIRECTOR, "抱怨投诉", self._reopen)
            yield from self._cure(first)
            return
        if self._chance.random() < 0.2:
            yield Step(first, caller, "回访", self._call_in_vain)
            first = self._morning(first.date() + timedelta(days=1))
        yield Step(first, caller, "回访", self._call)
        yield Step(later(first, self._minutes(30, 200)), Role.DIRECTOR, "抱怨投诉", self._close)

    def _register(self, act: Act) -> None:
        plan = self._plan
        received = act.at - timedelta(minutes=self._minutes(2, 9))
        draft = replace(
            self._who(),
            words=plan.words,
            channel=Channel.OTHER if plan.fate is Fate.CORRECTED else plan.channel,
            severity=plan.story.severity,
            category=plan.story.category,
            demand=self._chance.choice(plan.story.demand),
            order_number=self._order,
            occurred_at=received - timedelta(hours=self._minutes(2, 50)) if self._minutes(0, 3) == 0 else None,
            received_at=received,
        )
        self._saved = self._complaints.register(draft, act)

    def _who(self) -> ComplaintDraft:
        if self._plan.plate:
            return ComplaintDraft(plate=self._plan.plate)
        profile = self._customers.profile(self._files[self._plan.customer])
        car = self._chance.choice(profile.draft.vehicles)
        mileage = (car.mileage or 0) + self._minutes(10, 900)
        return ComplaintDraft(customer_id=profile.id, vehicle_id=car.id, brought_by=car.brought_by, mileage=mileage)

    def _void(self, act: Act) -> None:
        reason = "客户打错电话，投诉的是另一家店，已转告对方"
        self._saved = self._complaints.void(self._saved.number, self._saved.ver, act, reason)

    def _correct(self, act: Act) -> None:
        self._amend(act, {"channel": self._plan.channel}, "登记时选错渠道，已核对来电记录")

    def _reply(self, act: Act) -> None:
        reply = self._filled(self._plan.story.first_reply, act)
        self._amend(act, {"first_reply": reply, "adviser": cast().staff[Role.ADVISER], "technician": self._technician})

    def _hand_to(self, act: Act) -> None:
        line = self._plan.story.line
        responsible = cast().staff[_IN_CHARGE[Line(line)]]
        planned = self._plan.at.date() + timedelta(days=3)
        self._amend(act, {"line": line, "responsible": responsible, "planned_on": planned})

    def _explain(self, act: Act) -> None:
        story = self._plan.story
        texts = {"root_cause": story.root_cause, "correction": story.correction}
        self._amend(act, {name: self._filled(text, act) for name, text in texts.items()})

    def _take_in(self, act: Act) -> None:
        came = _local(act).date()
        order = f"RO{came:%y%m%d}{self._minutes(60, 99):03d}"
        draft = ReworkDraft(
            order_number=order, came_on=came, technician=self._technician, items=self._plan.story.rework
        )
        self._reworks.register(self._saved.number, draft, act)

    def _give_back(self, act: Act) -> None:
        rework = self._reworks.of_complaint(self._saved.number)[-1]
        old = rework.draft
        done = ReworkDraft(
            old.kind, old.order_number, old.came_on, _local(act).date(), old.technician, self._inspector, old.items,
            self._plan.story.rework_result,
        )  # fmt: skip
        self._reworks.amend(rework.id, rework.ver, done, act)

    def _resolve(self, act: Act) -> None:
        story = self._plan.story
        texts = {"solution": story.solution, "soothing": story.soothing, "long_term_measure": story.measure}
        filled = {name: self._filled(text, act) for name, text in texts.items()}
        self._amend(act, {**filled, "done_on": _local(act).date()})
        self._saved = self._complaints.resolve(self._saved.number, self._saved.ver, act)

    def _plan_call(self, act: Act) -> None:
        days = {Fate.NOT_CALLED: 1, Fate.CALL_TODAY: 0}.get(self._plan.fate, 2)
        on = _local(act).date() + timedelta(days=days) if days else self._plan.until
        self._calls.plan(self._saved.number, PlanDraft(on, act.who), act)

    def _call(self, act: Act) -> None:
        happy = self._chance.random() < 0.75
        satisfaction = Satisfaction.SATISFIED if happy else self._chance.choice(tuple(Satisfaction)[1:])
        score = {Satisfaction.SATISFIED: 9, Satisfaction.FAIR: 7, Satisfaction.DISSATISFIED: 4}.get(satisfaction)
        feedback = self._plan.story.feedback[0 if happy else -1]
        self._record(act, CallDraft(satisfaction=satisfaction, score=score, feedback=feedback))

    def _call_in_vain(self, act: Act) -> None:
        outcome = self._chance.choice((Outcome.NO_ANSWER, Outcome.UNREACHABLE))
        self._record(act, CallDraft(outcome=outcome, next_on=_local(act).date() + timedelta(days=1)))

    def _hear_it_is_back(self, act: Act) -> None:
        said = "交车第二天老毛病又犯了，我不满意。"
        self._record(act, CallDraft(satisfaction=Satisfaction.DISSATISFIED, score=3, feedback=said))

    def _reopen(self, act: Act) -> None:
        reason = "回访时客户反映同一故障又出现，约回店第二次返修"
        self._saved = self._complaints.reopen(self._saved.number, self._saved.ver, act, reason)

    def _close(self, act: Act) -> None:
        self._saved = self._complaints.close(self._saved.number, self._saved.ver, act, "客户认可，同意关闭")

    def _amend(self, act: Act, changes: dict[str, object], reason: str = "") -> None:
        self._saved = self._complaints.amend(self._saved.number, self._saved.ver, changes, act, reason)

    def _record(self, act: Act, draft: CallDraft) -> None:
        planned = next(call for call in self._calls.of_complaint(self._saved.number) if call.called_at is None)
        self._calls.record(planned.id, planned.ver, draft, act)

    def _filled(self, text: str, act: Act) -> str:
        tomorrow, next_month = (_local(act) + timedelta(days=days) for days in (1, 30))
        places = {"技师": self._technician, "质检": self._inspector, "明天": _day(tomorrow), "下月": _day(next_month)}
        return text.format(**cast().staff, **places)

    def _morning(self, day: date) -> datetime:
        return datetime.combine(day, OPENS) + timedelta(minutes=self._minutes(60, 180))

    def _minutes(self, least: int, most: int) -> int:
        return self._chance.randint(least, most)


def _local(act: Act) -> datetime:
    return to_local(act.at)


def _day(moment: datetime) -> str:
    return f"{moment.month}月{moment.day}日"
