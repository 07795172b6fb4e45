"""A document of rules as a list of lines: what a line shows, how it is put back, and what two documents differ in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.identity import half_width
from crm_desktop.gui.widgets.fields import Option
from crm_desktop.services.rules import RuleName

Table = dict[str, Any]
_SHARE = re.compile(r"(\d{1,4}(?:\.\d)?)\s*%?")
_WHOLE = re.compile(r"\d{1,7}")
_AMOUNT = re.compile(r"\d{1,9}(?:\.\d{1,3})?")
YES, NO = "要求", "不要求"
_TOLD = 5


@dataclass(frozen=True, slots=True)
class RuleField:
    """One value of a line. ``fixed`` ones name the line; ``options`` are the words to choose from; ``long`` ones hold
    many words; ``hint`` shows how it is written."""

    name: str
    label: str
    width: float = 12
    fixed: bool = False
    options: tuple[Option, ...] = ()
    long: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One line: ``key`` is its place in the document, ``values`` what its fields show. ``lasting`` ones cannot go.

    Where it is changed by other fields than it shows, ``asked`` are those, and ``typed`` is what stands in them.
    """

    key: str
    values: Mapping[str, str]
    source: str = ""
    lasting: bool = True
    asked: tuple[RuleField, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def begun(self) -> Mapping[str, str]:
        """What its dialog begins with."""
        return self.typed or self.values


@dataclass(frozen=True, slots=True)
class RuleSheet:
    """How a document is read as lines, and how a changed line is put back; ``put`` raises InvalidInput.

    ``add`` takes the values of a new line, ``drop`` the key of one that goes; None where lines are what they are.
    ``asked`` is what a new line is asked for, where that is something else than what it shows.
    """

    name: RuleName
    title: str
    about: str
    fields: tuple[RuleField, ...]
    lines: Callable[[Table], list[RuleLine]]
    put: Callable[[Table, str, Mapping[str, str]], None]
    add: Callable[[Table, Mapping[str, str]], None] | None = None
    drop: Callable[[Table, str], None] | None = None
    asked: tuple[RuleField, ...] = ()

    def changed(self, table: Table, key: str, values: Mapping[str, str]) -> Table:
        """The whole document with another line."""
        copy = deepcopy(table)
        self.put(copy, key, values)
        return copy

    def added(self, table: Table, values: Mapping[str, str]) -> Table:
        """The whole document with one line more."""
        copy = deepcopy(table)
        if self.add is not None:
            self.add(copy, values)
        return copy

    def dropped(self, table: Table, key: str) -> Table:
        """The whole document with one line less."""
        copy = deepcopy(table)
        if self.drop is not None:
            self.drop(copy, key)
        return copy

    def differences(self, before: Table, after: Table) -> list[str]:
        """What a change did, line by line, in the words of the page."""
        old, new = self._named(before), self._named(after)
        told = [f"去掉“{name}”" for name in old if name not in new]
        told += [f"加上“{name}”" for name in new if name not in old]
        for name in new:
            if name in old and old[name] != new[name]:
                told += [
                    f"{name} {field.label}：{_difference(field, old[name][field.name], new[name][field.name])}"
                    for field in self.fields
                    if old[name][field.name] != new[name][field.name]
                ]
        return told

    def _named(self, table: Table) -> dict[str, Mapping[str, str]]:
        naming = [field for field in self.fields if field.fixed] or list(self.fields)
        return {" ".join(line.values[field.name] for field in naming): line.values for line in self.lines(table)}


def _difference(field: RuleField, old: str, new: str) -> str:
    if not field.long:
        return f"{shown(field, old) or '空'} → {shown(field, new) or '空'}"
    had, has = re.split(r"[、\s]+", old), re.split(r"[、\s]+", new)
    gone = [word for word in had if word and word not in has]
    come = [word for word in has if word and word not in had]
    told = (("加上 ", come), ("去掉 ", gone))
    return "；".join(f"{what}{_listed(words)}" for what, words in told if words) or "只改了顺序"


def _listed(words: list[str]) -> str:
    """A year of holidays would hide what else was changed."""
    more = f" 等 {len(words)} 个" if len(words) > _TOLD else ""
    return "、".join(words[:_TOLD]) + more


def shown(field: RuleField, value: str) -> str:
    """The word of the desk for a stored value."""
    words = dict(option if isinstance(option, tuple) else (option, option) for option in field.options)
    return str(words.get(value, value))


def sources(told: Mapping[str, str], fields: Sequence[RuleField]) -> str:
    """The sources of a line, one row a field."""
    labels = {field.name: field.label for field in fields}
    return "\n".join(f"{labels.get(name, name)}：{source}" for name, source in told.items())


def read_share(text: str, name: str) -> float:
    """80% as 0.8; raises InvalidInput under the field ``name``."""
    found = _SHARE.fullmatch(half_width(text).strip())
    if not found:
        raise InvalidInput({name: f"“{text}”看不懂，请写成百分比，如 80%。"})
    return round(float(found[1]) / 100, 3)


def percent(share: float) -> str:
    """0.8 as 80%."""
    return f"{share * 100:g}%"


def read_number(text: str, name: str, what: str) -> int:
    """A whole number as typed; raises InvalidInput under the field ``name``."""
    cleaned = half_width(text).replace(",", "").strip()
    if not _WHOLE.fullmatch(cleaned):
        raise InvalidInput({name: f"{what}请填整数，不能是“{text}”。"})
    return int(cleaned)


def read_amount(text: str, name: str, what: str) -> float:
    """A number as typed, with up to three places; raises InvalidInput under the field ``name``."""
    cleaned = half_width(text).replace(",", "").strip()
    if not _AMOUNT.fullmatch(cleaned):
        raise InvalidInput({name: f"{what}请填数字，不能是“{text}”。"})
    number = float(cleaned)
    return int(number) if number.is_integer() else number


NAMED = (RuleField("label", "规则", 30, fixed=True), RuleField("value", "现在是", 40))
"""Where a line is a name and one value."""
