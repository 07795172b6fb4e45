"""Questions about people: a new colleague, other roles, a PIN, a deputy.

Each asks its service itself, stays open while that refuses, and says afterwards what was done.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.clock import local_day
from crm_desktop.domain.errors import DeskError, InvalidInput
from crm_desktop.domain.staff import ADMINISTRATOR, Person, Role
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import scaled
from crm_desktop.gui.widgets.ask_dialog import AskDialog
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.tick_boxes import TickBoxes
from crm_desktop.services.access import Access
from crm_desktop.services.duties import Duties
from crm_desktop.services.staff import StaffRoom

SCREEN = "设置"


class PeopleQuestion(AskDialog):
    """``answered`` carries the sentence for the bar. ``first_pin``: person and recovery code, once in a home's life."""

    answered = Signal(str)
    first_pin = Signal(int, str)

    def __init__(self, title: str, sentence: str, verb: str, window: QWidget, columns: int = 1) -> None:
        super().__init__(title, sentence, window)
        self.form = FieldForm(columns=columns)
        self._fallback = "name"
        self._button = Button(verb, weight=Weight.MAIN)
        self._button.clicked.connect(self._on_pressed)
        self.body.addWidget(self.form)
        self.setMinimumWidth(scaled(460))

    @abstractmethod
    def do(self, values: Mapping[str, Any]) -> str:
        """What the button does; raises DeskError, returns what to tell."""

    def finish(self, first: str, *more: Button) -> None:
        """The last touch: buttons, and where the keyboard begins (refusals without a field stand there too)."""
        self._fallback = first
        self.add_buttons(*more, self._button)
        self.form.go_to(first)

    def add_pin_twice(self, label: str) -> None:
        """Two fields that must agree."""
        self.form.add_secret("pin", label)
        self.form.add_secret("again", "再输一次")

    def _on_pressed(self) -> None:
        try:
            values = self.form.values()
            if values.get("pin") != values.get("again"):
                raise InvalidInput({"again": "两次输入的 PIN 不一样，请再输一次。"})
            told = self.do(values)
        except DeskError as refusal:
            fields = refusal.fields if isinstance(refusal, InvalidInput) else {}
            self.form.show_errors(fields if fields.keys() & values.keys() else {self._fallback: refusal.sentence})
            return
        self.accept()
        self.answered.emit(told)


class HireDialog(PeopleQuestion):
    """A new colleague with his PIN and roles."""

    def __init__(self, access: Access, session: Session, first: bool, window: QWidget) -> None:
        sentence = (
            "第一位员工同时是系统管理：以后由他建员工、改规则、做备份。建好后会给一张恢复码。"
            if first
            else "PIN 由本人输入，4 到 12 位数字，两次要一样；一个人可以有几个岗位。"
        )
        super().__init__("添加员工", sentence, "建立", window, columns=3)
        self._access, self._session = access, session
        self.form.add_line("name", "姓名")
        self.add_pin_twice("PIN 码")
        self._roles = TickBoxes(tuple(Role), (Role.DIRECTOR,) if first else (Role.ADVISER,))
        self.body.addWidget(PlainLabel("岗位", "label"))
        self.body.addWidget(self._roles)
        self.setMinimumWidth(scaled(680))
        self.finish("name")

    def do(self, values: Mapping[str, Any]) -> str:
        act = self._session.act(SCREEN)
        hired = self._access.hire(values["name"], self._roles.ticked(), values["pin"], act)
        if hired.recovery_code:
            self.first_pin.emit(hired.person_id, hired.recovery_code)
        return f"已添加员工：{values['name']}"


class RolesDialog(PeopleQuestion):
    """Other roles, 系统管理 given or taken."""

    def __init__(self, staff: StaffRoom, session: Session, person: Person, window: QWidget) -> None:
        super().__init__("改岗位", "一个人可以有几个岗位；改动留在历史里。", "保存岗位", window)
        self._staff, self._session, self._person = staff, session, person
        self.form.add_line("name", "姓名")
        self.form.set_values({"name": person.name})
        self.form.lock(True)
        self._boxes = TickBoxes((*Role, ADMINISTRATOR), person.duties)
        self.body.addWidget(self._boxes)
        self.setMinimumWidth(scaled(620))
        self.finish("name")

    def do(self, values: Mapping[str, Any]) -> str:
        person, ticked = self._person, self._boxes.ticked()
        roles = tuple(word for word in ticked if word != ADMINISTRATOR)
        act = self._session.act(SCREEN)
        self._staff.change(person.id, person.ver, act, roles, administers=ADMINISTRATOR in ticked)
        return f"{values['name']}的岗位已保存。"


