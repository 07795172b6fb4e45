"""员工: who works at the desk, in which roles, and what each may do now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from crm_desktop.clock import local_day
from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput, NotAllowed, NotFound
from crm_desktop.domain.pinyin import initials
from crm_desktop.domain.rights import OWNER, ROLE_RIGHTS, Right, RightsTable, require, rights_of
from crm_desktop.domain.staff import ADMINISTRATOR, Person, Role
from crm_desktop.domain.text import checked_line
from crm_desktop.models.desk import Setting
from crm_desktop.models.ledger import Ledger
from crm_desktop.models.moments import moment
from crm_desktop.models.people import Staff
from crm_desktop.services.desk import Desk
from crm_desktop.services.roster import people, person

_RIGHTS = "rights"


@dataclass(frozen=True, slots=True)
class RightsChange:
    """One change of the table of rights, by whom, when (UTC) and why; both tables whole."""

    at: datetime
    who: str
    reason: str
    before: RightsTable
    after: RightsTable


class StaffRoom:
    """The people of the dealership; nobody is deleted, who leaves keeps his history."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def people(self, with_left: bool = False) -> list[Person]:
        """Everybody who works here, in the order of entry."""
        return people(self._desk, with_left)

    def get(self, person_id: int) -> Person:
        """One colleague, also who left; raises NotFound."""
        found = person(self._desk, person_id)
        if found is None:
            raise NotFound("没有这位员工，请刷新后再看。")
        return found

    def find(self, who: str) -> Person:
        """By name, or by a role that exactly one person holds.

        :raises NotFound: nobody, or more than one holder of the role.
        """
        people = self.people()
        named = [p for p in people if p.name == who] or [p for p in people if who in p.roles]
        if len(named) == 1:
            return named[0]
        if named:
            raise NotFound(f"“{who}”不止一人，请写姓名：{'、'.join(p.name for p in named)}。")
        raise NotFound(f"员工中没有“{who}”，请在“设置 → 员工”中查看姓名和岗位。")

    def holders(self, right: Right) -> list[Person]:
        """Who may do this today by role, deputies included; for 代录 and for lists to choose from."""
        table = self.rights()
        return [p for p in self.people() if right in rights_of((*p.duties, *self._lent_roles(p.id)), table)]

    def act(self, person: Person | None, screen: str) -> Act:
        """Something this person does now, with the rights he holds today, own ones and lent ones.

        :raises NotAllowed: he has left meanwhile.
        """
        if person is None or not self._desk.guarded():
            return self._desk.act(*((person.name, screen, person.id, person.role) if person else ("", screen)))
        now = self.get(person.id)
        if now.left:
            raise NotAllowed(f"{now.name}已离职，请换一位同事（F9）办理。")
        table = self.rights()
        own, lent_by = rights_of(now.duties, table), self._lent_roles(now.id)
        lent = rights_of(lent_by, table) - own
        return Act(
            who=now.name,
            at=self._desk.now(),
            screen=screen,
            staff_id=now.id,
            role=now.role,
            roles=now.duties,
            rights=own | lent,
            lent=lent,
            deputy_of="、".join(lent_by),
            holders=table,
        )

    def add(self, name: str, roles: tuple[str, ...], act: Act) -> int:
        """A new colleague who has no PIN yet. Returns the id.

        :raises InvalidInput: no name, a name already there, an unknown role.
        """
        act = require(act, Right.STAFF)
        with self._desk.writing(act) as ledger:
            return add_person(self._desk, ledger, name, roles)

    def change(
        self,
        person_id: int,
        ver: int,
        act: Act,
        roles: tuple[str, ...],
        left: bool = False,
        administers: bool | None = None,
    ) -> int:
        """New roles, 系统管理 given or taken, or gone (离职). Returns the new version.

        :raises NotAllowed: the last holder of 系统管理 would be gone.
        """
        act = require(act, Right.STAFF)
        kept = _checked_roles(roles)
        person = self.get(person_id)
        manages = person.administers if administers is None else administers
        if person.administers and (left or not manages):
            self._check_others_administer(person_id)
        changes = {
            "roles": kept,
            "has_left": left,
            "left_on": local_day(act.at) if left else None,
            "administers": manages and not left,
        }
        with self._desk.writing(act) as ledger:
            return ledger.change(Staff, person_id, changes, ver)

    def rights(self) -> RightsTable:
        """Who holds what in this home: the shipped table with the home's own changes."""
        kept = self._desk.rows("SELECT value FROM settings WHERE name = ?", (_RIGHTS,))
        return _table(kept[0][0] if kept else "")

    def change_rights(self, changes: Mapping[str, tuple[str, ...]], act: Act, reason: str) -> None:
        """Other holders for some rights, each change in the history.

        :raises InvalidInput: no reason, an unknown right or role, or a table that nobody could ever change again.
        """
        act = require(act, Right.STAFF)
        why = checked_line(reason, "修改原因")
        if not why:
            raise InvalidInput({"reason": "修改权限请写明原因。"})
        for right, held_by in changes.items():
            _check_holders(right, held_by)
        table = {**self.rights(), **changes}
        own = {right: list(held_by) for right, held_by in table.items() if held_by != ROLE_RIGHTS[right]}
        text = json.dumps(own, ensure_ascii=False)
        with self._desk.writing(act) as ledger:
            known = Setting.get_or_none(Setting.name == _RIGHTS)
            record = known.id if known else ledger.add(Setting, "权限", name=_RIGHTS, value="{}")
            ledger.change(Setting, record, {"value": text}, reason=why)

    def rights_changes(self) -> list[RightsChange]:
        """Every change of the table, the latest first."""
        rows = self._desk.rows(
            "SELECT h.at, h.who, h.reason, h.old, h.new FROM history h JOIN settings s ON s.id = h.entity_id"
            " WHERE h.entity = 'settings' AND h.field = 'value' AND s.name = ? AND h.new IS NOT NULL"
            " ORDER BY h.id DESC",
            (_RIGHTS,),
        )
        return [RightsChange(moment(at), who, why, _table(old), _table(new)) for at, who, why, old, new in rows]

    def _lent_roles(self, person_id: int) -> tuple[str, ...]:
        today = self._desk.today().isoformat()
        rows = self._desk.rows(
            "SELECT DISTINCT role FROM deputies WHERE staff_id = ? AND first_on <= ? AND last_on >= ?"
            " AND ended_at IS NULL ORDER BY role",
            (person_id, today, today),
        )
        return tuple(role for (role,) in rows)

    def _check_others_administer(self, person_id: int) -> None:
        others = self._desk.rows(
            "SELECT 1 FROM staff s JOIN credentials c ON c.staff_id = s.id"
            " WHERE s.administers = 1 AND s.has_left = 0 AND s.id <> ?",
            (person_id,),
        )
        if not others:
            raise NotAllowed("这是最后一位系统管理，请先把系统管理交给另一位有 PIN 的同事。")


