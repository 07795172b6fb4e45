"""员工: who works here, found by name or by a role of his own; nobody is deleted."""

import pytest

from crm_desktop.domain.errors import ChangedMeanwhile, InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.rights import OWNER, ROLE_RIGHTS, Right, require
from crm_desktop.domain.staff import Role
from tests.makers import act
from tests.services.people import ADVISER, CARER, DIRECTOR


@pytest.fixture
def staff(office):
    """The staff room with 程立群 (服务总监) and 谢文杰 (服务顾问, 索赔员)."""
    office.staff.add("程立群", (Role.DIRECTOR,), act())
    office.staff.add("谢文杰", (Role.ADVISER, Role.CLAIMS), act())
    return office.staff


def test_people_are_listed_in_the_order_of_entry(staff):
    assert [(person.name, person.role) for person in staff.people()] == [("程立群", "服务总监"), ("谢文杰", "服务顾问")]


@pytest.mark.parametrize("who", ["谢文杰", "索赔员"])
def test_somebody_is_found_by_name_or_by_a_role_only_he_holds(staff, who):
    assert staff.find(who).roles == ("服务顾问", "索赔员")


def test_a_role_of_two_people_asks_for_the_name(staff):
    staff.add("叶清扬", (Role.ADVISER,), act())
    with pytest.raises(NotFound, match="不止一人，请写姓名：谢文杰、叶清扬"):
        staff.find("服务顾问")


def test_somebody_nobody_knows_is_not_found(staff):
    with pytest.raises(NotFound, match="员工中没有“张三”"):
        staff.find("张三")


@pytest.mark.parametrize(("name", "roles"), [(" ", ()), ("程立群", ()), (" 程立群 ", ()), ("王五", ("店长",))])
def test_a_colleague_without_a_name_with_a_known_one_or_an_unknown_role_is_refused(staff, name, roles):
    with pytest.raises(InvalidInput):
        staff.add(name, roles, act())
    assert len(staff.people()) == 2


def test_a_colleague_gets_new_roles(staff):
    person = staff.find("谢文杰")
    assert staff.change(person.id, person.ver, act(), (Role.MANAGER,)) == 2
    assert staff.find("服务经理").name == "谢文杰"


def test_who_left_is_kept_but_no_longer_listed_or_found(staff):
    person = staff.find("谢文杰")
    staff.change(person.id, person.ver, act(), person.roles, left=True)
    assert [p.name for p in staff.people()] == ["程立群"]
    assert [p.left for p in staff.people(with_left=True)] == [False, True]
    with pytest.raises(NotFound):
        staff.find("谢文杰")


def test_two_changes_of_one_colleague_do_not_overwrite_each_other(staff):
    staff.change(1, 1, act(), (Role.MANAGER,))
    with pytest.raises(ChangedMeanwhile):
        staff.change(1, 1, act(), (Role.ADVISER,))


def test_a_colleague_who_is_not_there_cannot_be_changed(staff):
    with pytest.raises(NotFound):
        staff.change(99, 1, act(), ())


def test_the_last_administrator_cannot_leave_or_give_it_up(guarded, by):
    boss = guarded.staff.find(DIRECTOR)
    for change in ({"left": True}, {"administers": False}):
        with pytest.raises(NotAllowed, match="最后一位系统管理"):
            guarded.staff.change(boss.id, boss.ver, by(DIRECTOR), boss.roles, **change)


def test_the_administration_is_handed_on(guarded, by):
    carer, boss = guarded.staff.find(CARER), guarded.staff.find(DIRECTOR)
    guarded.staff.change(carer.id, carer.ver, by(DIRECTOR), carer.roles, administers=True)
    guarded.staff.change(boss.id, boss.ver, by(DIRECTOR), boss.roles, administers=False)
    assert Right.STAFF in by(CARER).rights
    assert Right.STAFF not in by(DIRECTOR).rights


def test_who_may_do_something_is_listed_by_name(guarded):
    assert [person.name for person in guarded.staff.holders(Right.CLOSE)] == [DIRECTOR]
    assert [person.name for person in guarded.staff.holders(Right.REGISTER)] == [DIRECTOR, ADVISER, CARER]


def test_a_right_given_to_another_role_is_held_at_once_and_told_in_refusals(guarded, by):
    guarded.staff.change_rights({Right.CLOSE: ("服务顾问",)}, by(DIRECTOR), "分工调整")
    assert require(by(ADVISER), Right.CLOSE).who == ADVISER
    with pytest.raises(NotAllowed, match="由服务顾问办理"):
        require(by(DIRECTOR), Right.CLOSE)


def test_a_right_given_back_leaves_the_shipped_table(guarded, by):
    guarded.staff.change_rights({Right.CLOSE: ("服务顾问",)}, by(DIRECTOR), "分工调整")
    guarded.staff.change_rights({Right.CLOSE: ROLE_RIGHTS[Right.CLOSE]}, by(DIRECTOR), "分工调整")
    assert guarded.staff.rights() == ROLE_RIGHTS


@pytest.mark.parametrize(
    "changes",
    [{"飞行": ("服务顾问",)}, {Right.CLOSE: ("店长",)}, {Right.CLOSE: (OWNER,)}, {Right.STAFF: ("服务总监",)}],
)
def test_a_table_that_makes_no_sense_is_refused(guarded, by, changes):
    with pytest.raises(InvalidInput):
        guarded.staff.change_rights(changes, by(DIRECTOR), "分工调整")
    assert guarded.staff.rights() == ROLE_RIGHTS


def test_only_who_manages_staff_changes_the_table(guarded, by):
    with pytest.raises(NotAllowed, match="由系统管理办理"):
        guarded.staff.change_rights({Right.CLOSE: ("客户关爱员",)}, by(CARER), "分工调整")
