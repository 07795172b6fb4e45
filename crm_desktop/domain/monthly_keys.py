"""What a number of the monthly report opens: the names its lists are kept under, alone or several together."""

from __future__ import annotations

import re

OF_COMPLAINT = "case:"
"""How the link to one complaint begins; behind it stands its number."""
OF_CASES = "cases:"
"""How the link to several complaints or measures begins; behind it stand their numbers, parted by 、."""
OF_VISITS = "visits:"
"""How the link to the workshop orders of some days begins; behind it stand the first day, the last day and the id of
the last order that was on file then (0: not known), parted by /."""
OF_MONTH = "month:"
"""How the link to a whole month begins in editions from before its rows were kept; behind it stands the month."""
OF_NOW = "现在·"
"""How the name of a figure as it is now begins, where an edition shows another one."""
SUM, REST = "合计", "其余"
COUNT = "抱怨/投诉件数"
TREND = "趋势·抱怨/投诉"
LATE_STEPS, LATE_CASES, SILENT = "时效·超期的步", "时效·超期的单", "时效·超期没有写原因的步"

_AND = "\x1f"
_BEGIN, _OPENS, _END = "\ufff9", "\ufffa", "\ufffb"
"""Unicode's own marks for words with a note behind them."""
_NOTED = re.compile(f"{_BEGIN}([^{_BEGIN}{_OPENS}{_END}]*){_OPENS}([^{_BEGIN}{_OPENS}{_END}]*){_END}")
_MARKS = re.compile(f"[{_BEGIN}{_OPENS}{_END}]")
Span = tuple[int, int, str]
"""Where the words that open something begin and end in their sentence, and what they open."""


def month_text(period: str) -> str:
    """2026年11月."""
    year, month = period.split("-")
    return f"{year}年{int(month)}月"


def figure_key(title: str, label: str) -> str:
    """The name of a figure of a breakdown; of ``SUM`` and ``REST`` too."""
    return f"{title}·{label}"


def past_key(name: str, label: str) -> str:
    """The name of a figure of an earlier month: 上月 or 去年同月."""
    return f"{name}·{label}"


def late_key(milestone: str) -> str:
    """What the number of late ones of a step opens."""
    return f"{milestone}·超期"


def due_key(milestone: str) -> str:
    """What the number of those that had to take a step opens."""
    return f"{milestone}·应办"


def running_key(title: str, many: int) -> str:
    """The first so many figures of a breakdown together, of all."""
    return f"{title}·前 {many} 项"


def unsaid_key(title: str) -> str:
    """What nobody filled in or confirmed."""
    return f"{title}·没有填或还没有归类"


def trend_key(period: str, what: str = "抱怨/投诉") -> str:
    """A month of the trend: all of it, 一般, 重大 or 最终满意."""
    return f"{month_text(period)}·{what}"


def together(*keys: str) -> str:
    """A number that is made of several lists opens them all, the first one first; none where the first is none."""
    return _AND.join(dict.fromkeys(filter(None, keys))) if keys[0] else ""


def parts_of(link: str) -> tuple[str, ...]:
    """The names of the lists a link opens."""
    return tuple(link.split(_AND)) if link else ()


def opens(words: str, link: str) -> str:
    """Words inside a sentence, a number mostly, that open a list; ``split_words`` takes them apart again."""
    told, key = (_MARKS.sub("", text) for text in (words, link))
    return f"{_BEGIN}{told}{_OPENS}{key}{_END}" if key else told


def split_words(sentence: str) -> tuple[str, tuple[Span, ...]]:
    """A sentence as it is read, and what its words open."""
    text, spans, end = "", list[Span](), 0
    for found in _NOTED.finditer(sentence):
        text += _MARKS.sub("", sentence[end : found.start()])
        spans.append((len(text), len(text) + len(found[1]), found[2]))
        text, end = text + found[1], found.end()
    return text + _MARKS.sub("", sentence[end:]), tuple(spans)
