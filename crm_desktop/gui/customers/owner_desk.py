"""归属: customers are given to a colleague, everything of somebody who leaves is handed over; calls of care."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from crm_desktop.domain.acts import Act
from crm_desktop.domain.errors import DeskError, InvalidInput
from crm_desktop.domain.followups import PlanDraft
from crm_desktop.domain.rights import Right
from crm_desktop.gui.asking import Asking, LongQuestion, Question
from crm_desktop.gui.customers.profile_desk import SCREEN, ProfileDesk
from crm_desktop.gui.jobs import Jobs, Progress
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.services.owners import OwnerCount

NOBODYS = "无归属"
_CARE = "关怀回访，核对资料"


class AssignOwner(LongQuestion):
    """改归属 of one customer or of those marked in the list."""

    title, right = "改归属", Right.CUSTOMER_BASE

    def __init__(self, desk: ProfileDesk, ids: Sequence[int]) -> None:
        self._desk, self._ids = desk, ids

    def about(self) -> str:
        return f"customer:{','.join(map(str, self._ids))}"

    def explain(self) -> str:
        return f"从现在起这 {len(self._ids):,} 位客户归谁；每一位的历史里都会留一行。"

    def ask(self, form: FieldForm, now: datetime) -> None:
        facts = self._desk.profiles.facts(self._ids[0])
        options = (("", NOBODYS), *((person.name, person.name) for person in self._desk.staff.people()))
        form.add_choice("owner", "归属", options, facts.owner)
        form.add_line("region", "区域", "不填就不改").set_value(facts.draft.region if len(self._ids) == 1 else "")
        form.add_line("reason", "原因", span=2)

    def work(self, answer: Answer, act: Act, progress: Progress) -> str:
        told = answer.values
        owner, region = str(told["owner"] or ""), str(told["region"]).strip() or None
        with self._desk.folder.reading():
            changed = self._desk.owners.assign(self._ids, owner, act, str(told["reason"]), region, progress)
        return f"{changed:,} 位客户的归属已改为“{owner or NOBODYS}”。"


class HandOver(LongQuestion):
    """移交客户: everything of one person, when somebody leaves."""

    title, right = "移交客户", Right.CUSTOMER_BASE
    sentence = "有人离职或调岗时，把他名下的客户一次全部交给另一位同事。"

    def __init__(self, desk: ProfileDesk) -> None:
        self._desk = desk

    def about(self) -> str:
        return ""

    def ask(self, form: FieldForm, now: datetime) -> None:
        owners = [count for count in self._desk.owners.counts() if count.owner]
        gone = next((count.owner for count in owners if count.left), "")
        form.add_choice("owner", "原归属", [(count.owner, _told(count)) for count in owners], gone)
        form.add_choice("to", "交给", [(person.name, person.name) for person in self._desk.staff.people()], "")
        form.add_line("reason", "原因", "离职、调岗……", span=2)

    def work(self, answer: Answer, act: Act, progress: Progress) -> str:
        told = answer.values
        owner, to = str(told["owner"] or ""), str(told["to"] or "")
        with self._desk.folder.reading():
            count = self._desk.owners.hand_over(owner, to, act, str(told["reason"]), progress)
        return f"{owner}的 {count:,} 位客户已交给{to}。"


class PlanCare(Question):
    """关怀回访 of those marked in the list."""

    title, word, right = "计划回访", "计划", Right.CALL

    def __init__(self, desk: ProfileDesk, ids: Sequence[int], who: str) -> None:
        self._desk, self._ids, self._who = desk, ids, who

    def about(self) -> str:
        return f"care:{','.join(map(str, self._ids))}"

    def explain(self) -> str:
        skipped = "不愿接电话、没有电话和已经有回访在等的，自动跳过。"
        return f"给这 {len(self._ids):,} 位客户各计划一次回访，不挂抱怨单；{skipped}"

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_day("on", "计划日期")
        form.add_line("caller", "计划由谁打").set_value(self._who)
        form.add_line("reason", "事由", span=2).set_value(_CARE)

    def do(self, answer: Answer, act: Act) -> str:
        told = answer.values
        if told["on"] is None:
            raise InvalidInput({"on": "请填计划哪一天回访，如 11-23。"})
        draft = PlanDraft(told["on"], str(told["caller"]), str(told["reason"]) or _CARE)
        planned = self._desk.dispatch.plan_care(self._ids, draft, act)
        skipped = len(set(self._ids)) - planned
        return f"{planned} 位客户计划 {told['on']:%m-%d} 回访{f'，{skipped} 位跳过' if skipped else ''}。"


class OwnerDesk(QObject):
    """What is done to customers marked in the list. ``stored`` carries the sentence about what was done."""

    stored = Signal(str)

    def __init__(self, desk: ProfileDesk, session: Session, jobs: Jobs, messages: Messages, place: QWidget) -> None:
        super().__init__(place)
        self._desk, self._session, self._messages = desk, session, messages
        self._asking = Asking(desk.access, desk.staff, session, self._now, messages, place, jobs)
        self._asking.stored.connect(self._on_stored)
        self._given: tuple[int, ...] = ()

    def assign(self, ids: Sequence[int]) -> None:
        """Asks whose these customers are from now on; what was given is taken back in one step."""
        self._given = tuple(ids)
        if not ids:
            self._messages.refused("请先在左边选一位或几位客户（按住 Ctrl 或 Shift 可多选），再改归属。")
            return
        self._asking.begin(AssignOwner(self._desk, ids), SCREEN)

    def plan_care(self, ids: Sequence[int]) -> None:
        """Asks when these customers are to be called."""
        self._given = ()
        if not ids:
            self._messages.refused("请先在左边选一位或几位客户（按住 Ctrl 或 Shift 可多选），再计划回访。")
            return
        self._asking.begin(PlanCare(self._desk, ids, self._session.name), SCREEN)

    def hand_over(self) -> None:
        """Asks who leaves and who takes over."""
        if not any(count.owner for count in self._desk.owners.counts()):
            self._messages.refused("现在没有一位客户有归属，不用移交。")
            return
        self._given = ()
        self._asking.begin(HandOver(self._desk), SCREEN)

    def _on_stored(self, sentence: str) -> None:
        self.stored.emit(sentence)
        self._messages.done(sentence, undo=self._take_back if self._given else None)

    def _take_back(self) -> None:
        try:
            count = self._desk.undo.many("customers", self._given, self._session.act(SCREEN), self._session.since)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
            return
        self.stored.emit(f"已撤销：{count:,} 位客户的归属改回了原来的。")

    def _now(self) -> datetime:
        return self._session.act(SCREEN).at


def _told(count: OwnerCount) -> str:
    left = "，已离职" if count.left else ""
    return f"{count.owner}（{count.customers:,} 位{left}）"
