"""柜台横幅: who stands at the counter, from what is typed of him, by a dozen indexed queries.

typed(phone, plate, vin) -> Banner | None        as soon as one of them is on file
of(customer_id, vehicle_id) -> Banner            where both were chosen
courtesy(customer_id) -> (grade, policy)         how he is served
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from crm_desktop.clock import local_day, to_local
from crm_desktop.domain.banner import Banner, BannerLine, ReworkPast, Tone, Topic, repeat_line
from crm_desktop.domain.complaints import Channel, Severity
from crm_desktop.domain.customers import NAMELESS
from crm_desktop.domain.identity import phone_key, plate_key, vin_key
from crm_desktop.domain.parts import PartsBook, read_parts
from crm_desktop.domain.risk import RiskFacts, risk_of
from crm_desktop.domain.tags import PastComplaint, automatic_tags
from crm_desktop.domain.warranty import CoverState, Level
from crm_desktop.models.moments import moment
from crm_desktop.services.clock_rules import shipped
from crm_desktop.services.desk import Desk
from crm_desktop.services.recalls import Recalls
from crm_desktop.services.rules import Rules
from crm_desktop.services.warranties import Warranties

_WHOSE = "((q.customer_id = ? AND q.customer_id IS NOT NULL) OR (q.vehicle_id = ? AND q.vehicle_id IS NOT NULL))"
_OPEN = "q.origin = 'desk' AND q.state IN ('登记', '已移交', '已响应', '处理中', '已解决')"
_CUSTOMER = """
    SELECT name, grade, stage, owner, likes, dislikes, usual_adviser, do_not_disturb, contact_consent
    FROM customers WHERE id = ?
"""
_CASES = (
    f"SELECT q.number, q.state, q.severity, q.received_at, q.words, q.demand, q.patience_until FROM complaints q"
    f" WHERE {_WHOSE} AND {_OPEN} ORDER BY q.severity = '重大' DESC, q.received_at"
)
_PAST = (
    f"SELECT q.channel, q.category, q.demand, q.received_at FROM complaints q"
    f" WHERE {_WHOSE} AND q.state <> '作废' ORDER BY q.received_at DESC LIMIT 50"
)
_PROMISES = (
    f"SELECT q.number, p.what, p.due_at, p.outcome FROM promises p JOIN complaints q ON q.id = p.complaint_id"
    f" WHERE {_WHOSE} AND q.state <> '作废' ORDER BY p.due_at"
)
_REWORKS = """
    SELECT r.came_on, r.complaint_id, q.words, r.items FROM reworks r JOIN complaints q ON q.id = r.complaint_id
    WHERE q.vehicle_id IN (SELECT o.id FROM vehicles v JOIN vehicles o ON o.id = v.id
            OR (o.vin <> '' AND o.vin = v.vin) OR (o.plate <> '' AND o.plate = v.plate AND '' IN (o.vin, v.vin))
            WHERE v.id = ?) AND r.came_on >= ? AND q.state <> '作废' ORDER BY r.came_on
"""
"""A car that is in the files twice, once by its plate alone, is one car all the same."""
_ADVISER = """
    SELECT adviser FROM (SELECT adviser, came_on FROM visits WHERE customer_id = ? AND adviser <> ''
        ORDER BY came_on DESC LIMIT 10) GROUP BY adviser ORDER BY COUNT(*) DESC, MAX(came_on) DESC LIMIT 1
"""
_ANSWER = """
    SELECT satisfaction FROM follow_ups WHERE customer_id = ? AND called_at IS NOT NULL AND satisfaction <> ''
    ORDER BY called_at DESC LIMIT 1
