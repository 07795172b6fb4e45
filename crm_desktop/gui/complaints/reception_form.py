"""受理: the twelve inputs of the paper's first block, in its order; used for a new complaint and for a stored one."""

from __future__ import annotations

from PySide6.QtCore import QObject

from crm_desktop.clock import Clock
from crm_desktop.domain.complaints import CATEGORIES, Channel, Severity
from crm_desktop.gui.widgets.field_form import FieldForm
from crm_desktop.gui.widgets.fields import ChoiceField
from crm_desktop.gui.widgets.suggest_line import Suggest
from crm_desktop.services.rules import Rules

NO_CATEGORY = ("", "未分类")


def reception_form(suggest_name: Suggest, suggest: Suggest, clock: Clock, rows: int, rules: Rules) -> FieldForm:
    """Names are those of ``ComplaintDraft``; the four fields of customer and car offer who is in the files.

    ``rows`` is the height of 抱怨内容 in lines; ``rules`` say which channels there are (A5) and what to ask about
    by category (A18).
    """
    form = FieldForm(columns=3, clock=clock)
    form.add_suggest("customer_name", "客户姓名", suggest_name)
    form.add_suggest("phone", "联系电话", suggest)
    form.add_line("brought_by", "送修人")
    form.add_suggest("plate", "车牌号", suggest)
    form.add_suggest("vin", "VIN", suggest)
    form.add_number("mileage", "行驶里程", "km")
    form.add_choice("channel", "接收渠道", rules.rulebook().offered, Channel.RECEPTION)
    form.add_choice("severity", "级别", Severity, Severity.ORDINARY)
    form.add_moment("received_at", "受理时间")
    form.add_choice("category", "类别", (NO_CATEGORY, *CATEGORIES), "")
    form.add_line("demand", "诉求", "客户想要什么", span=2)
    form.add_text("words", "抱怨内容", rows=rows, placeholder="客户的原话")
    Asking(form, rules)
    return form


def offer_channels(form: FieldForm, rules: Rules) -> None:
    """The channels of today, for the rules may have changed since the form was built; what is chosen stays."""
    field = form.field("channel")
    if isinstance(field, ChoiceField):
        field.set_options(rules.rulebook().offered, field.value())


class Asking(QObject):
    """Says below the words what to ask about a complaint of the chosen category."""

    def __init__(self, form: FieldForm, rules: Rules) -> None:
        super().__init__(form)
        self._form, self._rules = form, rules
        form.changed.connect(self._on_changed)

    def _on_changed(self, name: str) -> None:
        if name == "category":
            asked = self._rules.questions().get(str(self._form.typed()["category"]), "")
            self._form.show_hints({"words": f"问清：{asked}" if asked else ""})
