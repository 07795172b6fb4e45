"""恶意 and 无效: judged by the director alone, with reason and evidence."""

from __future__ import annotations

import pytest

from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.services.judgements import Judgements
from crm_desktop.services.office import Office
from tests.makers import director, faults, registered
from tests.services.records import care, filed


def test_the_director_judges_with_reason_and_evidence(office: Office):
    number, judgements = registered(office).number, Judgements(office.desk)
    row = judgements.judge(number, "恶意", "同一故障换三家店索赔", "通话录音 3 段", director())
    assert judgements.of_complaint(number) == row
    assert (row.kind, row.who) == ("恶意", "程立群")


def test_nobody_else_judges(office: Office):
    with pytest.raises(NotAllowed):
        Judgements(office.desk).judge(registered(office).number, "无效", "打错", "", care())


@pytest.mark.parametrize(
    ("kind", "reason", "evidence", "missing"),
    [("讨厌", "烦", "x", "kind"), ("无效", "", "x", "reason"), ("恶意", "索赔", "", "evidence")],
)
def test_a_judgement_says_what_and_why(office: Office, kind: str, reason: str, evidence: str, missing: str):
    with pytest.raises(InvalidInput) as refused:
        Judgements(office.desk).judge(registered(office).number, kind, reason, evidence, director())
    assert missing in faults(refused)


def test_a_judgement_can_be_taken_back_and_made_again(office: Office):
    number, judgements = registered(office).number, Judgements(office.desk)
    judgements.judge(number, "无效", "非本店维修", "", director())
    judgements.take_back(number, "查实是本店维修", director())
    assert judgements.of_complaint(number) is None
    judgements.judge(number, "无效", "保养套餐外要求", "", director())
    assert judgements.of_complaint(number).reason == "保养套餐外要求"


def test_a_filed_complaint_is_not_judged_any_more(office: Office):
    with pytest.raises(NotAllowed):
        Judgements(office.desk).judge(filed(office).number, "无效", "打错", "", director())
