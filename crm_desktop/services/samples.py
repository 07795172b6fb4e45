"""Fills an empty home with believable sample data: a quarter at the desk that ends the evening before ``until``."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random

from crm_desktop.clock import to_utc
from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaints import Channel
from crm_desktop.domain.customers import CustomerDraft
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.papers import Paper
from crm_desktop.domain.rights import rights_of
from crm_desktop.domain.sample_words import Story, cast, stories
from crm_desktop.domain.staff import ADMINISTRATOR, Role
from crm_desktop.services.access import Access
from crm_desktop.services.customers import Customers
from crm_desktop.services.desk import Desk
from crm_desktop.services.duties import Duties
from crm_desktop.services.sample_care import SampleCare
from crm_desktop.services.sample_cases import SampleCase, Step
from crm_desktop.services.sample_hands import IN_CHARGE, OPENS, WAITING, CasePlan, Fate
from crm_desktop.services.sample_measures import SampleReports
from crm_desktop.services.sample_orders import PER_COMPLAINT, SampleOrders
from crm_desktop.services.sample_people import BRAND, Town
from crm_desktop.services.sample_profiles import SampleProfiles
from crm_desktop.services.settings import Settings

DEALER_NAME = "示范上汽大众4S店"
DEALER_CODE = "7580123"
DEALER_ADDRESS, DEALER_PHONE = "示范市示范路 8 号", "021-5555 0100"
SAMPLE_PIN = "2468"
"""Everybody's PIN in a sample home; its window says so."""
QUARTER = 90
_BEFORE = 6
"""The shop is open so many days before its first complaint."""
_SPANS = ((0.2, 10, 4), (0.15, 3, 1))
"""Shares of a quarter's complaints and how many days ago they came in: last week's, the open ones of now."""
_OLD = 11
"""What is not in ``_SPANS`` came in so many days ago or more."""

_CHANNELS = (
    Channel.RECEPTION, Channel.FOLLOW_UP, Channel.HOTLINE, Channel.RECEPTION, Channel.OTHER, Channel.FOLLOW_UP,
    Channel.MEDIA, Channel.RECEPTION, Channel.CONSUMER_BODY, Channel.FOLLOW_UP, Channel.AUTHORITY, Channel.HOTLINE,
)  # fmt: skip
_FATES_OF_OLD = {6: Fate.VOID, 12: Fate.BACK_AGAIN, 18: Fate.CORRECTED}
Told = Callable[[int, int], None]
_FATES_OF_LAST_WEEK = (Fate.NOT_CALLED, Fate.CALL_TODAY, Fate.USUAL)


def fill(
    desk: Desk, customers: int, complaints: int, until: date, seed: int, days: int = QUARTER, told: Told | None = None
) -> None:
    """So many customers and complaints of the ``days`` before ``until``, staff for every role, and the dealership.

    Calls are due on ``until`` and before it. The same arguments give the same records (in the same time zone).
    ``told`` hears how many of how many steps are done.

    :raises InvalidInput: the home is not empty, or complaints are asked for without a customer.
    """
    if customers < 0 or complaints < 0 or (complaints and not customers):
        raise InvalidInput("演示数据的客户数和抱怨单数不能为负，有抱怨单就至少要有一位客户。")
    if desk.rows("SELECT 1 FROM history LIMIT 1"):
        raise InvalidInput("这个数据文件夹里已经有数据，演示数据只放进空的文件夹，请用 --home 另指定一个新文件夹。")
    _Fill(desk, until, seed, days).run(customers, complaints, told)


