"""今日: everything the first page shows, by a handful of indexed queries however much is in the files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from crm_desktop.domain.complaints import State
from crm_desktop.domain.due import OpenMilestone, most_urgent
from crm_desktop.domain.routes import Rulebook
from crm_desktop.domain.today import (
    FOLDER,
    NAME,
    PEOPLE,
    DueCall,
    OpenComplaint,
    TodayView,
    WorkshopCar,
    Written,
    next_step,
)
from crm_desktop.domain.urgency import Tinder, burns_first
from crm_desktop.models.moments import moment, stamp
from crm_desktop.services.clock_rules import ClockRules
from crm_desktop.services.clocks import Clocks
from crm_desktop.services.desk import Desk
from crm_desktop.services.kept import SECOND_FOLDER, kept_text
from crm_desktop.services.lookups import PHONE_OF

SHOWN = 50
"""How many rows of each list the page gets; its figures count all."""

# A partial index serves a question only where its condition stands there literally. The open ones are asked for by
# the name of theirs: by state SQLite would walk through every imported complaint of the past as well.
_OPEN = (
    "complaints q INDEXED BY complaints_open"
    " WHERE q.origin = 'desk' AND q.state IN ('登记', '已移交', '已响应', '处理中', '已解决')"
)
_SOLVED = f"{_OPEN} AND q.state = '已解决'"
_YEAR = timedelta(days=365)
_MISSING = "q.customer_id IS NULL AND q.state <> '作废'"
_DUE = "f.called_at IS NULL AND f.cancelled_at IS NULL AND f.planned_on <= ?"
_NOT_VOID = "COALESCE((SELECT state FROM complaints WHERE id = f.complaint_id), '') <> '作废'"
_IN_WORKSHOP = "r.finished_on IS NULL"
_HAPPENED = (
    "EXISTS (SELECT 1 FROM complaint_events e WHERE e.complaint_id = q.id AND e.kind = '{kind}' AND NOT EXISTS"
    " (SELECT 1 FROM complaint_events n WHERE n.corrects_id = e.id AND n.kind = 'corrected'))"
)

# Whatever is open is weighed, before the first of it is looked at closely.
_TINDER = f"""
    SELECT q.id, q.number, q.channel, q.severity, EXISTS (SELECT 1 FROM customers p WHERE p.id = q.customer_id
            AND p.grade = 'VIP'),
        (SELECT COUNT(*) FROM complaints o WHERE (o.customer_id = q.customer_id OR o.vehicle_id = q.vehicle_id)
            AND o.received_at >= ? AND o.id < q.id AND o.state <> '作废') + 1,
        COALESCE((SELECT g.mood FROM guidance_cards g WHERE g.complaint_id = q.id), ''), q.state
    FROM {_OPEN}
"""
_COMPLAINTS = f"""
    SELECT q.id, q.number, q.state, q.severity, q.received_at, COALESCE(c.name, ''), COALESCE(v.plate, ''), q.words,
        q.customer_id IS NOT NULL, q.responsible <> '', q.correction <> '', q.root_cause <> '',
        q.long_term_measure <> '',
        EXISTS (SELECT 1 FROM reworks r WHERE r.complaint_id = q.id AND r.finished_on IS NULL),
        {_HAPPENED.format(kind="handed_over")}, {_HAPPENED.format(kind="responded")}, q.channel, COALESCE(c.grade, '')
    FROM complaints q LEFT JOIN customers c ON c.id = q.customer_id LEFT JOIN vehicles v ON v.id = q.vehicle_id
    WHERE q.id IN ({{ids}})
"""
_CALLS = f"""
    SELECT f.id, f.planned_on, COALESCE(c.name, ''), COALESCE({PHONE_OF.format(owner="f.customer_id")}, ''), f.reason
    FROM follow_ups f LEFT JOIN customers c ON c.id = f.customer_id
    WHERE {_DUE} AND {_NOT_VOID} ORDER BY f.planned_on, f.id LIMIT {SHOWN}
"""
_CARS = f"""
    SELECT r.id, COALESCE(v.plate, ''), COALESCE(c.name, ''), r.items, r.came_on
    FROM reworks r JOIN complaints q ON q.id = r.complaint_id
    LEFT JOIN customers c ON c.id = q.customer_id LEFT JOIN vehicles v ON v.id = q.vehicle_id
    WHERE {_IN_WORKSHOP} ORDER BY r.came_on, r.id LIMIT {SHOWN}
