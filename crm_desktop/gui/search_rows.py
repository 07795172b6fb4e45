"""What the list below the search box says, row by row, as plain values: headings, hits, and what may be begun."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from crm_desktop.domain.identity import shown_plate
from crm_desktop.domain.search import Hit, HitGroup, HitKind
from crm_desktop.domain.search_marks import met_spans, typed_as

Spans = tuple[tuple[int, int], ...]
NOTHING = "没有找到“{typed}”，可以试电话后四位、车牌或 VIN 后几位、姓名或拼音首字母、单号、抱怨里的词。"
_FIELDS = {"customer_name": "姓名", "phone": "电话", "plate": "车牌", "vin": "VIN", "words": "抱怨内容"}
_SHOWN = 24


class Begins(Enum):
    """What is begun where the files hold nothing yet."""

    COMPLAINT = "新建抱怨单"
    CUSTOMER = "新建客户"


@dataclass(frozen=True, slots=True)
class Beginning:
    """Something new with what was typed in one of its fields: customer_name, phone, plate, vin or words."""

    begins: Begins
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class SearchRow:
    """One row. Without a ``value`` (a ``Hit`` or a ``Beginning``) it is a heading or a sentence and cannot be chosen.

    ``lead`` and ``text`` come with the places where the question stands in them.
    """

    lead: str
    text: str = ""
    detail: str = ""
    why: str = ""
    value: Hit | Beginning | None = None
    lead_spans: Spans = ()
    text_spans: Spans = ()

    @property
    def spoken(self) -> str:
        """The row as a screen reader says it."""
        return "，".join(part for part in (self.lead, self.text, self.detail, self.why) if part)


def search_rows(groups: Sequence[HitGroup], typed: str) -> tuple[SearchRow, ...]:
    """The whole list for what was typed; what may be begun stands last."""
    hits = [row for group in groups for row in _group(group, typed)]
    return (*(hits or [SearchRow(NOTHING.format(typed=_short(typed)))]), *_beginnings(groups, typed))


def _group(group: HitGroup, typed: str) -> Iterator[SearchRow]:
    yield SearchRow(group.label, why="还有更多，多打几个字就近了" if group.more else "")
    for hit in group.hits:
        lead, text = _told(hit)
        waiting = f"{hit.open_cases} 张未关闭" if hit.open_cases and hit.kind in _COUNTED else ""
        detail = " · ".join(part for part in (waiting, hit.detail) if part)
        yield SearchRow(lead, text, detail, hit.why, hit, met_spans(lead, typed), met_spans(text, typed))


_COUNTED = (HitKind.CUSTOMER, HitKind.VEHICLE)


def _told(hit: Hit) -> tuple[str, str]:
    if hit.kind == HitKind.CUSTOMER:
        return hit.title, hit.excerpt or hit.number
    if hit.kind == HitKind.VEHICLE:
        return shown_plate(hit.number), hit.excerpt or hit.title
    return hit.number, hit.excerpt or hit.title


def _beginnings(groups: Sequence[HitGroup], typed: str) -> Iterator[SearchRow]:
    """A short text is a name, unless the files know it only as words of complaints."""
    field, value = typed_as(typed)
    if field == "customer_name" and groups and groups[0].kind not in _COUNTED:
        field = "words"
    for begins in Begins:
        if begins is Begins.COMPLAINT or field != "words":
            text = f"{_FIELDS[field]}填“{_short(value)}”"
            yield SearchRow(begins.value, text, value=Beginning(begins, field, value))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
