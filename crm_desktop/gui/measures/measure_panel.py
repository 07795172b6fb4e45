"""One measure on the desk: who does what by when, how it is verified, what became of it, and the next thing to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from crm_desktop.domain.measures import Conclusion, EvaluationRow, MeasureRow, MeasureState
from crm_desktop.domain.sheets import shown
from crm_desktop.gui.attachments_dialog import Whose
from crm_desktop.gui.files_button import FilesButton
from crm_desktop.gui.measures.columns import MeasureLine
from crm_desktop.gui.widgets.buttons import Button, Weight
from crm_desktop.gui.widgets.labels import ElidedLabel, PlainLabel
from crm_desktop.gui.widgets.page import Card, Rule
from crm_desktop.gui.widgets.scroll_page import ScrollPage
from crm_desktop.gui.widgets.signs import Chip

_UNDONE = (MeasureState.RUNNING, MeasureState.LATE)
_REPORT = {"打印预览": "", "导出 PDF": ".pdf", "导出 Excel": ".xlsx"}
_AGAIN, OPEN_CASES = "再发 ", "打开抱怨单…"
_READ = ("根本原因", "措施", "数量", "验证方法", "完成证据", "有效性评估")


class MeasurePanel(Card):
    """Reads only; what is wanted of the measure shown goes out as signals.

    ``report_wanted`` carries .pdf or .xlsx for a file, nothing for the screen.
    """

    finish_wanted = Signal()
    evaluate_wanted = Signal()
    again_wanted = Signal()
    amend_wanted = Signal()
    give_up_wanted = Signal()
    confirm_wanted = Signal()
    report_wanted = Signal(str)
    complaint_wanted = Signal(str)

    def __init__(self, files: FilesButton) -> None:
        super().__init__()
        self._files = files
        self._line: MeasureLine | None = None
        self._number, self._state = ElidedLabel(role="title"), Chip()
        self._plan = PlainLabel(role="caption")
        self._texts = {name: (PlainLabel(name, "caption"), PlainLabel()) for name in _READ}
        self._finish = Button("登记完成", weight=Weight.MAIN)
        self._evaluate = Button("有效性评估", weight=Weight.MAIN)
        self._again = Button("另立措施", weight=Weight.MAIN)
        self._amend = Button("修改", icon="edit")
        self._give_up = Button("取消措施", icon="x")
        self._confirm = Button("本人确认", icon="check")
        self._report = Button("评估报告", icon="printer")
        self._papers = QMenu(self)
        self._suffixes = {self._papers.addAction(word): suffix for word, suffix in _REPORT.items()}
        self._report.setMenu(self._papers)
        self._open, self._several = Button("", weight=Weight.QUIET), Button(OPEN_CASES, weight=Weight.QUIET)
        self._cases = QMenu(self)
        self._several.setMenu(self._cases)

        self._lay_out()
        for button, signal in (
            (self._finish, self.finish_wanted),
            (self._evaluate, self.evaluate_wanted),
            (self._again, self.again_wanted),
            (self._amend, self.amend_wanted),
            (self._give_up, self.give_up_wanted),
            (self._confirm, self.confirm_wanted),
        ):
            button.clicked.connect(signal)
        self._papers.triggered.connect(self._on_report)
        self._open.clicked.connect(self._on_open)
        self._cases.triggered.connect(self._on_case)

    def show_measure(self, line: MeasureLine) -> None:
        """Another measure, or a newer state of the same."""
        self._line = line
        row, draft = line.row, line.row.draft
        self._number.setText(f"{row.number} · {draft.kind}")
        self._state.say(line.words, line.tone)
        self._plan.setText(_plan(row))
        told = (draft.cause, draft.what, draft.amount, draft.verify, row.evidence, _judged(row.evaluation))
        for name, text in zip(_READ, told, strict=True):
            for label in self._texts[name]:
                label.setVisible(bool(text))
            self._texts[name][1].setText(text)
        undone = line.state in _UNDONE
        for button in (self._finish, self._amend, self._give_up):
            button.setVisible(undone)
        self._evaluate.setVisible(line.state is MeasureState.TO_EVALUATE)
        self._again.setVisible(line.state in (MeasureState.INEFFECTIVE, MeasureState.PARTLY))
        self._confirm.setVisible(row.awaits_confirmation)
        self._report.setVisible(row.done_on is not None)
        self._files.show_those_of(
            Whose(row.number, measure_id=row.id, writable=line.state is not MeasureState.CANCELLED)
        )
        self._offer_cases(row)

    def enter(self) -> None:
        """The keyboard on the next thing to do."""
        for button in (self._finish, self._evaluate, self._again, self._report):
            if button.isVisible():
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _offer_cases(self, row: MeasureRow) -> None:
        """The complaint it came from; of several, or where some came again, a list to choose from."""
        proof = row.evaluation.proof if row.evaluation else None
        own, again = row.draft.complaints, proof.after.numbers if proof else ()
        self._cases.clear()
        for number in own:
            self._cases.addAction(number)
        for number in again:
            self._cases.addAction(f"{_AGAIN}{number}")
        several = len(own) + len(again) > 1
        self._several.setVisible(several)
        self._open.setVisible(bool(own) and not several)
        self._open.say(f"打开抱怨单 {own[0]}" if own else "")

    def _on_case(self, action: QAction) -> None:
        self.complaint_wanted.emit(action.text().removeprefix(_AGAIN))

    def _on_report(self, action: QAction) -> None:
        self.report_wanted.emit(self._suffixes[action])

    def _on_open(self) -> None:
        if self._line is not None:
            self.complaint_wanted.emit(self._line.row.draft.complaints[0])

    def _lay_out(self) -> None:
        head, first, second = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._number)
        head.addWidget(self._state)
        head.addStretch(1)
        content = QWidget()
        content.setProperty("role", "page")  # lets the card's ground through
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 16, 0)  # room for the scroll bar
        inside.setSpacing(4)
        for caption, text in self._texts.values():
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            inside.addWidget(caption)
            inside.addWidget(text)
            inside.addSpacing(6)
        inside.addStretch(1)
        for line, buttons in (
            (first, (self._finish, self._evaluate, self._again, self._amend, self._give_up, self._report)),
            (second, (self._confirm, self._files, self._open, self._several)),
        ):
            for button in buttons:
                line.addWidget(button)
            line.addStretch(1)
        self._plan.setWordWrap(True)
        self.body.addLayout(head)
        self.add(self._plan)
        self.body.addLayout(first)
        self.body.addLayout(second)
        self.add(Rule())
        self.add(ScrollPage(content), 1)


def _plan(row: MeasureRow) -> str:
    draft = row.draft
    told = [f"责任人 {draft.who}", f"计划 {shown(draft.due_on)} 完成"]
    if row.done_on:
        told += [f"{shown(row.done_on)} {row.done_by}完成", f"{shown(row.evaluation_due)} 满评估窗口"]
    if row.on_behalf_of:
        told.append(f"代{row.on_behalf_of}录入，{'已确认' if row.confirmed else '待本人确认'}")
    if row.override_reason:
        told.append(f"放行：{row.override_reason}")
    return " · ".join(told)


def _judged(evaluation: EvaluationRow | None) -> str:
    if evaluation is None:
        return ""
    draft = evaluation.draft
    told = [f"{draft.conclusion}：{draft.window_days} 天内前 {draft.before} 件，后 {draft.after} 件"]
    if proof := evaluation.proof:
        told += [proof.profile_words, f"前 {proof.before.words}", f"后 {proof.after.words}", proof.left_out]
    again = "、".join((*(proof.after.numbers if proof else ()), *filter(None, [draft.recurrences])))
    told += [f"再发：{again}" if again else "", draft.basis]
    if draft.conclusion != Conclusion.EFFECTIVE:
        told.append(f"{draft.conclusion}的要另立措施。")
    return "\n".join([*filter(None, told), f"{evaluation.evaluator} {shown(draft.evaluated_on)} 评估"])
