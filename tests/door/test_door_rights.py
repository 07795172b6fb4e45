"""What system.ops tells of rights is what the services ask for; and whatever is said at the door, it never breaks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.domain.rights import Right
from crm_desktop.domain.staff import Role
from crm_desktop.door.catalogue import operations
from crm_desktop.services.office import Office, open_office
from tests.door.conftest import PIN, Caller
from tests.makers import act
from tests.services.rights_world import World, is_refused, made, verbs

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(["2026-11-21", "一般", "接待"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One of everything."""
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("door")
        (home / ".crm-test").touch()
        patch.setenv("CRM_NOW", "2026-11-21T14:00:00")
        office = open_office(home)
        yield made(office)
        office.desk.close()


def test_a_right_that_is_told_is_the_one_that_is_asked_for(world: World) -> None:
    told = {op: one.right for op, one in operations(world.office).items() if one.right}
    wrong = []
    for place, verb in verbs(world.office):
        right = told.get(place.replace("follow_ups.", "followups.").replace("return_", "return"))
        if right:
            without = act(who="张三", rights=frozenset(Right) - {right})
            if not is_refused(world, place, verb, without) or is_refused(
                world, place, verb, act(who="张三", rights=frozenset({right}))
            ):
                wrong.append(place)
    assert wrong == []


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_handed_over_gets_an_answer_and_never_a_fault_of_ours(
    data: st.DataObject, office: Office, director: Caller
) -> None:
    known = operations(office)
    op = data.draw(st.sampled_from([name for name in known if not name.startswith(("staff.", "access."))]))
    args = {arg.name: data.draw(ANYTHING, label=arg.name) for arg in known[op].args if data.draw(st.booleans())}
    with office.desk.database.atomic() as trial:
        answer = director.ask(op, **args)
        trial.rollback()
    assert answer["ok"] or answer["code"] != 1, (op, args)


def test_one_person_is_erased_by_whoever_may_and_the_answer_holds_no_word_of_his(
    director: Caller, adviser: Caller, office: Office
) -> None:
    found, name = office.desk.rows("SELECT id, name FROM customers WHERE name <> '' ORDER BY id DESC LIMIT 1")[0]
    refused = adviser.ask("persons.erase", customer_id=found, reason="本人要求")
    assert not refused["ok"]
    assert director.get("persons.plan", customer_id=found)["goes"]
    told = director.get("persons.erase", customer_id=found, reason="本人要求")
    assert told["number"] == "SC2026-001"
    assert told["left"] == 0
    assert name not in str(told)


def test_what_is_above_the_limit_is_approved_by_the_token_of_a_second_person(
    office: Office, director: Caller, adviser: Caller
) -> None:
    number = director.get("complaints.rows", view="全部", limit=1)["rows"][0]["number"]
    second = director.get("staff.login", name=Role.MANAGER, pin=PIN)["token"]
    given_away = {"number": number, "side": "补偿", "kind": "免工时费", "amount_fen": 150_000, "note": "一次"}
    refused = adviser.ask("compensations.enter", **given_away)
    assert (refused["code"], "的额度" in refused["error"]) == (4, True), refused
    assert adviser.ask("compensations.enter", **given_away, approved_token="x")["code"] == 4
    assert adviser.ask("compensations.enter", **given_away, approved_token=adviser.token)["code"] == 4
    adviser.get("compensations.enter", **given_away, approved_token=second)
    row = office.compensations.of_complaint(number).rows[-1]
    assert row.approved_by == office.staff.find(Role.MANAGER).name
