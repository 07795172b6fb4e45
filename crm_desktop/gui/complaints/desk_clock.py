"""The desk's clock for forms and periods of this room, read through whoever sits there."""

from __future__ import annotations

from datetime import datetime

from crm_desktop.clock import Clock
from crm_desktop.gui.complaints.turns import ROOM
from crm_desktop.gui.session import Session


def desk_clock(session: Session) -> Clock:
    """Gives UTC; in a home with a fixed clock, that one."""

    def now() -> datetime:
        return session.act(ROOM).at

    return now
