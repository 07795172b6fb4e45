"""What is decided about two files that look like one customer: merge them, take that back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from crm_desktop.domain.acts import Act
from crm_desktop.domain.customers import NAMELESS
from crm_desktop.domain.merging import MergePreview
from crm_desktop.domain.rights import Right
from crm_desktop.gui.asking import LongQuestion
from crm_desktop.gui.jobs import Progress
from crm_desktop.gui.step_dialog import Answer
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.services.merging import MergeRow
from crm_desktop.services.office import Office


class MergeFiles(LongQuestion):
    """合并, after a backup."""

    title, right, columns = "合并", Right.CUSTOMER_BASE, 1

    def __init__(self, office: Office, preview: MergePreview, taken: Collection[str]) -> None:
        self._office, self._preview, self._taken = office, preview, tuple(taken)

    def about(self) -> str:
        return f"customer:{self._preview.merged_id}/{self._preview.kept_id}"

    def explain(self) -> str:
        told = self._preview
        return f"“{told.merged_name}”并入“{told.kept_name}”，名下的一切跟着转过去；以后可以撤销。"

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_line("reason", "合并根据")

    def work(self, answer: Answer, act: Act, progress: Progress) -> str:
        told, reason = self._preview, str(answer.values["reason"])
        with self._office.desk.reading():
            self._office.backups.before("合并", progress)
            progress(0)
            self._office.merging.merge(told.kept_id, told.merged_id, reason, act, self._taken)
        return f"“{told.merged_name}”已并入“{told.kept_name}”，可在“合并记录”里撤销。"


class UndoMerge(LongQuestion):
    """撤销合并, after a backup."""

    title, right, columns = "撤销合并", Right.CUSTOMER_BASE, 1

    def __init__(self, office: Office, row: MergeRow) -> None:
        self._office, self._row = office, row

    def about(self) -> str:
        return f"merge:{self._row.id}"

    def explain(self) -> str:
        return f"“{self._row.merged_name or NAMELESS}”重新成为一份档案，转走的都回去；合并之后又改过的保持现在的样子。"

    def ask(self, form: FieldForm, now: datetime) -> None:
        form.add_line("reason", "撤销原因")

    def work(self, answer: Answer, act: Act, progress: Progress) -> str:
        with self._office.desk.reading():
            self._office.backups.before("撤销合并", progress)
            progress(0)
            self._office.merging.undo(self._row.id, str(answer.values["reason"]), act)
        return f"合并已撤销，“{self._row.merged_name or NAMELESS}”又是单独一份档案。"
