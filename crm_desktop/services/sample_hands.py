"""What the people of the sample home do to one complaint; when they do it is ``sample_cases.py``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from random import Random

from crm_desktop.clock import to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.archive import FilingDraft
from crm_desktop.domain.classification import Axis
from crm_desktop.domain.complaint_rows import ComplaintDraft
from crm_desktop.domain.complaints import Channel, Line, Severity
from crm_desktop.domain.deadlines import Milestone
from crm_desktop.domain.followups import CallDraft, Outcome, PlanDraft, Satisfaction
from crm_desktop.domain.outside import PublicationDraft, Withdrawn
from crm_desktop.domain.reworks import ReworkDraft
from crm_desktop.domain.sample_words import Story, cast
from crm_desktop.domain.solutions import SolutionDraft
from crm_desktop.domain.staff import Role
from crm_desktop.services.archive import Archive
from crm_desktop.services.classifications import Classifications
from crm_desktop.services.clocks import Clocks
from crm_desktop.services.complaints import Complaints
from crm_desktop.services.customers import Customers
from crm_desktop.services.desk import Desk
from crm_desktop.services.followups import FollowUps
from crm_desktop.services.outside import Outside
from crm_desktop.services.reworks import Reworks
from crm_desktop.services.solutions import Solutions

OPENS, CLOSES = time(8, 30), time(17, 30)
IN_CHARGE = {Line.TECHNICAL: Role.TECHNICAL_DIRECTOR, Line.SERVICE: Role.MANAGER, Line.PARTS: Role.PARTS_MANAGER}


_EXCUSES = {
    Milestone.HAND_OVER: ("正在接待另一位客户", "服务总监在外开会，回来当面交", "客户情绪激动，先安抚再填单"),
    Milestone.RESPOND: ("客户电话无人接听，次日接通", "客户出差，约到今天", "等技术总监试车后一起回复"),
}
_AT_THE_DESK = (Channel.RECEPTION, Channel.FOLLOW_UP, Channel.OTHER)
_UNCLASSIFIED = 8
"""One case in so many is never classified."""
_USUAL_EXCUSES = ("配件到货晚", "客户出差，约到今天", "等厂家授权")


_ANSWERS = {
    Satisfaction.SATISFIED: {
        "fixed": "是", "new_trouble": "否", "on_time": "是", "explained": "是", "attitude": "9", "place": "8",
        "overall": "9", "recommend": "是", "expected": "8", "perceived": "9", "return": "愿意", "checked": "电话、里程",
    },
    Satisfaction.FAIR: {
        "fixed": "是", "on_time": "否", "attitude": "7", "overall": "7", "expected": "8", "perceived": "7",
        "return": "看情况",
    },
}  # fmt: skip
"""What is answered to the script, by how satisfied somebody is; who keeps silent is not asked."""


class Fate(Enum):
    """What is particular about a case; most go their usual way."""

    USUAL = "usual"
    VOID = "void"
    BACK_AGAIN = "back again"
    CORRECTED = "corrected"
    NOT_CALLED = "not called"
    CALL_TODAY = "call today"
    UNKNOWN_CAR = "unknown car"
    JUST_IN = "just in"
    NOT_ANSWERED = "not answered"
    NOT_ASSIGNED = "not assigned"


WAITING = (Fate.JUST_IN, Fate.NOT_ANSWERED, Fate.NOT_ASSIGNED)
"""The last ones of the evening: somebody is to do the next step."""


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


class SampleHands:
    """One complaint in the hands of those who work on it."""

    def __init__(self, desk: Desk, plan: CasePlan, customers: list[int], chance: Random) -> None:
        self._desk = desk
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
        self._number = ""
        self._unhappy = False

    @property
    def number(self) -> str:
        """The complaint's number, empty until it is registered."""
        return self._number

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
        self._number = self._complaints.register(draft, act).number

    def _who(self) -> ComplaintDraft:
        if self._plan.plate:
            return ComplaintDraft(plate=self._plan.plate)
        profile = self._customers.profile(self._files[self._plan.customer])
        car = self._chance.choice(profile.draft.vehicles)
        mileage = (car.mileage or 0) + self._minutes(10, 900)
        return ComplaintDraft(customer_id=profile.id, vehicle_id=car.id, brought_by=car.brought_by, mileage=mileage)

    def _void(self, act: Act) -> None:
        reason = "客户打错电话，投诉的是另一家店，已转告对方"
        self._complaints.void(self._number, self._ver(), act, reason)

    def _correct(self, act: Act) -> None:
        self._amend(act, {"channel": self._plan.channel}, "登记时选错渠道，已核对来电记录")

    def _hand_over(self, act: Act) -> None:
        late = self._excuse(Milestone.HAND_OVER, act)
        self._complaints.hand_over(self._number, self._ver(), act, cast().staff[Role.DIRECTOR], late_reason=late)

    def _respond(self, act: Act) -> None:
        late = self._excuse(Milestone.RESPOND, act)
        self._complaints.respond(self._number, self._ver(), act, late_reason=late, note="已给客户回电话")

    def _reply(self, act: Act) -> None:
        reply = self._filled(self._plan.story.first_reply, act)
        self._amend(act, {"first_reply": reply, "adviser": cast().staff[Role.ADVISER], "technician": self._technician})

    def _assign(self, act: Act) -> None:
        line = self._plan.story.line
        responsible = cast().staff[IN_CHARGE[Line(line)]]
        self._complaints.assign(self._number, self._ver(), act, line, responsible)
        self._amend(act, {"planned_on": self._plan.at.date() + timedelta(days=3)})

    def _go_outside(self, act: Act) -> None:
        """What the media, the consumer bodies and the authorities want besides (seed 001 篇1 四)."""
        outside, number = Outside(self._desk), self._number
        if self._plan.channel == Channel.MEDIA:
            published = outside.publish(number, PublicationDraft("本地车友论坛", "投诉区热帖", "截图.png"), act)
            outside.settle(published, 1, act, Withdrawn.WITHDRAWN)
        else:
            self._amend(act, {"case_number": f"{act.at:%y%m}{self._minutes(100, 999)}", "case_result": "双方自行和解"})
        if self._plan.story.severity == Severity.MAJOR:
            outside.escalate(number, self._ver(), act, "邮件", receipt=f"RBO-{self._minutes(1000, 9999)}")

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
        self._reworks.register(self._number, draft, act)
        rework = self._reworks.of_complaint(self._number)[-1]
        if rework.wants_consultation:
            self._reworks.consult(rework.id, rework.ver, "技术总监、主修技师会诊：路试复现后拆检，更换总成件", act)

    def _give_back(self, act: Act) -> None:
        rework = self._reworks.of_complaint(self._number)[-1]
        old = rework.draft
        done = ReworkDraft(
            old.kind, old.order_number, old.came_on, _local(act).date(), old.technician, self._inspector, old.items,
            self._plan.story.rework_result,
        )  # fmt: skip
        self._reworks.amend(rework.id, rework.ver, done, act)

    def _classify(self, act: Act) -> None:
        """Now and then nobody finds the time, so that the list for later is not empty."""
        classes = Classifications(self._desk)
        if self._plan.at.minute % _UNCLASSIFIED == 0 or classes.of_complaint(self._number) is not None:
            return
        story = self._plan.story
        public = self._plan.channel not in _AT_THE_DESK or story.severity == Severity.MAJOR
        kind = "投诉" if public else "抱怨"
        told = {Axis.KIND: kind, Axis.CATEGORY: story.category}
        classes.confirm(self._number, told | {Axis(name): word for name, word in story.classes.items()}, act)

    def _resolve(self, act: Act) -> None:
        story = self._plan.story
        texts = {"solution": story.solution, "soothing": story.soothing, "long_term_measure": story.measure}
        filled = {name: self._filled(text, act) for name, text in texts.items()}
        self._amend(act, {**filled, "done_on": _local(act).date()})
        solutions = Solutions(self._desk)
        if solutions.wanted(self._number) and not solutions.of_complaint(self._number):
            cost = self._minutes(3, 60) * 10_000
            chosen = solutions.propose(
                self._number, SolutionDraft(filled["solution"], cost, "配件有货，三天内可完成"), act
            )
            solutions.propose(self._number, SolutionDraft("按市价回购车辆", 9_800_000, "需要厂家批准"), act)
            solutions.agree(chosen, 1, act)
        told = {"told_customer": f"已向客户说明：{filled['solution']}"}
        late = self._excuse(Milestone.RESOLVE, act)
        self._complaints.resolve(self._number, self._ver(), act, fields=told, late_reason=late)

    def _plan_call(self, act: Act) -> None:
        days = {Fate.NOT_CALLED: 1, Fate.CALL_TODAY: 0}.get(self._plan.fate, 2)
        on = _local(act).date() + timedelta(days=days) if days else self._plan.until
        self._calls.plan(self._number, PlanDraft(on, act.who), act)

    def _call(self, act: Act) -> None:
        happy = self._chance.random() < 0.75
        other = (Satisfaction.FAIR, Satisfaction.SILENT)
        satisfaction = Satisfaction.SATISFIED if happy else self._chance.choice(other)
        score = {Satisfaction.SATISFIED: 9, Satisfaction.FAIR: 7}.get(satisfaction)
        feedback = self._plan.story.feedback[0 if happy else -1]
        answers = _ANSWERS.get(satisfaction, {})
        self._record(act, CallDraft(satisfaction=satisfaction, score=score, feedback=feedback, answers=answers))

    def _call_again(self, act: Act) -> None:
        while any(call.called_at is None for call in self._calls.of_complaint(self._number)):
            self._call(act)

    def _call_in_vain(self, act: Act) -> None:
        outcome = self._chance.choice((Outcome.NO_ANSWER, Outcome.UNREACHABLE))
        self._record(act, CallDraft(outcome=outcome, next_on=_local(act).date() + timedelta(days=1)))

    def _hear_it_is_back(self, act: Act) -> None:
        said = "交车第二天老毛病又犯了，我不满意。"
        self._record(act, CallDraft(satisfaction=Satisfaction.DISSATISFIED, score=3, feedback=said))

    def _close(self, act: Act) -> None:
        if self._plan.channel == Channel.HOTLINE:
            outside, ticket = Outside(self._desk), f"GD{act.at:%Y%m%d}{self._minutes(100, 999)}"
            outside.oem_ticket(self._number, self._ver(), act, ticket, act.at)
        late = self._excuse(Milestone.RESOLVE, act)
        self._complaints.close(self._number, self._ver(), act, "客户认可，同意关闭", late_reason=late)

    def _file(self, act: Act) -> None:
        place = f"{act.at:%Y}年 {act.at.month} 月盒"
        Archive(self._desk).file(self._number, self._ver(), FilingDraft(place), act)

    def _amend(self, act: Act, changes: dict[str, object], reason: str = "") -> None:
        self._complaints.amend(self._number, self._ver(), changes, act, reason)

    def _ver(self) -> int:
        return int(self._desk.rows("SELECT ver FROM complaints WHERE number = ?", (self._number,))[0][0])

    def _excuse(self, milestone: Milestone, act: Act) -> str:
        """Why a step is late, where it is."""
        standing = Clocks(self._desk).milestones_of(self._number, act.at)
        late = any(one.deadline.milestone is milestone and one.late_minutes for one in standing)
        return self._chance.choice(_EXCUSES.get(milestone, _USUAL_EXCUSES)) if late else ""

    def _record(self, act: Act, draft: CallDraft) -> None:
        planned = next(call for call in self._calls.of_complaint(self._number) if call.called_at is None)
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
