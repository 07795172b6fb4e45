"""One setting as the window needs it before anything else."""

from __future__ import annotations

import json

from crm_desktop.services.desk import Desk


def kept_text(desk: Desk, name: str) -> str:
    """The value of a setting; a name never set is empty."""
    found = desk.rows("SELECT value FROM settings WHERE name = ?", (name,))
    return str(json.loads(found[0][0])) if found else ""
