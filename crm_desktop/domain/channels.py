"""接收渠道 of a home: the seven of the procedure and the dealership's own (seed 001 篇1 一 to 四; requirement A5).

A channel is there because 时限规则 speak of it (``Rulebook.channels``); as long as it is in use it stands in 受理, in
更正 and on the form (``Rulebook.offered``). What the procedure asks of its seven beyond their clocks (the maker's
ticket, 撤稿, 上报) stays with the code by their names; an own channel begins with the clocks of 接待, or of the one it
is said to be like.

    with_channel(table, name, like)  without_channel(table, name)  in_use(table, name, used)  with_own(shipped, table)
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from crm_desktop.domain.complaints import Channel
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.text import checked_line

Table = dict[str, Any]
LONGEST = 10
"""Characters of a name: as many as a box of the form has room for."""


def with_channel(table: Mapping[str, Any], name: str, like: str = Channel.RECEPTION) -> Table:
    """The rules with one channel more, with the clocks of another one to begin with.

    :raises InvalidInput: no name, one too long or there already, or nothing to be like.
    """
    word = checked_line(name, "接收渠道", LONGEST)
    known = {rule["channel"] for rule in table["rules"]}
    if not word:
        raise InvalidInput({"channel": "请写接收渠道的名称，如 抖音。"})
    if word in known:
        raise InvalidInput({"channel": f"接收渠道“{word}”已经有了，请换一个名称。"})
    if like not in known:
        raise InvalidInput({"like": f"没有“{like}”这个接收渠道，请从列表里选。"})
    copied = [
        {**rule, "channel": word, "sources": {"filled_by": f"本店加的渠道，开始时照“{like}”的时限"}}
        for rule in table["rules"]
        if rule["channel"] == like
    ]
    changed = deepcopy(dict(table))
    changed["rules"] += copied
    return changed


def without_channel(table: Mapping[str, Any], name: str) -> Table:
    """The rules without one of the dealership's own; whether complaints came by it, the service asks.

    :raises InvalidInput: one of the seven.
    """
    _check_own(name, "去掉")
    changed = in_use(table, name, used=True)
    changed["rules"] = [rule for rule in changed["rules"] if rule["channel"] != name]
    return changed


def in_use(table: Mapping[str, Any], name: str, *, used: bool) -> Table:
    """The rules with a channel offered again, or no longer; its complaints keep their word and their clocks.

    :raises InvalidInput: one of the seven put out of use.
    """
    if not used:
        _check_own(name, "停用")
    changed = deepcopy(dict(table))
    others = [word for word in changed.pop("out_of_use", ()) if word != name]
    resting = others if used else [*others, name]
    return {**changed, "out_of_use": resting} if resting else changed


def with_own(shipped: Mapping[str, Any], table: Mapping[str, Any]) -> Table:
    """The shipped rules, and beside them the dealership's own channels as they are."""
    restored = deepcopy(dict(shipped))
    restored["rules"] += [rule for rule in table["rules"] if rule["channel"] not in tuple(Channel)]
    if table.get("out_of_use"):
        restored["out_of_use"] = list(table["out_of_use"])
    return restored


def _check_own(name: str, verb: str) -> None:
    if name in tuple(Channel):
        raise InvalidInput({"channel": f"“{name}”是制度规定的渠道，不能{verb}；本店自己加的才可以。"})
