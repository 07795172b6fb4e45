"""更正: a wrongly stamped step is put right beside the old one, the clocks follow, words may be let pass."""

import pytest

from crm_desktop.domain.errors import InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.staff import Role
from crm_desktop.domain.standing import ClockState
from tests.makers import ANALYSED, act, at, registered
from tests.services.procedure import analysed, by, fields, handed_over, moment, solved

CARE = by(Role.CARE_AGENT)


def event(office, number, kind):
    """The last event of a kind."""
    return next(e for e in reversed(office.cases.case(number).events) if e.kind == kind)


def correct(office, saved, kind, local, reason="录入时看错表", who=CARE):
    """A step corrected to another time of the day; None says it did not happen."""
    wrong = event(office, saved.number, kind).id
    when = moment(local) if local else None
    return office.corrections.correct_milestone(saved.number, saved.ver, who, wrong, when, reason)


def test_a_corrected_time_counts_for_the_clocks_and_the_old_one_stays(office):
    saved = handed_over(office, "2026-11-21 09:40", severity="重大")
    assert office.clocks.milestones_of(saved.number)[0].state is ClockState.DONE_LATE
    done = correct(office, saved, "handed_over", "09:04")
    assert (done.state, office.clocks.milestones_of(saved.number)[0].state) == ("已移交", ClockState.DONE)
    events = [e for e in office.cases.case(saved.number).events if e.kind == "handed_over"]
    assert [(e.at, e.corrected) for e in events] == [(moment("09:40"), True), (moment("09:04"), False)]
    assert (events[1].note, events[1].detail) == ("更正（原为 2026-11-21 09:40）：录入时看错表", events[0].detail)


def test_a_correction_moves_no_complaint(office):
    saved = solved(office)
    assert correct(office, saved, "handed_over", "09:02").state == "已解决"
    assert all(not finding.trouble for finding in office.upkeep.check())


def test_a_step_that_did_not_happen_leaves_the_course(office):
    saved = handed_over(office)
    assert correct(office, saved, "handed_over", None).state == "登记"
    assert "hand_over" in fields(office, saved.number)
    assert office.complaints.hand_over(saved.number, 3, act()).state == "已移交"


@pytest.mark.parametrize(
    ("kind", "local", "reason", "told"),
    [
        ("handed_over", "09:04", " ", "请写明原因"),
        ("handed_over", "08:00", "x", "早于受理时间"),
        ("resolved", None, "x", "不能改成没有发生"),
        ("registered", "09:01", "x", "不能更正"),
    ],
)
def test_what_cannot_be_corrected_is_refused_with_a_sentence(office, kind, local, reason, told):
    saved = solved(office)
    with pytest.raises((InvalidInput, NotAllowed), match=told):
        correct(office, saved, kind, local, reason)


def test_a_corrected_step_is_corrected_again_only_by_its_newest_line(office):
    saved = handed_over(office)
    first = event(office, saved.number, "handed_over").id
    saved = correct(office, saved, "handed_over", "09:04")
    with pytest.raises(NotAllowed, match="选最新的一条"):
        office.corrections.correct_milestone(saved.number, saved.ver, CARE, first, moment("09:03"), "x")
    assert correct(office, saved, "handed_over", "09:03").state == "已移交"


def test_the_closing_time_is_the_director_s_to_correct(office):
    saved = solved(office)
    saved = office.complaints.close(saved.number, saved.ver, by(Role.DIRECTOR))
    with pytest.raises(NotAllowed, match="服务总监"):
        correct(office, saved, "closed", "13:30")
    assert correct(office, saved, "closed", "13:30", who=by(Role.DIRECTOR)).state == "已关闭"


def test_a_correction_of_the_receiving_time_moves_the_first_event_too(office):
    saved = registered(office)
    office.complaints.amend(saved.number, 1, {"received_at": at("2026-11-20 09:00")}, act(), "记错日期")
    assert event(office, saved.number, "registered").at == at("2026-11-20 09:00")
    assert all(not finding.trouble for finding in office.upkeep.check())


def test_a_step_of_another_complaint_is_not_found(office):
    saved, other = handed_over(office), handed_over(office)
    foreign = event(office, other.number, "handed_over").id
    with pytest.raises(NotFound):
        office.corrections.correct_milestone(saved.number, saved.ver, CARE, foreign, moment("09:04"), "x")
    with pytest.raises(NotFound):
        office.corrections.explain_late(saved.number, saved.ver, CARE, foreign, "x")


def test_a_reason_for_lateness_says_something(office):
    saved = handed_over(office)
    with pytest.raises(InvalidInput, match="请写明超期原因"):
        office.corrections.explain_late(
            saved.number, saved.ver, CARE, event(office, saved.number, "handed_over").id, ""
        )


def test_only_the_director_lets_words_pass_and_only_where_they_are_blocked(office):
    saved, let_pass = analysed(office), office.corrections.override_wording
    with pytest.raises(NotAllowed, match="服务总监"):
        let_pass(saved.number, saved.ver, CARE, "root_cause", "x")
    with pytest.raises(NotAllowed, match="已经通过"):
        let_pass(saved.number, saved.ver, by(Role.DIRECTOR), "root_cause", "x")
    with pytest.raises(InvalidInput, match="可以放行"):
        let_pass(saved.number, saved.ver, by(Role.DIRECTOR), "solution", "x")


def test_a_cause_let_pass_opens_the_measure(office):
    saved = analysed(office)
    verbs, responsible = office.complaints, by(Role.TECHNICAL_DIRECTOR)
    blame = {"root_cause": "员工责任心不强", "long_term_measure": ""}
    saved = verbs.amend(saved.number, saved.ver, blame, responsible)
    measure = {"long_term_measure": ANALYSED["long_term_measure"]}
    with pytest.raises(InvalidInput, match="还没有通过"):
        verbs.amend(saved.number, saved.ver, measure, responsible)
    director = by(Role.DIRECTOR)
    saved = office.corrections.override_wording(saved.number, saved.ver, director, "root_cause", "另有专项报告")
    assert event(office, saved.number, "overridden").note == "另有专项报告"
    assert verbs.amend(saved.number, saved.ver, measure, responsible).state == "处理中"