def _table(own: str | None) -> RightsTable:
    """The shipped table with a home's own changes (JSON)."""
    changed = json.loads(own or "{}")
    return {**ROLE_RIGHTS, **{right: tuple(held_by) for right, held_by in changed.items()}}


def add_person(desk: Desk, ledger: Ledger, name: str, roles: tuple[str, ...]) -> int:
    """Writes a new colleague; raises as ``StaffRoom.add``. Returns the id."""
    cleaned, kept = checked_line(name, "姓名", 40), _checked_roles(roles)
    if not cleaned:
        raise InvalidInput({"name": "请填员工姓名。"})
    if desk.rows("SELECT 1 FROM staff WHERE name = ?", (cleaned,)):
        raise InvalidInput({"name": f"已有员工“{cleaned}”；同名的请加上工号区分。"})
    return ledger.add(Staff, cleaned, name=cleaned, name_keys=initials(cleaned), roles=kept)


def _checked_roles(roles: tuple[str, ...]) -> str:
    unknown = [role for role in roles if role not in tuple(Role)]
    if unknown:
        raise InvalidInput({"roles": f"没有“{unknown[0]}”这个岗位，请从 {'、'.join(Role)} 中选。"})
    return json.dumps([str(role) for role in dict.fromkeys(roles)], ensure_ascii=False)


def _check_holders(right: str, held_by: tuple[str, ...]) -> None:
    if right not in ROLE_RIGHTS:
        raise InvalidInput(f"权限表里没有“{right}”这一项。")
    known = {*Role, ADMINISTRATOR, *((OWNER,) if OWNER in ROLE_RIGHTS[right] else ())}
    for role in held_by:
        if role not in known:
            raise InvalidInput(f"“{right}”不能交给“{role}”，请从岗位里选。")
    if right == Right.STAFF and ADMINISTRATOR not in held_by:
        raise InvalidInput("“管员工”必须留给系统管理，否则以后没有人能改权限。")