"""
_CLAIM = ("赔", "补偿", "退车", "换车", "退款")
_OUTSIDE = (Channel.MEDIA, Channel.CONSUMER_BODY, Channel.AUTHORITY)
_YEAR = timedelta(days=365)
_WORDS = 24


class Banners:
    """Reads only; asked again at every keystroke that finds somebody."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def typed(self, phone: str = "", plate: str = "", vin: str = "") -> Banner | None:
        """The banner of whoever has this very phone, plate or VIN, however it was typed; None for nobody.

        A phone that several files share shows the one whose car is named, else the latest of them: the form itself
        asks who is meant.
        """
        vehicle = self._vehicle(plate_key(plate), vin_key(vin))
        owner = self._owner(vehicle) if vehicle else None
        known = self._customers_by_phone(phone_key(phone))
        customer = owner if owner in known or not known else known[0]
        if not customer and not vehicle:
            return None
        return self.of(customer or None, vehicle)

    def of(self, customer_id: int | None, vehicle_id: int | None = None) -> Banner:
        """The banner of a customer and a car; a customer with one car stands for it too."""
        car = vehicle_id or (self._only_car(customer_id) if customer_id else None)
        found = self._desk.rows(_CUSTOMER, (customer_id,)) if customer_id else []
        name, grade, stage, owner, *wishes = found[0] if found else ("", "", "", "", "", "", "", 0, "")
        past = self._past(customer_id, car)
        cases = self._desk.rows(_CASES, (customer_id, car))
        promises = self._desk.rows(_PROMISES, (customer_id, car))
        reworks = self._reworks(car)
        lines = [
            *self._repeat(reworks),
            *(_case_line(row) for row in cases),
            *(_promise_line(row, self._desk.now()) for row in promises if not row[3]),
            *self._policy_line(grade),
            *(self._car_lines(car) if car else ()),
            *_wish_lines(wishes, self._adviser(customer_id, wishes[2])),
        ]
        return Banner(
            customer_id, car, name or NAMELESS, grade, stage, owner,
            risk_of(self._risk(customer_id, cases, promises, past, reworks)), self._tags(customer_id),
            automatic_tags([PastComplaint(*row[:3]) for row in past]), tuple(lines),
        )  # fmt: skip

    def courtesy(self, customer_id: int | None) -> tuple[str, str]:
        """His grade and what the dealership does for it; both empty for nobody and for who has none."""
        found = self._desk.rows("SELECT grade FROM customers WHERE id = ?", (customer_id,)) if customer_id else []
        grade = str(found[0][0]) if found else ""
        return grade, Rules(self._desk).grading().policy(grade)

    def _policy_line(self, grade: str) -> list[BannerLine]:
        policy = Rules(self._desk).grading().policy(grade)
        return [BannerLine(Topic.POLICY, f"{grade}：{policy}")] if policy else []

    def _repeat(self, reworks: list[ReworkPast]) -> list[BannerLine]:
        if not reworks:
            return []
        line = repeat_line(reworks, self._desk.today(), Rules(self._desk).profile().repeat_days, _parts())
        return [line] if line else []

    def _car_lines(self, vehicle_id: int) -> list[BannerLine]:
        view = Warranties(self._desk).view(vehicle_id)
        recalls = [row for row in Recalls(self._desk).of_vehicle(vehicle_id) if row.done_on is None]
        lines = [BannerLine(Topic.RECALL, f"{r.draft.kind}未做：{r.draft.title}", Tone.ALARM) for r in recalls]
        loud = {Level.REACHED: Tone.ALARM, Level.NEAR: Tone.WARN}
        lines += [
            BannerLine(Topic.WARRANTY, c.sentence, loud[c.level], source=c.source)
            for c in view.counters
            if c.level is not Level.QUIET
        ]
        lines += [BannerLine(Topic.WARRANTY, text, Tone.WARN) for text in view.early]
        known = [cover for cover in view.covers if cover.state is not CoverState.UNKNOWN or cover.until]
        lines += [BannerLine(Topic.WARRANTY, cover.sentence, source=cover.source) for cover in known]
        if view.last_order:
            tone = Tone.WARN if view.last_order.in_force else Tone.PLAIN
            lines.append(BannerLine(Topic.GUARANTEE, view.last_order.sentence, tone, source=view.last_order.source))
        return lines

    def _risk(
        self,
        customer_id: int | None,
        cases: list[tuple[Any, ...]],
        promises: list[tuple[Any, ...]],
        past: list[tuple[Any, ...]],
        reworks: list[ReworkPast],
    ) -> RiskFacts:
        now, today = self._desk.now(), self._desk.today()
        answer = self._desk.rows(_ANSWER, (customer_id,))
        return RiskFacts(
            open_complaints=len(cases),
            open_major=sum(row[2] == Severity.MAJOR for row in cases),
            longest_open_days=max(((today - local_day(moment(row[3]))).days for row in cases), default=0),
            late_promises=sum(not row[3] and moment(row[2]) < now for row in promises),
            broken_promises=sum(row[3] == "没有兑现" for row in promises),
            repeat_reworks=len(reworks),
            unsatisfied=bool(answer) and answer[0][0] == "不满意",
            outside_before=any(row[0] in _OUTSIDE for row in past),
            wants_compensation=any(word in row[5] for row in cases for word in _CLAIM),
            out_of_patience=any(row[6] and moment(row[6]) < now for row in cases),
            complaints_of_year=sum(moment(row[3]) > now - _YEAR for row in past),
        )

    def _past(self, customer_id: int | None, vehicle_id: int | None) -> list[tuple[Any, ...]]:
        return self._desk.rows(_PAST, (customer_id, vehicle_id))

    def _reworks(self, vehicle_id: int | None) -> list[ReworkPast]:
        first = self._desk.today() - timedelta(days=Rules(self._desk).profile().repeat_days)
        rows = self._desk.rows(_REWORKS, (vehicle_id, first.isoformat()))
        return [ReworkPast(date.fromisoformat(came), *rest) for came, *rest in rows]

    def _tags(self, customer_id: int | None) -> tuple[str, ...]:
        query = "SELECT tag FROM customer_tags WHERE customer_id = ? AND removed = 0 ORDER BY id"
        return tuple(tag for (tag,) in self._desk.rows(query, (customer_id,)))

    def _adviser(self, customer_id: int | None, told: str) -> str:
        """The one on file, else whoever served him most often of late."""
        if told or customer_id is None:
            return told
        found = self._desk.rows(_ADVISER, (customer_id,))
        return str(found[0][0]) if found else ""

    def _customers_by_phone(self, phone: str) -> list[int]:
        """The latest file first."""
        query = "SELECT DISTINCT customer_id FROM contacts WHERE value = ? AND removed = 0 ORDER BY customer_id DESC"
        return [found for (found,) in self._desk.rows(query, (phone,))] if phone else []

    def _vehicle(self, plate: str, vin: str) -> int | None:
        by_vin = self._desk.rows("SELECT id FROM vehicles WHERE vin = ? AND vin <> '' LIMIT 1", (vin,)) if vin else []
        by_plate = (
            self._desk.rows(
                "SELECT id FROM vehicles WHERE plate = ? AND plate <> '' ORDER BY id DESC LIMIT 1", (plate,)
            )
            if plate
            else []
        )
        found = by_vin or by_plate
        return int(found[0][0]) if found else None

    def _owner(self, vehicle_id: int) -> int | None:
        found = self._desk.rows("SELECT customer_id FROM vehicles WHERE id = ?", (vehicle_id,))
        return found[0][0] if found else None

    def _only_car(self, customer_id: int) -> int | None:
        cars = self._desk.rows("SELECT id FROM vehicles WHERE customer_id = ? LIMIT 2", (customer_id,))
        return int(cars[0][0]) if len(cars) == 1 else None


