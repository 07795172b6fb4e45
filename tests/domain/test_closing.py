"""What closing asks for: exactly the list of the procedure, each line with its field and its tab."""

from dataclasses import replace

import pytest

from crm_desktop.domain.closing import ClosingFacts, NotReady, closing_blockers, resolving_blockers

COMPLETE = ClosingFacts(
    channel="接待",
    severity="重大",
    customer_name="曾小明",
    reachable=True,
    car=True,
    words="变速箱一顿一顿",
    asks_hand_over=True,
    asks_response=True,
    handed_over=True,
    responded=True,
    resolved=True,
    responsible="冯学勤",
    correction="更换阀体",
    solution="免费更换",
    soothing="送代步车",
    told_customer=True,
    root_cause="入库检验没有查油道",
    long_term_measure="质检员每批抽查 5 件",
)


def missing(**changes):
    """The fields closing still wants of a complete case with these differences."""
    return [blocker.field for blocker in closing_blockers(replace(COMPLETE, **changes))]


def test_a_complete_case_lacks_nothing():
    assert closing_blockers(COMPLETE) == ()


@pytest.mark.parametrize(
    ("lack", "field"),
    [
        ({"customer_name": ""}, "customer_name"),
        ({"reachable": False}, "phone"),
        ({"car": False}, "plate"),
        ({"words": ""}, "words"),
        ({"handed_over": False}, "hand_over"),
        ({"responded": False}, "respond"),
        ({"resolved": False}, "resolve"),
        ({"unexplained": ("移交",)}, "late_reason"),
        ({"responsible": ""}, "responsible"),
        ({"correction": ""}, "correction"),
        ({"solution": ""}, "solution"),
        ({"soothing": ""}, "soothing"),
        ({"told_customer": False}, "told_customer"),
        ({"root_cause": ""}, "root_cause"),
        ({"cause_fault": "请再问一层。"}, "root_cause"),
        ({"long_term_measure": ""}, "long_term_measure"),
        ({"measure_fault": "还没有写明：谁来做。"}, "long_term_measure"),
        ({"reworks_open": 2}, "finished_on"),
    ],
)
def test_whatever_is_lacking_is_told_by_its_field(lack, field):
    assert missing(**lack) == [field]


def test_a_route_without_a_milestone_does_not_ask_for_it():
    assert missing(asks_hand_over=False, handed_over=False, asks_response=False, responded=False) == []


@pytest.mark.parametrize(
    ("channel", "severity", "fields"),
    [
        ("回访", "重大", []),
        ("400热线", "一般", ["oem_ticket", "oem_closed_at"]),
        ("媒体", "一般", ["withdrawals"]),
        ("媒体", "重大", ["withdrawals", "receipt"]),
        ("消协", "一般", []),
        ("消协", "重大", ["receipt"]),
        ("行业管理", "重大", ["receipt"]),
        ("其他", "重大", []),
    ],
)
def test_every_route_asks_for_its_own(channel, severity, fields):
    assert missing(channel=channel, severity=severity) == fields


@pytest.mark.parametrize(
    ("published", "unsettled", "fields"), [(0, 0, ["withdrawals"]), (2, 1, ["withdrawals"]), (2, 0, [])]
)
def test_what_the_media_brought_is_settled_first(published, unsettled, fields):
    assert missing(channel="媒体", severity="一般", published=published, unsettled=unsettled) == fields


def test_the_maker_s_ticket_and_the_receipt_settle_their_routes():
    assert missing(channel="400热线", oem_ticket="W1", oem_closed=True) == []
    assert missing(channel="消协", receipt=True) == []


def test_every_line_is_a_sentence_and_leads_to_a_tab():
    lacking = ClosingFacts("媒体", "重大", asks_hand_over=True, asks_response=True, reworks_open=1)
    blockers = closing_blockers(lacking)
    assert len(blockers) == 17
    assert all(blocker.sentence.endswith("。") and blocker.tab for blocker in blockers)


def test_a_refusal_counts_and_tells_everything_in_one_sentence():
    refused = NotReady("关闭", closing_blockers(replace(COMPLETE, car=False, responsible="")))
    assert refused.sentence == "还不能关闭，缺 2 项：车辆信息没有填车牌号或 VIN；没有定责任人。"
    assert set(refused.fields) == {"plate", "responsible"}


def test_solving_asks_for_its_texts_and_for_an_agreed_option_only_where_one_is_wanted():
    empty = ClosingFacts("接待", "重大")
    assert [b.field for b in resolving_blockers(empty, wants_solution=False, agreed=False)] == [
        "correction",
        "solution",
        "soothing",
        "told_customer",
    ]
    assert [b.field for b in resolving_blockers(COMPLETE, wants_solution=True, agreed=False)] == ["solutions"]
    assert resolving_blockers(COMPLETE, wants_solution=True, agreed=True) == ()
