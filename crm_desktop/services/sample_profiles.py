"""What the sample home knows of its customers beside their complaints and orders: payments, grades, owners,
preferences, a recall, a survey and a sign."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.customers import CustomerProfile
from crm_desktop.domain.dealings import ContractDraft, PaymentDraft
from crm_desktop.domain.grading import Grade
from crm_desktop.domain.profile import Block, Consent, FactsDraft, Stage
from crm_desktop.domain.recalls import RecallDraft, VinRange
from crm_desktop.domain.sample_words import cast
from crm_desktop.domain.staff import Role
from crm_desktop.domain.surveys import Question, QuestionKind, SurveyDraft
from crm_desktop.services.customers import Customers
from crm_desktop.services.dealings import Dealings
from crm_desktop.services.desk import Desk
from crm_desktop.services.grades import Grades
from crm_desktop.services.owners import Owners
from crm_desktop.services.profiles import Profiles
from crm_desktop.services.recalls import Recalls
from crm_desktop.services.sample_orders import SampleOrders
from crm_desktop.services.signs import Signs
from crm_desktop.services.surveys import Surveys

_YEAR = 360
_LEFT_TO_ACCEPT = 6
"""Every so many a proposal still waits for a person."""
_RECALLED = 3
_ENOUGH = 20
"""Orders from which on a survey finds somebody to call."""
_LIKES = ("喝茶不喝咖啡", "等车时要安静的座位", "喜欢看着师傅干活", "微信发照片说明进度")
_DISLIKES = ("不喜欢被推销保险", "不要在电话里报车牌", "不能多等，接孩子放学")
_TAGS = ("怕等待", "重价格", "重态度", "懂技术")
_REGIONS = ("市区", "市区", "郊区", "外地")
_QUESTIONS = (
    Question("接待是否热情"),
    Question("维修质量是否满意"),
    Question("是否按约定时间交车", QuestionKind.YES_NO),
)


class SampleProfiles:
    """Done in one go on the last evening, when every file is there."""

    def __init__(self, desk: Desk, files: Sequence[int], seed: int, orders: SampleOrders) -> None:
        self._desk = desk
        self._files = files
        self._orders = orders
        self._chance = Random(seed)  # noqa: S311 - sample data is no secret
        self._advisers = (cast().staff[Role.ADVISER], cast().staff[Role.MANAGER])

    def fill(self, act: Act) -> None:
        """Everything, for every file in its order."""
        if not self._files:
            return
        profiles = [Customers(self._desk).profile(found) for found in self._files]
        for place, profile in enumerate(profiles):
            self._told(place, profile.id, act)
            self._paid(place, profile.id, act)
        grades = Grades(self._desk)
        grades.confirm(self._files[0], Grade.VIP, act, "车友会会长，带来不少朋友")
        proposed = [p.customer_id for p in grades.proposals(local_day(act.at)) if not p.grade]
        grades.accept([found for place, found in enumerate(proposed) if place % _LEFT_TO_ACCEPT], act)
        self._around(profiles, act)

    def _told(self, place: int, customer: int, act: Act) -> None:
        """What was asked of one in three; every file has an owner but one in nine."""
        profiles = Profiles(self._desk)
        profiles.move_stage(customer, Stage.DEAL, act)
        if place % 3 == 0:
            facts = FactsDraft(
                likes=self._chance.choice(_LIKES),
                dislikes=self._chance.choice(_DISLIKES),
                usual_adviser=self._advisers[place % 2],
                contact_consent=Consent.YES if place % 2 else Consent.NO,
                keep_consent=Consent.YES,
                do_not_disturb=place % 12 == 6,
            )
            profiles.amend_facts(customer, profiles.facts(customer).ver, facts, act)
            profiles.confirm_checked(customer, Block.BASICS, act)
            profiles.tag(customer, self._chance.choice(_TAGS), act)
        if place % 9 != 8:
            owner, region = self._advisers[place % 2], self._chance.choice(_REGIONS)
            Owners(self._desk).assign([customer], owner, act, region=region)

    def _paid(self, place: int, customer: int, act: Act) -> None:
        dealings, today = Dealings(self._desk), local_day(act.at)
        if place % 4 == 0:
            due = today - timedelta(days=self._chance.randrange(5, 200))
            paid = None if place % 12 == 0 else due + timedelta(days=self._chance.randrange(-4, 4))
            dealings.add_payment(customer, PaymentDraft(158_000, due, paid, "微信", "维修结算"), act)
        if place % 10 == 5:
            signed = today - timedelta(days=self._chance.randrange(20, 300))
            contract = ContractDraft("保养套餐", signed, f"HT{signed:%Y}-{place:03d}", amount_fen=288_000)
            dealings.add_contract(customer, contract, act)

    def _around(self, profiles: Sequence[CustomerProfile], act: Act) -> None:
        today, vins = local_day(act.at), [car.vin for p in profiles for car in p.draft.vehicles]
        ranges = tuple(VinRange(vin, vin) for vin in vins[:_RECALLED])
        starts = today - timedelta(days=40)
        Recalls(self._desk).register(
            RecallDraft("转向柱固定螺栓力矩复查", ranges, number="S2026-031", starts_on=starts), act
        )
        Signs(self._desk).note("洗车等了四十分钟，走的时候没说话", act, profiles[0].id)
        if self._orders.of_files >= _ENOUGH:
            asked = SurveyDraft("进厂客户满意度", _QUESTIONS, today - timedelta(days=_YEAR), today, 10)
            Surveys(self._desk).start(asked, act)
