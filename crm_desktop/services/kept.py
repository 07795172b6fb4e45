"""One setting as the window needs it before anything else."""

from __future__ import annotations

import json

from crm_desktop.domain.errors import Damaged
from crm_desktop.services.desk import Desk

SECOND_FOLDER = "backup.second_folder"


def kept_text(desk: Desk, name: str) -> str:
    """The value of a setting; a name never set is empty. :raises Damaged: a value nobody wrote."""
    found = desk.rows("SELECT value FROM settings WHERE name = ?", (name,))
    return text_of(found[0][0]) if found else ""


def text_of(value: str) -> str:
    """A setting as it is stored. :raises Damaged: a value nobody wrote."""
    try:
        return str(json.loads(value))
    except (ValueError, TypeError):
        raise Damaged("设置读不出来，数据已损坏。请停止录入，从备份恢复。") from None
