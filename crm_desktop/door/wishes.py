"""One line of the caller as a wish: what, by whom, with what, and under which once-only key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crm_desktop.domain.errors import InvalidInput

LINE_LIMIT = 8 * 1024 * 1024
"""Bytes; a longer line is refused and passed over."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A request. ``id`` is the caller's own and goes back as it came."""

    id: Any
    op: str
    token: str
    key: str
    args: Mapping[str, Any]


def read(line: bytes) -> dict[str, Any]:
    """The JSON object of a line.

    :raises InvalidInput: too long, no JSON, or no object.
    """
    if len(line) > LINE_LIMIT:
        raise InvalidInput(f"这一行太长，最多 {LINE_LIMIT // 1024 // 1024} MB，请拆成几次。")
    try:
        told = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        raise InvalidInput("这一行不是 UTF-8 的 JSON，请每行写一个完整的对象。") from None
    if not isinstance(told, dict):
        raise InvalidInput('请写成一个对象，如 {"id": 1, "op": "system.ops", "args": {}}。')
    return told


def wish_of(told: Mapping[str, Any]) -> Wish:
    """:raises InvalidInput: no operation named, or a part of another kind."""
    args = told.get("args")
    if args is None:
        args = {}
    if not isinstance(args, dict):
        raise InvalidInput({"args": "args 要写成一个对象 {…}。"})
    own = {name: value for name, value in args.items() if name != "key"}
    return Wish(told.get("id"), _word(told, "op"), _word(told, "token"), _word(args, "key"), own)


def _word(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidInput({name: f"{name} 要写成文字。"})
    return value.encode("utf-8", "ignore").decode("utf-8")
