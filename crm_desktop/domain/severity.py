"""级别: a tick list that proposes 重大; a person decides (facts.md 5.2; the seed defines no severity, gap G1)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from crm_desktop.domain.complaints import Severity
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.paths import resource

_DENIED = re.compile(r"(?:没有?|未|无|不是|并非|不会|不想)(?:人|什么|发生|去|要)?$")


@dataclass(frozen=True, slots=True)
class Tick:
    """One reason to call a complaint 重大; ``code`` is what is stored, ``label`` what the desk reads.

    ``words``: what the customer says where it may be one.
    """

    code: str
    label: str
    source: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """A word of the customer that speaks for a tick: a suggestion, the person decides."""

    word: str
    tick: Tick


@lru_cache(maxsize=1)
def shipped_ticks() -> tuple[Tick, ...]:
    """The tick list of a new home (resources/rules/severity.json)."""
    return read_ticks(_shipped())


def read_ticks(table: Mapping[str, Any]) -> tuple[Tick, ...]:
    """A stored tick list; ``{claim_limit}`` in a label becomes the limit in yuan.

    :raises InvalidInput: for two ticks of one code, or one without code or label.
    """
    limit = str(table.get("claim_limit", ""))
    ticks: dict[str, Tick] = {}
    for row in table.get("ticks", ()):
        if not row.get("code") or not row.get("label"):
            raise InvalidInput("重大投诉的判据有一条没有写全，请补上代号和说明。")
        if row["code"] in ticks:
            raise InvalidInput(f"重大投诉的判据“{row['label']}”重复，请去掉一条。")
        label = row["label"].replace("{claim_limit}", limit)
        words = row["words"] if "words" in row else _shipped_words().get(row["code"], "")
        ticks[row["code"]] = Tick(row["code"], label, row.get("source", ""), tuple(words.split()))
    return tuple(ticks.values())


@lru_cache(maxsize=1)
def _shipped_words() -> dict[str, str]:
    """For a tick list that was changed before there were words."""
    return {row["code"]: row.get("words", "") for row in _shipped()["ticks"]}


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(resource("rules", "severity.json").read_text(encoding="utf-8"))
    return table


def heard_in(text: str, known: Iterable[Tick]) -> tuple[Heard, ...]:
    """The first word of each tick that stands in ``text`` and is not denied (没有受伤), in the order of the list."""
    found = ((tick, next((word for word in tick.words if _is_said(word, text)), "")) for tick in known)
    return tuple(Heard(word, tick) for tick, word in found if word)


def _is_said(word: str, text: str) -> bool:
    said = re.finditer(rf"(?<!\d){re.escape(word)}(?!\d)", text)
    return any(not _DENIED.search(text[: place.start()]) for place in said)


def propose(ticks: Iterable[str], known: tuple[Tick, ...] | None = None) -> tuple[Severity, tuple[str, ...]]:
    """What the ticked codes propose, and the labels that say why, in the order of the list; any tick means 重大.

    :raises InvalidInput: for a code that is not in the list.
    """
    known = shipped_ticks() if known is None else known
    ticked = set(ticks)
    unknown = sorted(ticked - {tick.code for tick in known})
    if unknown:
        raise InvalidInput(f"没有“{unknown[0]}”这条重大投诉判据，请从清单里勾选。")
    reasons = tuple(tick.label for tick in known if tick.code in ticked)
    return (Severity.MAJOR if reasons else Severity.ORDINARY), reasons
