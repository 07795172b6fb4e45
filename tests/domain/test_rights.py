"""The rights table as shipped, and what asking for a right answers."""

from dataclasses import replace

import pytest

from crm_desktop.domain.errors import NotAllowed
from crm_desktop.domain.rights import (
    NEEDS_PERSON,
    ON_BEHALF,
    OWNER,
    ROLE_RIGHTS,
    Right,
    may,
    require,
    rights_of,
    shipped_rights,
)
from crm_desktop.domain.staff import ADMINISTRATOR, Role
from tests.makers import act


def act_of(*roles, **changes):
    """Something done by somebody in these roles."""
    return replace(act(), rights=rights_of(roles), roles=roles, **changes)


def test_every_right_has_one_line_with_its_source_and_known_holders():
    assert [rule.right for rule in shipped_rights()] == list(Right)
    for rule in shipped_rights():
        assert rule.source
        assert rule.held_by
        assert set(rule.held_by) <= {*Role, ADMINISTRATOR, OWNER}


def test_the_director_alone_decides():
    decisions = {Right.ASSIGN, Right.CLOSE, Right.RETURN, Right.VOID, Right.OVERRIDE, Right.EXTEND, Right.MALICIOUS}
    assert {ROLE_RIGHTS[right] for right in decisions} == {(Role.DIRECTOR,)}


def test_what_may_be_entered_for_another_never_decides():
    assert {Right.HAND_OVER, Right.RESPOND, Right.ASSIGN, Right.ROOT_CAUSE, Right.MEASURE} == ON_BEHALF


def test_a_home_without_staff_is_open_but_for_what_needs_a_person():
    assert require(act(), Right.REGISTER) == act()
    with pytest.raises(NotAllowed, match="请先在“设置 → 员工”里建员工"):
        require(act(), Right.CLOSE)
    assert {Right.CLOSE, Right.RETURN, Right.REOPEN, Right.VOID, Right.FILE, Right.OVERRIDE} <= NEEDS_PERSON


def test_a_refusal_says_who_may_in_one_sentence():
    with pytest.raises(NotAllowed) as refused:
        require(act_of(Role.ADVISER), Right.CLOSE)
    assert refused.value.sentence == "谢文杰没有“关闭”的权限：按权限表由服务总监办理，请换人操作（F9）。"


def test_causes_and_measures_are_written_by_whoever_is_responsible_for_the_case():
    assert require(act_of(Role.TECHNICAL_DIRECTOR), Right.ROOT_CAUSE, own=True)
    with pytest.raises(NotAllowed, match="由本单责任人办理"):
        require(act_of(Role.DIRECTOR), Right.ROOT_CAUSE)


def test_being_responsible_closes_nothing():
    with pytest.raises(NotAllowed):
        require(act_of(Role.TECHNICAL_DIRECTOR), Right.CLOSE, own=True)


def test_whoever_registers_may_enter_what_another_said_but_no_decision():
    assert require(act_of(Role.ADVISER), Right.ASSIGN, on_behalf=True)
    with pytest.raises(NotAllowed):
        require(act_of(Role.ADVISER), Right.CLOSE, on_behalf=True)
    with pytest.raises(NotAllowed):
        require(act_of(Role.GENERAL_MANAGER), Right.ASSIGN, on_behalf=True)


def test_a_button_may_ask_without_pressing():
    assert may(act_of(Role.DIRECTOR), Right.CLOSE)
    assert not may(act_of(Role.ADVISER), Right.CLOSE)
    assert not may(act(), Right.CLOSE)
    assert may(act(), Right.REGISTER)
