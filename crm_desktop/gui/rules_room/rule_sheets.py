"""The pages of 规则, in the order of the procedure."""

from __future__ import annotations

from crm_desktop.gui.rules_room.case_sheets import CASE_SHEETS
from crm_desktop.gui.rules_room.clock_sheets import CLOCK_SHEETS

SHEETS = (*CLOCK_SHEETS, *CASE_SHEETS)
