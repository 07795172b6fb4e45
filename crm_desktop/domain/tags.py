"""自动标签: what a customer's own complaints say about him: channel, problem and demand (004 04.1; requirement A158).

automatic_tags(past) -> tuple[AutomaticTag, ...]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_OFTEN = 2
_DEMANDS: Mapping[str, tuple[str, ...]] = {
    "要求退换": ("退车", "换车", "退货", "退款", "退一赔"),
    "要求补偿": ("赔", "补偿", "打折", "代金券", "送保养"),
    "要求道歉": ("道歉", "认错", "说法", "态度"),
    "要求尽快": ("尽快", "马上", "今天", "立即", "当天"),
    "要求免费修": ("免费", "保修", "索赔", "不收费"),
}


@dataclass(frozen=True, slots=True)
class PastComplaint:
    """What a tag may be made of; void complaints are left out by whoever asks."""

    channel: str
    category: str
    demand: str


@dataclass(frozen=True, slots=True)
class AutomaticTag:
    """One tag with the reason it is there."""

    text: str
    why: str


def automatic_tags(past: Sequence[PastComplaint]) -> tuple[AutomaticTag, ...]:
    """The preferences of somebody who complained at least twice, the clearest first of each kind."""
    found = [
        *_preferred("常走", (one.channel for one in past), len(past), "渠道"),
        *_preferred("常反映", (one.category for one in past), len(past), "类别"),
        *_preferred("", (demand for one in past for demand in _demands(one.demand)), len(past), "诉求"),
    ]
    return tuple(found)


def _demands(text: str) -> list[str]:
    return [tag for tag, words in _DEMANDS.items() if any(word in text for word in words)]


def _preferred(head: str, said: Iterable[str], whole: int, kind: str) -> list[AutomaticTag]:
    """The word of at least half of all complaints, and of two at the least."""
    counts = Counter(word for word in said if word)
    return [
        AutomaticTag(f"{head}{word}", f"{whole} 次投诉中 {count} 次{kind}为“{word}”")
        for word, count in counts.most_common(1)
        if count >= _OFTEN and count * 2 >= whole
    ]
