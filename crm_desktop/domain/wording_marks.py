"""The word lists of the wording check, compiled: what reads as who, when, verify, number, vague, blame.

The lists are data (resources/rules/wording.json) that the dealership may edit; each names its source there. A list
has plain ``words`` (several on a line, blanks between) and ``patterns`` (regular expressions over half-width text,
which may name ``parts`` of the list, like ``{verb}``).
Everything is compiled once, so that a whole paragraph is read between two keystrokes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.text import checked_text
from crm_desktop.paths import resource

LONGEST_TEMPLATE = 400
GONE = "~"
"""Stands where a word was taken out: neither a letter nor the end of a clause."""

HAN = r"[\u4e00-\u9fff]"
HEAD = f"(?:(?<![\\w{GONE}])|(?<=[由让请派和及经找交再员师长理管总监任问岗{GONE}])|(?<=通知)|(?<=安排))"
_OF_CAUSES = ("blame", "vague_cause")
NOTHING = "(?!)"
"""The expression of an empty list: it is never found."""

SAME_CLAUSE = "[^,。;:!?]"
Pattern = re.Pattern[str]

_HALF_WIDTH: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_HALF_WIDTH |= {0x3000: " ", ord("\n"): ";", ord("\t"): " ", ord("·"): " "}
_LOOSE_BLANK = re.compile(r" +(?=[\x21-\x7e])|(?<=[\x21-\x7e]) +")
NOT_GIVEN = "的了在是和与对按每从自到把将要应须有无不以及或且为所被让使给向用时前后内次个台车天日月周年号点负先做须必即"


@dataclass(frozen=True, slots=True)
class Plain:
    """A text as the patterns read it: half-width, no blank beside a digit or letter; ``at`` leads back."""

    text: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, typed: str) -> Plain:
        """Every kept character with its place in ``typed``."""
        half = typed.translate(_HALF_WIDTH)
        dropped = {place for blank in _LOOSE_BLANK.finditer(half) for place in range(*blank.span())}
        kept = tuple(place for place in range(len(half)) if place not in dropped)
        return cls("".join(half[place] for place in kept), kept)


@dataclass(frozen=True, slots=True)
class WordLists:
    """One expression a question, and how much has to be left; made by ``lists_from``.

    ``least_left``: letters when the vague words go. ``least_deed``: letters that say what is done. ``least_reason``:
    letters of a clause that names a mechanism or a number. ``least_told``: letters after a 因为. ``least_account``:
    letters that tell what happened, over all clauses, naming ``least_things`` things. ``unfilled``: places left open
    (____, XX, 待定). ``as_shipped``: nobody edited what a cause may not say, and the learnt opinion may speak too.
    """

    vague: Pattern
    unfilled: Pattern
    not_people: Pattern
    who: Pattern
    when: Pattern
    verify: Pattern
    checks: Pattern
    formal: Pattern
    by_another: Pattern
    number: Pattern
    filler: Pattern
    blame: Pattern
    vague_cause: Pattern
    person: Pattern
    undone: Pattern
    lacking: Pattern
    failing: Pattern
    mechanism: Pattern
    specific: Pattern
    outcome: Pattern
    least_left: int
    least_deed: int
    least_reason: int
    least_told: int
    least_account: int
    least_things: int
    measure_template: str
    cause_template: str
    as_shipped: bool


def without(marks: Pattern, text: str) -> str:
    """``text`` of the same length with every mark taken out."""
    return marks.sub(_gap, text)


def _gap(mark: re.Match[str]) -> str:
    return GONE * len(mark[0])


@lru_cache(maxsize=1)
def shipped_lists() -> WordLists:
    """The lists that come with the program."""
    return lists_from(_shipped())


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(resource("rules", "wording.json").read_text(encoding="utf-8"))
    return table


def lists_from(data: Mapping[str, Any]) -> WordLists:
    """Lists as the dealership edited them.

    :raises InvalidInput: with a sentence naming the list that is missing or cannot be read as an expression.
    """
    try:
        templates = {**_shipped()["templates"], **data.get("templates", {})}
        return _compile(data["lists"], data["limits"], templates)
    except KeyError as missing:
        raise InvalidInput(f"空话词表缺少“{missing.args[0]}”一项，请恢复这一项或改回出厂词表。") from None
    except (TypeError, AttributeError):
        raise InvalidInput("空话词表的结构不对，请改回出厂词表再修改。") from None
    except re.error as fault:
        raise InvalidInput(f"空话词表里有写错的句式（{fault}），请改正或改回出厂词表。") from None


def _compile(lists: Mapping[str, Any], limits: Mapping[str, int], templates: Mapping[str, str]) -> WordLists:
    one = {key: _either(entry) for key, entry in {**_added_later(), **lists}.items()}
    name = _name(lists["surnames"])
    people = f"(?:{one['people']}|{_desk(lists['desks'], lists['surnames'])})"
    by_another = _either({"patterns": lists["verify"]["second_hand"]})
    return WordLists(
        vague=re.compile(f"(?!{_any(lists['vague']['things'])})(?:{one['vague']})"),
        unfilled=re.compile(one["unfilled"]),
        not_people=re.compile(_not_people(lists["not_people"], people, name)),
        who=re.compile(f"(?:{people})+(?:{name})?|{name}"),
        when=re.compile(one["when"]),
        verify=re.compile(one["verify"]),
        checks=re.compile(one["checks"]),
        formal=re.compile(_any(lists["verify"]["formal"])),
        by_another=re.compile(f"(?:{people}|{name})(?:{by_another})"),
        number=re.compile(one["number"]),
        filler=re.compile(one["filler"]),
        blame=re.compile(one["blame"]),
        vague_cause=re.compile(one["vague_cause"]),
        person=re.compile(f"(?:{people}|{one['cause_subjects']}|{name})(?!的?(?:{one['system_things']})|[台区处室])"),
        undone=re.compile(one["acts"]),
        lacking=re.compile(_lacking(one)),
        failing=re.compile(f"(?:{one['system_things']}){SAME_CLAUSE}{{0,10}}?(?:{one['system_states']})"),
        mechanism=re.compile(f"{one['parts_states']}|{one['measured']}"),
        specific=re.compile(f"(?:{one['specific']})+"),
        outcome=re.compile(one["outcome"]),
        least_left=limits["least_left"],
        least_deed=limits["least_deed"],
        least_reason=limits["least_reason"],
        least_told=limits["least_told"],
        least_account=limits["least_account"],
        least_things=limits.get("least_things", 2),
        measure_template=checked_text(templates["measure"], "措施模板", LONGEST_TEMPLATE),
        cause_template=checked_text(templates["cause"], "原因模板", LONGEST_TEMPLATE),
        as_shipped=all(lists[key] == _shipped()["lists"][key] for key in _OF_CAUSES),
    )


def _added_later() -> dict[str, Any]:
    """Lists that a home whose lists are older does not have yet, as shipped."""
    return {key: _shipped()["lists"][key] for key in ("unfilled", "measured", "checks", "specific")}


def _either(entry: Mapping[str, Any]) -> str:
    """Any word or pattern of one list; a pattern may name a part of the list, like ``{verb}``."""
    words = [_any(entry["words"])] if entry.get("words") else []
    return "|".join(words + [f"(?:{_filled(pattern, entry)})" for pattern in entry.get("patterns", ())]) or NOTHING


def _filled(pattern: str, entry: Mapping[str, Any]) -> str:
    filled = pattern
    for name, lines in entry.get("parts", {}).items():
        filled = filled.replace(f"{{{name}}}", f"(?:{_any(lines)})")
    return filled


def _any(lines: Iterable[str]) -> str:
    """Any of the words; the longest first, so that a part never hides the whole."""
    words = {word for line in lines for word in line.split()}
    return "|".join(re.escape(word) for word in sorted(words, key=_longest_first)) or NOTHING


def _longest_first(word: str) -> tuple[int, str]:
    return -len(word), word


def _name(entry: Mapping[str, Any]) -> str:
    """A person's name: 王师傅, 小王 and 阿强 anywhere, 王建国 at the head of a clause and before what he does."""
    surname = "[" + "".join(entry["words"]) + "]"
    no_name = f"(?!{_any(entry['not_names'])})"
    called = f"{surname}(?:{_any(entry['callings'])})(?![单时序具位作艺资])"
    nickname = f"(?<![大最缩减变养古细窄太]){no_name}[小老]{surname}|(?<!\\w)阿{HAN}"
    big = f"{HEAD}大{surname}(?={_any(entry['followers'])})"
    given = f"[^\\W\\da-zA-Z_{NOT_GIVEN}]{{1,2}}"
    full = f"{HEAD}{no_name}{surname}{given}(?=$|\\d|{_any(entry['followers'])})"
    return f"(?:{called}|{nickname}|{big}|{full})"


def _desk(entry: Mapping[str, Any], names: Mapping[str, Any]) -> str:
    """前台, 机电组: a part of the house stands for a person only where it is about to do something."""
    before_a_deed = f"(?=\\d|{_any(names['followers'])})"
    at_the_head = _either({"patterns": entry["groups"]})
    anywhere = _either({"patterns": entry["patterns"]})
    return f"(?:{HEAD}(?:{_any(entry['words'])})|{anywhere}){before_a_deed}|{HEAD}(?:{at_the_head})"


def _not_people(entry: Mapping[str, Any], people: str, name: str) -> str:
    """People something is done to (批评技师, 对张军罚款), and people without a name (相关人员)."""
    between = f"(?:{_any(entry['between'])}|\\d+[名个位]|的)*[^,。;:!?每台车辆由]{{0,3}}?"
    return f"(?:{_any(entry['object_before'])}){between}(?:{people}|{name})|{_either(entry)}"


def _lacking(one: Mapping[str, str]) -> str:
    """没有…流程: something is lacking, which is not the same as somebody who did not do it (没有按流程)."""
    return f"(?!{one['acts']})(?:{one['lack']}){SAME_CLAUSE}{{0,8}}?(?:{one['system_things']})|{one['reasons']}"
