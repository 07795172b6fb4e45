"""What the desk does next with a complaint follows the order of the procedure."""

import pytest

from crm_desktop.domain.complaints import State
from crm_desktop.domain.today import Written, next_step

ALL = {"customer": True, "responsible": True, "correction": True, "root_cause": True, "long_term_measure": True}


@pytest.mark.parametrize(
    ("state", "missing", "step"),
    [
        (State.REGISTERED, {"customer", "responsible"}, "补客户资料"),
        (State.REGISTERED, {"responsible", "correction"}, "定责任人"),
        (State.IN_PROGRESS, {"correction", "root_cause"}, "写缺点纠正"),
        (State.IN_PROGRESS, {"root_cause"}, "记录解决"),
        (State.RESOLVED, {"root_cause", "long_term_measure"}, "写根本原因"),
        (State.RESOLVED, {"long_term_measure"}, "写长期措施"),
        (State.RESOLVED, set(), "关闭"),
        (State.RESOLVED, {"responsible"}, "关闭"),
    ],
)
def test_the_first_thing_missing_is_the_next_step(state, missing, step):
    assert next_step(state, Written(**{name: name not in missing for name in ALL})) == step


@pytest.mark.parametrize(
    ("missing", "step"),
    [
        ({"handed_over", "responded"}, "移交服务总监"),
        ({"responded", "customer"}, "响应客户"),
        ({"customer"}, "补客户资料"),
    ],
)
def test_what_runs_by_the_minute_comes_before_the_form(missing, step):
    done = {name: name not in missing for name in (*ALL, "handed_over", "responded")}
    assert next_step(State.REGISTERED, Written(**done)) == step


def test_a_car_in_rework_is_waited_for():
    assert next_step(State.IN_PROGRESS, Written(**ALL, in_rework=True)) == "等返修修竣"
