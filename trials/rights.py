"""Everybody tries everything at the door, against the frozen table of rights; also nobody, somebody and who has left
(T10)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from crm_desktop.domain.staff import ADMINISTRATOR, Role
from crm_desktop.door.catalogue import operations
from crm_desktop.door.operations import Operation
from crm_desktop.door.values import told
from crm_desktop.services.office import Office, open_office
from tests.makers import NOW
from tests.services.rights_world import NOBODY, OWNER, RESPONSIBLE, handed_over, made, verbs
from trials.furniture import PIN, ROOT, Caller, Trial, TrialFailed, command, new_home

_TABLE = ROOT / "tests" / "services" / "rights_matrix.csv"
_RENAMED = {"archive.file": "complaints.file", "backups.make": "upkeep.backup"}
_OPEN = {"system.ops", "staff.login", "staff.logout"}
_GIVE_RIGHTS = ("access.", "staff.", "duties.")
"""Whoever may do these changes who may do what: tried by those who may not, and by nobody else here."""
_WANT_OF_RIGHT, _REFUSED = "的权限：", 4
_Wish = tuple[str, str, dict[str, Any]]


def run(rounds: int, seed: int) -> str:
    """One pass over the whole table is all of it; more rounds and other seeds change nothing."""
    with new_home() as home:
        home.mkdir()
        (home / ".crm-test").touch()
        wishes, every = _prepared(home)
        caller = Caller(home, more={"CRM_NOW": NOW})
        tokens = _seated(caller)
        strangers = _strangers(caller, tokens, every)
        before = _dump(caller, tokens)
        refused = worded = 0
        for line, wish in _lines(wishes, allowed=False):
            answer = _asked(caller, tokens[line], wish)
            if answer["ok"]:
                raise TrialFailed(f"{line} did {wish[0]}, against the table")
            refused, worded = refused + 1, worded + (_WANT_OF_RIGHT in answer["error"])
        if _dump(caller, tokens) != before:
            raise TrialFailed("somebody who was refused has changed something")
        passed = 0
        for line, wish in _lines(wishes, allowed=True):
            answer = _asked(caller, tokens[line], wish)
            if not answer["ok"] and _WANT_OF_RIGHT in answer["error"]:
                raise TrialFailed(f"{line} was refused {wish[0]}, against the table: {answer['error']}")
            passed += 1
        caller.close()
        command(home, "check", more={"CRM_NOW": NOW})
    return (
        f"{len(tokens) - 1} 种身份 × {len(wishes)} 项：{refused} 次不许的都拒绝（{worded} 次说明缺哪项权限，其余先因"
        f"填写不符），什么都没有变；{passed} 次许可的没有一次以权限拒绝；没有、伪造和离职的 token {strangers} 次都拒绝"
    )


def _prepared(home: Path) -> tuple[list[tuple[dict[str, str], _Wish]], list[str]]:
    """The home with one of everything and one person for each column; what each line of the table asks for."""
    office = open_office(home)
    world = made(office)
    known = operations(office)
    with _TABLE.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    methods = dict(verbs(office))
    wishes = []
    for row in table:
        op = _op(row["verb"].split(" ")[0])
        if op in known:
            args = handed_over(world, row["verb"], methods[row["verb"].split(" ")[0]])
            wishes.append((row, (row["verb"], op, _as_json(known[op], args))))
    _hired(office)
    office.desk.close()
    return wishes, sorted(set(known) - _OPEN)


def _hired(office: Office) -> None:
    admin = office.access.hire(ADMINISTRATOR, (), PIN, office.desk.act("", "试验")).person_id
    act = office.staff.act(office.staff.get(admin), "试验")
    for role in Role:
        office.access.hire(f"持{role}", (role,), PIN, act)
    office.access.hire("走的", (Role.DIRECTOR,), PIN, act)
    known = [person for person in office.staff.people() if person.name == RESPONSIBLE]
    if known:
        office.access.reset_pin(known[0].id, PIN, act)
    else:
        office.access.hire(RESPONSIBLE, (), PIN, act)


def _op(place: str) -> str:
    noun, _, verb = place.partition(".")
    plain = f"{'followups' if noun == 'follow_ups' else noun}.{verb.removesuffix('_')}"
    return _RENAMED.get(place, plain)


def _as_json(op: Operation, args: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in args.items():
        if is_dataclass(value) and not isinstance(value, type):
            flat |= {one.name: getattr(value, one.name) for one in fields(value)}
        else:
            flat |= dict(value) if isinstance(value, Mapping) and name == "changes" else {name: value}
    names = {arg.name for arg in op.args}
    return {name: told(value) for name, value in flat.items() if name in names and value is not None}


def _seated(caller: Caller) -> dict[str, str]:
    names = {role: f"持{role}" for role in Role} | {ADMINISTRATOR: ADMINISTRATOR, OWNER: RESPONSIBLE, "": "走的"}
    return {str(column): caller.sit_down(name) for column, name in names.items()}


def _strangers(caller: Caller, tokens: Mapping[str, str], every: list[str]) -> int:
    """Every operation without a token, with a forged one, and with that of a director who has left meanwhile."""
    caller.sit_down(token=tokens[ADMINISTRATOR])
    gone = next(person for person in caller.ask("staff.people") if person["name"] == "走的")
    caller.ask("staff.change", person_id=gone["id"], ver=gone["ver"], roles=[Role.DIRECTOR], left=True)
    for token in ("", "forged", tokens[""]):
        caller.sit_down(token=token or " ")
        for op in every:
            if caller.answer(op).get("code") != _REFUSED:
                raise TrialFailed(f"{op} was done for a stranger ({token[:6]!r})")
    return 3 * len(every)


def _lines(wishes: list[tuple[dict[str, str], _Wish]], *, allowed: bool) -> Iterator[tuple[str, _Wish]]:
    """Column and wish; the 责任人 first, before the case is given to another."""
    for column in (OWNER, *Role, ADMINISTRATOR):
        for row, wish in wishes:
            gives = wish[1].startswith(_GIVE_RIGHTS)
            if column != NOBODY and bool(row[column]) == allowed and not (allowed and gives):
                yield column, wish


def _asked(caller: Caller, token: str, wish: _Wish) -> dict[str, Any]:
    caller.sit_down(token=token)
    return caller.answer(wish[1], **wish[2])


def _dump(caller: Caller, tokens: Mapping[str, str]) -> str:
    caller.sit_down(token=tokens[Role.DIRECTOR])
    return json.dumps(caller.ask("system.dump"))


TRIAL = Trial("rights", "权限表", 1, 1, run)
