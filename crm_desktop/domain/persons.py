"""个人信息: what of one person goes on request, what must stay and by which rule, and his traces in free texts.

Sources: 个人信息保护法 第四十五条至第四十七条 and the terms of facts.md 6.1 to 6.5 (requirements A34, A90).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from crm_desktop.domain.archive import expires_on

ERASED = "（已删除）"
"""What stands where a value of the person stood."""
SALES_YEARS, RECALL_YEARS = 10, 5
_SHORTEST_NAME, _SHORTEST_CODE = 2, 5
_GAP = r"[\s\-·•・.]*"
_GAP_SIGNS = "".join(sign for sign in map(chr, range(0x3100)) if re.fullmatch(_GAP, sign))
_GAP_BYTES = bytes(sorted(set(_GAP_SIGNS.encode())))
_UPPER = bytes(range(256)).upper()

PURPOSE_LEFT = "个人信息保护法第四十七条：处理目的还没有实现，办结后再删"
OWN_RETENTION = "001 篇1 六：抱怨投诉单保存二年；只留经过和处理，不留是谁"
REPAIR_RETENTION = "三包规定第十七条：修理记录保存六年；召回管理条例第十一条：车辆信息保存五年"
SALES_RETENTION = "汽车销售管理办法：销售、用户信息档案保存十年"
CONSENT_RETENTION = "上海市消费者权益保护条例第三十一条：取得同意的证明留存五年"
SHARED = "别人的档案里也有，属于别人"
CHAIN = "只剩摘要，推不回原来的内容；证明历史没有被改动"
OUTSIDE = (
    "本程序管不到的：已经导出、打印、发出的文件，和已有的备份。备份里仍有他，按规定逐渐清理；"
    "也可以在删除后立即做新备份并清掉旧的。"
)


@dataclass(frozen=True, slots=True)
class Part:
    """Some records of one kind: how many, and why they go or stay."""

    what: str
    count: int
    why: str = ""

    @property
    def words(self) -> str:
        """One line for the window."""
        return f"{self.what} {self.count}" + (f"（{self.why}）" if self.why else "")


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """What an erasure would do today; ``open_cases`` are those that keep name, phone and car for now."""

    customer_id: int
    name: str
    goes: tuple[Part, ...]
    stays: tuple[Part, ...]
    open_cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """One 删除 as it is kept: who, when, why, how many; no value of the person. ``at`` is UTC.

    ``outcome`` is the file's state after it was done, asked of the raw file: how many traces are left.
    """

    id: int
    number: str
    at: datetime
    who: str
    reason: str
    goes: tuple[Part, ...]
    stays: tuple[Part, ...]
    left: int = 0


@dataclass(frozen=True)
class Traces:
    """The values by which one person is known: codes (phone, plate, VIN …) anywhere, names in his own records only."""

    codes: tuple[str, ...]
    names: tuple[str, ...] = field(default=())

    @cached_property
    def _anywhere(self) -> re.Pattern[str] | None:
        return _any_of(_spelled(code) for code in _longest_first(self.codes, _SHORTEST_CODE))

    @cached_property
    def _in_his_own(self) -> re.Pattern[str] | None:
        names = (re.escape(name) for name in _longest_first(self.names, _SHORTEST_NAME))
        return _any_of((*(_spelled(code) for code in _longest_first(self.codes, _SHORTEST_CODE)), *names))

    def told_in(self, text: str | None, *, own: bool = False) -> bool:
        """Whether the text speaks of him; ``own``: it belongs to his records, so that his name alone counts."""
        if not text:
            return False
        pattern = self._in_his_own if own else self._anywhere
        return bool(pattern and pattern.search(text))

    def without(self, text: str, *, own: bool = False) -> str:
        """The text with ``ERASED`` wherever it speaks of him."""
        pattern = self._in_his_own if own else self._anywhere
        return pattern.sub(ERASED, text) if pattern else text

    def may_stand_in(self, raw: bytes) -> bool:
        """A glance at the UTF-8 of many texts at once: where it says no, none of them speaks of a code of his.

        Millions of lines of a history are asked; whatever may stand between the letters of a code is left out of both.
        """
        bare = _bare(raw)
        return any(code in bare for code in self._bare_codes)

    @cached_property
    def _bare_codes(self) -> tuple[bytes, ...]:
        return tuple(_bare(code.encode()) for code in _longest_first(self.codes, _SHORTEST_CODE))


def still_kept(last: date | None, years: int, today: date) -> bool:
    """Whether a record of that day is inside its term; one without a day is taken to be."""
    return last is None or today < expires_on(last, years)


def parts_told(parts: Sequence[Part]) -> str:
    """All of them in one line each."""
    return "\n".join(f"· {part.words}" for part in parts if part.count)


def _longest_first(values: Iterable[str], shortest: int) -> list[str]:
    return sorted({value for value in values if len(value) >= shortest}, key=len, reverse=True)


def _bare(raw: bytes) -> bytes:
    return raw.translate(_UPPER, _GAP_BYTES)


def _spelled(code: str) -> str:
    """A code however it was spaced: 138-0000-5521, 沪A·8K231; digits alone are no part of a longer number."""
    told = _GAP.join(re.escape(letter) for letter in code)
    return rf"(?<!\d){told}(?!\d)" if code.isdecimal() else told


def _any_of(patterns: Iterable[str]) -> re.Pattern[str] | None:
    told = "|".join(patterns)
    return re.compile(told, re.IGNORECASE) if told else None
