"""Who may sit down at the desk: PINs, the wait after wrong ones, and the recovery code.

A home is guarded once somebody in it has a PIN: from then on nothing is written without a person (``Desk.writing``).
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from crm_desktop.domain.acts import Act
from crm_desktop.domain.duties import Hired
from crm_desktop.domain.errors import NotAllowed, NotFound
from crm_desktop.domain.pins import checked_pin, hashed, mark, new_recovery_code, new_salt, recovery_key, wait_after
from crm_desktop.domain.rights import Right, require
from crm_desktop.domain.sealing import sealed
from crm_desktop.domain.staff import Person
from crm_desktop.models.desk import Fact
from crm_desktop.models.faults import translated
from crm_desktop.models.ledger import Ledger
from crm_desktop.models.moments import stamp
from crm_desktop.models.people import Credential, Staff
from crm_desktop.services.desk import Desk
from crm_desktop.services.staff import StaffRoom, add_person

_RECOVERY = "recovery_code"
SEALED_KEY = "sealed_key"
"""The history key under the recovery code, as ``services/bundles.py`` puts it into a backup."""


class Access:
    """Sitting down, and keeping the PINs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._staff = StaffRoom(desk)

    def login(self, who: str, pin: str) -> Person:
        """The person of this name, or the only holder of this role, proven by the PIN.

        :raises NotAllowed: nobody of that name, a wrong PIN, or too soon after wrong ones.
        """
        try:
            person = self._staff.find(who)
        except NotFound as unknown:
            raise NotAllowed(unknown.sentence) from None
        self.check_pin(person, pin)
        return person

    def check_pin(self, person: Person, pin: str) -> None:
        """Proves that it is he; tried one after the other, so that many guesses at once gain nothing.

        :raises NotAllowed: no PIN yet, a wrong one, or too soon after wrong ones.
        """
        wrong = f"{person.name}的 PIN 不对，请再输一次；忘了请找系统管理重设。"
        with translated(self._desk.path), self._desk.database.atomic("IMMEDIATE"):
            kept = self._credential(person)
            self._check_wait(person, kept)
            right = self._opens(kept, pin)
            if right and kept.failures:
                self._count(person.id, 0, None)
            elif not right:
                self._count(person.id, kept.failures + 1, self._desk.now())
        if not right:
            raise NotAllowed(wrong)

    def hire(self, name: str, roles: tuple[str, ...], pin: str, act: Act) -> Hired:
        """A new colleague with a PIN; the first one of a home gets 系统管理 and the recovery code, told once.

        :raises InvalidInput: as ``StaffRoom.add`` and ``checked_pin``.
        """
        act = require(act, Right.STAFF)
        kept = checked_pin(pin)
        with self._desk.writing(act) as ledger:
            return enter(self._desk, ledger, name, roles, kept)

    def reset_pin(self, person_id: int, pin: str, act: Act) -> str:
        """Another PIN for a colleague who forgot his or never had one; who sets the first PIN of a home gets
        系统管理. Returns the recovery code in that case, else nothing.

        :raises NotFound: no such colleague. :raises InvalidInput: as ``checked_pin``.
        """
        act = require(act, Right.STAFF)
        kept, person = checked_pin(pin), self._staff.get(person_id)
        with self._desk.writing(act) as ledger:
            return _set_pin(self._desk, ledger, person.id, kept)

    def change_pin(self, old: str, new: str, act: Act) -> None:
        """One's own PIN.

        :raises NotAllowed: the old one is wrong, or nobody in particular is at the desk.
        """
        if act.staff_id is None:
            raise NotAllowed("请先按 F9 用自己的姓名和 PIN 登录，再改 PIN。")
        kept = checked_pin(new)
        self.check_pin(self._staff.get(act.staff_id), old)
        with self._desk.writing(act) as ledger:
            _set_pin(self._desk, ledger, act.staff_id, kept)

    def recover(self, who: str, code: str, pin: str) -> str:
        """A holder of 系统管理 who forgot his PIN sets another one by the printed code. Returns the next code.

        :raises NotAllowed: a wrong code, too soon after wrong ones, or somebody without 系统管理.
        """
        kept = checked_pin(pin)
        try:
            person = self._staff.find(who)
        except NotFound as unknown:
            raise NotAllowed(unknown.sentence) from None
        if not person.administers:
            raise NotAllowed(f"恢复码只给系统管理用；{person.name}的 PIN 请由系统管理重设。")
        self._check_code(person, code)
        act = Act(person.name, self._desk.now(), "恢复码", person.id, person.role, person.duties, frozenset())
        with self._desk.writing(act) as ledger:
            _set_pin(self._desk, ledger, person.id, kept)
            return _new_code(self._desk, ledger, person.id)

    def new_recovery_code(self, act: Act) -> str:
        """Another recovery code, told once; the old one opens nothing any more."""
        act = require(act, Right.STAFF)
        if act.staff_id is None:
            raise NotAllowed("请先在“设置 → 员工”里建员工、设 PIN，恢复码会一起给出。")
        with self._desk.writing(act) as ledger:
            return _new_code(self._desk, ledger, act.staff_id)

    def _check_code(self, person: Person, code: str) -> None:
        with translated(self._desk.path), self._desk.database.atomic("IMMEDIATE"):
            kept = self._credential(person)
            self._check_wait(person, kept)
            found = Fact.get_or_none(Fact.name == _RECOVERY)
            salt, _, digest = found.value.partition(":") if found else ("", "", "")
            right = bool(salt) and hmac.compare_digest(hashed(recovery_key(code), salt), digest)
            if not right:
                self._count(person.id, kept.failures + 1, self._desk.now())
        if not right:
            raise NotAllowed("恢复码不对，请照首次建员工时打印的那一张输入。")

    def _credential(self, person: Person) -> Credential:
        found: Credential | None = Credential.get_or_none(Credential.staff == person.id)
        if found is None:
            raise NotAllowed(f"{person.name}还没有 PIN，请由系统管理在“设置 → 员工”里设定。")
        return found

    def _check_wait(self, person: Person, kept: Credential) -> None:
        if kept.failed_at is None:
            return
        left = remaining(kept.failures, kept.failed_at, self._desk.now())
        if left:
            told = f"{int(left.total_seconds())} 秒"
            raise NotAllowed(f"{person.name}的 PIN 连续输错 {kept.failures} 次，请等 {told}再试。")

    def _opens(self, kept: Credential, pin: str) -> bool:
        expected = mark(self._desk.key, kept.staff_id, kept.salt, kept.pin_hash)
        genuine = hmac.compare_digest(expected, kept.mark)
        return genuine and hmac.compare_digest(hashed(pin.strip(), kept.salt), kept.pin_hash)

    def _count(self, person_id: int, failures: int, at: datetime | None) -> None:
        Credential.update(failures=failures, failed_at=at).where(Credential.staff == person_id).execute()