class ResetPinDialog(PeopleQuestion):
    """A PIN for a colleague who forgot his or never had one."""

    def __init__(self, access: Access, session: Session, person: Person, window: QWidget) -> None:
        super().__init__(f"{person.name}的 PIN", "新的 PIN 请由本人输入，4 到 12 位数字。", "重设 PIN", window)
        self._access, self._session, self._person = access, session, person
        self.add_pin_twice("新的 PIN 码")
        self.finish("pin")

    def do(self, values: Mapping[str, Any]) -> str:
        code = self._access.reset_pin(self._person.id, values["pin"], self._session.act(SCREEN))
        if code:
            self.first_pin.emit(self._person.id, code)
        return f"{self._person.name}的 PIN 已重设。"


class OwnPinDialog(PeopleQuestion):
    """One's own PIN, proven by the one of now."""

    def __init__(self, access: Access, session: Session, window: QWidget) -> None:
        super().__init__(f"{session.name}的 PIN", "先输现在的，再输新的两次。", "改 PIN", window)
        self._access, self._session = access, session
        self.form.add_secret("old", "现在的 PIN 码")
        self.add_pin_twice("新的 PIN 码")
        self.finish("old")

    def do(self, values: Mapping[str, Any]) -> str:
        self._access.change_pin(values["old"], values["pin"], self._session.act(SCREEN))
        return f"{self._session.name}的 PIN 已改。"


class RecoverDialog(PeopleQuestion):
    """An administrator who forgot his PIN comes back by the printed code; ``new_code`` carries the next one and whose
    it is."""

    new_code = Signal(str, str)

    def __init__(self, access: Access, administrators: Sequence[Person], window: QWidget) -> None:
        sentence = "请照首次建员工时抄下或打印的恢复码输入；用过以后会换一张新的。"
        super().__init__("用恢复码重设 PIN", sentence, "重设 PIN", window)
        self._access = access
        names = [person.name for person in administrators]
        self.form.add_choice("name", "系统管理", names, names[0] if names else None)
        self.form.add_line("code", "恢复码", "XXXX-XXXX-XXXX-XXXX")
        self.add_pin_twice("新的 PIN 码")
        self.finish("code")

    def do(self, values: Mapping[str, Any]) -> str:
        who = str(values["name"])
        self.new_code.emit(self._access.recover(who, values["code"], values["pin"]), who)
        return f"{who}的 PIN 已重设，请用新的 PIN 进入。"


class DeputyDialog(PeopleQuestion):
    """A colleague stands in for 服务总监 for some days."""

    def __init__(self, duties: Duties, session: Session, person: Person, window: QWidget) -> None:
        sentence = "这几天里他有服务总监的权限，经手的每一步在历史里写明“代服务总监”；首尾两天都算。"
        super().__init__(f"{person.name}代理服务总监", sentence, "设为代理", window, columns=2)
        self._duties, self._session, self._person = duties, session, person
        self.form.add_day("first_on", "第一天")
        self.form.add_day("last_on", "最后一天")
        self.form.add_line("reason", "原因", "如 出差、休假", span=2)
        today = local_day(session.act(SCREEN).at)
        self.form.set_values({"first_on": today, "last_on": today})
        self.setMinimumWidth(scaled(520))
        self.finish("last_on")

    def do(self, values: Mapping[str, Any]) -> str:
        first_on, last_on = values["first_on"], values["last_on"]
        if first_on is None or last_on is None:
            raise InvalidInput({"last_on": "请填代理的第一天和最后一天。"})
        act = self._session.act(SCREEN)
        self._duties.appoint_deputy(self._person.id, first_on, last_on, values["reason"], act)
        return f"{self._person.name}从 {first_on} 到 {last_on} 代理服务总监。"
