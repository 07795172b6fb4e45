"""评估 and 月报: given to a post of its own without giving or taking 登记 or 存档."""

from dataclasses import replace

import pytest

from crm_desktop.domain.errors import NotAllowed
from crm_desktop.domain.rights import Right
from crm_desktop.domain.staff import Role
from tests.makers import at
from tests.services.people import DIRECTOR, hired
from tests.services.test_measures import EFFECTIVE, finished


def two_posts(office):
    """服务经理 梁晓雯 and 技术总监 冯学勤, beside the 服务总监."""
    hired(office, DIRECTOR, Role.DIRECTOR)
    first = office.staff.act(office.staff.find(DIRECTOR), "设置")
    for name, role in (("梁晓雯", Role.MANAGER), ("冯学勤", Role.TECHNICAL_DIRECTOR)):
        hired(office, name, role, by=first)
    return first


def later(office, name):
    """Something this person does when the window of an evaluation is over."""
    return replace(office.staff.act(office.staff.find(name), "纠正预防"), at=at("2026-12-21 10:00"))


def test_who_evaluates_is_told_apart_from_who_registers(office):
    done = finished(office)
    first = two_posts(office)
    office.staff.change_rights({Right.EVALUATE: (Role.MANAGER,)}, first, "评估归服务经理")
    with pytest.raises(NotAllowed, match="服务经理办理"):
        office.measures.evaluate(done.id, done.ver, EFFECTIVE, later(office, "冯学勤"))
    office.measures.evaluate(done.id, done.ver, EFFECTIVE, later(office, "梁晓雯"))
    assert office.measure_lists.get(done.id).evaluation is not None


def test_the_month_may_be_frozen_by_another_post_that_files_nothing(office):
    first = two_posts(office)
    with pytest.raises(NotAllowed, match="编制月报"):
        office.monthly.freeze("2026-11", later(office, "梁晓雯"))
    office.staff.change_rights({Right.FREEZE: (Role.MANAGER,)}, first, "月报归服务经理")
    act = later(office, "梁晓雯")
    office.monthly.freeze("2026-11", act)
    assert (Right.FREEZE in act.rights, Right.FILE in act.rights) == (True, False)
