"""员工: who works at the desk, in which roles."""

from __future__ import annotations

import json

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import InvalidInput, NotFound
from crm_desktop.domain.pinyin import initials
from crm_desktop.domain.staff import Person, Role
from crm_desktop.domain.text import checked_line
from crm_desktop.models.people import Staff
from crm_desktop.services.desk import Desk

_COLUMNS = "SELECT id, ver, name, roles, has_left FROM staff"


class StaffRoom:
    """The people of the dealership; nobody is deleted, who leaves keeps his history."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def people(self, with_left: bool = False) -> list[Person]:
        """Everybody who works here, in the order of entry."""
        where = "" if with_left else " WHERE has_left = 0"
        return [_person(row) for row in self._desk.rows(f"{_COLUMNS}{where} ORDER BY id")]

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

    def add(self, name: str, roles: tuple[str, ...], act: Act) -> int:
        """A new colleague. Returns the id.

        :raises InvalidInput: no name, a name already there, an unknown role.
        """
        cleaned, kept = checked_line(name, "姓名", 40), _checked_roles(roles)
        if not cleaned:
            raise InvalidInput({"name": "请填员工姓名。"})
        if self._desk.rows("SELECT 1 FROM staff WHERE name = ?", (cleaned,)):
            raise InvalidInput({"name": f"已有员工“{cleaned}”；同名的请加上工号区分。"})
        with self._desk.writing(act) as ledger:
            return ledger.add(Staff, cleaned, name=cleaned, name_keys=initials(cleaned), roles=kept)

    def change(self, person_id: int, ver: int, act: Act, roles: tuple[str, ...], left: bool = False) -> int:
        """New roles, or gone (离职). Returns the new version."""
        changes = {"roles": _checked_roles(roles), "has_left": left, "left_on": self._desk.today() if left else None}
        with self._desk.writing(act) as ledger:
            return ledger.change(Staff, person_id, changes, ver)


def _checked_roles(roles: tuple[str, ...]) -> str:
    unknown = [role for role in roles if role not in tuple(Role)]
    if unknown:
        raise InvalidInput({"roles": f"没有“{unknown[0]}”这个岗位，请从 {'、'.join(Role)} 中选。"})
    return json.dumps([str(role) for role in roles], ensure_ascii=False)


def _person(row: tuple[int, int, str, str, int]) -> Person:
    return Person(id=row[0], ver=row[1], name=row[2], roles=tuple(json.loads(row[3])), left=bool(row[4]))
