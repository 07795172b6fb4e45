"""The pages of 规则 in the order of the procedure, in groups under a heading."""

from __future__ import annotations

from crm_desktop.gui.rules_room.call_sheets import CALL_SHEETS
from crm_desktop.gui.rules_room.car_sheets import CAR_SHEETS
from crm_desktop.gui.rules_room.case_sheets import CASE_SHEETS
from crm_desktop.gui.rules_room.class_sheets import CLASS_SHEETS
from crm_desktop.gui.rules_room.clock_sheets import CLOCK_SHEETS
from crm_desktop.gui.rules_room.compensation_sheets import COMPENSATION_SHEETS
from crm_desktop.gui.rules_room.customer_sheets import CUSTOMER_SHEETS
from crm_desktop.gui.rules_room.learning_sheets import LEARNING_SHEETS

GROUPS = {
    "时限": CLOCK_SHEETS,
    "抱怨单": (*CASE_SHEETS, *CLASS_SHEETS, *COMPENSATION_SHEETS),
    "客户": CUSTOMER_SHEETS,
    "车辆": CAR_SHEETS,
    "回访和改进": (*CALL_SHEETS, *LEARNING_SHEETS),
}
SHEETS = tuple(sheet for sheets in GROUPS.values() for sheet in sheets)
