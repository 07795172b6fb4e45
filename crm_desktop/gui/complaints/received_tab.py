"""受理 of a stored complaint: the same form filled in; who it is and how it came is changed by 更正 only."""

from __future__ import annotations

import json
from collections.abc import Mapping

from crm_desktop.clock import local_day
from crm_desktop.domain.complaint_rows import ComplaintCase
from crm_desktop.domain.complaints import Severity, State
from crm_desktop.domain.identity import shown_plate
from crm_desktop.domain.severity import Heard, heard_in
from crm_desktop.gui.complaints.case_tab import FieldsTab
from crm_desktop.gui.complaints.category_hint import CategoryHint
from crm_desktop.gui.complaints.desk_clock import desk_clock
from crm_desktop.gui.complaints.dialogs import Correction, CorrectionDialog
from crm_desktop.gui.complaints.filing_tab import correction_words
from crm_desktop.gui.complaints.grade_dialog import Grade, GradeDialog, grade_button, heard_words
from crm_desktop.gui.complaints.party_fields import PARTY, PartyFields, PartyWords
from crm_desktop.gui.complaints.procedure import Procedure
from crm_desktop.gui.complaints.reception_form import reception_form
from crm_desktop.gui.complaints.turns import Turn
from crm_desktop.gui.keeping import Words, keep_dialog
from crm_desktop.gui.messages import Messages
from crm_desktop.gui.session import Session
from crm_desktop.gui.widgets.buttons import Button
from crm_desktop.gui.widgets.labels import PlainLabel
from crm_desktop.services.search import Search

_TOLD = ("channel", "received_at", "severity")
"""Changed by 更正 and 判级 only, which ask for the reason."""
_FILLED_IN = "补充客户资料"
_CORRECT = "客户、车辆、接收渠道、级别或受理时间登记错了，在这里改，要写原因"
_FILED = "已存档的原文不再改，写错的在“归档”里写更正说明"


