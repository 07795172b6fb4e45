"""Which columns the search box asks, what a hit in them leads to, and how candidates of the index become hits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crm_desktop.domain.search import (
    HitKind,
    Meets,
    Question,
    asked_of_codes,
    asked_of_texts,
    folded,
    meeting_of_code,
    meeting_of_text,
)
from crm_desktop.models.search import INITIALS, SPELLED, WORDS, record_of
from crm_desktop.services.desk import Desk

_LARGEST, _SPARE = 4096, 8
_BEHIND_ALL = 1 << 62
_END = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Part:
    """Columns of one table found under one mark of the index (``models/search.py``).

    ``target`` is the SQL for the id of what a hit leads to, over the table as ``r``; ``labels`` name the columns to
    the desk. ``form``: how the columns are compared: name, code, phone or content.
    """

    kind: HitKind
    mark: str
    table: str
    target: str
    columns: tuple[str, ...]
    labels: tuple[str, ...]
    form: str
    join: str = ""


@dataclass(frozen=True, slots=True)
class Met:
    """One hit before it is shown: what it leads to, how near, why, and the text that met."""

    target: int
    meets: Meets
    why: str
    text: str = ""


_LINKED = "JOIN measure_complaints l ON l.measure_id = r.id AND l.removed = 0"
_TEXTS = ("抱怨内容", "诉求", "缺点纠正", "根本原因", "解决措施", "长期措施")

PARTS: tuple[Part, ...] = (
    Part(HitKind.CUSTOMER, "n", "customers", "r.id", ("name",), ("姓名",), "name"),
    Part(HitKind.CUSTOMER, "p", "contacts", "r.customer_id", ("value",), ("电话",), "phone"),
    Part(HitKind.CUSTOMER, "c", "contacts", "r.customer_id", ("name",), ("联系人",), "name"),
    Part(HitKind.VEHICLE, "l", "vehicles", "r.id", ("plate",), ("车牌号",), "code"),
    Part(HitKind.VEHICLE, "v", "vehicles", "r.id", ("vin",), ("VIN ",), "code"),
    Part(HitKind.VEHICLE, "b", "vehicles", "r.id", ("brought_by",), ("送修人",), "name"),
    Part(HitKind.VEHICLE, "q", "vehicles", "r.id", ("brought_by_phone",), ("送修人电话",), "phone"),
    Part(HitKind.VEHICLE, "o", "visits", "r.vehicle_id", ("order_number",), ("委托书号",), "code"),
    Part(HitKind.COMPLAINT, "t", "complaints", "r.id", ("number",), ("抱怨单号",), "code"),
    Part(HitKind.COMPLAINT, "s", "complaints", "r.id", ("source_number",), ("来源单号",), "code"),
    Part(HitKind.COMPLAINT, "r", "complaints", "r.id", ("order_number",), ("委托书号",), "code"),
    Part(HitKind.COMPLAINT, "w", "complaints", "r.id", WORDS, _TEXTS, "content"),
    Part(HitKind.COMPLAINT, "f", "follow_ups", "r.complaint_id", ("feedback",), ("回访反馈",), "content"),
    Part(HitKind.COMPLAINT, "m", "measures", "l.complaint_id", ("cause", "what"), ("原因", "措施"), "content", _LINKED),
    Part(HitKind.REWORK, "x", "reworks", "r.id", ("order_number",), ("返修单号",), "code"),
    Part(HitKind.REWORK, "y", "reworks", "r.id", ("items", "result"), ("返修项目", "返修结果"), "content"),
)


def met_by(desk: Desk, part: Part, question: Question, enough: int | None) -> list[Met]:
    """Who meets the question in this part, the latest record first; at least ``enough`` targets where there are."""
    found: list[Met] = []
    for expression in _expressions(part, question):
        found += _of_expression(desk, part, question, expression, enough)
    return found


def _of_expression(desk: Desk, part: Part, question: Question, expression: str, enough: int | None) -> list[Met]:
    """Page by page, each as long as the hits so far promise to need."""
    found: list[Met] = []
    targets: set[int] = set()
    before, size, looked = _BEHIND_ALL, enough or _LARGEST, 0
    while True:
        numbers = _candidates(desk, expression, before, size)
        found += _confirmed(desk, part, question, [record_of(number) for number in numbers])
        targets.update(met.target for met in found)
        looked += len(numbers)
        if len(numbers) < size or (enough is not None and len(targets) >= enough):
            return found
        before = numbers[-1]
        if enough is not None:
            size = min(_LARGEST, _SPARE + (enough - len(targets)) * looked // (len(targets) or 1))


def named(desk: Desk, question: Question, enough: int) -> list[Met]:
    """Customers whose name begins with what was typed, the whole name first: many share one."""
    typed = question.typed
    rows = desk.rows(
        "SELECT id, name FROM customers WHERE name >= ? AND name < ? AND merged_into_id IS NULL"
        f" ORDER BY name, id DESC LIMIT {enough}",
        (typed, typed + _END),
    )
    why = _why("姓名", typed)
    return [Met(found, meeting_of_text(name, question.words) or Meets.BEGINNING, why) for found, name in rows]


def spelled(desk: Desk, question: Question, enough: int | None) -> list[Met]:
    """Customers whose pinyin begins with the letters typed, the whole key first."""
    found: dict[int, Met] = {}
    for mark, label in ((INITIALS, "拼音首字母"), (SPELLED, "拼音")) if question.letters else ():
        key = mark + question.letters
        why = _why(label, question.typed)
        limit = "" if enough is None else f"LIMIT {2 * enough}"  # a name of two readings stands there twice
        rows = desk.rows(
            f"SELECT key = ?, customer_id FROM search_pinyin WHERE key >= ? AND key < ? ORDER BY key {limit}",
            (key, key, key + _END),
        )
        for whole, customer in rows:
            found.setdefault(customer, Met(customer, Meets.WHOLE if whole else Meets.BEGINNING, why))
    return list(found.values())


def _expressions(part: Part, question: Question) -> Iterator[str]:
    """What to ask the index; several where a phone may have been typed with a prefix."""
    if part.form in ("name", "content"):
        asked = [asked_of_texts(question.words)]
    elif part.form == "phone":
        asked = [asked_of_codes(form) for form in question.phones]
    else:
        asked = [asked_of_codes(question.code)]
    for grams in asked:
        if grams:
            yield " ".join(f'"{part.mark}{gram}"' for gram in grams)


def _candidates(desk: Desk, expression: str, before: int, size: int) -> list[int]:
    """Entries that have every gram, the latest first."""
    rows = desk.rows(
        "SELECT rowid FROM search_grams WHERE search_grams MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
        (expression, before, size),
    )
    return [number for (number,) in rows]


def _confirmed(desk: Desk, part: Part, question: Question, records: Sequence[int]) -> Iterator[Met]:
    if not records:
        return
    columns = ", ".join(f"r.{column}" for column in part.columns)
    rows = desk.rows(
        f"SELECT r.id, {part.target}, {columns} FROM {part.table} r {part.join}"
        f" WHERE r.id IN ({', '.join(map(str, records))}) AND {part.target} IS NOT NULL ORDER BY r.id DESC"
    )
    for _, target, *values in rows:
        met = _met(part, question, target, values)
        if met is not None:
            yield met


def _met(part: Part, question: Question, target: int, values: Sequence[Any]) -> Met | None:
    if part.form == "content":
        return _met_content(part, question, target, values)
    if part.form == "name":
        meets = meeting_of_text(values[0], question.words)
    else:
        forms = question.phones if part.form == "phone" else (question.code,)
        meets = meeting_of_code(values[0], forms)
    return None if meets is None else Met(target, meets, _why(part.labels[0], question.typed))


def _met_content(part: Part, question: Question, target: int, values: Sequence[str]) -> Met | None:
    places = _places(values, question.words)
    if None in places:
        places = _places([folded(value) for value in values], question.words)
    first = next(iter(places), None)
    if first is None or None in places:
        return None
    return Met(target, Meets.CONTENT, _why(part.labels[first], question.typed), values[first])


def _places(texts: Sequence[str], words: Sequence[str]) -> list[int | None]:
    """Which of the texts holds each word."""
    return [next((at for at, text in enumerate(texts) if word in text), None) for word in words]


def _why(label: str, typed: str) -> str:
    return f"{label}含“{typed}”"


def nearest(met: Iterable[Met]) -> dict[int, Met]:
    """The best reason of every target."""
    best: dict[int, Met] = {}
    for one in met:
        if one.target not in best or one.meets < best[one.target].meets:
            best[one.target] = one
    return best