def enter(desk: Desk, ledger: Ledger, name: str, roles: tuple[str, ...], pin: str) -> Hired:
    """A new colleague with a PIN that was checked, inside a verb's own transaction; raises as ``Access.hire``."""
    person_id = add_person(desk, ledger, name, roles)
    return Hired(person_id, _set_pin(desk, ledger, person_id, pin))


def remaining(failures: int, failed_at: datetime, now: datetime) -> timedelta:
    """What is left of the wait; a clock set back never makes it longer than the wait itself."""
    wait = wait_after(failures)
    return max(timedelta(), min(wait, failed_at + wait - now))


def _set_pin(desk: Desk, ledger: Ledger, person_id: int, pin: str) -> str:
    first = not desk.guarded()
    salt = new_salt()
    digest = hashed(pin, salt)
    desk.database.execute_sql(
        "INSERT OR REPLACE INTO credentials (staff_id, salt, pin_hash, mark, set_at, failures)"
        " VALUES (?, ?, ?, ?, ?, 0)",
        (person_id, salt, digest, mark(desk.key, person_id, salt, digest), stamp(ledger.act.at)),
    )
    ledger.remark(Staff, person_id, "pin", "已设定")
    if not first:
        return ""
    ledger.change(Staff, person_id, {"administers": True})
    return _new_code(desk, ledger, person_id)


def _new_code(desk: Desk, ledger: Ledger, person_id: int) -> str:
    code, salt = new_recovery_code(), new_salt()
    kept = f"{salt}:{hashed(recovery_key(code), salt)}"
    facts = ((_RECOVERY, kept), (SEALED_KEY, sealed(desk.key, code)))  # backups carry the key sealed
    for told in facts:
        desk.database.execute_sql("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", told)
    ledger.remark(Staff, person_id, _RECOVERY, "已换新")
    return code
