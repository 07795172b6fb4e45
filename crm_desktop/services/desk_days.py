"""The desk as it stands now, for 晨会单 and 交班单: running clocks, cars in work, what was done today."""

from __future__ import annotations

from datetime import date
from typing import Any

from crm_desktop.clock import day_bounds, local_day, to_local
from crm_desktop.domain.complaints import EVENT_LABELS, OPEN_STATES
from crm_desktop.domain.desk_papers import CarInWork, DeskDay, Done
from crm_desktop.domain.followups import Outcome, Satisfaction
from crm_desktop.models.moments import moment, stamp
from crm_desktop.services.clocks import Clocks
from crm_desktop.services.desk import Desk

_STATES = ", ".join(f"'{state}'" for state in OPEN_STATES)
_OPEN = (
    f"SELECT COUNT(*) FROM complaints q INDEXED BY complaints_open WHERE q.origin = 'desk' AND q.state IN ({_STATES})"
)
_CARS = """
    SELECT q.number, COALESCE(v.plate, ''), r.items, r.came_on, r.technician FROM reworks r
    JOIN complaints q ON q.id = r.complaint_id LEFT JOIN vehicles v ON v.id = q.vehicle_id
    WHERE r.finished_on IS NULL AND q.state <> '作废' ORDER BY r.came_on, r.id
"""
_DONE = """
    SELECT q.number, e.at, e.kind, e.who FROM complaint_events e JOIN complaints q ON q.id = e.complaint_id
    WHERE e.at >= ? AND e.at < ? ORDER BY e.at, e.id
"""
_UNHAPPY = f"""
    SELECT q.number, f.satisfaction || CASE WHEN f.feedback = '' THEN '' ELSE '：' || f.feedback END
    FROM complaints q INDEXED BY complaints_open JOIN follow_ups f ON f.id = (SELECT l.id FROM follow_ups l
        WHERE l.complaint_id = q.id AND l.outcome = ? AND l.called_at IS NOT NULL
        ORDER BY l.called_at DESC, l.id DESC LIMIT 1)
    WHERE q.origin = 'desk' AND q.state IN ({_STATES}) AND f.satisfaction <> ? ORDER BY f.called_at DESC
"""


class DeskDays:
    """Reads only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._clocks = Clocks(desk)

    def now(self) -> DeskDay:
        """Everything on the two sheets."""
        now = self._desk.now()
        start, end = day_bounds(local_day(now), local_day(now))
        return DeskDay(
            at=to_local(now),
            clocks=tuple(self._clocks.open_milestones(now)),
            cars=tuple(_car(*row) for row in self._desk.rows(_CARS)),
            done=tuple(_done(*row) for row in self._desk.rows(_DONE, (stamp(start), stamp(end)))),
            open_cases=int(self._desk.rows(_OPEN)[0][0]),
            unhappy=tuple(self._desk.rows(_UNHAPPY, (Outcome.REACHED, Satisfaction.SATISFIED))),
        )


def _car(number: str, plate: str, items: str, came_on: Any, technician: str) -> CarInWork:
    return CarInWork(number, plate, items, date.fromisoformat(came_on) if came_on else None, technician)


def _done(number: str, at: str, kind: str, who: str) -> Done:
    return Done(number, to_local(moment(at)), EVENT_LABELS.get(kind, kind), who)
