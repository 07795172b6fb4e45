"""The form for what came of a call, the same in the room 回访 and on a complaint."""

from __future__ import annotations

from collections.abc import Callable

from crm_desktop.clock import Clock
from crm_desktop.domain.followups import CallDraft, Outcome, Satisfaction
from crm_desktop.domain.redial import Redial, Way
from crm_desktop.domain.script import OVERALL
from crm_desktop.gui.widgets.field_form import FieldForm

_WORDS = ("outcome", "satisfaction")
_REACHED_ONLY = ("satisfaction", "score")


class CallForm(FieldForm):
    """Neither the outcome nor the satisfaction is ever assumed; who was not reached has said nothing."""

    def __init__(self, columns: int, clock: Clock) -> None:
        super().__init__(columns, clock)
        self._locked = False
        self._propose: Callable[[str], Redial | None] | None = None
        self._proposed: Redial | None = None
        self.add_choice("outcome", "结果", Outcome)
        self.add_choice("satisfaction", "满意度", Satisfaction)
        self.add_number("score", "评分")
        self.add_line("caller", "回访人")
        self.add_moment("called_at", "回访时间")
        self.add_day("next_on", "下次回访")
        self.add_text("feedback", "顾客反馈", rows=2, placeholder="客户的原话")
        self.field("outcome").changed.connect(self._fit)

    def draft(self) -> CallDraft:
        """What was typed, unchecked.

        :raises InvalidInput: what cannot be read.
        """
        values = self.values()
        way = self._proposed.way if self._proposed is not None and values["next_on"] else Way.PHONE
        told = {name: values[name] or "" for name in _WORDS}
        return CallDraft(**{**values, **told, "next_way": "" if way is Way.PHONE else str(way)})

    def propose_by(self, after: Callable[[str], Redial | None]) -> None:
        """Who knows when to try again: asked with the outcome as soon as it is chosen; the day may be changed."""
        self._propose = after

    def take_answer(self, key: str, answer: str) -> None:
        """Of the script: who answers was reached; 总的来说 is the score."""
        if self.field("outcome").value() != Outcome.REACHED:
            self.field("outcome").set_value(Outcome.REACHED)
        if key == OVERALL:
            self.field("score").set_value(int(answer))

    def lock(self, locked: bool, *names: str) -> None:
        super().lock(locked, *names)
        if not names:
            self._locked = locked
            self._fit()

    def _fit(self) -> None:
        """The questions for somebody who was reached are open for him only; else he is called again."""
        outcome = self.field("outcome").value()
        reached = outcome == Outcome.REACHED
        if not reached and not self._locked:
            for name in _REACHED_ONLY:
                self.field(name).set_value(None)
        super().lock(self._locked or not reached, *_REACHED_ONLY)
        if not self._locked:
            self.clear_errors()
            self._plan_next(str(outcome or ""), reached=reached)

    def _plan_next(self, outcome: str, *, reached: bool) -> None:
        """The next attempt by the redial plan; what was proposed for another outcome goes."""
        before, field = self._proposed, self.field("next_on")
        self._proposed = self._propose(outcome) if self._propose is not None and outcome and not reached else None
        if self._proposed is not None:
            field.set_value(self._proposed.on)
            self.show_hints({"next_on": self._proposed.told})
        elif before is not None:
            field.set_value(None)
        elif outcome and not reached:
            self.show_hints({"next_on": "填了日期，到那天再提醒"})


def begun(caller: str) -> dict[str, object]:
    """What an empty form says: who calls, and nothing else."""
    return {
        "outcome": None, "satisfaction": None, "score": None, "caller": caller, "called_at": None, "next_on": None,
        "feedback": "",
    }  # fmt: skip
