"""What an operation is, and how a verb of a service becomes one without a line of its own."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args

from crm_desktop.domain.acts import Act
from crm_desktop.domain.attachments import KeptFile
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.door.values import built, hints_of, kind_of, must_be_told, plain, taken, told
from crm_desktop.services.office import Office

AFTER_A_BACKUP: Mapping[str, str] = {
    "merging.merge": "合并",
    "merging.undo": "撤销合并",
    "imports.undo": "撤销导入",
}
"""Verbs that change much at once, by what the desk calls the step (``services/backups.py``, before)."""
_ALONE = ("access", "backups", "persons")
"""A wrong PIN is counted although it is refused, a backup is no record, an erasure writes the whole file anew."""
_SAYS_NOBODY = ("number", "state", "removed")
"""Words an answer may keep: ``removed`` of an undo is how many of which kind."""
_ACT_OF = "_token"
"""Behind the name of an argument that is somebody else's act: he hands over the token he got by his own PIN."""
Told = Mapping[str, Any]
"""The arguments of a request, as JSON brought them."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request at the door: the open home, and who asks, with the rights he holds at this moment."""

    office: Office
    act: Act
    signed: Callable[[str], Act]
    """What somebody else does now, by the token of his own: where a second person has to approve."""


@dataclass(frozen=True, slots=True)
class Arg:
    """One argument as ``system.ops`` tells it; ``choices`` are the words that may stand there, if they are few.

    ``of`` are the fields of an object, or of each object in an array.
    """

    name: str
    type: str
    required: bool = False
    choices: tuple[str, ...] = ()
    label: str = ""
    of: tuple[Arg, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """``noun.verb``. ``right`` is the word of the rights table, empty where everybody here may, or by the case;
    ``result`` names what is answered. ``writes``: it runs in one transaction together with its once-only key; one
    that is done ``alone`` has none around it: a wrong PIN is counted although it is refused, a backup is no record."""

    op: str
    args: tuple[Arg, ...]
    run: Callable[[Visit, Told], Any]
    result: tuple[str, ...] = ()
    right: str = ""
    writes: bool = True
    alone: bool = False


def told_of(one: Operation) -> dict[str, Any]:
    """An operation as ``system.ops`` tells it."""
    return {"op": one.op, "right": one.right, "args": [_told_arg(arg) for arg in one.args], "result": list(one.result)}


def _told_arg(arg: Arg) -> dict[str, Any]:
    of = {"of": [_told_arg(inner) for inner in arg.of]} if arg.of else {}
    return {
        "name": arg.name, "type": arg.type, "required": arg.required, "choices": list(arg.choices),
        "label": arg.label, **of,
    }  # fmt: skip


def check_names(args: Iterable[Arg], given: Told) -> None:
    """:raises InvalidInput: an argument that is not one of these, or a required one that is missing."""
    known = {arg.name: arg for arg in args}
    faults = {name: f"没有参数 {name}，请用 system.ops 查看参数表。" for name in given if name not in known}
    missing = [arg for arg in known.values() if arg.required and given.get(arg.name) in (None, "")]
    faults |= {arg.name: f"请填{arg.label or arg.name}（参数 {arg.name}）。" for arg in missing}
    if faults:
        raise InvalidInput(faults)


def args_of_draft(draft: Any, required: Iterable[str] = ()) -> tuple[Arg, ...]:
    """One argument for every field of a draft."""
    hints, needed = hints_of(draft), frozenset(required)
    return tuple(
        _arg(one.name, hints[one.name], required=one.name in needed or must_be_told(one))
        for one in fields(draft)
        if plain(hints[one.name]) is not KeptFile
    )


def of_method(op: str, noun: str, name: str, method: Callable[..., Any], right: str = "") -> Operation:
    """A verb of a service as it is; a draft it wants is told by its fields, beside the other arguments."""
    hints = hints_of(method)
    wanted = [p for p in inspect.signature(method).parameters.values() if p.name not in ("self", "act")]
    drafts = {p.name: plain(hints[p.name]) for p in wanted if _is_draft(p, hints[p.name])}
    others = [p for p in wanted if p.name not in drafts and _can_be_told(hints[p.name])]
    args = tuple(_arg(p.name, hints[p.name], required=p.default is inspect.Parameter.empty) for p in others)
    seconds = {f"{p.name}{_ACT_OF}": p.name for p in wanted if plain(hints[p.name]) is Act}
    args += tuple(Arg(token, "string") for token in seconds)
    names = {p.name for p in wanted}
    if {"number", "ver"} <= names and "at" not in names:
        args = (*args, Arg("at", "datetime"))  # every later verb takes it; a step without a time of its own is now
    inside = {draft: args_of_draft(kind) for draft, kind in drafts.items()}
    acts = "act" in inspect.signature(method).parameters
    versioned = "ver" in names

    def run(visit: Visit, given: Told) -> Any:
        called: dict[str, Any] = {
            p.name: taken(hints[p.name], given[p.name], p.name) for p in others if p.name in given
        }
        taken(datetime | None, given.get("at"), "at")
        for draft, kind in drafts.items():
            own = {arg.name for arg in inside[draft]}
            called[draft] = built(kind, {key: value for key, value in given.items() if key in own})
        for token, name_of_act in seconds.items():
            if second := taken(str | None, given.get(token), token):
                called[name_of_act] = visit.signed(second)
        if acts:
            called["act"] = visit.act
        if step := AFTER_A_BACKUP.get(f"{noun}.{name}"):
            visit.office.backups.before(step)
        answer = getattr(getattr(visit.office, noun), name)(**called)
        return small(answer, versioned=versioned) if acts else told(answer)

    every = (*args, *(arg for found in inside.values() for arg in found))
    result = _result_of(plain(hints.get("return")), versioned=versioned) if acts else ()
    return Operation(op, every, run, result, right, writes=acts, alone=noun in _ALONE)


def small(answer: Any, *, versioned: bool) -> dict[str, Any]:
    """What a verb that writes answers: which record, its version and state, how many; never words of people.

    So the answer kept for a once-only key holds nothing that an erasure would have to find.
    """
    if answer is None:
        return {}
    if isinstance(answer, bool) or not isinstance(answer, int):
        return _identity(answer)
    return {"ver": answer} if versioned else {"id": answer, "ver": 1}


def _identity(answer: Any) -> dict[str, Any]:
    if is_dataclass(answer) and not isinstance(answer, type):
        kept = {one.name: getattr(answer, one.name) for one in fields(answer)}
        return {name: told(value) for name, value in kept.items() if _tells_no_words(name, value)}
    if isinstance(answer, tuple):
        return {"id": answer[0], "ver": answer[1]}
    if isinstance(answer, Path):
        return {"path": str(answer)}
    return {"code": answer} if isinstance(answer, str) else {}


def _tells_no_words(name: str, value: Any) -> bool:
    return isinstance(value, int | StrEnum) or name in _SAYS_NOBODY


def _result_of(hint: Any, *, versioned: bool) -> tuple[str, ...]:
    if hint is int:
        return ("ver",) if versioned else ("id", "ver")
    if is_dataclass(hint) and isinstance(hint, type):
        kinds = hints_of(hint)
        return tuple(n for n, kind in kinds.items() if plain(kind) in (int, bool) or n in _SAYS_NOBODY)
    return ()


def _is_draft(parameter: inspect.Parameter, hint: Any) -> bool:
    return is_dataclass(hint) and hint is not Act and parameter.default is inspect.Parameter.empty


def _can_be_told(hint: Any) -> bool:
    """Not a second person's act, a file the window has laid by, or a function that is told of progress."""
    found = plain(hint)
    return found not in (Act, KeptFile) and "Callable" not in str(found)


def _arg(name: str, hint: Any, *, required: bool) -> Arg:
    kind = plain(hint)
    choices = tuple(kind) if isinstance(kind, type) and issubclass(kind, StrEnum) else ()
    inner = next((one for one in (kind, *get_args(kind)) if is_dataclass(one)), None)
    return Arg(name, kind_of(hint), required, choices, of=args_of_draft(inner) if inner else ())
