"""What becomes of the measures of the sample home: decided, carried out, evaluated by somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from crm_desktop.clock import local_day, to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.measures import WINDOW_DAYS, Conclusion, EvaluationDraft, MeasureKind
from crm_desktop.domain.monthly import month_before
from crm_desktop.domain.proofs import Alike
from crm_desktop.services.desk import Desk
from crm_desktop.services.measure_lists import MeasureLists
from crm_desktop.services.measures import Measures
from crm_desktop.services.monthly import MonthlyReports
from crm_desktop.services.monthly_editions import MonthlyEditions
from crm_desktop.services.proofs import Proofs
from crm_desktop.services.sample_hands import SampleHands

_VERIFY = "服务经理每周五抽查5单施工单和终检单，连续4周记录缺漏0处视为有效"
_EVIDENCE = "新版单据从{day}起使用，样张和抽查记录4份在客户关爱部“措施”文件夹"
_BASIS = "查抱怨台账同类别件数，核对抽查记录4份"
_COMPARED = (Alike.CATEGORY, Alike.LINE)
DAYS_TO_FINISH, DAYS_TO_EVALUATE = 6, WINDOW_DAYS + 1


class SampleMeasure:
    """One measure out of one complaint; ``preventive`` is decided beforehand, whether it helped the register says."""

    def __init__(self, desk: Desk, case: SampleHands, preventive: bool) -> None:
        self._measures = Measures(desk)
        self._lists = MeasureLists(desk)
        self._proofs = Proofs(desk)
        self._case = case
        self._preventive = preventive

    def decide(self, act: Act) -> None:
        """The 责任人 makes a measure of what the form says."""
        plain = self._measures.draft_of(self._case.number)
        due_on = local_day(act.at) + timedelta(days=DAYS_TO_FINISH + 1)
        kind = MeasureKind.PREVENTIVE if self._preventive else MeasureKind.CORRECTIVE
        self._measures.register(replace(plain, kind=kind, due_on=due_on, amount="每周 5 单", verify=_VERIFY), act)

    def finish(self, act: Act) -> None:
        """He carries it out."""
        row = self._lists.of_complaint(self._case.number)[0]
        self._measures.finish(row.id, row.ver, _EVIDENCE.format(day=_day(to_local(act.at))), act)

    def evaluate(self, act: Act) -> None:
        """Somebody else looks whether it helped: what came again forbids 有效."""
        row = self._lists.of_complaint(self._case.number)[0]
        proof = self._proofs.of(row, _COMPARED, until=local_day(act.at))
        before, after = (len(proof.before.numbers), len(proof.after.numbers)) if proof else (0, 0)
        found = Conclusion.INEFFECTIVE if after >= before else Conclusion.PARTLY
        told = EvaluationDraft(conclusion=found if after else Conclusion.EFFECTIVE, basis=_BASIS, compared=_COMPARED)
        self._measures.evaluate(row.id, row.ver, told, act)


class SampleReports:
    """The month's reports, frozen by the care department at the beginning of the next month, then signed."""

    def __init__(self, desk: Desk) -> None:
        self._reports, self._editions = MonthlyReports(desk), MonthlyEditions(desk)

    def freeze_last_month(self, act: Act) -> None:
        """编制 of the month before."""
        self._reports.freeze(_last_month(act), act)

    def sign_last_month(self, act: Act) -> None:
        """服务总监 agrees."""
        self._editions.sign(_last_month(act), "同意，措施到期逐项复查。", act)

    def review_last_month(self, act: Act) -> None:
        """总经理 has read it."""
        self._editions.review(_last_month(act), "已阅。", act)


def _last_month(act: Act) -> str:
    return f"{month_before(local_day(act.at).replace(day=1)):%Y-%m}"


def _day(moment: datetime) -> str:
    return f"{moment.month}月{moment.day}日"
