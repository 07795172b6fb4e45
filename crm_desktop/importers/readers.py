"""Readers of single cells: text through the cleaning gate, days, phones, plates, kilometres, amounts, choices.

Every reader gets the cell, its heading and today, and raises InvalidInput with one sentence that names the value.
``Kept`` carries a value together with the cell's own text, where the value alone would lose something.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from crm_desktop.domain import identity
from crm_desktop.domain.dates import parse_time
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.text import checked_line, checked_text
from crm_desktop.importers.cells import Cell, cell_text
from crm_desktop.importers.recipe import Reader

MAX_KM = 3_000_000
MAX_FEN = 100_000_000_00
_NOTHING = frozenset(
    (
        "无",
        "没有",
        "暂无",
        "不详",
        "未知",
        "空",
        "-",
        "--",
        "—",
        "——",
        "/",
        "\\",
        "n/a",
        "na",
        "null",
        "none",
        "nan",
        "#n/a",
    )
)
_NO_PLATE = frozenset(
    ("未上牌", "无牌", "无牌照", "无车牌", "暂无牌照", "临牌", "临时牌", "临时牌照", "待上牌", "新车")
)
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{1,2}", re.IGNORECASE)
_KM = re.compile(r"([0-9]+(?:\.[0-9]+)?)(万|w)?(?:公里|千米|km)?", re.IGNORECASE)
_YUAN = re.compile(r"[¥￥]?(-?[0-9]+(?:\.[0-9]{1,2})?)元?")
_NO_DAY = re.compile(
    r"(?:0000[-/]0?0[-/]0?0|0001[-/]0?1[-/]0?1|1900[-/]0?1[-/]0?[01]|1899[-/]12[-/]30)(?: 0?0:00(?::00(?:\.0+)?)?)?"
)
"""What databases and spreadsheets write for a day nobody filled in."""
_SERIAL = re.compile(r"[3-5][0-9]{4}(?:\.[0-9]+)?")
"""A day of 1982 to 2064 as a spreadsheet counts it, where a csv file made text of the number."""
_COMPACT = re.compile(r"([12][0-9]{7})([0-9]{2})([0-9]{2})([0-9]{2})")
_PLAIN_PHONE = re.compile(r"[0-9 +\-()*.转#]*")


@dataclass(frozen=True, slots=True)
class Kept:
    """A value, and the cell's text because the value does not say all of it."""

    value: object
    text: str


def line(limit: int = 200) -> Reader:
    """One line of text."""

    def read(cell: Cell, heading: str, today: date) -> str:
        return _line(cell if isinstance(cell, str) else cell_text(cell), heading, limit)

    return read


def name(cell: Cell, heading: str, today: date) -> str:
    """What somebody is called; a word for nobody (无, 不详, -) is none."""
    told = _line(cell if isinstance(cell, str) else cell_text(cell), heading, 80)
    return "" if told.lower() in _NOTHING else told


@lru_cache(maxsize=16_384)
def _line(told: str, heading: str, limit: int = 200) -> str:
    """The gate's answer, remembered: most columns of a list hold the same few words again and again."""
    return checked_line(told, heading, limit)


def text(cell: Cell, heading: str, today: date) -> str:
    """Several lines of text, at most 4,000 characters."""
    return checked_text(cell if isinstance(cell, str) else cell_text(cell), heading)


def number_text(cell: Cell, heading: str, today: date) -> str:
    """An order's or source's number as text; refused where a spreadsheet has cut its digits."""
    if isinstance(cell, float) and abs(cell) >= 1e15:
        raise InvalidInput(f"{heading}：{cell:.0f} 被存成了数字，超过 15 位的部分已丢失，请改为文本后重新导入。")
    told = cell if isinstance(cell, str) else cell_text(cell)
    if len(told) <= 60 and told.isascii() and told.isalnum() and not told.isalpha():
        return told
    told = checked_line(told, heading, 60)
    if _SCIENTIFIC.fullmatch(told):
        raise InvalidInput(f"{heading}：{told} 已被表格软件改成科学计数，后几位丢失，请改为文本后重新导入。")
    return "" if told.lower() in _NOTHING else told


def codes(cell: Cell, heading: str, today: date) -> str:
    """Codes one after another (A12,B22,) without a comma at the end."""
    return checked_line(cell_text(cell), heading).strip(",，、;； ")


def moment(cell: Cell, heading: str, today: date) -> tuple[datetime, bool] | None:
    """A naive local time up to tomorrow, and whether the cell told a time."""
    return _time_told(cell, heading, today, future=False)


def day(cell: Cell, heading: str, today: date) -> date | Kept | None:
    """A day up to tomorrow; a time with it is kept as text."""
    return _day_told(cell, heading, today, future=False)


def coming_day(cell: Cell, heading: str, today: date) -> date | Kept | None:
    """A day that may lie ahead."""
    return _day_told(cell, heading, today, future=True)


def phone(cell: Cell, heading: str, today: date) -> str | Kept:
    """The first number of the cell; words, further numbers and masked ones are kept as text."""
    numbers = phones(cell, heading, today)
    if isinstance(numbers, Kept):
        return Kept(_first(numbers.value), numbers.text)
    return numbers[0] if len(numbers) == 1 else Kept(_first(numbers), cell_text(cell).strip()) if numbers else ""


