"""规则 in a window of its own: every table the dealership may change, and 规则试算."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.clock import local_day
from crm_desktop.domain.errors import DeskError
from crm_desktop.gui.messages import Message, Messages
from crm_desktop.gui.playbook_tab import TITLE as PLAYBOOK
from crm_desktop.gui.playbook_tab import PlaybookTab
from crm_desktop.gui.rules_room.contents import Contents
from crm_desktop.gui.rules_room.rights_tab import RightsTab
from crm_desktop.gui.rules_room.rule_sheets import GROUPS, SHEETS
from crm_desktop.gui.rules_room.rule_tab import SCREEN, RuleTab
from crm_desktop.gui.rules_room.trial_tab import TrialTab
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.desk_dialog import DeskDialog
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from crm_desktop.services.playbook import Playbook
from crm_desktop.services.rules import RuleName, Rules
from crm_desktop.services.staff import StaffRoom

RIGHTS, TRIAL = "权限", "规则试算"


class RulesWindow(DeskDialog):
    """The pages stay as they are while the desk works on; a change holds at once."""

    def __init__(
        self,
        rules: Rules,
        staff: StaffRoom,
        playbook: Playbook,
        session: Session,
        messages: Messages,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._rules, self._session, self._messages = rules, session, messages
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("规则")
        self._book = QStackedWidget()
        self._tabs: dict[str, RuleTab | RightsTab | TrialTab | PlaybookTab] = {
            sheet.title: RuleTab(sheet, rules, session, messages) for sheet in SHEETS
        }
        self._tabs |= {RIGHTS: RightsTab(staff, session, messages), TRIAL: TrialTab(rules, session)}
        self._playbook = PlaybookTab(playbook, session, messages)
        self._tabs[PLAYBOOK] = self._playbook
        groups = {heading: [sheet.title for sheet in sheets] for heading, sheets in GROUPS.items()}
        self._contents = Contents({**groups, "全部": [RIGHTS, TRIAL, PLAYBOOK]})
        self._year = self._year_to_enter()
        self._december = QWidget()
        self._told = ElidedLabel(role="caption")
        self._lay_out()
        self._contents.turned.connect(self._on_turned)
        messages.said.connect(self._on_said)
        self.turn_to(SHEETS[0].title)
        self._contents.setFocus()

    def turn_to(self, title: str) -> None:
        """Opens a page by its title; one that there is not leaves what is open."""
        self._contents.choose(title)

    def reject(self) -> None:
        """Asks before a text of the playbook that is being edited is left."""
        if self._playbook.may_leave():
            super().reject()

    def _on_turned(self, title: str) -> None:
        self._book.setCurrentWidget(self._tabs[title])
        self._refresh()

    def _refresh(self) -> None:
        tab = self._book.currentWidget()
        if isinstance(tab, RuleTab | RightsTab | TrialTab | PlaybookTab):
            tab.refresh()
        self._show_december()

    def _on_settled(self) -> None:
        """The desk stays open on next year's holidays: nobody is asked again."""
        kept = self._rules.table(RuleName.CALENDAR)
        table = {**kept, "looked_at": sorted({*kept.get("looked_at", ()), self._year})}
        try:
            reason = f"{self._year} 年节假日照常营业"
            self._rules.change(RuleName.CALENDAR, table, self._session.act(SCREEN), reason)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self._messages.done(f"已记下：{reason}。")
        self._refresh()

    def _on_said(self, message: Message) -> None:
        """The bar named 消息 lies behind this window, so what it says stands here too."""
        self._told.setText(message.text)
        self._show_december()

    def _show_december(self) -> None:
        self._december.setVisible(bool(self._year_to_enter()))

    def _year_to_enter(self) -> int:
        return self._rules.calendar().year_to_enter(local_day(self._session.act(SCREEN).at))

    def _lay_out(self) -> None:
        for tab in self._tabs.values():
            self._book.addWidget(tab)
        asked = PlainLabel(f"{self._year} 年的放假安排还没有填：请在“营业日历”里填入，照常营业就不用填。", "caption")
        settled = Button("照常营业，不用填")
        settled.clicked.connect(self._on_settled)
        row = QHBoxLayout(self._december)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(asked)
        row.addWidget(settled)
        row.addStretch(1)
        body = QVBoxLayout(self)
        body.setContentsMargins(18, 16, 18, 16)
        body.addWidget(PlainLabel("规则", "title"))
        body.addWidget(PlainLabel("双击或按回车修改一行；改动从现在起生效，写明的原因留在改动记录里。", "caption"))
        body.addWidget(self._december)
        pages = QHBoxLayout()
        pages.setSpacing(16)
        pages.addWidget(self._contents)
        pages.addWidget(self._book, 1)
        body.addLayout(pages, 1)
        body.addWidget(self._told)
        self.resize(scaled(1100), scaled(660))
