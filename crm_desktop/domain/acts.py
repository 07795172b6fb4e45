"""Who does something, when, and from where: handed to every verb of the services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done by one person.

    ``at`` is the UTC time of entry (录入时间), ``screen`` the page or entrance it came from (抱怨投诉, 命令行 …);
    ``who`` is the name that goes into the history, ``staff_id`` its row in the staff table if there is one.
    """

    who: str
    at: datetime
    screen: str = ""
    staff_id: int | None = None
    role: str = ""
