"""客户档案, the four blocks beyond names and numbers (seed 001 篇9): drafts, checks, rows, and the rules that are data.

checked_facts(FactsDraft, ProfileRules, today) -> FactsDraft
read_profile_rules(table) -> ProfileRules          (resources/rules/profile.json: dictionaries, custom fields)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.text import checked_line, checked_text

MOST_CUSTOM_FIELDS = 10
_LONGEST_LIST = 60


class Stage(StrEnum):
    """分类: how far somebody is on the way to a customer (A55)."""

    NEW = "新"
    TARGET = "目标"
    PROSPECT = "潜在"
    INTENT = "意向"
    DEAL = "成交"
    LOST = "流失"


class Block(StrEnum):
    """The blocks that carry a 上次核实日期 each (A59)."""

    BASICS = "基本信息"
    CONTACTS = "联系人"
    VEHICLES = "车辆"
    CLASSES = "分类评级"


CHECKED_COLUMN: Mapping[Block, str] = {
    Block.BASICS: "basics_checked_on",
    Block.CONTACTS: "contacts_checked_on",
    Block.VEHICLES: "vehicles_checked_on",
    Block.CLASSES: "classes_checked_on",
}


class Consent(StrEnum):
    """What the customer said when he was asked (个人信息保护法 13 to 16); an empty text: not asked yet."""

    YES = "同意"
    NO = "不同意"


@dataclass(frozen=True, slots=True)
class FactsDraft:
    """The profile's facts as typed. ``custom`` holds the dealership's own fields by key."""

    trade: str = ""
    size: str = ""
    standing: str = ""
    likes: str = ""
    dislikes: str = ""
    needs: str = ""
    usual_adviser: str = ""
    region: str = ""
    do_not_disturb: bool = False
    contact_consent: str = ""
    contact_consent_on: date | None = None
    keep_consent: str = ""
    keep_consent_on: date | None = None
    custom: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StageRow:
    """One step of the 分类."""

    stage: str
    since_on: date
    note: str
    who: str


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """What the profile shows beside names, numbers and cars; ``ver`` goes back with a change."""

    customer_id: int
    ver: int
    draft: FactsDraft
    owner: str
    stage: str
    stage_on: date | None
    grade: str
    policy: str
    checked_on: Mapping[Block, date | None]
    stages: tuple[StageRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomField:
    """A field the dealership made up for itself; ``key`` never changes, ``label`` may."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class ProfileRules:
    """The document profile.json."""

    dictionaries: Mapping[str, tuple[str, ...]]
    custom_fields: tuple[CustomField, ...]
    stale_months: int
    away_months: int
    repeat_days: int


def read_profile_rules(table: Mapping[str, Any]) -> ProfileRules:
    """A stored document.

    :raises InvalidInput: an empty or doubled word, more than ten own fields, a span that is none.
    """
    lists = {
        name: tuple(checked_line(str(w), name, 40) for w in words) for name, words in table["dictionaries"].items()
    }
    for name, words in lists.items():
        if len(words) > _LONGEST_LIST or not all(words) or len(set(words)) != len(words):
            raise InvalidInput(f"字典“{name}”里有空白、重复或超过 {_LONGEST_LIST} 个词，请核对。")
    own = tuple(CustomField(str(f["key"]), checked_line(f["label"], "自定义字段", 30)) for f in table["custom_fields"])
    if len(own) > MOST_CUSTOM_FIELDS:
        raise InvalidInput(f"自定义字段最多 {MOST_CUSTOM_FIELDS} 个，请去掉不用的。")
    names = [f.label for f in own] + [f.key for f in own]
    if not all(names) or len({f.key for f in own}) != len(own) or len({f.label for f in own}) != len(own):
        raise InvalidInput("自定义字段的名称不能空白或重复，请核对。")
    spans = [int(table[name]) for name in ("stale_months", "away_months", "repeat_days")]
    if not all(1 <= span <= 3650 for span in spans):
        raise InvalidInput("核实周期、流失月数和返修天数请填大于 0 的整数。")
    return ProfileRules(lists, own, *spans)


def checked_facts(draft: FactsDraft, rules: ProfileRules, today: date) -> FactsDraft:
    """The facts cleaned; a consent without a day gets today's, a day without a consent goes.

    :raises InvalidInput: a consent that is neither, a day to come, an own field nobody defined, texts too long.
    """
    faults = {}
    for name, label in (("contact_consent", "是否同意联系"), ("keep_consent", "是否同意保存资料")):
        said, on = getattr(draft, name), getattr(draft, f"{name}_on")
        if said not in ("", *Consent):
            faults[name] = f"{label}请选 同意 或 不同意，没问过就留空。"
        if on and on > today:
            faults[f"{name}_on"] = "同意的日期晚于今天，请核对。"
    known = {f.key: f.label for f in rules.custom_fields}
    unknown = [key for key in draft.custom if key not in known]
    if unknown:
        faults["custom"] = f"没有名为“{unknown[0]}”的自定义字段，请先在“设置 → 规则 → 自定义字段”里加上。"
    if faults:
        raise InvalidInput(faults)
    return replace(
        draft,
        trade=checked_line(draft.trade, "行业", 80),
        size=checked_line(draft.size, "规模", 80),
        standing=checked_line(draft.standing, "地位和现状", 80),
        usual_adviser=checked_line(draft.usual_adviser, "常用顾问", 80),
        region=checked_line(draft.region, "区域", 80),
        likes=checked_text(draft.likes, "喜好", 400),
        dislikes=checked_text(draft.dislikes, "忌讳", 400),
        needs=checked_text(draft.needs, "需求", 400),
        contact_consent_on=(draft.contact_consent_on or today) if draft.contact_consent else None,
        keep_consent_on=(draft.keep_consent_on or today) if draft.keep_consent else None,
        custom={k: checked_line(v, known[k]) for k, v in draft.custom.items() if v.strip()},
    )
