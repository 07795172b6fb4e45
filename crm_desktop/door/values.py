"""JSON into what a verb takes, and what it answers into JSON; the type hints of the verbs say how."""

from __future__ import annotations

import base64
import binascii
import types
import typing
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from crm_desktop.clock import to_local, to_utc
from crm_desktop.domain.attachments import KeptFile
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.text import TEXT_LIMIT

_LARGEST = 2**53
"""The largest whole number every JSON reader keeps exact."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_TEXTS_AT_MOST = 64 * TEXT_LIMIT
_LISTS = (tuple, list, Sequence, Iterable, Collection)
_KNOWN_BY_HINTS = {"KeptFile": KeptFile}
"""Names that a draft's module imports for its type hints only."""


@lru_cache(maxsize=512)
def hints_of(owner: Any) -> dict[str, Any]:
    """The resolved type hints of a function or a dataclass."""
    return typing.get_type_hints(owner, localns=_KNOWN_BY_HINTS)


def plain(hint: Any) -> Any:
    """The hint without its ``| None``; of several that are left the first."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return next(one for one in typing.get_args(hint) if one is not types.NoneType)
    return hint


def may_be_none(hint: Any) -> bool:
    """Whether null is a value of it."""
    return types.NoneType in typing.get_args(hint)


def kind_of(hint: Any) -> str:
    """The word ``system.ops`` has for it: a JSON type, or datetime, date, base64."""
    hint = plain(hint)
    origin = typing.get_origin(hint)
    if hint in (datetime, date):
        return str(hint.__name__)
    if hint is bool:
        return "boolean"
    if hint is int:
        return "integer"
    if hint is bytes:
        return "base64"
    if origin in _LISTS:
        return "array"
    if origin is Mapping or is_dataclass(hint):
        return "object"
    return "any" if hint is Any else "string"


def must_be_told(one: Field[Any]) -> bool:
    """Whether a field of a draft has no value of its own."""
    return one.default is MISSING and one.default_factory is MISSING


def taken(hint: Any, value: Any, name: str) -> Any:
    """One argument as the verb wants it; times are local where they name no zone, and become UTC.

    :raises InvalidInput: a value of another kind, naming the argument.
    """
    if value is None:
        if hint is Any or may_be_none(hint):
            return None
        raise _wrong(name, "不能为空，请填写")
    return _taken(plain(hint), value, name)


def _taken(hint: Any, value: Any, name: str) -> Any:
    origin = typing.get_origin(hint)
    if hint is Any:
        return value
    if origin in _LISTS:
        return tuple(taken(typing.get_args(hint)[0], one, name) for one in _of(list, value, name, "一个列表 […]"))
    if origin is Mapping:
        key, inner = typing.get_args(hint)
        told = _of(dict, value, name, "一个对象 {…}")
        return {_taken(key, k, name): taken(inner, v, f"{name}.{k}") for k, v in told.items()}
    if is_dataclass(hint) and isinstance(hint, type):
        return built(hint, _of(dict, value, name, "一个对象 {…}"), f"{name}.")
    return _simple(hint, value, name)


def _simple(hint: Any, value: Any, name: str) -> Any:
    if hint is bool:
        return _of(bool, value, name, "true 或 false")
    if hint is int:
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _LARGEST:
            raise _wrong(name, "要写成整数")
        return value
    text = _text(value, name)
    if hint is datetime:
        return _time(text, name)
    if hint is date:
        return _day(text, name)
    if hint is bytes:
        return _bytes(text, name)
    if hint is Path:
        return Path(text)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        if text not in tuple(hint):
            raise _wrong(name, f"没有“{text[:40]}”，请从 {'、'.join(hint)} 中选")
        return hint(text)
    return text


def built(draft: Any, told: Mapping[str, Any], place: str = "") -> Any:
    """A dataclass out of an object; what is not told keeps its default.

    :raises InvalidInput: an unknown or missing field, or one of another kind.
    """
    known = {one.name: one for one in fields(draft)}
    for name in told:
        if name not in known:
            raise _wrong(f"{place}{name}", "不是这里的参数，请用 system.ops 查看参数表")
    for one in known.values():
        if must_be_told(one) and one.name not in told:
            raise _wrong(f"{place}{one.name}", "没有填，请补上")
    hints = hints_of(draft)
    return draft(**{name: taken(hints[name], value, f"{place}{name}") for name, value in told.items()})


def told(value: Any) -> Any:
    """An answer as JSON: times local without zone, days as 2026-11-21, records by their fields."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: told(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, datetime):
        return to_local(value).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): told(one) for key, one in value.items()}
    if isinstance(value, list | tuple | AbstractSet):
        return [told(one) for one in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return str(value) if isinstance(value, Path | StrEnum) else value


def _of(kind: type, value: Any, name: str, wanted: str) -> Any:
    if not isinstance(value, kind):
        raise _wrong(name, f"要写成{wanted}")
    return value


def _text(value: Any, name: str) -> str:
    text = str(_of(str, value, name, "文字"))
    if len(text) > _TEXTS_AT_MOST:
        raise _wrong(name, f"太长（{len(text)} 字），请分开填写")
    return text.encode("utf-8", "ignore").decode("utf-8").replace("\0", "")


def _time(text: str, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise _wrong(name, "请写成 2026-11-21T14:30 这样的时间") from None
    _check_year(moment, name)
    return to_utc(moment).replace(microsecond=0)


def _day(text: str, name: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _wrong(name, "请写成 2026-11-21 这样的日期") from None
    _check_year(day, name)
    return day


def _check_year(day: date, name: str) -> None:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise _wrong(name, f"的年份应在 {_FIRST_YEAR} 到 {_LAST_YEAR} 之间")


def _bytes(text: str, name: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise _wrong(name, "请写成 base64") from None


def _wrong(name: str, why: str) -> InvalidInput:
    return InvalidInput({name: f"参数 {name} {why}。"})
