"""Which columns the search box asks, what a hit in them leads to, and how candidates of the index become hits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from crm_desktop.domain.search import (
    HitKind,
    Meets,
    Question,
    asked_of_codes,
    asked_of_ends,
    asked_of_texts,
    folded,
    meeting_of_code,
    meeting_of_text,
)
from crm_desktop.models.search import INITIALS, RECORD, SPELLED, WORDS, WORDS_MARK, asked_for
from crm_desktop.services.desk import Desk

_LARGEST, _SPARE, _GROWTH = 4096, 8, 4
_BEHIND_ALL, _ALL = 1 << 62, -1  # a record with several targets comes with all of them at once
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
    Part(HitKind.COMPLAINT, WORDS_MARK, "complaints", "r.id", WORDS, _TEXTS, "content"),
    Part(HitKind.COMPLAINT, "f", "follow_ups", "r.complaint_id", ("feedback",), ("回访反馈",), "content"),
    Part(HitKind.COMPLAINT, "m", "measures", "l.complaint_id", ("cause", "what"), ("原因", "措施"), "content", _LINKED),
    Part(HitKind.REWORK, "x", "reworks", "r.id", ("order_number",), ("返修单号",), "code"),
    Part(HitKind.REWORK, "y", "reworks", "r.id", ("items", "result"), ("返修项目", "返修结果"), "content"),
)


def met_by(desk: Desk, part: Part, question: Question, enough: int | None) -> list[Met]:
    """Who meets the question in this part, the latest record first; at least ``enough`` targets where there are."""
    found: list[Met] = []
    for grams, code in _asked(part, question):
        met = _page_by_page(desk, part, question, grams, enough)
        if code and enough is not None and len(met) >= enough:  # the nearest may not be among the latest
            for ends in asked_of_ends(code):
                entries = _entries(desk, part, ends, _BEHIND_ALL, enough // 2)
                found += _confirmed(part, question, entries)
        found += met
    return found


def _page_by_page(desk: Desk, part: Part, question: Question, grams: Sequence[str], enough: int | None) -> list[Met]:
    """Page by page, each as long as the hits so far promise to need."""
    found: list[Met] = []
    targets: set[int] = set()
    before, size, looked = _BEHIND_ALL, _ALL if part.join else enough or _LARGEST, 0
    while True:
        entries = _entries(desk, part, grams, before, size)
        found += _confirmed(part, question, entries)
        targets.update(met.target for met in found)
        looked += len(entries)
        if part.join or len(entries) < size or (enough is not None and len(targets) >= enough):
            return found
        before = entries[-1][0]
        if enough is not None:
            promised = (enough - len(targets)) * looked // (len(targets) or 1)
            size = min(_SPARE + promised, _GROWTH * size, _LARGEST)


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


def _asked(part: Part, question: Question) -> Iterator[tuple[list[str], str]]:
    """The grams to ask for, with the code they are of; several where a phone may have been typed with a prefix."""
    if part.form in ("name", "content"):
        asked = [(asked_of_texts(question.words), "")]
    else:
        codes = question.phones if part.form == "phone" else (question.code,)
        asked = [(asked_of_codes(code), code) for code in codes]
    yield from ((grams, code) for grams, code in asked if grams)


def _entries(desk: Desk, part: Part, grams: Sequence[str], before: int, size: int) -> list[tuple[Any, ...]]:
    """Entries that have every gram, the latest first: number, target and columns. One text of SQL a part, so that
    SQLite keeps it prepared."""
    return desk.rows(_statement(part), (asked_for(part.mark, grams), before, size))


@lru_cache(maxsize=len(PARTS))
def _statement(part: Part) -> str:
    columns = ", ".join(f"r.{column}" for column in part.columns)
    return (
        f"SELECT s.rowid, {part.target}, {columns}"
        f" FROM search_grams s CROSS JOIN {part.table} r ON r.id = {RECORD} {part.join}"
        " WHERE s.search_grams MATCH ? AND s.rowid < ? ORDER BY s.rowid DESC LIMIT ?"
    )


def _confirmed(part: Part, question: Question, entries: Iterable[tuple[Any, ...]]) -> Iterator[Met]:
    for _, target, *values in entries:
        met = None if target is None else _met(part, question, target, values)
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
    variants = question.variants
    if None in places and variants and any(variants.search(value) for value in values):
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
