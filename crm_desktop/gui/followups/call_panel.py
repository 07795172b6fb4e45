"""One call on the desk: whom to dial, what it is about, and the form for what the customer said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.domain.customers import NAMELESS
from crm_desktop.domain.errors import ChangedMeanwhile, DeskError, InvalidInput
from crm_desktop.domain.followups import FollowUpRow, Satisfaction
from crm_desktop.domain.identity import shown_plate
from crm_desktop.domain.redial import WRITTEN, Redial, Way
from crm_desktop.domain.script import low_answers
from crm_desktop.domain.sheets import shown
from crm_desktop.gui.call_form import CallForm, begun
from crm_desktop.gui.followups.call_words import NO_NEED, answers_of, hangs_on, moved_on, told
from crm_desktop.gui.keeping import Keeping
from crm_desktop.gui.messages import Message, Messages, Mood
from crm_desktop.gui.script_box import ScriptBox
from crm_desktop.gui.session import Session
from crm_desktop.gui.theme import Tone
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.desk_page import DeskPanel
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from crm_desktop.gui.widgets.page import Rule
from crm_desktop.gui.widgets.scroll_page import ScrollPage
from crm_desktop.gui.widgets.signs import Chip
from crm_desktop.services.cases import Cases
from crm_desktop.services.dispatch import CallBrief, Dispatch
from crm_desktop.services.followups import FollowUps

SCREEN = "回访"
UNFOLD, COMPLAIN = "话术", "转成抱怨单"
_PROMPTS = {"satisfaction": "请选择", "called_at": "现在", "feedback": "客户的原话"}


class CallPanel(DeskPanel[FollowUpRow]):
    """Holds one call. ``saved`` carries its id once it is recorded or cancelled."""

    complaint_wanted = Signal(str)

    def __init__(
        self, follow_ups: FollowUps, cases: Cases, dispatch: Dispatch, session: Session, messages: Messages
    ) -> None:
        super().__init__()
        self._follow_ups, self._cases, self._dispatch = follow_ups, cases, dispatch
        self._session, self._messages = session, messages
        self._call: FollowUpRow | None = None

        self._name, self._late = ElidedLabel(role="title"), Chip()
        self._phone = PlainLabel(role="figure")
        self._copy = Button("复制电话", icon="copy")
        self._plan = PlainLabel(role="caption")
        self._about = PlainLabel()
        self._open = Button("", weight=Weight.QUIET)
        self._brief = PlainLabel(role="note")
        self._brief.setProperty("tone", Tone.SOON.value)
        self._unfold = Button(UNFOLD, "F6", Weight.QUIET)
        self._script = ScriptBox()
        self._complain = Button(COMPLAIN, "F7", icon="plus")
        self._why_not = QShortcut("F7", self)  # of a hidden button the key would say nothing
        self._form = CallForm(2, self._now)
        self._record = Button("登记回访", "Ctrl+S", Weight.MAIN)
        self._away = FieldForm(columns=1, clock=self._now)
        self._away.add_day("on", "改到哪天")
        self._away.add_line("reason", "原因", "改期或不用再打时填，如 客户已来店确认")
        self._move = Button("改期", icon="calendar-event")
        self._cancel = Button("取消回访")
        self._why = FieldForm(columns=1)
        self._why.add_line("reason", "更正原因", "哪里记错了，如 听错了分数")
        self._correct = Button("更正这次回访", weight=Weight.QUIET, icon="edit")
        self._correcting = False
        self._became = ""
        forms = {"回访": self._form, "改期或取消回访": self._away, "更正回访": self._why}
        self._keepings = [Keeping(session, name, form, self) for name, form in forms.items()]

        self._lay_out()
        self._connect()

    @property
    def row_id(self) -> int | None:
        """Which call is on the desk."""
        return self._call.id if self._call else None

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not recorded."""
        typed = self._form.dirty or self._away.dirty or self._why.dirty or bool(self._script.answers())
        return self._call is not None and typed

    def name(self) -> str:
        """Whom this call is for."""
        return (self._call.customer_name if self._call else "") or NAMELESS

    def show_row(self, row: FollowUpRow) -> None:
        """Put a call on the desk: an empty form for one to be made, its answers for one that was made."""
        for keeping in self._keepings:
            keeping.settle()
        self._call = call = row
        self._say_who(call)
        made = call.called_at is not None
        self._form.set_values(
            answers_of(call) if made else begun(self._session.name if self._session.person else call.caller)
        )
        self._away.set_values({"on": None, "reason": ""})
        self._why.set_values({"reason": ""})
        self._script.begin(self._dispatch.script(), self._script_words(call))
        self._script.hide()
        self._begin(correcting=False)
        if not made and call.way in tuple(WRITTEN):
            self._form.set_values({"outcome": WRITTEN[Way(call.way)]})
        for keeping in self._keepings:
            keeping.turn_to(f"{call.complaint_number}/call:{call.id}")
        if made and (self._form.dirty or self._why.dirty):
            self._begin(correcting=True)

    def look_again(self) -> None:
        """Somebody else sits here, or another call was recorded: what is typed stays, what is told may change."""
        if self._call is not None:
            self._say_brief(self._call)

    def enter(self) -> None:
        """Give the first field the keyboard."""
        self._form.go_to("outcome")

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_copy(self) -> None:
        if self._call is not None:
            QGuiApplication.clipboard().setText(self._call.phone)
            self._messages.note(f"{self.name()}的电话已复制。")

    def _on_open(self) -> None:
        if self._call is not None:
            self.complaint_wanted.emit(self._call.complaint_number)

    def _on_record(self) -> None:
        if self._call is None:
            return
        if self._call.called_at is None:
            self._attempt(self._recorded, self._form)
        elif self._correcting:
            self._attempt(self._corrected, self._form)

    def _on_cancel(self) -> None:
        self._attempt(self._cancelled, self._away)

    def _on_move(self) -> None:
        self._attempt(self._moved, self._away)

    def _on_unfold(self) -> None:
        """The script is folded until somebody wants it; then it has the keyboard."""
        self._script.setVisible(self._script.isHidden())
        (self._script if self._script.isVisible() else self._form.field("outcome")).setFocus()

    def _on_script_finished(self) -> None:
        self._script.hide()
        self._form.go_to("satisfaction")

    def _on_changed(self) -> None:
        """An unhappy customer without a complaint is one click away from it."""
        call, unhappy = self._call, self._form.field("satisfaction").value() == Satisfaction.DISSATISFIED
        offered = call is not None and unhappy and not call.complaint_number
        self._complain.setVisible(offered)
        self._why_not.setEnabled(call is not None and not offered)

    def _on_complain(self) -> None:
        """What came of it opens once the call is off the desk."""
        self._became = ""
        if not self._has_words():
            self._refuse(InvalidInput({"feedback": "请写客户说了什么，再转成抱怨单。"}), self._form)
            return
        self._attempt(self._complained, self._form)
        if self._became:
            self.complaint_wanted.emit(self._became)

    def _on_no_complaint(self) -> None:
        """F7 on a call that has its complaint leads there; on any other it says what is wanting."""
        number = self._call.complaint_number if self._call is not None else ""
        if number:
            self.complaint_wanted.emit(number)
        self._messages.note(hangs_on(number, left=self.dirty) if number else NO_NEED)

    def _on_correct(self) -> None:
        self._begin(correcting=True)
        self.enter()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _has_words(self) -> bool:
        """Whether there is something to complain of: asked before the call is recorded."""
        answers = self._script.answers() or (self._call.answers if self._call else {})
        return bool(self._form.typed()["feedback"].strip() or low_answers(self._dispatch.script(), answers))

    def _now(self) -> datetime:
        return self._session.act(SCREEN).at

    def _begin(self, *, correcting: bool) -> None:
        """The form for a call to be made, the answers of one that was, or these with the right to change them."""
        made = self._call is not None and self._call.called_at is not None
        self._correcting = correcting
        self._form.lock(made and not correcting)
        self._form.lock(made, "next_on")
        for name, word in _PROMPTS.items():
            self._form.field(name).setPlaceholderText("" if made else word)
        self._record.say("保存更正" if correcting else "登记回访")
        self._record.setVisible(correcting or not made)
        self._correct.setVisible(made and not correcting)
        self._on_changed()
        self._why.setVisible(correcting)
        for widget in (self._away, self._move, self._cancel):
            widget.setVisible(not made)

    def _attempt(self, verb: Callable[[FollowUpRow], str], form: FieldForm) -> None:
        """Does it; a refusal is said at its field and in the bar, and nothing typed is lost."""
        call = self._call
        if call is None:
            return
        try:
            sentence = verb(call)
        except DeskError as refusal:
            self._refuse(refusal, form)
            return
        self._form.mark_saved()
        self._away.mark_saved()
        self._why.mark_saved()
        self._script.begin(self._dispatch.script(), {})
        spoken_of = call.complaint_number if call.complaint_number in sentence else ""
        self._messages.say(Message(Mood.DONE, sentence, number=spoken_of))
        self.saved.emit(call.id)

    def _complained(self, call: FollowUpRow) -> str:
        """The call recorded, where it was not yet, and the complaint that comes of it."""
        act = self._session.act(SCREEN)
        if call.called_at is None:
            self._recorded(call)
            self._call = self._follow_ups.get(call.id)
        self._became = self._dispatch.complain(call.id, act).number
        return f"{self.name()}的回访已转成抱怨单 {self._became}，请补齐内容。"

    def _recorded(self, call: FollowUpRow) -> str:
        draft = replace(self._form.draft(), answers=self._script.answers())
        self._follow_ups.record(call.id, call.ver, draft, self._session.act(SCREEN))
        return told(self.name(), draft, call.complaint_number)

    def _corrected(self, call: FollowUpRow) -> str:
        draft = self._form.draft()
        draft = replace(draft, answers=call.answers)
        self._follow_ups.correct(call.id, call.ver, draft, self._reason(self._why), self._session.act(SCREEN))
        return f"{self.name()}的回访已更正：{draft.satisfaction or draft.outcome}。"

    def _cancelled(self, call: FollowUpRow) -> str:
        self._follow_ups.cancel(call.id, call.ver, self._reason(self._away), self._session.act(SCREEN))
        return f"{self.name()}的回访已取消。"

    def _moved(self, call: FollowUpRow) -> str:
        day = self._away.values()["on"]
        if day is None:
            raise InvalidInput({"on": "请填改到哪一天，如 11-23。"})
        self._follow_ups.move(call.id, call.ver, day, self._reason(self._away), self._session.act(SCREEN))
        return f"{self.name()}的回访已改到 {day:%m-%d}。"

    def _reason(self, form: FieldForm) -> str:
        return str(form.values()["reason"])

    def _refuse(self, refusal: DeskError, form: FieldForm) -> None:
        """What was typed stays; a call that moved on meanwhile is shown as it stands now."""
        sentence = refusal.sentence
        if isinstance(refusal, ChangedMeanwhile) and self._call is not None:
            self._call = self._follow_ups.get(self._call.id)
            self._say_who(self._call)
            sentence = moved_on(self._call)
        elif isinstance(refusal, InvalidInput):
            (self._why if self._correcting and "reason" in refusal.fields else form).show_errors(refusal.fields)
        self._messages.refused(sentence)

    def _say_who(self, call: FollowUpRow) -> None:
        self._name.setText(self.name())
        self._late.say(f"超期 {call.late_days} 天" if call.late_days > 0 else "", Tone.LATE)
        brief, made = self._say_brief(call), call.called_at is not None
        letter = call.way == Way.LETTER
        self._phone.setText((brief.address or "没有地址") if letter else call.phone or "没有可打的电话")
        self._copy.setVisible(bool(call.phone) and not letter)
        self._unfold.setVisible(not made and not call.way)
        planned = f"计划 {shown(call.planned_on)}" if call.planned_on else ""
        told = (shown_plate(call.plate), call.reason, f"用{call.way}" if call.way else "", planned)
        self._plan.setText(" · ".join(word for word in told if word))
        self._open.say(f"打开抱怨单 {call.complaint_number}")
        self._open.setVisible(bool(call.complaint_number))
        answered = [
            f"{step.ask}{call.answers[step.key]}" for step in self._dispatch.script() if step.key in call.answers
        ]
        self._about.setText("\n".join(filter(None, (self._what_about(call.complaint_number), *answered))))

    def _say_brief(self, call: FollowUpRow) -> CallBrief:
        """What whoever sits here must know before he dials; nothing stands there on an ordinary call."""
        brief = self._dispatch.brief(call.id, self._session.name if self._session.person else "")
        self._brief.setText("" if call.called_at is not None else brief.sentence)
        self._brief.setVisible(bool(self._brief.text()))
        return brief

    def _next_try(self, outcome: str) -> Redial | None:
        """By the redial plan, for a call to be made."""
        call = self._call
        return None if call is None or call.called_at is not None else self._dispatch.after(call.id, outcome)

    def _script_words(self, call: FollowUpRow) -> Mapping[str, str]:
        """What the script says in the place of its {words}."""
        caller = self._session.name or call.caller
        day = f"{call.planned_on:%m月%d日}以前" if call.planned_on else "上次"
        return {"客户": self.name(), "回访人": caller, "日期": day}

    def _what_about(self, number: str) -> str:
        """What the caller must know before dialling: the customer's words and what was done."""
        if not number:
            return ""
        fields = self._cases.case(number).fields
        said = [f"抱怨：{fields['words']}"]
        said += [f"处理：{fields[name]}" for name in ("solution", "correction") if fields[name]][:1]
        return "\n".join(said)

    def _connect(self) -> None:
        for keeping in self._keepings:
            keeping.told.connect(self._messages.note)
        self._copy.clicked.connect(self._on_copy)
        self._open.clicked.connect(self._on_open)
        self._record.clicked.connect(self._on_record)
        self._cancel.clicked.connect(self._on_cancel)
        self._move.clicked.connect(self._on_move)
        self._correct.clicked.connect(self._on_correct)
        self._form.propose_by(self._next_try)
        self._form.field("satisfaction").changed.connect(self._on_changed)
        self._unfold.clicked.connect(self._on_unfold)
        self._script.answered.connect(self._form.take_answer)
        self._script.finished.connect(self._on_script_finished)
        self._complain.clicked.connect(self._on_complain)
        self._why_not.activated.connect(self._on_no_complaint)

    def _lay_out(self) -> None:
        self._brief.setWordWrap(True)
        self._about.setWordWrap(True)
        self._plan.setWordWrap(True)
        who, dial, foot, away = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        who.addWidget(self._name)
        who.addWidget(self._late)
        who.addStretch(1)
        dial.addWidget(self._phone)
        dial.addWidget(self._copy)
        dial.addWidget(self._unfold)
        dial.addStretch(1)
        foot.addWidget(self._record)
        foot.addWidget(self._complain)
        foot.addWidget(self._correct)
        foot.addStretch(1)
        foot.addWidget(self._open)
        away.addStretch(1)
        away.addWidget(self._move)
        away.addWidget(self._cancel)
        content = QWidget()
        content.setProperty("role", "page")  # lets the card's ground through
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 16, 0)  # room for the scroll bar
        inside.setSpacing(8)
        for line in (who, dial):
            inside.addLayout(line)
        for piece in (self._brief, self._plan, self._about, Rule(), self._script, self._form, self._why):
            inside.addWidget(piece)
        inside.addLayout(foot)
        inside.addStretch(1)
        inside.addWidget(self._away)
        inside.addLayout(away)
        self.add(ScrollPage(content), 1)
