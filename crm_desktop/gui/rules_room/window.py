"""规则 in a window of its own: every table the dealership may change, and 规则试算."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTabWidget, QVBoxLayout, QWidget

from crm_desktop.clock import local_day
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.rules_room.rights_tab import RightsTab
from crm_desktop.gui.rules_room.rule_sheets import SHEETS
from crm_desktop.gui.rules_room.rule_tab import SCREEN, RuleTab
from crm_desktop.gui.rules_room.trial_tab import TrialTab
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.labels import PlainLabel, show_if
from crm_desktop.services.rules import Rules
from crm_desktop.services.staff import StaffRoom

DECEMBER = 12


class RulesWindow(QDialog):
    """The tabs stay as they are while the desk works on; a change holds at once."""

    def __init__(self, rules: Rules, staff: StaffRoom, session: Session, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("规则")
        self._book = QTabWidget()
        self._book.tabBar().setAccessibleName("规则")
        self._tabs: dict[str, RuleTab | RightsTab | TrialTab] = {
            sheet.title: RuleTab(sheet, rules, session, messages) for sheet in SHEETS
        }
        self._tabs |= {"权限": RightsTab(staff, session, messages), "规则试算": TrialTab(rules, session)}
        for title, tab in self._tabs.items():
            self._book.addTab(tab, title)
        year = missing_year(rules, session)
        self._december = PlainLabel(f"{year} 年的放假安排还没有填：请在“营业日历”里填入。" if year else "", "caption")
        show_if(self._december, bool(year))
        body = QVBoxLayout(self)
        body.setContentsMargins(18, 16, 18, 16)
        body.addWidget(PlainLabel("规则", "title"))
        body.addWidget(PlainLabel("双击或按回车修改一行；改动从现在起生效，写明的原因留在历史里。", "caption"))
        body.addWidget(self._december)
        body.addWidget(self._book, 1)
        self.resize(scaled(940), scaled(600))
        self._book.currentChanged.connect(self._on_turned)
        self._on_turned()

    def _on_turned(self) -> None:
        tab = self._book.currentWidget()
        if isinstance(tab, RuleTab | RightsTab | TrialTab):
            tab.refresh()


def missing_year(rules: Rules, session: Session) -> int:
    """Next year where it is December and nobody has entered its holidays; 0 else."""
    today = local_day(session.act(SCREEN).at)
    known = {day.year for day in (*rules.calendar().closed, *rules.calendar().made_up)}
    return today.year + 1 if today.month == DECEMBER and today.year + 1 not in known else 0