@cache
def _parts() -> PartsBook:
    """The book of parts as shipped; read when a car that came back is first at the counter."""
    return read_parts(json.loads(shipped("parts")))


def _case_line(row: tuple[Any, ...]) -> BannerLine:
    number, state, severity, received, words, *_ = row
    told = words if len(words) <= _WORDS else f"{words[:_WORDS]}…"
    text = f"{number} {severity}·{state}（{local_day(moment(received))}）：{told}"
    return BannerLine(Topic.OPEN_CASE, text, Tone.ALARM if severity == Severity.MAJOR else Tone.WARN, number)


def _promise_line(row: tuple[Any, ...], now: datetime) -> BannerLine:
    number, what, due, _ = row
    late = moment(due) < now
    text = f"{'已到期没有兑现' if late else '答应'}：{what}（{to_local(moment(due)):%m-%d %H:%M} 前）"
    return BannerLine(Topic.PROMISE, text, Tone.ALARM if late else Tone.WARN, number)


def _wish_lines(wishes: list[Any], adviser: str) -> list[BannerLine]:
    likes, dislikes, _, do_not_disturb, consent = wishes
    lines = []
    if do_not_disturb or consent == "不同意":
        lines.append(BannerLine(Topic.DISTURB, "客户要求勿扰，只谈本次业务，不做推介", Tone.WARN))
    if dislikes:
        lines.append(BannerLine(Topic.DISLIKES, dislikes, Tone.WARN))
    if likes:
        lines.append(BannerLine(Topic.LIKES, likes))
    if adviser:
        lines.append(BannerLine(Topic.ADVISER, adviser))
    return lines
