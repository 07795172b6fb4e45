"""员工: who works here, found by name or by a role of his own; nobody is deleted."""

import pytest

from crm_desktop.domain.errors import ChangedMeanwhile, InvalidInput, NotFound
from crm_desktop.domain.staff import Role
from tests.makers import act


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
