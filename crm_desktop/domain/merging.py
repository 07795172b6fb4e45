"""合并: which of two files' words the kept one takes, shown before anything is done (peers B13).

merged_values(kept, merged, taken) -> values to write     what the kept file leaves blank is filled from the other, and
                                                          what was ``taken`` by hand stands as the other has it
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from crm_desktop.domain.errors import InvalidInput

FILLED: Mapping[str, str] = {
    "name": "姓名", "gender": "性别", "address": "地址", "source": "来源", "trade": "行业", "size": "规模",
    "standing": "地位和现状", "likes": "喜好", "dislikes": "忌讳", "needs": "需求", "usual_adviser": "常用顾问",
    "owner": "归属", "region": "区域", "stage": "分类", "stage_on": "分类日期", "grade": "等级",
    "contact_consent": "同意联系", "contact_consent_on": "同意联系日期", "keep_consent": "同意保存",
    "keep_consent_on": "同意保存日期",
}  # fmt: skip
"""What is filled in where the kept file says nothing."""
_PAIRED = {"stage_on": "stage", "contact_consent_on": "contact_consent", "keep_consent_on": "keep_consent"}
CHOOSABLE = frozenset(FILLED) - frozenset(_PAIRED) - frozenset(_PAIRED.values()) | {"stage"}
"""Where both files say something, a person may say which one is right; a consent is never chosen."""


@dataclass(frozen=True, slots=True)
class MergeLine:
    """One field of the preview: both values and the one that will stand. ``choosable``: a person may say which."""

    label: str
    kept: str
    merged: str
    result: str
    field: str = ""
    choosable: bool = False


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do; ``follows`` counts what moves over, by the desk's words."""

    kept_id: int
    merged_id: int
    kept_name: str
    merged_name: str
    lines: tuple[MergeLine, ...]
    follows: Mapping[str, int]
    warnings: tuple[str, ...] = ()


def merged_values(kept: Mapping[str, Any], merged: Mapping[str, Any], taken: Collection[str] = ()) -> dict[str, Any]:
    """The fields of the kept file that change.

    Blank ones are filled, a day only together with what it dates; what was ``taken`` comes from the other file; notes
    are added below; who said 不同意 or 勿扰 in one file has said it.

    :raises InvalidInput: a field was taken that nobody may choose.
    """
    if not set(taken) <= CHOOSABLE:
        raise InvalidInput("只能在两份档案写得不一样的项目里选用哪一份，请刷新后再选。")
    values = {
        name: merged[name]
        for name in FILLED
        if not kept[name] and merged[name] and not (name in _PAIRED and kept[_PAIRED[name]])
    }
    dated = {day for day, what in _PAIRED.items() if what in taken and merged[what]}
    values |= {name: merged[name] for name in (*taken, *dated) if name in dated or merged[name]}
    if merged["notes"] and merged["notes"] not in kept["notes"]:
        values["notes"] = "\n".join(filter(None, (kept["notes"], merged["notes"])))
    if merged["do_not_disturb"] and not kept["do_not_disturb"]:
        values["do_not_disturb"] = merged["do_not_disturb"]
    for name in ("contact_consent", "keep_consent"):
        if merged[name] == "不同意" and kept[name] != "不同意":
            values |= {name: merged[name], f"{name}_on": merged[f"{name}_on"]}
    return values


def preview_lines(
    kept: Mapping[str, Any], merged: Mapping[str, Any], taken: Collection[str] = ()
) -> tuple[MergeLine, ...]:
    """The fields either file says something about; raises as ``merged_values``."""
    values = merged_values(kept, merged, taken)
    labels = {**FILLED, "notes": "备注"}
    return tuple(
        MergeLine(
            label,
            _shown(kept[name]),
            _shown(merged[name]),
            _shown(values.get(name, kept[name])),
            name,
            choosable=name in CHOOSABLE and bool(kept[name] and merged[name]) and kept[name] != merged[name],
        )
        for name, label in labels.items()
        if kept[name] or merged[name]
    )


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
