"""Who does something, when, and from where: handed to every verb of the services."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done by one person.

    ``at`` is the UTC time of entry (录入时间), ``screen`` the page or entrance it came from (抱怨投诉, 命令行 …);
    ``who`` is the name that goes into the history, ``staff_id`` its row in the staff table if there is one.

    ``rights`` are the words of ``domain.rights.Right`` this person holds now, None in a home without staff;
    ``lent`` those among them that he holds only as the deputy of ``deputy_of``. ``holders`` tells who holds each
    right by the home's own table, for the sentence of a refusal.
    """

    who: str
    at: datetime
    screen: str = ""
    staff_id: int | None = None
    role: str = ""
    roles: tuple[str, ...] = ()
    rights: frozenset[str] | None = None
    lent: frozenset[str] = frozenset()
    deputy_of: str = ""
    holders: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
