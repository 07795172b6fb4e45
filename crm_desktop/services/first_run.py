"""首次设置: dealership, people with their PINs and the second backup folder, written in one go or not at all."""

from __future__ import annotations

from crm_desktop.domain.acts import Act
from crm_desktop.domain.duties import Hired
from crm_desktop.domain.errors import NotAllowed
from crm_desktop.domain.first_run import FirstDraft, Newcomer, checked_name, checked_newcomer
from crm_desktop.domain.rights import Right, require
from crm_desktop.services.access import enter
from crm_desktop.services.desk import Desk
from crm_desktop.services.kept import SECOND_FOLDER
from crm_desktop.services.settings import checked_settings, keep


class FirstRun:
    """Begins a home; where people have PINs already only they may change it, in 设置."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def begin(self, draft: FirstDraft, act: Act) -> Hired | None:
        """Writes all of it; gives the first colleague with the recovery code, told this once; None without people.

        :raises InvalidInput: naming the field, before anything is written. :raises NotAllowed: people are here already.
        """
        act = require(act, Right.RULES)
        settings = checked_first(draft)
        if draft.people and self._desk.rows("SELECT 1 FROM staff LIMIT 1"):
            raise NotAllowed("这里已建员工，请到“设置 → 员工”里添加。")
        people: list[Newcomer] = []
        for newcomer in draft.people:
            people.append(checked_newcomer(newcomer, people))
        with self._desk.writing(act) as ledger:
            keep(ledger, settings)
            hired = [enter(self._desk, ledger, one.name, one.roles, one.pin) for one in people]
        return hired[0] if hired else None


def checked_first(draft: FirstDraft) -> dict[str, str]:
    """The settings of a draft as they are kept; raises InvalidInput."""
    checked_name(draft.dealership)
    told = {f"dealership.{name}": text for name, text in draft.dealership.items() if text.strip()}
    return checked_settings({**told, **({SECOND_FOLDER: draft.second_folder} if draft.second_folder else {})})