"""
_ANYTHING = "SELECT EXISTS (SELECT 1 FROM complaints) OR EXISTS (SELECT 1 FROM customers)"


class Today:
    """Reads only; asked again whenever the page is shown or something was saved."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._clocks = desk, Clocks(desk)

    def view(self) -> TodayView:
        """The page as of now: who will explode next stands first, by the points of ``domain/urgency.py``."""
        today, rulebook = self._desk.today(), ClockRules(self._desk).rulebook()
        is_new = not self._desk.rows(_ANYTHING)[0][0]
        return TodayView(
            open_count=self._count(_OPEN),
            customer_missing_count=self._count(f"complaints q WHERE {_MISSING}"),
            due_call_count=self.due_call_count(),
            workshop_count=self._count(f"reworks r WHERE {_IN_WORKSHOP}"),
            solved_count=self._count(_SOLVED),
            complaints=tuple(self._hottest(rulebook)),
            calls=tuple(_call(row, today) for row in self._desk.rows(_CALLS, (today.isoformat(),))),
            cars=tuple(_car(row, today) for row in self._desk.rows(_CARS)),
            is_new=is_new,
            soon_share=rulebook.soon_share,
            untold=self._untold() if is_new else (),
        )

    def _untold(self) -> tuple[str, ...]:
        has = {
            NAME: kept_text(self._desk, "dealership.name"),
            PEOPLE: self._desk.rows("SELECT 1 FROM staff LIMIT 1"),
            FOLDER: kept_text(self._desk, SECOND_FOLDER),
        }
        return tuple(word for word, there in has.items() if not there)

    def due_call_count(self) -> int:
        """How many calls are to be made today."""
        return self._count(f"follow_ups f WHERE {_DUE} AND {_NOT_VOID}", self._desk.today().isoformat())

    def _hottest(self, rulebook: Rulebook) -> Iterator[OpenComplaint]:
        """Of all that is open, the first to be looked after."""
        now = self._desk.now()
        clocks = most_urgent(self._clocks.open_milestones(now))
        weighed = []
        a_year_ago = stamp(now - _YEAR)
        for found, number, channel, severity, vip, times, mood, state in self._desk.rows(_TINDER, (a_year_ago,)):
            tinder = Tinder(channel, severity, bool(vip), times, mood, solved=state == State.RESOLVED)
            weighed.append((burns_first(tinder, clocks.get(number)), found, tinder, clocks.get(number)))
        weighed.sort(key=itemgetter(0, 1))
        ids = ", ".join(str(found) for _, found, *_ in weighed[:SHOWN])
        rows = {row[0]: row[1:] for row in self._desk.rows(_COMPLAINTS.format(ids=ids))}
        for _, found, tinder, clock in weighed[:SHOWN]:
            yield _complaint(rows[found], rulebook, tinder, clock)

    def _count(self, what: str, *parameters: str) -> int:
        return int(self._desk.rows(f"SELECT COUNT(*) FROM {what}", parameters)[0][0])


def _complaint(row: tuple[Any, ...], rulebook: Rulebook, tinder: Tinder, clock: OpenMilestone | None) -> OpenComplaint:
    number, state, severity, received, name, plate, words, *filled, handed_over, responded, channel, grade = row
    rule = rulebook.rule(channel, severity)
    # Without a hand-over the director goes to the 责任人 first: his answer waits until there is one (400 hotline).
    answered = bool(responded) or rule.respond is None or (rule.hand_over is None and not filled[1])
    done = {"handed_over": bool(handed_over) or rule.hand_over is None, "responded": answered}
    step = next_step(state, Written(*map(bool, filled), **done))
    return OpenComplaint(number, state, severity, moment(received), name, plate, words, step, tinder, grade, clock)


def _call(row: tuple[Any, ...], today: date) -> DueCall:
    planned = date.fromisoformat(row[1])
    return DueCall(row[0], planned, (today - planned).days, *row[2:])


def _car(row: tuple[Any, ...], today: date) -> WorkshopCar:
    number, plate, name, items, came = row
    return WorkshopCar(number, plate, name, items, (today - date.fromisoformat(came)).days if came else 0)
