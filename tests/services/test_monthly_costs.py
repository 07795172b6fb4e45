"""The month tells what its complaints cost, beside how content the customers were."""

from crm_desktop.domain.followups import CallDraft
from crm_desktop.domain.staff import Role
from tests.makers import act
from tests.services.procedure import by, received, solved
from tests.services.test_compensations import given


def told(office):
    """The lines of 回访与满意 that speak of 补偿, by their label."""
    lines = office.monthly.of("2026-11").satisfaction
    return {line.label: line for line in lines if "补偿" in line.label}


def test_a_month_in_which_nobody_got_anything_says_nothing_of_it(office):
    received(office)
    assert told(office) == {}


def test_the_sum_stands_beside_those_who_are_content(office):
    first, second = solved(office), received(office, plate="沪B12345")
    office.compensations.enter(first.number, given(100), act())
    office.compensations.enter(second.number, given(50), act())
    office.follow_ups.call(first.number, CallDraft(satisfaction="满意"), by(Role.CARE_AGENT, "2026-11-24 10:00"))
    lines = told(office)
    assert lines["有补偿的单"].ids == (first.id, second.id)
    assert lines["有补偿、最后满意的单"].ids == (first.id,)
    assert lines["补偿合计"].text == "150 元（平均 75 元）"


def test_what_was_taken_back_is_not_counted(office):
    saved = received(office)
    line = office.compensations.enter(saved.number, given(100), act())
    office.compensations.take_back(line, 1, "记错了", act())
    assert told(office) == {}