class ReceivedTab(FieldsTab):
    """While customer or car are missing their fields are open, and 保存 fills them in."""

    def __init__(self, procedure: Procedure, search: Search, session: Session, messages: Messages) -> None:
        self._search = search
        self._clock = desk_clock(session)
        self._party = PartyFields(search)
        form = reception_form(self._party.suggest_name, self._party.suggest, self._clock, 6, procedure.rules)
        form.add_text("first_reply", "当面答复", rows=2, placeholder="当场怎样答复客户")
        CategoryHint(form, procedure.proposals)
        self._party.attach(form)
        super().__init__(Turn.RECEIVED, form, procedure, session, messages)
        self._party.setParent(self)
        self._party.picked.connect(self._on_changed)
        self._party.begun.connect(self._on_begun)
        self._party.doubted.connect(messages.note)
        self._source = PlainLabel(role="caption")
        self._source.setWordWrap(True)
        self._correct = Button("更正", icon="edit")
        self._correct.clicked.connect(self._on_correct)
        self._dialog: CorrectionDialog | None = None
        self._grading: GradeDialog | None = None
        self._judge = grade_button()
        form.put_beside("severity", self._judge)
        self._judge.clicked.connect(self._on_judge)
        self.add_buttons(self._correct)
        self.body.addWidget(self._source)
        self.body.addStretch(1)

    def show_case(self, case: ComplaintCase) -> None:
        super().show_case(case)
        if case.state not in self.read_only:
            self.form.lock(case.customer_id is not None, "customer_name", "phone")
            self.form.lock(case.vehicle_id is not None, "plate", "vin")
            self.form.lock(True, *_TOLD)
        self._judge.setEnabled(self.can_save)
        judged = case.fields["severity"] == Severity.MAJOR or case.fields["severity_reason"]
        self.form.show_hints({"severity": "" if judged or not self.can_save else heard_words(self._heard())})
        self._correct.setEnabled(case.state not in (State.VOID, State.FILED))
        self._correct.setToolTip(_FILED if case.state == State.FILED else _CORRECT)
        notes = self.services.filings.corrections(case.id) if case.state == State.FILED else []
        self._source.setText("\n".join(filter(None, (_source_line(case), *map(correction_words, notes)))))
        self._source.setVisible(bool(self._source.text()))

    def fill(self, case: ComplaintCase) -> None:
        super().fill(case)
        if not case.received_has_time:
            self.form.field("received_at").set_typed(local_day(case.received_at).isoformat())
            self.memory.settle()
        self._party.remember(case.customer_id, case.vehicle_id)

    def words(self) -> Words:
        return PartyWords(self.form, self._party)

    def values_of(self, case: ComplaintCase) -> dict[str, object]:
        known = {
            "customer_name": case.customer_name,
            "phone": case.phone,
            "plate": shown_plate(case.plate),
            "vin": case.vin,
            "received_at": case.received_at,
        }
        return {name: known[name] if name in known else case.fields[name] for name in self.form.typed()}

    def go_to(self, field: str = "") -> None:
        """A stored case is read first: without a field named, only a missing customer asks for the keyboard."""
        if field or self.case.customer_id is None:
            self.form.go_to(field or "customer_name")
        else:
            self.read_wanted.emit()

    def write_changes(self, changes: Mapping[str, object]) -> None:
        """Fields of the complaint first, then who it is; the second verb gets the version of the first."""
        number, ver = self.case.number, self.case.ver
        plain = {name: value for name, value in changes.items() if name not in PARTY}
        if plain:
            ver = self.services.complaints.amend(number, ver, plain, self.act()).ver
        if len(plain) < len(changes):
            values = self.form.values()
            party = self._party.party(str(values["brought_by"]), values["mileage"])
            self.services.complaints.identify(number, ver, party, self.act(), _FILLED_IN)

    def _heard(self) -> tuple[Heard, ...]:
        return heard_in(f"{self.case.fields['words']}\n{self.case.fields['demand']}", self.services.rules.ticks())

    def _on_begun(self) -> None:
        self.form.go_to("phone")

    def _on_correct(self) -> None:
        channels = self.services.rules.rulebook().offered
        self._dialog = CorrectionDialog(self.case, self._search, self._clock, channels, self.window())
        self._dialog.told.connect(self._on_told)
        keep_dialog(self._dialog, self._session, "更正", self._dialog.words(), self.case.number)
        self._dialog.open()

    def _on_judge(self) -> None:
        if not self.dirty or self.save():
            ticked = json.loads(str(self.case.fields["severity_ticks"] or "[]")) or [h.tick.code for h in self._heard()]
            self._grading = GradeDialog(self.services.rules.ticks(), ticked, self.window())
            self._grading.told.connect(self._on_judged)
            keep_dialog(self._grading, self._session, "判级", self._grading, self.case.number)
            self._grading.open()

    def _on_judged(self, grade: Grade) -> None:
        dialog = self._grading
        assert dialog is not None  # noqa: S101 - only the dialog tells

        def judge() -> str:
            number, ver = self.case.number, self.case.ver
            self.services.complaints.grade(number, ver, self.act(), grade.severity, grade.ticks, grade.reason)
            return f"{number} 定为{grade.severity}，时限已按新级别计算。"

        if self.attempt(judge, dialog.refuse):
            dialog.accept()

    def _on_told(self, correction: Correction) -> None:
        dialog = self._dialog
        assert dialog is not None  # noqa: S101 - only the dialog tells

        def correct() -> str:
            number, ver = self.case.number, self.case.ver
            if correction.changes:
                ver = self.services.complaints.amend(number, ver, correction.changes, self.act(), correction.reason).ver
            if correction.party is not None:
                self.services.complaints.identify(number, ver, correction.party, self.act(), correction.reason)
            return f"{number} 已更正，原来的内容在“历史”里。"

        if self.attempt(correct, dialog.show_errors):
            dialog.accept()


def _source_line(case: ComplaintCase) -> str:
    """What an imported case brought along that the form has no field for."""
    told = (
        ("来源单号", case.source_number),
        ("来源状态", case.source_status),
        ("故障码", case.fault_codes),
        ("备注", str(case.fields["remarks"])),
    )
    return "　".join(f"{label} {text}" for label, text in told if text)