def phones(cell: Cell, heading: str, today: date) -> tuple[str, ...] | Kept:
    """Every number of the cell; words around them and masked numbers are kept as text."""
    told = cell if isinstance(cell, str) else cell_text(cell)
    if len(told) == 11 and told.isascii() and told.isdigit():
        return (told,)
    told = checked_line(told, heading)
    if told.lower() in _NOTHING:
        return ()
    numbers = identity.phones_in(told)
    for number in numbers:
        refusal = identity.phone_refusal(number)
        if refusal:
            raise InvalidInput(refusal)
        if len(number) > 30:
            raise InvalidInput(f"{heading}：号码太长（{len(number)} 位），请核对。")
    whole = tuple(number for number in numbers if not identity.is_masked(number))
    lost = (
        whole != numbers or not numbers or not (len(numbers) > 1 or _PLAIN_PHONE.fullmatch(identity.half_width(told)))
    )
    return Kept(whole, told) if lost else whole


def plate(cell: Cell, heading: str, today: date) -> str | Kept:
    """A plate in its stored form; words for a car without one are kept as text, so that cars do not meet in them."""
    told = checked_line(cell_text(cell), heading)
    if told.lower() in _NOTHING:
        return ""
    if told in _NO_PLATE:
        return Kept("", told)
    plates = identity.plates_in(cell_text(cell))
    if len(plates) > 1:
        raise InvalidInput(f"{heading}：这一格有 {len(plates)} 个车牌（{'、'.join(plates)}），请分成几行，一行一辆车。")
    return _within(plates[0], heading, 20)


def vin(cell: Cell, heading: str, today: date) -> str:
    """A VIN in its stored form."""
    told = number_text(cell, heading, today)
    return _within(identity.vin_key(told), heading, 30)


def kilometres(cell: Cell, heading: str, today: date) -> int | None:
    """38,620 km, 38620公里, 3.8万 or a number, as whole kilometres."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        value = float(cell)
    else:
        told = identity.half_width(checked_line(cell_text(cell), heading)).replace(",", "").replace(" ", "")
        if told.lower() in _NOTHING or not told:
            return None
        match = _KM.fullmatch(told)
        if match is None:
            raise InvalidInput(f"{heading}：“{told[:20]}”不是里程，请写成公里数，如 38620。")
        value = float(Decimal(match.group(1)) * (10_000 if match.group(2) else 1))
    if not 0 <= value <= MAX_KM:
        raise InvalidInput(f"{heading}：{value:,.0f} 不在 0 到 {MAX_KM:,} 公里之间，请核对。")
    return math.floor(value)


def fen(cell: Cell, heading: str, today: date) -> int | None:
    """An amount in yuan (1,234.50, ¥80, 80元) as fen."""
    told = identity.half_width(checked_line(cell_text(cell), heading)).replace(",", "").replace(" ", "")
    if told.lower() in _NOTHING or not told:
        return None
    match = _YUAN.fullmatch(f"{cell:.2f}" if isinstance(cell, float) else told)
    try:
        value = int(Decimal(match.group(1)) * 100) if match else None
    except (InvalidOperation, OverflowError):
        value = None
    if value is None or abs(value) > MAX_FEN:
        raise InvalidInput(f"{heading}：“{told[:20]}”不是金额，请写成 1234.50 这样的式样。")
    return value


def choice(words: Mapping[str, str]) -> Reader:
    """One of the desk's words by its synonyms; an unknown word is kept as text."""

    def read(cell: Cell, heading: str, today: date) -> str | Kept:
        told = _line(cell_text(cell), heading)
        if not told:
            return ""
        return words.get(told) or words.get(identity.half_width(told).replace(" ", "")) or Kept("", told)

    return read


def synonyms(table: Mapping[str, str]) -> dict[str, str]:
    """``{desk's word: "synonym synonym"}`` turned round: every synonym, and the word itself, to the word."""
    return {synonym: str(word) for word, others in table.items() for synonym in (str(word), *others.split())}


def _first(numbers: object) -> str:
    return str(numbers[0]) if isinstance(numbers, tuple) and numbers else ""


def _within(key: str, heading: str, limit: int) -> str:
    if len(key) > limit:
        raise InvalidInput(f"{heading}太长（{len(key)} 字），最多 {limit} 字，请核对。")
    return key


def _time_told(cell: Cell, heading: str, today: date, future: bool) -> tuple[datetime, bool] | None:
    told = (cell if isinstance(cell, str) else str(cell) if isinstance(cell, date) else "").strip()
    if told.lower() in _NOTHING or _NO_DAY.fullmatch(told) or (isinstance(cell, str) and not told):
        return None
    try:
        if _SERIAL.fullmatch(told):
            return parse_time(float(told), today, future=future)
        if compact := _COMPACT.fullmatch(told):
            return parse_time("{} {}:{}:{}".format(*compact.groups()), today, future=future)
        if isinstance(cell, str | float | int | date) and not isinstance(cell, bool):
            return parse_time(cell, today, future=future)
        return parse_time(cell_text(cell), today, future=future)
    except InvalidInput as refusal:
        raise InvalidInput(f"{heading}：{refusal.sentence}") from None


def _day_told(cell: Cell, heading: str, today: date, future: bool) -> date | Kept | None:
    told = _time_told(cell, heading, today, future)
    if told is None:
        return None
    moment_told, has_time = told
    day_told = moment_told.date()
    return (
        Kept(day_told, cell_text(cell) if isinstance(cell, str) else f"{moment_told:%Y-%m-%d %H:%M}")
        if has_time
        else day_told
    )
