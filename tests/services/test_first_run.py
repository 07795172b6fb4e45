"""首次设置: all of it is written in one go, by whoever sits there first; nothing is half there."""

import pytest

from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.first_run import FirstDraft, Newcomer
from crm_desktop.domain.staff import Role
from crm_desktop.services.first_run import FirstRun
from crm_desktop.services.kept import SECOND_FOLDER
from tests.makers import act

SHOP = {"name": "示范店", "code": "7580123", "address": "示范路 8 号", "phone": "021-5555 0100", "brand": ""}
CHIEF = Newcomer("程立群", (Role.DIRECTOR,), "4711")
CLERK = Newcomer("谢文杰", (Role.ADVISER, Role.CARE_AGENT), "2468")


def test_dealership_people_and_second_folder_are_there_afterwards(office):
    FirstRun(office.desk).begin(FirstDraft(SHOP, (CHIEF, CLERK), "/backups"), act())
    assert office.settings.value("dealership.phone") == "021-5555 0100"
    assert office.settings.value(SECOND_FOLDER) == "/backups"
    assert [(p.name, p.administers) for p in office.staff.people()] == [("程立群", True), ("谢文杰", False)]
    assert office.access.login("谢文杰", "2468").roles == (Role.ADVISER, Role.CARE_AGENT)


def test_the_first_colleague_gets_the_recovery_code_and_it_opens(office):
    hired = FirstRun(office.desk).begin(FirstDraft(SHOP, (CHIEF, CLERK)), act())
    assert office.staff.get(hired.person_id).name == "程立群"
    assert office.access.recover("程立群", hired.recovery_code, "1357")


def test_the_name_alone_is_enough(office):
    assert FirstRun(office.desk).begin(FirstDraft({"name": "示范店"}), act()) is None
    assert not office.desk.guarded()


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (FirstDraft({"name": " "}, (CHIEF,)), "name"),
        (FirstDraft(SHOP, (CHIEF, Newcomer("程立群", (), "2468"))), "name"),
        (FirstDraft(SHOP, (CHIEF, Newcomer("谢文杰", (), "1111"))), "pin"),
        (FirstDraft({**SHOP, "address": "长" * 121}, (CHIEF,)), "_"),
    ],
)
def test_a_refusal_leaves_nothing_behind(office, draft, field):
    with pytest.raises(InvalidInput) as refused:
        FirstRun(office.desk).begin(draft, act())
    assert field == "_" or field in refused.value.fields
    assert office.desk.rows("SELECT (SELECT COUNT(*) FROM settings), (SELECT COUNT(*) FROM history)") == [(0, 0)]
    assert not office.desk.guarded()


def test_an_unknown_role_takes_the_people_before_it_back_too(office):
    with pytest.raises(InvalidInput):
        FirstRun(office.desk).begin(FirstDraft(SHOP, (CHIEF, Newcomer("谢文杰", ("掌柜",), "2468"))), act())
    assert office.staff.people() == []


def test_where_people_are_it_adds_none(office):
    office.staff.add("冯学勤", (), act())
    with pytest.raises(NotAllowed, match="设置 → 员工"):
        FirstRun(office.desk).begin(FirstDraft(SHOP, (CHIEF,)), act())


def test_a_pin_is_never_shown_with_its_person():
    assert "4711" not in repr(CHIEF)
