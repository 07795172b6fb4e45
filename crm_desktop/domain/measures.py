"""纠正预防措施 and their 有效性评估: what a measure must say, and when it may be called effective.

Sources: requirements A31, A39, A40 (seed 001 篇1 五.4 and 记录 4, 5); facts.md section 4; gap G11 (30 days).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from crm_desktop.domain.errors import InvalidInput, NotAllowed
from crm_desktop.domain.proofs import Alike, Proof
from crm_desktop.domain.text import checked_line, checked_text

WINDOW_DAYS = 30
"""评估窗口 when nobody chose another one (gap G11)."""
LONGEST_WINDOW = 365
_WINDOW_FAULT = f"观察天数请填 1 到 {LONGEST_WINDOW} 天。"
_NOTHING_AGAIN = frozenset({"", "无", "没有", "0"})


class MeasureKind(StrEnum):
    """纠正: so that this one is right again; 预防: so that it does not happen elsewhere."""

    CORRECTIVE = "纠正"
    PREVENTIVE = "预防"


class MeasureState(StrEnum):
    """Where a measure stands: always computed from its dates and its last evaluation."""

    RUNNING = "进行中"
    LATE = "已超期"
    TO_EVALUATE = "待评估"
    EFFECTIVE = "有效"
    PARTLY = "部分有效"
    INEFFECTIVE = "无效"
    CANCELLED = "已取消"


class Conclusion(StrEnum):
    """What an evaluation says."""

    EFFECTIVE = "有效"
    PARTLY = "部分有效"
    INEFFECTIVE = "无效"


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """One measure as typed: why, who does what, by when, how much of it, how one will see that it was done.

    ``complaints`` are the numbers of the complaints it came from; a measure out of a figure has none. ``replaces``
    is the measure that was not found 有效. ``watch_days``: how long after it was done one watches whether it helped.
    """

    kind: str = MeasureKind.CORRECTIVE
    cause: str = ""
    what: str = ""
    who: str = ""
    due_on: date | None = None
    amount: str = ""
    verify: str = ""
    complaints: tuple[str, ...] = ()
    replaces: int | None = None
    watch_days: int = WINDOW_DAYS

    @property
    def readings(self) -> dict[str, str]:
        """Deed and proof, each as a whole sentence for the wording check.

        Each is read on its own, beside neighbours that answer the other questions: a good proof must not cover for
        a deed that says nothing, nor the other way round.
        """
        who_when = f"{self.who}{self.due_on:%Y年%m月%d日}前" if self.due_on else self.who
        return {"what": f"{who_when}{self.what}，服务经理签字", "verify": f"{who_when}更换滑阀箱，{self.verify}"}


@dataclass(frozen=True, slots=True)
class EvaluationDraft:
    """An evaluation as typed: complaints of the same kind in the window before, and in the window after.

    Where its complaints say what to compare, both are counted from the register (``services/proofs.py``) by what is
    ``compared`` (values of ``Alike``; what is proposed where none is named), and what was typed is not asked.
    ``evaluated_on`` None means today; ``recurrences``: what came again and stands in no register.
    """

    before: int = 0
    after: int = 0
    conclusion: str = ""
    basis: str = ""
    recurrences: str = ""
    window_days: int = WINDOW_DAYS
    evaluated_on: date | None = None
    compared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvaluationRow:
    """One evaluation as it was made; ``proof`` is what was counted, None where the numbers came from elsewhere."""

    id: int
    ver: int
    draft: EvaluationDraft
    evaluator: str
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure with what became of it; ``evaluation`` is the last one made."""

    id: int
    ver: int
    number: str
    draft: MeasureDraft
    evidence: str
    done_on: date | None
    done_by: str
    override_reason: str
    cancelled: bool
    entered_on: date
    evaluation: EvaluationRow | None
    on_behalf_of: str = ""
    confirmed: bool = False

    @property
    def awaits_confirmation(self) -> bool:
        """代录, 待本人确认."""
        return bool(self.on_behalf_of) and not self.confirmed and not self.cancelled

    @property
    def evaluation_due(self) -> date | None:
        """The day the window after the measure has passed; None while it is not done."""
        return self.done_on + timedelta(days=self.draft.watch_days) if self.done_on else None

    def state(self, today: date) -> MeasureState:
        """Where it stands on that day."""
        if self.cancelled:
            return MeasureState.CANCELLED
        if self.evaluation:
            return MeasureState(self.evaluation.draft.conclusion)
        if self.done_on:
            return MeasureState.TO_EVALUATE
        late = self.draft.due_on is not None and self.draft.due_on < today
        return MeasureState.LATE if late else MeasureState.RUNNING


