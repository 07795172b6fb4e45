"""个人信息: one customer's data handed to him, or erased on his request; 更正 is the file itself."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.acts import Act
from crm_desktop.domain.persons import OUTSIDE, ErasurePlan, parts_told
from crm_desktop.domain.rights import Right
from crm_desktop.gui.asking import Asking, LongQuestion
from crm_desktop.gui.customers.profile_desk import SCREEN, ProfileDesk
from crm_desktop.gui.jobs import Jobs, Progress
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm

_LEFT = "数据文件里还有没清掉的旧字节，请关闭程序再打开，就会清掉"
_KEEP, _RENEW = "keep", "renew"
_BACKUPS = ((_KEEP, "旧备份留着，按规定逐渐清理"), (_RENEW, "立即做新备份，清掉旧的（第二个文件夹里的也清）"))


class TellPerson(LongQuestion):
    """导出: everything of him in one zip."""

    title, word, right, columns = "导出个人信息", "写明原因并导出", Right.UNMASK, 1
    sentence = (
        "把他的全部资料（档案、车辆、进厂、抱怨单、回访、附件、同意记录）导出成一个压缩包，号码完整，交给本人。"
        "发现写错了，直接在他的档案里改（更正）。"
    )

    def __init__(self, desk: ProfileDesk, customer_id: int, target: Path) -> None:
        self._desk, self._customer, self._target = desk, customer_id, target

    def about(self) -> str:
        return f"customer:{self._customer}"

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_line("reason", "导出原因", "如：本人来店要求查阅、复制")

    def work(self, answer: Answer, act: Act, progress: Progress) -> str:
        from crm_desktop.papers.persons import PersonPapers  # noqa: PLC0415 - only when somebody asks for it

        with self._desk.folder.reading():
            papers = PersonPapers(self._desk.folder)
            written = papers.write(self._customer, self._target, str(answer.values["reason"]), act)
        return f"已导出 {written.path.name}，谁导出、为什么，已记入历史。"


class ErasePerson(LongQuestion):
    """删除: told before what goes, what stays and by which rule."""

    title, word, right, by_pin, columns = "删除个人信息", "删除，不能撤销", Right.ERASE, True, 1

    def __init__(self, desk: ProfileDesk, plan: ErasurePlan) -> None:
        self._desk, self._plan = desk, plan

    def explain(self) -> str:
        plan = self._plan
        waits = f"\n未办结的 {'、'.join(plan.open_cases)} 关闭以后，请再删除一次。" if plan.open_cases else ""
        return (
            f"删除“{plan.name}”的个人信息，删除后不能撤销。\n\n"
            f"会删除：\n{parts_told(plan.goes)}\n\n要留下：\n{parts_told(plan.stays)}{waits}\n\n{OUTSIDE}"
        )

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_line("reason", "删除原因", "谁提出、怎样核实是本人")
        form.add_choice("backups", "旧备份", _BACKUPS, _KEEP)

    def work(self, answer: Answer, act: Act, progress: Progress) -> str:
        persons = self._desk.persons
        with self._desk.folder.reading():
            row = persons.erase(self._plan.customer_id, str(answer.values["reason"]), act, progress)
            gone = persons.renew_backups(row.id, act) if answer.values["backups"] == _RENEW else 0
        cleared = f"，清掉旧备份 {gone} 个" if gone else ""
        proof = _LEFT if row.left else "已核对数据文件里没有留下"
        return f"个人信息已删除（{row.number}），{proof}{cleared}。"


class PersonDesk(QObject):
    """``stored`` carries the sentence about what was done."""

    stored = Signal(str)

    def __init__(self, desk: ProfileDesk, session: Session, jobs: Jobs, messages: Messages, place: QWidget) -> None:
        super().__init__(place)
        self._desk, self._session, self._messages = desk, session, messages
        self._asking = Asking(desk.access, desk.staff, session, self._now, messages, place, jobs)
        self._asking.stored.connect(self.stored)

    def tell(self, customer_id: int) -> None:
        """Asks where to and why, then writes the zip."""
        name = f"个人信息 {self._now():%Y%m%d}.zip"
        target = self._messages.choose_save("导出个人信息", name, ("压缩包 (*.zip)",))
        if target is not None:
            self._asking.begin(TellPerson(self._desk, customer_id, target), SCREEN)

    def erase(self, customer_id: int) -> None:
        """Shows what would go and stay, asks for reason and PIN."""
        self._asking.begin(ErasePerson(self._desk, self._desk.persons.plan(customer_id)), SCREEN)

    def _now(self) -> datetime:
        return self._session.act(SCREEN).at
