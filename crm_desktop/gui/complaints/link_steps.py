"""同一事件: two complaints about one event are counted as one, and parted again; both keep their clocks."""

from __future__ import annotations

from datetime import datetime

from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.rights import Right
from crm_desktop.gui.complaints.case_steps import Step
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm


class LinkEvent(Step):
    """This complaint is counted with another one."""

    title = "和另一张是同一事件"
    word = "并计"
    sentence = "两张都照常办理、各有各的时限；月报和登记表只计写在下面的那一张。"
    right = Right.CORRECT
    columns = 1

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        form.add_line("counted_with", "计哪一张", "单号，如 TS20261121-001")
        form.add_line("reason", "为什么是同一事件", "例如：客户先打 400，又在网上发帖")
        found = self.services.joins.offers(case.phone, case.plate, case.vin, case.customer_id, case.vehicle_id)
        others = [offer.number for offer in found if offer.number != case.number]
        if len(others) == 1:
            form.set_values({"counted_with": others[0]})

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        number = answer.values["counted_with"]
        self.services.joins.link(case.number, number, answer.values["reason"], act)
        return f"{case.number} 和 {self.services.joins.links(case.number).counted_with} 只计一次。"


class UnlinkEvent(Step):
    """It was another event after all."""

    title = "不是同一事件"
    word = "分开计"
    right = Right.CORRECT
    columns = 1

    def explain(self, case: ComplaintCase) -> str:
        return f"现在和 {self.services.joins.links(case.number).counted_with} 只计一次；分开后各计各的。"

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        form.add_line("reason", "原因")

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        self.services.joins.unlink(case.number, answer.values["reason"], act)
        return f"{case.number} 已分开计。"
