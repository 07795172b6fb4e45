"""Whom a clock is brought before as it runs out."""

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.escalation import brought_before, read_escalation, shipped_escalation


@pytest.mark.parametrize(
    ("share", "role"),
    [(0.0, ""), (0.79, ""), (0.8, "服务经理"), (0.99, "服务经理"), (1.0, "服务总监"), (1.5, "总经理"), (9, "总经理")],
)
def test_a_clock_goes_up_from_manager_to_director_to_general_manager(share, role):
    assert brought_before(shipped_escalation(), share) == role


@pytest.mark.parametrize("step", [{"role": "店长", "share": 1}, {"role": "服务总监", "share": 0}, {"role": "服务总监"}])
def test_a_step_to_nobody_or_at_no_time_is_refused(step):
    with pytest.raises(InvalidInput, match="上报规则"):
        read_escalation({"steps": [step]})


def test_steps_are_taken_in_the_order_of_time_and_name_their_source():
    steps = read_escalation({"steps": [{"role": "总经理", "share": 2}, {"role": "服务经理", "share": 0.5}]})
    assert [step.role for step in steps] == ["服务经理", "总经理"]
    assert all(step.source for step in shipped_escalation())
