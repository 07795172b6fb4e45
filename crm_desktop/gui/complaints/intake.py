"""受理 of a new complaint: one screen, found customers filled in, nothing typed ever lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout

from crm_desktop.domain.complaint_rows import ComplaintDraft
from crm_desktop.domain.complaints import Severity, default_channel
from crm_desktop.domain.customers import Known
from crm_desktop.domain.errors import DeskError, InvalidInput
from crm_desktop.domain.severity import Heard, heard_in
from crm_desktop.gui.complaints.case_head import TITLE, BackButton, step_row
from crm_desktop.gui.complaints.category_hint import CategoryHint
from crm_desktop.gui.complaints.desk_clock import desk_clock
from crm_desktop.gui.complaints.grade_dialog import Grade, GradeDialog, grade_button, grade_words, heard_words
from crm_desktop.gui.complaints.known_line import KnownLine
from crm_desktop.gui.complaints.party_fields import PartyFields
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.complaints.reception_form import offer_channels, reception_form
from crm_desktop.gui.complaints.turns import ROOM, Turn, screen
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.gui.widgets.page import Card, Page, PageHead
from crm_desktop.services.search import Search

_DRAFT_MS = 800
_IDS = ("customer_id", "vehicle_id")
_GRADE = "grade"
_NEW, _FROM_PAPER = "新的一张", "补录纸单"
_OF_PAPER = ("received_by", "occurred_at")
"""What a hand-filled form tells beside the twelve inputs; asked for only where one is entered (补录)."""


class IntakePage(Page):
    """A complaint on its way to a number.

    ``registered`` carries the new number, or that of the open complaint it was joined to. ``draft_changed`` comes at
    most once in 0.8 s while somebody types, and once the typed text is registered or thrown away: ask ``typed()`` then.
    """

    registered = Signal(str)
    case_wanted = Signal(str)
    back_wanted = Signal()
    draft_changed = Signal()

    def __init__(self, procedure: Procedure, search: Search, session: Session, messages: Messages) -> None:
        super().__init__()
        self._services, self._session, self._messages = procedure, session, messages

        self._party = PartyFields(search, self)
        self._form = reception_form(
            self._party.suggest_name, self._party.suggest, desk_clock(session), 9, procedure.rules
        )
        CategoryHint(self._form, procedure.proposals)
        self._form.add_line("received_by", "接收人", "纸单上签字的人")
        self._form.add_moment("occurred_at", "发生时间")
        self._party.attach(self._form)
        self._head = PageHead(TITLE, _NEW)
        self._known = KnownLine(procedure.banners, procedure.joins)
        self._grade = Grade()
        self._grading: GradeDialog | None = None
        self._judge = grade_button()
        self._form.put_beside("severity", self._judge)
        self._save = Button("保存", "Ctrl+S", Weight.MAIN)
        self._clear = Button("清空")
        self._paper = Button(_FROM_PAPER, icon="file-text")
        self._is_paper, self._begun, self._same_as = False, False, ""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_DRAFT_MS)

        self._lay_out()

        self._party.recognised.connect(self._known.say)
        self._party.picked.connect(self._on_picked)
        self._party.begun.connect(self._on_begun)
        self._party.doubted.connect(messages.note)
        self._known.case_wanted.connect(self.case_wanted)
        self._known.join_wanted.connect(self._on_join)
        self._known.same_wanted.connect(self._on_same)
        self._form.changed.connect(self._on_changed)
        self._wait.timeout.connect(self.draft_changed)
        self._judge.clicked.connect(self._on_judge)
        self._save.clicked.connect(self._on_save)
        self._clear.clicked.connect(self._on_clear)
        self._paper.clicked.connect(self._on_paper)

    # -- what others may call ------------------------------------------------------------------------------------

    def begin(self, known: Known | None = None) -> None:
        """Ready for the next customer, or for ``known``; what was typed before stays unless the desk gives it up."""
        offer_channels(self._form, self._services.rules)
        if self._form.dirty and known is not None and not self._give_up():
            known = None
        elif self._form.dirty and known is None:
            self._messages.note("上一张还没有登记，接着写；不要了就按“清空”。")
        elif not self._form.dirty:
            self._reset()
        if known is not None:
            self._reset()
            self._party.take(known)
        self._form.go_to("words" if self._party.customer_id or self._party.vehicle_id else "customer_name")

    def begin_with(self, name: str, text: str) -> None:
        """As ``begin``, with a text already typed into one of the fields; a complaint half written stays as it is."""
        fresh = not self._form.dirty
        self.begin()
        if fresh:
            self._form.field(name).set_value(text)
            self._form.go_to(name)

    @property
    def dirty(self) -> bool:
        """Whether something was typed that has no number yet."""
        return self._form.dirty

    def typed(self) -> dict[str, str]:
        """The raw texts and whoever was picked, for a draft; nothing where nothing was typed."""
        if not self._form.dirty:
            return {}
        ids = {"customer_id": self._party.customer_id, "vehicle_id": self._party.vehicle_id}
        typed = self._form.typed() | {name: str(value) for name, value in ids.items() if value is not None}
        return typed if self._grade == Grade() else {**typed, _GRADE: json.dumps(asdict(self._grade))}

    def set_typed(self, texts: Mapping[str, str]) -> None:
        """Bring a draft back; it counts as not yet registered."""
        self._reset()
        self._take_paper(any(texts.get(name) for name in _OF_PAPER))
        self._form.set_typed({name: text for name, text in texts.items() if name not in _IDS})
        customer_id, vehicle_id = (int(texts[name]) if name in texts else None for name in _IDS)
        self._party.remember(customer_id, vehicle_id)
        if _GRADE in texts:
            told = json.loads(texts[_GRADE])
            self._judged(Grade(told["severity"], tuple(told["ticks"]), told["reason"]))

    def draft(self) -> ComplaintDraft:
        """What stands in the form.

        :raises InvalidInput: for a mileage or a time that cannot be read, or a paper without its 受理时间.
        """
        values = self._form.values()
        if self._is_paper and values["received_at"] is None:
            raise InvalidInput({"received_at": "补录请填纸单上的受理时间，如 11-20 15:40。"})
        draft = ComplaintDraft(**values, customer_id=self._party.customer_id, vehicle_id=self._party.vehicle_id)
        if draft.severity != self._grade.severity:
            return draft
        return replace(draft, severity_ticks=self._grade.ticks, severity_reason=self._grade.reason)

    # -- slots ---------------------------------------------------------------------------------------------------

    def _on_save(self) -> None:
        paper = self._is_paper
        try:
            saved = self._services.complaints.register(self.draft(), self._session.act(screen(Turn.RECEIVED)))
        except InvalidInput as refusal:
            self._form.show_errors(refusal.fields)
            self._party.show_doubts()
            self._messages.refused(refusal.sentence)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
        else:
            self._finish(saved.number, f"{saved.number} 已{'补录' if paper else ''}登记{self._linked(saved.number)}。")

    def _on_join(self, number: str) -> None:
        """What the customer says now goes into the complaint that is open."""
        values = self._form.typed()
        words = "；诉求：".join(filter(None, (values["words"].strip(), values["demand"].strip())))
        try:
            self._services.joins.join(number, words, self._session.act(screen(Turn.RECEIVED)), values["channel"])
        except InvalidInput as refusal:
            self._form.show_errors(refusal.fields)
            self._messages.refused(refusal.sentence)
        except DeskError as refusal:
            self._messages.refused(refusal.sentence)
        else:
            self._finish(number, f"已并入 {number}，没有另立一张。")

    def _on_same(self, number: str) -> None:
        """One event over two channels; chosen again, it is an event of its own."""
        self._same_as = "" if self._same_as == number else number
        self._head.say(TITLE, f"和 {number} 是同一事件，只计一次" if self._same_as else _NEW)
        self._form.go_to("words")

    def _on_judge(self) -> None:
        ticked = self._grade.ticks or tuple(one.tick.code for one in self._heard())
        self._grading = GradeDialog(self._services.rules.ticks(), ticked, self.window())
        self._grading.told.connect(self._on_judged)
        self._grading.open()

    def _on_judged(self, grade: Grade) -> None:
        assert self._grading is not None  # noqa: S101 - only the dialog tells
        self._grading.accept()
        self._judged(grade)

    def _judged(self, grade: Grade) -> None:
        self._grade = grade
        self._form.field("severity").set_value(grade.severity)
        self._form.show_hints({"severity": grade_words(self._services.rules.ticks(), grade)})

    def _on_clear(self) -> None:
        if not self._form.dirty or self._give_up():
            self._reset()
            self.draft_changed.emit()
            self._form.go_to("customer_name")

    def _on_paper(self) -> None:
        """补录 of a form that was filled by hand: its own times, and who received it."""
        self._take_paper(not self._is_paper)
        self._begun = self._is_paper
        self._form.field("received_at").set_value(None if self._is_paper else self._session.act(ROOM).at)
        self._form.go_to("received_at" if self._is_paper else "customer_name")

    def _on_picked(self) -> None:
        self._form.go_to("words")

    def _on_begun(self) -> None:
        self._form.go_to("phone")

    def _on_changed(self, name: str) -> None:
        if not self._begun and name != "received_at":
            # A form may have stood open and empty for an hour: 受理 begins with the first word.
            self._begun = True
            self._form.field("received_at").set_value(self._session.act(ROOM).at)
        if name in ("words", "demand", "severity"):
            self._suggest_level()
        if not self._wait.isActive():
            self._wait.start()

    # -- helpers -------------------------------------------------------------------------------------------------

    def _heard(self) -> tuple[Heard, ...]:
        typed = self._form.typed()
        return heard_in(f"{typed['words']}\n{typed['demand']}", self._services.rules.ticks())

    def _suggest_level(self) -> None:
        """A word like 12315 speaks for 重大; whoever has judged, or chosen 重大, is not told again."""
        judged = self._grade != Grade() or self._form.typed()["severity"] == Severity.MAJOR
        words = grade_words(self._services.rules.ticks(), self._grade) if judged else heard_words(self._heard())
        self._form.show_hints({"severity": words})

    def _finish(self, number: str, sentence: str) -> None:
        self._reset()
        self.draft_changed.emit()
        self._messages.done(sentence)
        self.registered.emit(number)

    def _linked(self, number: str) -> str:
        """Counts the new complaint with the one it repeats; what came of it, for the sentence about saving."""
        if not self._same_as:
            return ""
        try:
            reason = f"同一事件，由{self._form.typed()['channel']}再次反映"
            self._services.joins.link(number, self._same_as, reason, self._session.act(screen(Turn.RECEIVED)))
        except DeskError as refusal:
            return f"，但没有和 {self._same_as} 并计：{refusal.sentence.rstrip('。')}"
        return f"，和 {self._same_as} 只计一次"

    def _give_up(self) -> bool:
        return self._messages.ask("丢掉还没有登记的内容？", "这张单还没有单号，丢掉以后找不回来。", "丢掉")

    def _take_paper(self, is_paper: bool) -> None:
        """Ask for what the paper tells, or no longer; what was typed there is gone then."""
        self._is_paper = is_paper
        self._form.offer(is_paper, *_OF_PAPER)
        if not is_paper:
            for name in _OF_PAPER:
                self._form.field(name).set_value(None)
        self._form.show_hints({"received_at": "照纸单上的时间填" if is_paper else ""})
        self._paper.say("不是补录" if is_paper else _FROM_PAPER)
        self._head.say(TITLE, _FROM_PAPER if is_paper else _NEW)

    def _reset(self) -> None:
        offer_channels(self._form, self._services.rules)
        empty = dict.fromkeys(self._form.typed(), None)
        self._form.set_values(
            empty
            | {
                "channel": default_channel(self._session.role),
                "severity": Severity.ORDINARY,
                "category": "",
                "received_at": self._session.act(ROOM).at,
            }
        )
        self._take_paper(False)
        self._party.remember(None, None)
        self._grade = Grade()
        self._begun, self._same_as = False, ""
        self._wait.stop()

    def _lay_out(self) -> None:
        self._head.add_widget(step_row())
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._save)
        foot.addWidget(self._clear)
        foot.addWidget(self._paper)
        foot.addStretch(1)
        foot.addWidget(PlainLabel("写下抱怨内容，再写姓名、电话、车牌中的一项，就可以登记；其余以后补。", "caption"))
        card = Card()
        card.add(self._form)
        card.body.addLayout(foot)
        top = QHBoxLayout()
        back = BackButton()
        back.clicked.connect(self.back_wanted)
        top.addWidget(back)
        top.addWidget(self._head, 1)
        self.body.addLayout(top)
        self.body.addWidget(self._known)
        self.body.addWidget(card)
        self.body.addStretch(1)
