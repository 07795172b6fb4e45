"""Every operation of the door by name: those interface.md shapes, what is only read, and each verb of the services."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

from crm_desktop.domain.complaints import FIELD_LABELS, Line, Severity
from crm_desktop.domain.followups import Satisfaction
from crm_desktop.domain.reworks import ReworkKind
from crm_desktop.domain.rights import Right
from crm_desktop.door import fixed, papers
from crm_desktop.door.operations import Arg, Operation, Told, Visit, of_method
from crm_desktop.door.values import told
from crm_desktop.paths import resource
from crm_desktop.services.office import Office

_NOUNS = {"follow_ups": "followups"}
_VERBS = {"return_": "return", "break_": "break"}
_RENAMED = {"archive.file": "complaints.file", "backups.make": "upkeep.backup"}
_BY_THE_WINDOW_ONLY = frozenset(
    {
        "upkeep.check_export",
        "chronicle.content",
        "upkeep.note_unmasked",
        "upkeep.note_unmasked_customers",
        "imports.remember_columns",
    }
)
"""Steps of an export or import, which exports.write and imports.run take by themselves."""
READS: Mapping[str, str] = {
    "customers.profile": "customers.profile",
    "complaints.history": "cases.history",
    "complaints.milestones": "clocks.milestones_of",
    "complaints.blockers": "closing.blockers",
    "reworks.of_complaint": "reworks.of_complaint",
    "followups.of_complaint": "follow_ups.of_complaint",
    "followups.due": "follow_ups.due",
    "followups.get": "follow_ups.get",
    "measures.of_complaint": "measure_lists.of_complaint",
    "measures.rows": "measure_lists.rows",
    "measures.get": "measure_lists.get",
    "imports.runs": "imports.runs",
    "persons.plan": "persons.plan",
    "persons.rows": "persons.rows",
    "staff.people": "staff.people",
    "drafts.put": "drafts.put",
    "drafts.get": "drafts.get",
    "drafts.drop": "drafts.drop",
    "upkeep.check": "upkeep.check",
    "upkeep.backups": "backups.listing",
    "history.rows": "chronicle.rows",
    "history.verify": "chronicle.verify",
}
"""Operations that change no record, by the method that answers them."""


_RIGHTS: Mapping[str, Right] = {
    **dict.fromkeys(("access.hire", "access.new_recovery_code", "access.reset_pin"), Right.STAFF),
    **dict.fromkeys(("staff.add", "staff.change", "staff.change_rights"), Right.STAFF),
    **dict.fromkeys(("duties.answer_for", "duties.appoint_deputy", "duties.end_deputy"), Right.STAFF),
    **dict.fromkeys(("archive.file", "archive.move"), Right.FILE),
    **dict.fromkeys(("complaints.assign",), Right.ASSIGN),
    "complaints.close": Right.CLOSE,
    "complaints.grade": Right.CORRECT,
    "complaints.hand_over": Right.HAND_OVER,
    "complaints.identify": Right.CORRECT,
    "complaints.reopen": Right.REOPEN,
    "complaints.resolve_on_the_spot": Right.RESOLVE,
    "complaints.respond": Right.RESPOND,
    "complaints.return_": Right.RETURN,
    "complaints.void": Right.VOID,
    "corrections.override_wording": Right.OVERRIDE,
    "extensions.decide": Right.EXTEND,
    "measures.evaluate": Right.EVALUATE,
    "monthly.freeze": Right.FREEZE,
    "imports.undo": Right.IMPORT,
    "backups.make": Right.BACKUP,
    "backups.pack": Right.BACKUP,
    "backups.set_password": Right.BACKUP,
    **dict.fromkeys(("persons.erase", "persons.renew_backups"), Right.ERASE),
    **dict.fromkeys(("follow_ups.call", "follow_ups.plan", "follow_ups.plan_for", "signs.call"), Right.CALL),
    **dict.fromkeys(("reworks.amend", "reworks.consult", "reworks.register"), Right.REWORK),
    **dict.fromkeys(("judgements.judge", "judgements.take_back"), Right.MALICIOUS),
    **dict.fromkeys(("disposals.note_bundle", "disposals.propose"), Right.PROPOSE_DISPOSAL),
    **dict.fromkeys(("disposals.approve", "disposals.refuse"), Right.APPROVE_DISPOSAL),
    **dict.fromkeys(("customers.add_vehicle", "customers.amend"), Right.PROFILE),
    **dict.fromkeys(("rules.change", "settings.change", "settings.set_logo"), Right.RULES),
}
"""What is asked for, where it is one right whatever the case; the services ask, this only tells."""


def operations(office: Office) -> dict[str, Operation]:
    """All of them by name, in alphabetical order, with the words the desk has for their arguments."""
    shaped = {one.op: one for one in (*fixed.operations(), *papers.operations(), *_of_the_door())}
    reads = {op: _of(office, op, *place.split(".")) for op, place in READS.items()}
    verbs = {one.op: one for one in _verbs(office) if one.op not in shaped}
    every = {**verbs, **reads, **shaped}
    return {op: _labelled(every[op], _choices(office)) for op in sorted(every)}


def _verbs(office: Office) -> Iterator[Operation]:
    """Every public method of every service that takes an act."""
    for noun, maker in inspect.getmembers(Office):
        if isinstance(maker, cached_property):
            for name, method in inspect.getmembers(type(getattr(office, noun)), inspect.isfunction):
                place = f"{noun}.{name}"
                acts = not name.startswith("_") and "act" in inspect.signature(method).parameters
                if acts and place not in _BY_THE_WINDOW_ONLY:
                    yield of_method(_named(noun, name), noun, name, method, _RIGHTS.get(place, ""))


def _of(office: Office, op: str, noun: str, name: str) -> Operation:
    return of_method(op, noun, name, getattr(type(getattr(office, noun)), name))


def _named(noun: str, name: str) -> str:
    plain = f"{_NOUNS.get(noun, noun)}.{_VERBS.get(name, name)}"
    return _RENAMED.get(plain, plain)


def _of_the_door() -> Iterator[Operation]:
    """What the loop answers itself, and the whole content."""
    name, pin = Arg("name", "string", required=True), Arg("pin", "string", required=True)
    yield Operation("system.ops", (), _nothing, ("op", "right", "args", "result"), writes=False)
    yield Operation("staff.login", (name, pin), _nothing, ("token", "name", "roles"), writes=False)
    yield Operation("staff.logout", (), _nothing, (), writes=False)
    yield Operation("system.dump", (), _dump, ("tables",), Right.BACKUP, writes=False)


def _nothing(_visit: Visit, _given: Told) -> Any:
    return {}


def _dump(visit: Visit, _given: Told) -> Any:
    return told(visit.office.chronicle.content(visit.act))


def _labelled(one: Operation, choices: Mapping[str, tuple[str, ...]]) -> Operation:
    return replace(one, args=tuple(_worded(arg, choices) for arg in one.args))


def _worded(arg: Arg, choices: Mapping[str, tuple[str, ...]]) -> Arg:
    return replace(
        arg,
        label=arg.label or labels().get(arg.name, ""),
        choices=arg.choices or choices.get(arg.name, ()),
        of=tuple(_worded(inner, choices) for inner in arg.of),
    )


@lru_cache(maxsize=1)
def labels() -> dict[str, str]:
    """The desk's word for every argument, by its name; the words of the form come first."""
    shipped = json.loads(resource("door", "labels.json").read_text(encoding="utf-8"))
    return {**shipped, **FIELD_LABELS}


def _choices(office: Office) -> dict[str, tuple[str, ...]]:
    """Words that may stand in an argument of this name wherever it is asked for."""
    return {
        "channel": office.rules.rulebook().offered,
        "severity": tuple(Severity),
        "line": tuple(Line),
        "satisfaction": tuple(Satisfaction),
        "rework_kind": tuple(ReworkKind),
    }
