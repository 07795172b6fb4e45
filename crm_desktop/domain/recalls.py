"""召回与服务活动: which cars a campaign is about, by VIN range (requirement A204).

The check digit (place 9) differs from car to car and says nothing about the order of building: a range compares the
places before it as a whole and the places behind it (model year, plant, serial) in their order.

    covers(ranges, vin) -> bool          checked_recall(draft) -> RecallDraft
    read_ranges(text) -> tuple[VinRange, ...]          told_ranges(ranges) -> text
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.identity import half_width, vin_key
from crm_desktop.domain.text import checked_line, checked_text

VIN_LENGTH = 17
_BETWEEN = re.compile(r"[\s,，、~～至到—–-]+")
_CHECK_DIGIT = 8


class RecallKind(StrEnum):
    """召回 is ordered by the authority or the maker, 服务活动 offered."""

    RECALL = "召回"
    CAMPAIGN = "服务活动"


@dataclass(frozen=True, slots=True)
class VinRange:
    """From one VIN to another of the same maker and model, both included."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class RecallDraft:
    """A campaign as typed. Days are local."""

    title: str
    ranges: tuple[VinRange, ...]
    kind: str = RecallKind.RECALL
    number: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecallRow:
    """One campaign as listed; ``done_on`` where it is asked for one car."""

    id: int
    ver: int
    draft: RecallDraft
    done_on: date | None = None


def covers(ranges: Iterable[VinRange], vin: str) -> bool:
    """Whether a stored VIN falls into one of the ranges."""
    return len(vin) == VIN_LENGTH and any(_within(one, vin) for one in ranges)


def read_ranges(text: str) -> tuple[VinRange, ...]:
    """As people write them: a line for each range, two VINs with 到, a dash or a space between, or one VIN alone.

    :raises InvalidInput: a line with more than two.
    """
    ranges = []
    for line in re.split(r"[\n;；]+", text):
        vins = [vin for vin in _BETWEEN.split(half_width(line)) if vin]
        if len(vins) > 2:
            raise InvalidInput(
                {"ranges": f"一行写一个 VIN 范围：从哪一个到哪一个；“{line.strip()}”里有 {len(vins)} 个。"}
            )
        if vins:
            ranges.append(VinRange(vins[0], vins[-1]))
    return tuple(ranges)


def told_ranges(ranges: Iterable[VinRange], between: str = "\n") -> str:
    """The ranges as ``read_ranges`` reads them."""
    return between.join(one.first if one.first == one.last else f"{one.first} 到 {one.last}" for one in ranges)


def checked_recall(draft: RecallDraft) -> RecallDraft:
    """The draft cleaned, VINs in their stored form.

    :raises InvalidInput: no title, no range, VINs of another length or maker, days in the wrong order.
    """
    ranges = tuple(VinRange(vin_key(r.first), vin_key(r.last) or vin_key(r.first)) for r in draft.ranges)
    faults = {}
    if draft.kind not in tuple(RecallKind):
        faults["kind"] = "类型请选 召回 或 服务活动。"
    if not checked_line(draft.title, "召回名称"):
        faults["title"] = "请填召回或服务活动的名称。"
    if not ranges:
        faults["ranges"] = "请填 VIN 范围：从哪一个到哪一个。"
    for one in ranges:
        fault = _fault(one)
        if fault:
            faults["ranges"] = fault
    if draft.starts_on and draft.ends_on and draft.starts_on > draft.ends_on:
        faults["ends_on"] = "结束日期早于开始日期，请核对。"
    if faults:
        raise InvalidInput(faults)
    return replace(
        draft,
        title=checked_line(draft.title, "召回名称"),
        number=checked_line(draft.number, "召回编号", 60),
        note=checked_text(draft.note, "说明"),
        ranges=ranges,
    )


def _fault(one: VinRange) -> str:
    if len(one.first) != VIN_LENGTH or len(one.last) != VIN_LENGTH:
        return f"VIN 范围 {one.first}–{one.last} 要填两个完整的 17 位 VIN，请核对。"
    if one.first[:_CHECK_DIGIT] != one.last[:_CHECK_DIGIT]:
        return f"VIN 范围 {one.first}–{one.last} 的前 8 位应当相同（同一厂家和车型），请分成几个范围填写。"
    if one.first[_CHECK_DIGIT + 1 :] > one.last[_CHECK_DIGIT + 1 :]:
        return f"VIN 范围 {one.first}–{one.last} 的起点在终点之后，请核对。"
    return ""


def _within(one: VinRange, vin: str) -> bool:
    head, tail = vin[:_CHECK_DIGIT], vin[_CHECK_DIGIT + 1 :]
    return head == one.first[:_CHECK_DIGIT] and one.first[_CHECK_DIGIT + 1 :] <= tail <= one.last[_CHECK_DIGIT + 1 :]
