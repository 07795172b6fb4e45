"""延期申请 and 暂不能解决: asked for with a reason, decided by the director, counted; the clock follows."""

import pytest

from crm_desktop.domain.errors import InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.staff import Role
from tests.makers import at
from tests.services.procedure import assigned, by, moment, solved

UNTIL = at("2026-11-28 17:30")
TECHNICAL, DIRECTOR = by(Role.TECHNICAL_DIRECTOR), by(Role.DIRECTOR)


def asked(office):
    """A complaint whose extension waits."""
    saved = assigned(office)
    return office.extensions.ask(saved.number, saved.ver, TECHNICAL, UNTIL, "等厂家配件")


def resolve_due(office, number):
    """When it is due to be solved."""
    return office.clocks.due_of(number).resolve


def test_a_granted_extension_moves_the_clock_and_says_so(office):
    saved = asked(office)
    assert [row.reason for row in office.extensions.waiting()] == ["等厂家配件"]
    assert f"{resolve_due(office, saved.number).due:%m-%d}" == "11-24"
    office.extensions.decide(saved.number, saved.ver, DIRECTOR, True)
    assert resolve_due(office, saved.number).why.endswith("已批准延期到 11月28日 17:30")
    (row,) = office.extensions.of_complaint(saved.number)
    assert (row.decision, row.decided_by, office.extensions.waiting()) == ("granted", "程立群", [])


def test_a_refused_extension_leaves_the_clock_and_says_why(office):
    saved = asked(office)
    with pytest.raises(InvalidInput, match="请写明原因"):
        office.extensions.decide(saved.number, saved.ver, DIRECTOR, False)
    office.extensions.decide(saved.number, saved.ver, DIRECTOR, False, "可以先借件")
    assert f"{resolve_due(office, saved.number).due:%m-%d}" == "11-24"
    kinds = [event.kind for event in office.cases.case(saved.number).events]
    assert kinds[-2:] == ["extension_asked", "extension_refused"]


def test_one_application_waits_at_a_time_and_somebody_must_have_asked(office):
    saved = asked(office)
    with pytest.raises(NotAllowed, match="已有一份延期申请"):
        office.extensions.ask(saved.number, saved.ver, TECHNICAL, UNTIL, "再等")
    saved = office.extensions.decide(saved.number, saved.ver, DIRECTOR, True)
    with pytest.raises(NotFound, match="没有等待批准"):
        office.extensions.decide(saved.number, saved.ver, DIRECTOR, True)


def test_only_the_director_decides(office):
    saved = asked(office)
    with pytest.raises(NotAllowed, match="服务总监"):
        office.extensions.decide(saved.number, saved.ver, TECHNICAL, True)


@pytest.mark.parametrize(
    ("until", "reason", "milestone"),
    [(at("2026-11-20 09:00"), "x", "resolve"), (UNTIL, " ", "resolve"), (UNTIL, "x", "file")],
)
def test_an_application_needs_a_time_to_come_a_reason_and_a_step(office, until, reason, milestone):
    saved = assigned(office)
    with pytest.raises(InvalidInput):
        office.extensions.ask(saved.number, saved.ver, TECHNICAL, until, reason, milestone)


def test_what_cannot_be_solved_now_tells_when_it_was_explained_and_when_it_goes_on(office):
    saved = assigned(office)
    verb = office.extensions.cannot_resolve_now
    with pytest.raises(InvalidInput, match="早于受理时间"):
        verb(saved.number, saved.ver, TECHNICAL, "厂家无此件", UNTIL, moment("08:00"))
    saved = verb(saved.number, saved.ver, TECHNICAL, "厂家无此件", UNTIL, moment("13:00"))
    (row,) = office.extensions.waiting()
    assert (row.kind, row.explained_at, row.until) == ("暂不能解决", moment("13:00"), UNTIL)


def test_a_closed_case_needs_no_more_time(office):
    saved = solved(office)
    saved = office.complaints.close(saved.number, saved.ver, DIRECTOR)
    with pytest.raises(NotAllowed, match="不用再申请延期"):
        office.extensions.ask(saved.number, saved.ver, TECHNICAL, UNTIL, "x")
