"""并入与同一事件: an open complaint of the same car or phone is offered before a second one is written.

offers(phone, plate, vin, customer_id=None, vehicle_id=None) -> list[JoinOffer]     while a complaint is typed
join(number, words, act, channel="") -> Saved        the new words go into the open one instead of doubling it
link(number, counted_with, reason, act)              one event over two channels: both keep their clocks, the
                                                     month and the register count the other one
unlink(number, reason, act)                          links(number) -> Links
check_alone(customer_id, vehicle_id)                 raises where an open complaint would be doubled by one click
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from crm_desktop.clock import to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.identity import phone_key, plate_key, vin_key
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.text import checked_line, checked_text
from crm_desktop.models.gathered import ComplaintLink
from crm_desktop.models.moments import moment
from crm_desktop.services.complaints import Complaints, Saved
from crm_desktop.services.desk import Desk
from crm_desktop.services.filings import guard
from crm_desktop.services.lookups import complaint_id

_OPEN = "q.origin = 'desk' AND q.state IN ('登记', '已移交', '已响应', '处理中', '已解决')"
_OFFER = "SELECT q.number, q.ver, q.state, q.severity, q.channel, q.received_at, q.words FROM complaints q"
_FROM = "complaints q"
_BY_CAR = _OFFER.replace(_FROM, f"vehicles v CROSS JOIN {_FROM} ON q.vehicle_id = v.id") + (
    f" WHERE v.{{column}} = ? AND {_OPEN}"
)
_BY_PHONE = _OFFER.replace(_FROM, f"contacts t CROSS JOIN {_FROM} ON q.customer_id = t.customer_id") + (
    f" WHERE t.value = ? AND t.removed = 0 AND {_OPEN}"
)
"""CROSS JOIN tells SQLite where to begin: else it walks through every open complaint."""


@dataclass(frozen=True, slots=True)
class JoinOffer:
    """An open complaint that may be about the same thing. ``received_at`` UTC; ``why`` names what is the same."""

    number: str
    ver: int
    state: str
    severity: str
    channel: str
    received_at: datetime
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Links:
    """``counted_with`` counts for this complaint, empty where it counts itself; ``others`` are counted with it."""

    counted_with: str
    others: tuple[str, ...]


class Joins:
    """No second complaint about the same thing, and no thing counted twice."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def offers(
        self,
        phone: str = "",
        plate: str = "",
        vin: str = "",
        customer_id: int | None = None,
        vehicle_id: int | None = None,
    ) -> list[JoinOffer]:
        """Open complaints of this VIN, plate, phone, car or customer, however they were typed, the latest first."""
        asked = (
            ("VIN 相同", _BY_CAR.format(column="vin"), vin_key(vin)),
            ("车牌相同", _BY_CAR.format(column="plate"), plate_key(plate)),
            ("同一辆车", f"{_OFFER} WHERE q.vehicle_id = ? AND {_OPEN}", vehicle_id),
            ("电话相同", _BY_PHONE, phone_key(phone)),
            ("同一位客户", f"{_OFFER} WHERE q.customer_id = ? AND {_OPEN}", customer_id),
        )
        found: dict[str, JoinOffer] = {}
        for why, query, key in asked:
            for number, ver, state, severity, channel, at, words in self._desk.rows(query, (key,)) if key else ():
                found.setdefault(number, JoinOffer(number, ver, state, severity, channel, moment(at), words, why))
        return sorted(found.values(), key=_received, reverse=True)

    def check_alone(self, customer_id: int | None, vehicle_id: int | None) -> None:
        """What becomes a complaint by one click has no join offered on its way.

        :raises InvalidInput: an open complaint of this customer or car, named: it is continued, not doubled.
        """
        known = self.offers(customer_id=customer_id, vehicle_id=vehicle_id)
        if known:
            raise InvalidInput(
                f"这位客户或这台车有一张没关闭的抱怨单 {known[0].number}，请打开它接着办；"
                "另有一件事的，用“新建抱怨单”登记。"
            )

    def join(self, number: str, words: str, act: Act, channel: str = "") -> Saved:
        """What the customer says now is added below what he said, with when and by which way it came.

        :raises InvalidInput: nothing said, or too long together. :raises NotAllowed: the complaint is not open.
        """
        act = require(act, Right.REGISTER)
        told = checked_text(words, "抱怨内容")
        if not told:
            raise InvalidInput({"words": "请写客户这次说了什么。"})
        found = complaint_id(self._desk, number)
        own, ver, before = self._desk.rows("SELECT number, ver, words FROM complaints WHERE id = ?", (found,))[0]
        if not self._desk.rows(f"SELECT 1 FROM complaints q WHERE q.id = ? AND {_OPEN}", (found,)):
            raise NotAllowed(f"{own} 已不在处理中，不能并入，请另建一张抱怨单。")
        mark = f"【{to_local(act.at):%Y-%m-%d %H:%M} 再次反映{f'，{channel}' if channel else ''}】"
        return Complaints(self._desk).amend(
            own, ver, {"words": f"{before}\n{mark}{told}"}, act, "客户再次反映，并入本单"
        )

    def link(self, number: str, counted_with: str, reason: str, act: Act) -> None:
        """These two are one event. A chain is led back to the one that counts.

        :raises InvalidInput: one complaint with itself, or no reason. :raises NotAllowed: it is filed, one is void,
        or others are counted with it already.
        """
        act = require(act, Right.CORRECT)
        why = checked_line(reason, "原因")
        if not why:
            raise InvalidInput({"reason": "请写明为什么是同一事件。"})
        found, lead = complaint_id(self._desk, number), self._lead(complaint_id(self._desk, counted_with))
        guard(self._desk, found)
        if found == lead:
            raise InvalidInput("同一事件要选两张不同的单，且不能互相并计。")
        if self._desk.rows("SELECT 1 FROM complaints WHERE id IN (?, ?) AND state = '作废'", (found, lead)):
            raise NotAllowed("作废的单不能并计。")
        if self._desk.rows("SELECT 1 FROM complaint_links WHERE counted_with_id = ? AND removed = 0", (found,)):
            raise NotAllowed("已有别的单并计在这张单上，请反过来：把另一张并计到这张。")
        values = {"counted_with": lead, "reason": why, "who": act.who, "removed": False}
        known = self._desk.rows("SELECT id FROM complaint_links WHERE complaint_id = ?", (found,))
        with self._desk.writing(act) as ledger:
            if known:
                ledger.change(ComplaintLink, known[0][0], values, reason=why)
            else:
                ledger.add(ComplaintLink, counted_with, complaint=found, entered_at=act.at, **values)

    def unlink(self, number: str, reason: str, act: Act) -> None:
        """It was another event after all; it counts itself again.

        :raises InvalidInput: no reason, or it was not linked.
        """
        act = require(act, Right.CORRECT)
        why = checked_line(reason, "原因")
        found = complaint_id(self._desk, number)
        known = self._desk.rows("SELECT id FROM complaint_links WHERE complaint_id = ? AND removed = 0", (found,))
        if not why or not known:
            raise InvalidInput({"reason": "解除并计请选已并计的单，并写明原因。"})
        with self._desk.writing(act) as ledger:
            ledger.change(ComplaintLink, known[0][0], {"removed": True}, reason=why)

    def links(self, number: str) -> Links:
        """Which complaints are one event with this one; raises NotFound."""
        found = complaint_id(self._desk, number)
        lead = self._lead(found)
        name = self._desk.rows("SELECT number FROM complaints WHERE id = ?", (lead,))[0][0]
        others = self._desk.rows(
            "SELECT q.number FROM complaint_links l JOIN complaints q ON q.id = l.complaint_id"
            " WHERE l.counted_with_id = ? AND l.removed = 0 ORDER BY q.number",
            (found,),
        )
        return Links("" if lead == found else name, tuple(other for (other,) in others))

    def _lead(self, found: int) -> int:
        query = "SELECT counted_with_id FROM complaint_links WHERE complaint_id = ? AND removed = 0"
        lead = self._desk.rows(query, (found,))
        return int(lead[0][0]) if lead else found


def _received(offer: JoinOffer) -> datetime:
    return offer.received_at
