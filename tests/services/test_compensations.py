"""损失和补偿: lines of a complaint, each with its page and kind; above somebody's limit another one approves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from crm_desktop.domain.compensations import EntryDraft, Loss, Side
from crm_desktop.domain.errors import InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.staff import Role
from crm_desktop.models.complaints import Complaint
from crm_desktop.services.office import Office
from crm_desktop.services.rules import RuleName
from tests.makers import TODAY, act, director, faults, registered
from tests.services import procedure
from tests.services.people import ADVISER, DIRECTOR, ActOf
from tests.services.procedure import received
from tests.services.records import filed


def given(yuan: int, kind: str = "退款", **more: str) -> EntryDraft:
    """So much 补偿."""
    return EntryDraft(Side.GIVEN, kind, yuan * 100, **more)


def test_a_ledger_has_three_pages_and_says_their_sums(office: Office) -> None:
    number, book = registered(office).number, office.compensations
    for draft in (
        EntryDraft(Side.LOSS, Loss.MONEY, 32_000, note="打车"),
        EntryDraft(Side.LOSS, Loss.TIME, hours=6, note="来店三趟"),
        EntryDraft(Side.LOSS, Loss.MIND, note="老人受了惊吓"),
        EntryDraft(Side.CLAIM, "赔钱", 500_000),
        given(320),
    ):
        book.enter(number, draft, act())
    kept = book.of_complaint(number)
    assert kept.words == "损失 320 元、6 小时 · 索赔 5,000 元 · 补偿 320 元"
    assert (kept.hours, len(kept.rows)) == (6, 5)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (EntryDraft("收入", "退款", 100), "side"),
        (EntryDraft(Side.GIVEN, "送一辆车", 100), "kind"),
        (EntryDraft(Side.LOSS, "退款", 100), "kind"),
        (EntryDraft(Side.GIVEN, "退款", -1), "amount"),
        (EntryDraft(Side.GIVEN, "退款"), "amount"),
        (EntryDraft(Side.LOSS, "时间", hours=-1), "hours"),
    ],
)
def test_a_line_that_cannot_be_one_is_refused_at_its_field(office: Office, draft: EntryDraft, field: str) -> None:
    number = registered(office).number
    with pytest.raises(InvalidInput) as refused:
        office.compensations.enter(number, draft, act())
    assert list(faults(refused)) == [field]
    assert office.compensations.of_complaint(number).rows == ()


def test_the_sum_of_what_was_given_is_the_compensation_of_the_complaint(office: Office) -> None:
    saved, book = registered(office), office.compensations
    first = book.enter(saved.number, given(300), act())
    book.enter(saved.number, given(50, "小礼品"), act())
    assert office.cases.case(saved.number).fields["compensation_fen"] == 35_000
    book.take_back(first, 1, "登记到别的单上了", act())
    assert office.cases.case(saved.number).fields["compensation_fen"] == 5_000
    assert office.solutions.wanted(saved.number) is False


def test_a_sum_above_the_limit_of_the_rules_asks_for_an_agreed_solution(office: Office) -> None:
    saved = registered(office)
    office.compensations.enter(saved.number, given(5001), act())
    assert office.solutions.wanted(saved.number) is True


def test_what_was_typed_as_one_number_before_becomes_the_first_line(office: Office) -> None:
    saved = registered(office)
    office.complaints.amend(saved.number, 1, {"compensation_fen": 20_000}, act())
    office.compensations.enter(saved.number, given(100), act())
    rows = office.compensations.of_complaint(saved.number).rows
    assert [(row.draft.amount_fen, row.draft.note) for row in rows] == [
        (20_000, "填在“补偿金额”里"),
        (10_000, ""),
    ]
    case = office.cases.case(saved.number)
    with pytest.raises(InvalidInput, match="按笔登记"):
        office.complaints.amend(saved.number, case.ver, {"compensation_fen": 1}, act())


def test_a_line_is_taken_back_with_a_reason_and_once(office: Office) -> None:
    number, book = registered(office).number, office.compensations
    made = book.enter(number, given(10), act())
    with pytest.raises(InvalidInput, match="冲销一笔请写明原因"):
        book.take_back(made, 1, " ", act())
    book.take_back(made, 1, "重复", act())
    with pytest.raises(NotFound, match="没有这一笔"):
        book.take_back(made, 2, "重复", act())
    assert office.cases.case(number).fields["compensation_fen"] is None


def test_the_limit_counts_the_whole_complaint_not_one_line(office: Office) -> None:
    number = received(office).number
    office.compensations.enter(number, given(150), procedure.by(Role.ADVISER))
    with pytest.raises(
        NotAllowed, match="补偿合计 250 元，谢文杰的额度是 200 元：请由索赔员、配件经理、市场经理输入 PIN"
    ):
        office.compensations.enter(number, given(100), procedure.by(Role.ADVISER))
    office.compensations.enter(number, EntryDraft(Side.CLAIM, "赔钱", 900_000), procedure.by(Role.ADVISER))


def test_whoever_may_give_more_approves_and_stands_on_the_line(office: Office) -> None:
    number = received(office).number
    office.compensations.enter(number, given(1500), procedure.by(Role.ADVISER), approved=procedure.by(Role.MANAGER))
    row = office.compensations.of_complaint(number).rows[0]
    assert (row.who, row.approved_by) == ("谢文杰", "梁晓雯")
    with pytest.raises(NotAllowed, match="梁晓雯的额度是 5,000 元"):
        office.compensations.enter(number, given(4000), procedure.by(Role.ADVISER), approved=procedure.by(Role.MANAGER))


def test_a_number_typed_by_hand_keeps_to_the_limit_too(office: Office) -> None:
    saved = received(office)
    with pytest.raises(NotAllowed, match="超过谢文杰的额度"):
        office.complaints.amend(saved.number, saved.ver, {"compensation_fen": 20_001}, procedure.by(Role.ADVISER))
    office.complaints.amend(saved.number, saved.ver, {"compensation_fen": 20_000}, procedure.by(Role.ADVISER))


def test_a_number_typed_anew_is_still_one_line(office: Office) -> None:
    saved = registered(office)
    saved = office.complaints.amend(saved.number, 1, {"compensation_fen": 20_000}, act())
    saved = office.complaints.amend(saved.number, saved.ver, {"compensation_fen": 30_000}, act())
    assert [row.draft.amount_fen for row in office.compensations.of_complaint(saved.number).rows] == [30_000]
    office.complaints.amend(saved.number, saved.ver, {"compensation_fen": None}, act())
    assert office.compensations.of_complaint(saved.number).rows == ()


def test_a_sum_from_before_there_was_a_ledger_becomes_its_first_line(office: Office) -> None:
    saved = registered(office)
    with office.desk.writing(act()) as ledger:
        ledger.change(Complaint, saved.id, {"compensation_fen": 7_000})
    office.compensations.enter(saved.number, given(10), act())
    assert office.cases.case(saved.number).fields["compensation_fen"] == 8_000


def test_those_with_a_higher_limit_are_offered_by_name(guarded: Office, by: ActOf) -> None:
    assert guarded.compensations.approvers(by(ADVISER)) == [DIRECTOR]
    assert guarded.compensations.approvers(by(DIRECTOR)) == []
    assert guarded.compensations.limit_fen(by(ADVISER)) == 20_000
    assert guarded.compensations.approvers(act()) == []


def test_a_deputy_approves_up_to_the_limit_of_whom_he_stands_in_for(office: Office) -> None:
    number = received(office).number
    deputy = replace(procedure.by(Role.MANAGER), deputy_of="服务总监")
    office.compensations.enter(number, given(9000), procedure.by(Role.ADVISER), approved=deputy)
    assert office.compensations.of_complaint(number).rows[0].approved_by == "梁晓雯（代服务总监）"


def test_the_dealership_sets_its_own_limits(office: Office) -> None:
    table = office.rules.table(RuleName.COMPENSATION)
    table["limits"] = [{"role": "服务顾问", "yuan": 1000}]
    office.rules.change(RuleName.COMPENSATION, table, act(), "授权给前台")
    number = received(office).number
    office.compensations.enter(number, given(1000), procedure.by(Role.ADVISER))
    with pytest.raises(NotAllowed, match="额度是 0 元"):
        office.compensations.enter(number, given(1), director())


def test_the_month_gets_every_line_of_its_complaints(office: Office) -> None:
    first, second = received(office).number, received(office, "2026-11-20 09:00").number
    for number in (first, second):
        office.compensations.enter(number, given(10), act())
    lines = office.compensations.lines(TODAY, TODAY)
    assert [(line.number, line.draft.kind, line.draft.amount_fen) for line in lines] == [(first, "退款", 1_000)]
    assert len(office.compensations.lines(date(2026, 11, 1), date(2026, 11, 30))) == 2


def test_the_cost_of_past_cases_is_told_by_their_ids(office: Office) -> None:
    with_cost, without = received(office), received(office, plate="沪B12345")
    office.compensations.enter(with_cost.number, given(88), act())
    assert office.compensations.cost_fen([with_cost.id, without.id]) == {with_cost.id: 8_800}


def test_a_filed_complaint_takes_no_line(office: Office) -> None:
    number = filed(office).number
    with pytest.raises(NotAllowed, match="已存档"):
        office.compensations.enter(number, given(1), director())


def test_the_history_of_the_case_tells_every_line_in_words_of_the_desk(office: Office) -> None:
    number = registered(office).number
    made = office.compensations.enter(number, given(50), act())
    office.compensations.take_back(made, 1, "登记错了", act())
    told = [(line.field, line.new, line.reason) for line in office.cases.history(number)]
    assert ("损失和补偿·新建", "补偿 退款", "") in told and ("损失和补偿·去掉", "1", "登记错了") in told