def checked_measure(draft: MeasureDraft) -> MeasureDraft:
    """The draft cleaned.

    :raises InvalidInput: unknown kind, no cause (the root cause comes before measures, requirement A30), or a measure
        that does not say who, what, by when and how it is verified (requirement A31).
    """
    cleaned = replace(
        draft,
        cause=checked_text(draft.cause, "根本原因"),
        what=checked_text(draft.what, "措施"),
        who=checked_line(draft.who, "责任人", 80),
        amount=checked_line(draft.amount, "数量"),
        verify=checked_text(draft.verify, "验证方法"),
        complaints=tuple(dict.fromkeys(number.strip() for number in draft.complaints if number.strip())),
    )
    faults: dict[str, str] = {}
    if cleaned.kind not in tuple(MeasureKind):
        faults["kind"] = "措施类型请选 纠正 或 预防。"
    if not cleaned.cause:
        faults["cause"] = "先写根本原因，再定措施。"
    if not cleaned.what:
        faults["what"] = "请写具体做什么。"
    if not cleaned.who:
        faults["who"] = "请写谁来做（一个人或一个岗位）。"
    if cleaned.due_on is None:
        faults["due_on"] = "请写何时完成。"
    if not cleaned.verify:
        faults["verify"] = "请写怎么验证：看什么记录、谁来查。"
    if not 1 <= cleaned.watch_days <= LONGEST_WINDOW:
        faults["watch_days"] = _WINDOW_FAULT
    if faults:
        raise InvalidInput(faults)
    return cleaned


def check_done_on(done_on: date, entered_on: date, today: date) -> None:
    """:raises InvalidInput: a day to come, or before the measure was decided."""
    if not entered_on <= done_on <= today:
        raise InvalidInput({"done_on": f"完成日期应在 {entered_on}（登记措施）和今天之间，请核对。"})


def checked_evaluation(draft: EvaluationDraft, done_on: date | None, today: date) -> EvaluationDraft:
    """The evaluation cleaned, with its day filled in.

    :raises NotAllowed: the measure is not done, or its window has not passed (无效 may be said at once).
    :raises InvalidInput: a conclusion that is none; 有效 although the same came again (facts.md section 4);
        no basis; numbers below zero.
    """
    if done_on is None:
        raise NotAllowed("这项措施还没有完成，不能评估；请先登记完成日期和证据。")
    day = draft.evaluated_on or today
    recurrences, basis = checked_text(draft.recurrences, "再发清单"), checked_text(draft.basis, "评估依据")
    faults = _numbers_wrong(draft) | _conclusion_wrong(draft, recurrences)
    if not done_on <= day <= today:
        faults["evaluated_on"] = f"评估日期应在 {done_on}（措施完成）和今天之间，请核对。"
    if not basis:
        faults["basis"] = "请写评估依据：看了哪些记录、数字从哪里来。"
    if faults:
        raise InvalidInput(faults)
    window_end = done_on + timedelta(days=draft.window_days)
    if day < window_end and draft.conclusion != Conclusion.INEFFECTIVE:
        raise NotAllowed(f"评估窗口到 {window_end} 才满 {draft.window_days} 天，请到时再评估；已经再发的可以判“无效”。")
    return replace(draft, basis=basis, recurrences=recurrences, evaluated_on=day)


def _numbers_wrong(draft: EvaluationDraft) -> dict[str, str]:
    faults: dict[str, str] = {}
    if unknown := [word for word in draft.compared if word not in tuple(Alike)]:
        faults["compared"] = f"比什么请从 {'、'.join(Alike)} 中选，没有“{unknown[0]}”。"
    if draft.before < 0 or draft.after < 0:
        faults["before"] = "同类抱怨件数不能小于 0，请核对。"
    if not 1 <= draft.window_days <= LONGEST_WINDOW:
        faults["window_days"] = _WINDOW_FAULT
    return faults


def _conclusion_wrong(draft: EvaluationDraft, recurrences: str) -> dict[str, str]:
    """What came again, in the register or outside of it, forbids 有效 (facts.md section 4)."""
    if draft.conclusion not in tuple(Conclusion):
        return {"conclusion": f"请选评估结论：{'、'.join(Conclusion)}。"}
    if draft.conclusion != Conclusion.EFFECTIVE:
        return {}
    if draft.after > 0:
        return {"conclusion": f"实施后同类抱怨又有 {draft.after} 件，不能判“有效”，请选“部分有效”或“无效”。"}
    if recurrences.strip("。 ") not in _NOTHING_AGAIN:
        return {"conclusion": "再发清单里写了又发生的，不能判“有效”，请选“部分有效”或“无效”。"}
    return {}
