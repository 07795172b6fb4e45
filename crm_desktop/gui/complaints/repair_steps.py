"""更正 of a wrongly stamped step, 补写 why it was late, 本人确认, and 放行 of words that say nothing."""

from __future__ import annotations

from datetime import datetime

from crm_desktop.clock import to_local
from crm_desktop.domain.acts import Act
from crm_desktop.domain.complaint_rows import ComplaintCase, EventRow
from crm_desktop.domain.complaints import EVENT_LABELS, FIELD_LABELS
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.procedure import CORRECTABLE, ONCE
from crm_desktop.domain.rights import Right
from crm_desktop.domain.sheets import shown
from crm_desktop.gui.complaints.case_steps import Step
from crm_desktop.gui.complaints.clock_rows import EVENT_OF, last_event
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.fields import Option

_WRONG, _NEVER = "时间记错", "没有发生"


def late_without_reason(services: Procedure, case: ComplaintCase) -> list[EventRow]:
    """The steps that were done late and nobody has said why."""
    late = {one.deadline.milestone for one in services.clocks.milestones_of(case.number) if one.late_minutes}
    found = [last_event(case, EVENT_OF[milestone]) for milestone in EVENT_OF if milestone in late]
    return [event for event in found if event is not None and not event.late_reason]


def standing_events(case: ComplaintCase, *kinds: str) -> list[EventRow]:
    """What was recorded and not put right since, of these kinds, oldest first."""
    return [event for event in case.events if event.kind in kinds and not event.corrected]


class CorrectTime(Step):
    """更正 of the time of a step; both times stay in the course."""

    title = "更正时间"
    word = "更正"
    sentence = "步骤的时间记错了：选出来改，原来的时间和原因都留在经过里，时限按新的时间重新算。"

    def idle(self, case: ComplaintCase) -> str:
        return "" if standing_events(case, *CORRECTABLE) else "还没有可以更正时间的步骤；受理时间在“受理”里更正。"

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        found = standing_events(case, *CORRECTABLE)
        form.add_choice("event", "哪一步", _choices(found), found[-1].id if found else None)
        form.add_choice("happened", "怎样更正", (_WRONG, _NEVER), _WRONG)
        form.add_moment("at", "正确的时间")
        form.add_line("reason", "更正原因")
        form.show_hints({"happened": f"“{_NEVER}”只用于{'、'.join(EVENT_LABELS[kind] for kind in sorted(ONCE))}"})

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        values = answer.values
        at = values["at"] if values["happened"] == _WRONG else None
        if values["happened"] == _WRONG and at is None:
            raise InvalidInput({"at": "请填正确的时间，如 13:44。"})
        self.services.corrections.correct_milestone(case.number, case.ver, act, values["event"], at, values["reason"])
        return f"{case.number} 已更正，原来的时间在“归档”的经过里。"


class ExplainLate(Step):
    """补迟到原因: why a step was late, when it was not said at once."""

    title = "补超期原因"
    word = "保存"
    sentence = "超期的步骤要写明原因，关闭前补上。"
    columns = 1

    def idle(self, case: ComplaintCase) -> str:
        return "" if late_without_reason(self.services, case) else "没有超期而缺原因的步骤。"

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        wanted = late_without_reason(self.services, case)
        form.add_choice("event", "哪一步", _choices(wanted), wanted[-1].id if wanted else None)
        form.add_line("late_reason", "超期原因")

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        values = answer.values
        self.services.corrections.explain_late(case.number, case.ver, act, values["event"], values["late_reason"])
        return f"{case.number} 的超期原因已写入。"


class Confirm(Step):
    """本人确认 of what another entered for whoever sits here."""

    title = "本人确认"
    word = "确认无误"
    sentence = "这些是别人替您录入的，请核对时间和内容后确认；有错请用“更正时间”。"
    columns = 1

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        waiting = [event for event in case.events if event.awaits_confirmation]
        form.add_choice("event", "哪一条", _choices(waiting), waiting[0].id if waiting else None)

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        if answer.values["event"] is None:
            raise InvalidInput({"event": "这张单没有待确认的代录。"})
        self.services.corrections.confirm(case.number, case.ver, act, answer.values["event"])
        return f"{case.number} 的代录已由本人确认。"


class Consult(Step):
    """会诊 of a car that came back with the same fault."""

    title = "会诊记录"
    word = "保存"
    sentence = "同一辆车同样的故障再次返修，要会诊：谁参加、查到什么、怎样修。"
    right = Right.REWORK

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        rows = [row for row in self.services.reworks.of_complaint(case.number) if row.wants_consultation]
        choices: list[Option] = [(row.id, f"{row.draft.order_number or row.draft.came_on}") for row in rows]
        form.add_choice("rework", "哪一次返修", choices, rows[-1].id if rows else None)
        form.add_text("consultation", "会诊记录", rows=4)

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        rows = self.services.reworks.of_complaint(case.number)
        row = next((row for row in rows if row.id == answer.values["rework"]), None)
        if row is None:
            raise InvalidInput({"rework": "没有要会诊的返修。"})
        self.services.reworks.consult(row.id, row.ver, answer.values["consultation"], act)
        return f"{case.number} 的会诊记录已保存。"


class LetPass(Step):
    """空话放行 of the text as it is stored; counted in the monthly report."""

    title = "放行"
    right = Right.OVERRIDE
    columns = 1

    def __init__(self, procedure: Procedure, field: str) -> None:
        super().__init__(procedure)
        self._field = field

    def part(self) -> str:
        return self._field

    def explain(self, case: ComplaintCase) -> str:
        fault = self.services.closing.wording_fault(self._field, str(case.fields[self._field]), case.id)
        rule = "服务总监写明原因可以放行，月报会计数；再改一个字就要重新检查。"
        return f"{FIELD_LABELS[self._field]}没有通过：{fault}{rule}"

    def ask(self, form: FieldForm, case: ComplaintCase, now: datetime) -> None:
        form.add_line("reason", "放行原因")

    def do(self, case: ComplaintCase, answer: Answer, act: Act) -> str:
        self.services.corrections.override_wording(case.number, case.ver, act, self._field, answer.values["reason"])
        return f"{case.number} 的{FIELD_LABELS[self._field]}已放行。"


def _choices(events: list[EventRow]) -> list[Option]:
    return [(event.id, f"{EVENT_LABELS[event.kind]} {shown(to_local(event.at))}") for event in events]
