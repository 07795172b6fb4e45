"""Who stands in for an absent 服务总监 (gap G7), and who answers for each of the three lines (seed 001 篇1 五.2)."""

from __future__ import annotations

from datetime import date

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaints import Line
from crm_desktop.domain.duties import DeputyRow, LineRow, checked_period
from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.staff import Role
from crm_desktop.domain.text import checked_line
from crm_desktop.models.moments import moment
from crm_desktop.models.people import Deputy, LineDuty
from crm_desktop.services.desk import Desk
from crm_desktop.services.staff import StaffRoom

REPRESENTED = Role.DIRECTOR
"""The one role the procedure cannot do without for a day."""


class Duties:
    """Deputies and lines; nothing is overwritten, what ended stays on record."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._staff = StaffRoom(desk)

    def appoint_deputy(self, person_id: int, first_on: date, last_on: date, reason: str, act: Act) -> int:
        """A colleague holds the rights of 服务总监 from the first day to the last, both included. Returns the id.

        The director appoints his own deputy; otherwise it takes the right to manage staff.

        :raises InvalidInput: no period to come, or another deputy in it. :raises NotAllowed: the person has no PIN,
            has left, or is the director himself.
        """
        act = act if REPRESENTED in act.roles else require(act, Right.STAFF)
        checked_period(first_on, last_on, local_day(act.at))
        person = self._staff.get(person_id)
        if person.left or not person.has_pin:
            raise NotAllowed(f"{person.name}已离职或还没有 PIN，不能代理{REPRESENTED}。")
        if REPRESENTED in person.roles:
            raise NotAllowed(f"{person.name}本来就是{REPRESENTED}，不用代理。")
        why = checked_line(reason, "代理原因")
        with self._desk.writing(act) as ledger:
            self._check_alone(first_on, last_on)
            return ledger.add(
                Deputy,
                f"{person.name} 代{REPRESENTED} {first_on} 至 {last_on}",
                staff=person_id,
                role=REPRESENTED,
                first_on=first_on,
                last_on=last_on,
                reason=why,
                entered_at=act.at,
            )

    def end_deputy(self, deputy_id: int, ver: int, act: Act) -> int:
        """The director is back earlier. Returns the new version."""
        act = act if REPRESENTED in act.roles else require(act, Right.STAFF)
        with self._desk.writing(act) as ledger:
            return ledger.change(Deputy, deputy_id, {"ended_at": act.at}, ver, "提前结束")

    def deputies(self) -> list[DeputyRow]:
        """Everybody who ever stood in, the latest first."""
        rows = self._desk.rows(
            "SELECT d.id, d.ver, d.staff_id, s.name, d.role, d.first_on, d.last_on, d.reason, d.ended_at"
            " FROM deputies d JOIN staff s ON s.id = d.staff_id ORDER BY d.first_on DESC, d.id DESC"
        )
        return [_deputy(row) for row in rows]

    def deputy_today(self) -> DeputyRow | None:
        """Who stands in for 服务总监 today, if anybody does."""
        today = self._desk.today()
        return next((deputy for deputy in self.deputies() if deputy.stands_in(today)), None)

    def answer_for(self, line: str, person_id: int, act: Act) -> None:
        """From now on this person answers for a line; who did before stays on record.

        :raises InvalidInput: no such line. :raises NotAllowed: the person has left.
        """
        act = act if REPRESENTED in act.roles else require(act, Right.STAFF)
        if line not in tuple(Line):
            raise InvalidInput({"line": f"没有“{line}”这条责任线，请从 {'、'.join(Line)} 中选。"})
        person = self._staff.get(person_id)
        if person.left:
            raise NotAllowed(f"{person.name}已离职，不能负责{line}线。")
        with self._desk.writing(act) as ledger:
            ledger.add(LineDuty, f"{line} {person.name}", line=line, staff=person_id, since=act.at)

    def lines(self) -> list[LineRow]:
        """Who answers for each line now, in the order of the paper."""
        latest = {row.line: row for row in self.line_history()}
        return [latest.get(line, LineRow(line)) for line in Line]

    def line_history(self) -> list[LineRow]:
        """Who answered for which line since when, oldest first."""
        rows = self._desk.rows(
            "SELECT d.line, d.staff_id, s.name, d.since, s.has_left FROM line_duties d"
            " JOIN staff s ON s.id = d.staff_id ORDER BY d.id"
        )
        return [LineRow(line, person, name, moment(since), bool(left)) for line, person, name, since, left in rows]

    def _check_alone(self, first_on: date, last_on: date) -> None:
        others = self._desk.rows(
            "SELECT s.name FROM deputies d JOIN staff s ON s.id = d.staff_id"
            " WHERE d.ended_at IS NULL AND d.first_on <= ? AND d.last_on >= ?",
            (last_on.isoformat(), first_on.isoformat()),
        )
        if others:
            raise InvalidInput({"first_on": f"这段时间已由{others[0][0]}代理，请先结束那一段或改日期。"})


def _deputy(row: tuple[int, int, int, str, str, str, str, str, str | None]) -> DeputyRow:
    first_on, last_on = date.fromisoformat(row[5]), date.fromisoformat(row[6])
    ended_at = moment(row[8]) if row[8] else None
    return DeputyRow(row[0], row[1], row[2], row[3], row[4], first_on, last_on, row[7], ended_at)
