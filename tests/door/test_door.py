"""The automation door (interface.md section 4): what goes in, what comes out, who may, and what happens only once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.door.wishes import LINE_LIMIT
from crm_desktop.services.office import Office
from crm_desktop.services.rules import RuleName
from tests.door.conftest import Caller

Count = Callable[[str], int]
REQUIRED = {
    "customers.register", "customers.amend", "customers.profile", "customers.find", "complaints.register",
    "complaints.amend", "complaints.hand_over", "complaints.respond", "complaints.resolve", "complaints.close",
    "complaints.return", "complaints.reopen", "complaints.file", "complaints.get", "complaints.rows",
    "reworks.register", "followups.plan", "measures.register", "imports.run", "imports.undo", "exports.write",
    "upkeep.check", "history.rows", "history.verify", "drafts.put", "drafts.get", "staff.login", "system.dump",
    "system.ops",
}  # fmt: skip
COMPLAINT = {"channel": "接待", "severity": "一般", "words": "空调不冷，修了两次"}


def registered(caller: Caller, **more: Any) -> Any:
    """A complaint of a new customer."""
    return caller.get("complaints.register", **COMPLAINT, name="李小小", phone="13900001111", **more)


def test_every_operation_of_the_interface_is_there(adviser: Caller) -> None:
    assert {one["op"] for one in adviser.get("system.ops")} >= REQUIRED


def test_every_argument_has_a_name_a_type_and_a_word_of_the_desk(adviser: Caller) -> None:
    args = [arg for one in adviser.get("system.ops") for arg in one["args"]]
    args += [inner for arg in args for inner in arg.get("of", ())]
    assert [arg for arg in args if not (arg["name"] and arg["type"] and arg["label"])] == []


def test_no_operation_asks_twice_for_one_name(adviser: Caller) -> None:
    names = {one["op"]: [arg["name"] for arg in one["args"]] for one in adviser.get("system.ops")}
    assert {op: told for op, told in names.items() if len(set(told)) != len(told)} == {}


def test_a_customer_with_numbers_and_cars(adviser: Caller) -> None:
    car = {
        "plate": "沪A12345",
        "vin": "LSVAA49J132047371",
        "model": "途观L",
        "mileage": 12000,
        "bought_on": "2024-01-02",
    }
    new = adviser.get("customers.register", name="王大力", phones=["13800001234", "021-55667788"], vehicles=[car])
    draft = adviser.get("customers.profile", customer_id=new["id"])["draft"]
    assert [contact["value"] for contact in draft["contacts"]] == ["13800001234", "02155667788"]
    assert {name: draft["vehicles"][0][name] for name in car} == car


def test_a_complaint_needs_words_and_one_of_name_phone_plate(adviser: Caller) -> None:
    assert adviser.ask("complaints.register", name="李小小")["code"] == 3
    assert adviser.ask("complaints.register", **COMPLAINT)["code"] == 3
    for party in ({"name": "李小小"}, {"phone": "13900001111"}, {"plate": "沪B54321"}, {"customer": "李小小"}):
        assert adviser.get("complaints.register", **COMPLAINT, **party)["state"] == "登记"


def test_what_the_form_has_no_field_for_goes_into_the_files(adviser: Caller) -> None:
    customer = {"name": "李小小", "phones": ["13900001111", "13900002222"], "address": "新区一路"}
    new = adviser.get(
        "complaints.register", **COMPLAINT, customer=customer, vehicle={"plate": "沪B54321", "model": "Polo"}
    )
    case = adviser.get("complaints.get", number=new["number"])
    draft = adviser.get("customers.profile", customer_id=case["customer_id"])["draft"]
    assert (draft["address"], draft["vehicles"][0]["model"]) == ("新区一路", "Polo")
    assert [contact["value"] for contact in draft["contacts"]] == ["13900001111", "13900002222"]


def test_every_step_answers_the_new_version_and_state(adviser: Caller, director: Caller) -> None:
    new = registered(adviser, received_at="2026-11-21T10:00")
    number = new["number"]
    handed = adviser.get("complaints.hand_over", number=number, ver=new["ver"], at="2026-11-21T10:05")
    answered = director.get("complaints.respond", number=number, ver=handed["ver"], at="2026-11-21T10:20")
    assigned = director.get("complaints.assign", number=number, ver=answered["ver"], line="技术", at="2026-11-21T10:30")
    assert [(one["state"], one["ver"]) for one in (handed, answered, assigned)] == [
        ("已移交", 2), ("已响应", 3), ("处理中", 4),
    ]  # fmt: skip
    events = director.get("complaints.get", number=number)["events"]
    assert [one["at"] for one in events][:3] == ["2026-11-21T10:00:00", "2026-11-21T10:05:00", "2026-11-21T10:20:00"]


def test_fields_of_the_form_are_amended_by_their_names(adviser: Caller) -> None:
    new = registered(adviser)
    saved = adviser.get(
        "complaints.amend", number=new["number"], ver=new["ver"], mileage=52000, fields={"demand": "重修"}
    )
    fields = adviser.get("complaints.get", number=new["number"])["fields"]
    assert (fields["mileage"], fields["demand"], saved["ver"]) == (52000, "重修", 2)


def test_the_second_of_two_who_saw_the_same_version_is_told(adviser: Caller) -> None:
    new = registered(adviser)
    adviser.get("complaints.amend", number=new["number"], ver=1, mileage=52000)
    late = adviser.ask("complaints.amend", number=new["number"], ver=1, mileage=53000)
    assert (late["ok"], late["code"]) == (False, 3)


def test_the_same_key_does_it_once_and_gives_the_first_answer_again(adviser: Caller, count: Count) -> None:
    before = count("complaints")
    first = registered(adviser, key="K-1")
    again = registered(adviser, key="K-1")
    assert (again, count("complaints")) == (first, before + 1)


def test_a_key_belongs_to_one_operation(adviser: Caller) -> None:
    registered(adviser, key="K-1")
    assert adviser.ask("customers.register", name="王大力", key="K-1")["fields"].keys() == {"key"}


def test_what_was_refused_left_nothing_and_its_key_is_free(adviser: Caller, count: Count) -> None:
    before = count("complaints"), count("history"), count("door_answers")
    adviser.ask("complaints.register", **{**COMPLAINT, "severity": "严重"}, name="李小小", key="K-2")
    assert (count("complaints"), count("history"), count("door_answers")) == before
    assert registered(adviser, key="K-2")["ver"] == 1


def test_kept_answers_hold_no_words_of_people(adviser: Caller, office: Office) -> None:
    registered(adviser, key="K-1")
    kept = office.desk.rows("SELECT answer FROM door_answers")[0][0]
    assert json.loads(kept).keys() == {"id", "number", "state", "ver"}


@pytest.mark.parametrize("token", ["", "forged"])
def test_without_a_token_that_was_given_nothing_is_read_or_written(nobody: Caller, token: str) -> None:
    nobody.token = token
    asked = [nobody.ask("complaints.rows"), nobody.ask("customers.register", name="王大力")]
    assert {answer["code"] for answer in asked} == {4}


def test_who_has_left_is_no_longer_let_in(adviser: Caller, office: Office) -> None:
    person = next(one for one in office.staff.people() if "服务顾问" in one.roles)
    boss = next(one for one in office.staff.people() if one.administers)
    office.staff.change(person.id, person.ver, office.staff.act(boss, "设置"), person.roles, left=True)
    assert adviser.ask("complaints.rows")["code"] == 4


def test_rights_are_those_of_the_services(adviser: Caller) -> None:
    new = registered(adviser)
    assert adviser.ask("complaints.close", number=new["number"], ver=1)["code"] == 4


def test_a_wrong_pin_is_counted_though_it_is_refused(nobody: Caller, count: Count, office: Office) -> None:
    assert nobody.ask("staff.login", name="服务总监", pin="0000")["code"] == 4
    assert office.desk.rows("SELECT MAX(failures) FROM credentials")[0][0] == 1


@pytest.mark.parametrize(
    "line",
    [b"nonsense", b"[1]", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"op": 5}', b'{"op": "no.such"}', b"{}",
     b'{"op": "complaints.rows", "args": [1]}', b'{"op": "complaints.rows", "token": 5}', b" " * (LINE_LIMIT + 2)],
)  # fmt: skip
def test_what_is_no_wish_gets_one_sentence(adviser: Caller, line: bytes) -> None:
    answer = adviser.raw(line)
    assert (answer["ok"], answer["code"]) == (False, 3)
    assert answer["error"].endswith("。")


@pytest.mark.parametrize(
    "args",
    [{"number": 5, "ver": 1}, {"number": "x", "ver": "1"}, {"number": "x", "ver": 2**70}, {"number": "x", "ver": True},
     {"number": "x", "ver": 1, "at": "gestern"}, {"number": "x", "ver": 1, "at": "0001-01-01T00:00"}, {"ver": 1},
     {"number": "x", "ver": 1, "more": 1}, {"number": "\ud800", "ver": 1}],
)  # fmt: skip
def test_arguments_of_another_kind_are_named(adviser: Caller, args: dict[str, Any]) -> None:
    answer = adviser.ask("complaints.hand_over", **args)
    assert (answer["ok"], answer["code"]) == (False, 3)


@pytest.mark.parametrize("target", ["长" * 300 + ".zip", "/proc/none/x.zip"])
def test_a_path_that_cannot_be_is_a_refusal_and_no_fault_of_ours(director: Caller, target: str) -> None:
    answer = director.ask("upkeep.backup", target=target)
    assert (answer["code"], answer["error"][-1]) == (8, "。")


def test_what_is_quoted_breaks_no_line_and_fills_no_screen(director: Caller) -> None:
    answer = director.ask("profiles.untag", customer_id=1, tag="一\r\n二\u2028" + "长" * 5_000)
    assert answer["error"].isprintable()
    assert (len(answer["error"]) <= 1_001, answer["error"][-1]) == (True, "。")


@pytest.mark.parametrize("table", [{}, {"rules": None}, {"plate": "x", "vin": 1}])
@pytest.mark.parametrize("name", list(RuleName))
def test_rules_of_another_shape_are_refused(office: Office, director: Caller, name: str, table: dict[str, Any]) -> None:
    before = office.rules.table(RuleName(name))
    answer = director.ask("rules.change", name=name, table=table, reason="试")
    assert answer["ok"] or answer["code"] == 3
    assert answer["ok"] or office.rules.table(RuleName(name)) == before


def test_a_time_with_its_zone_is_the_same_moment(adviser: Caller, office: Office) -> None:
    new = registered(adviser, received_at="2026-11-21T10:00:00+00:00")
    kept = office.desk.rows("SELECT received_at FROM complaints WHERE id = ?", (new["id"],))
    assert kept == [("2026-11-21T10:00:00Z",)]


def test_everything_is_dumped_for_the_director_alone(adviser: Caller, director: Caller) -> None:
    registered(adviser)
    content = director.get("system.dump")
    assert content["complaints"][-1]["words"] == COMPLAINT["words"]
    assert "credentials" not in content
    assert adviser.ask("system.dump")["code"] == 4


def test_two_dumps_of_the_same_data_are_the_same_text(director: Caller) -> None:
    assert json.dumps(director.get("system.dump")) == json.dumps(director.get("system.dump"))


def test_the_history_is_read_and_proven(adviser: Caller) -> None:
    told = adviser.get("history.verify")
    assert (told["ok"], told["lines"]) == (True, len(adviser.get("history.rows", limit=100_000)))


def test_drafts_come_back(adviser: Caller) -> None:
    adviser.get("drafts.put", form="intake", texts={"words": "说到一半"})
    assert adviser.get("drafts.get", form="intake") == {"words": "说到一半"}


def test_a_complaint_names_its_customer_by_one_phone_too(director: Caller) -> None:
    who = {"name": "王小满", "phone": "13900002222"}
    saved = director.get("complaints.register", words="空调不冷", customer=who)
    assert director.get("complaints.get", number=saved["number"])["phone"] == "13900002222"