class _Fill:
    """One run; everything is planned first and then done in the order of time, in one transaction."""

    def __init__(self, desk: Desk, until: date, seed: int, days: int) -> None:
        self._desk = desk
        self._days, self._open = days, days + _BEFORE
        self._until = until
        self._seed = seed
        self._chance = Random(seed)  # noqa: S311 - sample data is no secret
        self._town = Town(self._chance, until)
        self._staff: dict[str, int] = {}
        self._files: list[int] = []

    def run(self, customers: int, complaints: int, told: Told | None) -> None:
        begun = sorted(self._morning_of_file(i, customers) for i in range(customers))
        plans = self._plans(complaints, begun)
        cases = [SampleCase(self._desk, plan, self._files, self._chance) for plan in plans]
        steps = [*self._filing(begun), *(step for case in cases for step in case.steps()), *self._reports()]
        steps += self._around(complaints)
        midnight = datetime.combine(self._until, datetime.min.time())
        with self._desk.writing(self._act(self._day(self._open), Role.DIRECTOR, "演示数据")):
            self._open_shop()
            for done, step in enumerate(sorted(steps, key=_time_of), 1):
                if step.at < midnight:
                    step.do(self._act(step.at, step.role, step.screen))
                if told:
                    told(done, len(steps))

    def _open_shop(self) -> None:
        act, access = self._act(self._day(self._open), Role.DIRECTOR, "设置"), Access(self._desk)
        others = [paper for paper in Paper if paper not in (Paper.REGISTER, Paper.COMPLAINT)]
        numbers = {Paper.REGISTER: "SFDZ-SH-04", Paper.COMPLAINT: "SFDZ-SH-03"}
        numbers |= {paper: f"SFDZ-SH-{place:02d}" for place, paper in enumerate(others, 5)}
        Settings(self._desk).change(
            {
                "dealership.name": DEALER_NAME,
                "dealership.code": DEALER_CODE,
                "dealership.brand": BRAND,
                "dealership.address": DEALER_ADDRESS,
                "dealership.phone": DEALER_PHONE,
                "demo": "1",
                **{f"paper.{paper}.document_number": number for paper, number in numbers.items()},
                **{f"paper.{paper}.version": "A/1" for paper in Paper},
            },
            act,
        )
        for role in Role:
            self._staff[role] = access.hire(cast().staff[role], (role,), SAMPLE_PIN, act).person_id
        for line, role in IN_CHARGE.items():
            Duties(self._desk).answer_for(line, self._staff[role], act)

    def _filing(self, begun: list[datetime]) -> Iterator[Step]:
        for at in begun:
            yield Step(at, Role.ADVISER, "客户档案", _Filing(self._desk, self._town.customer(), self._files).register)

    def _around(self, complaints: int) -> Iterator[Step]:
        """Orders every Monday and first of the month and on the last evening; then what is known of the customers, and
        the calls to those who never complained."""
        last_evening, a_day = self._day(1) + timedelta(minutes=550), PER_COMPLAINT * complaints / self._days
        orders = SampleOrders(self._desk, self._files, self._seed, a_day, self._day(self._open).date())
        profiles = SampleProfiles(self._desk, self._files, self._seed, orders)
        for ago in range(self._open - 1, 1, -1):
            at = self._day(ago) + timedelta(minutes=30)
            if at.weekday() == 0 or at.day == 1:
                yield Step(at, Role.DIRECTOR, "导入", orders.bring)
        yield Step(last_evening, Role.DIRECTOR, "导入", orders.bring)
        yield Step(last_evening + timedelta(minutes=5), Role.DIRECTOR, "客户档案", profiles.fill)
        care = SampleCare(self._desk, self._until)
        yield Step(last_evening + timedelta(minutes=6), Role.CARE_AGENT, "客户档案", care.plan)

    def _reports(self) -> Iterator[Step]:
        """On the third of each month the report of the month before, signed and reviewed on the two days after."""
        reports = SampleReports(self._desk)
        verbs = {
            3: (Role.CARE_DIRECTOR, reports.freeze_last_month),
            4: (Role.DIRECTOR, reports.sign_last_month),
            5: (Role.GENERAL_MANAGER, reports.review_last_month),
        }
        frozen = False
        for ago in range(self._open):
            at = self._day(self._open - 1 - ago) + timedelta(minutes=60)
            frozen = frozen or at.day == 3
            if frozen and at.day in verbs:
                role, verb = verbs[at.day]
                yield Step(at, role, "报表", verb)

    def _plans(self, count: int, begun: list[datetime]) -> list[CasePlan]:
        told = self._told()
        plans = []
        for number, at in enumerate(self._times(count)):
            story, words = next(told)
            fate = self._fate(number, count)
            if fate is Fate.BACK_AGAIN:  # only a car that was in rework can come back for the same fault
                story, words = next(pair for pair in told if pair[0].rework)
            channel = _CHANNELS[number % len(_CHANNELS)]
            if story.channels and channel not in story.channels:
                channel = Channel(story.channels[0])
            if fate in WAITING:
                channel = Channel.RECEPTION
            known = bisect_left(begun, at)
            plate = self._town.stranger() if fate is Fate.UNKNOWN_CAR else ""
            customer = self._chance.randrange(known)
            plans.append(CasePlan(story, words, channel, at, self._until, fate, customer, plate))
        return plans

    def _told(self) -> Iterator[tuple[Story, str]]:
        """Every wording of every story once, then all over again in another order."""
        wordings = [(story, words) for story in stories() for words in story.words]
        while True:
            yield from self._chance.sample(wordings, len(wordings))

    def _times(self, count: int) -> list[datetime]:
        """Local times of entry, oldest first."""
        old, week = self._shares(count)
        times = []
        spans = ((old, self._days, _OLD), (week, *_SPANS[0][1:]), (count - old - week, *_SPANS[1][1:]))
        for many, first, last in spans:
            for number in range(many):
                yesterday_evening = last == 1 and number < 2
                day = self._day(1 if yesterday_evening else self._chance.randint(last, first))
                times.append(day + timedelta(minutes=self._chance.randrange(450 if yesterday_evening else 15, 525)))
        return sorted(times)

    def _fate(self, number: int, count: int) -> Fate:
        old, week = self._shares(count)
        if number < old:
            return _FATES_OF_OLD.get(number % 24, Fate.USUAL)
        if number < old + week:
            return _FATES_OF_LAST_WEEK[(number - old) % len(_FATES_OF_LAST_WEEK)]
        last = {count - 1: Fate.JUST_IN, count - 2: Fate.NOT_ANSWERED, count - 3: Fate.NOT_ASSIGNED}
        return {**last, old + week + 1: Fate.UNKNOWN_CAR}.get(number, Fate.USUAL)

    def _shares(self, count: int) -> tuple[int, int]:
        """How many complaints are old, how many last week's; the rest are open now."""
        week, now = (share * QUARTER / self._days for share, _, _ in _SPANS)
        return round(count * (1 - week - now)), round(count * week)

    def _morning_of_file(self, number: int, count: int) -> datetime:
        """When the customer's file began: spread over the whole time, the first ones before any complaint."""
        day = self._open - 1 - number * (self._open - 2) // count
        return self._day(day) + timedelta(minutes=number * 17 % 500)

    def _day(self, ago: int) -> datetime:
        return datetime.combine(self._until - timedelta(days=ago), OPENS)

    def _act(self, at: datetime, role: Role, screen: str) -> Act:
        duties = (role, ADMINISTRATOR) if role is Role.DIRECTOR else (role,)
        rights = rights_of(duties)
        return Act(cast().staff[role], to_utc(at), screen, self._staff.get(role), role, duties, rights)


class _Filing:
    """One customer's file to be begun when its day comes."""

    def __init__(self, desk: Desk, draft: CustomerDraft, files: list[int]) -> None:
        self._customers = Customers(desk)
        self._draft = draft
        self._files = files

    def register(self, act: Act) -> None:
        self._files.append(self._customers.register(self._draft, act)[0])


def _time_of(step: Step) -> datetime:
    return step.at
