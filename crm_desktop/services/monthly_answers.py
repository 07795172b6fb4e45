"""What the customers of the month answered to the script of 回访: a line for each question that was asked."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import mean

from crm_desktop.domain.monthly import Amount, Counted, Figure, Share
from crm_desktop.domain.script import EXPECTED, OVERALL, PERCEIVED, RETURN, ScriptStep, StepKind, gap
from crm_desktop.services.monthly_facts import Call

_SHORT = {OVERALL: "总体评分", EXPECTED: "期望", PERCEIVED: "感受", RETURN: "愿意再来店"}
_SAYS = {
    "fixed": "一次解决",
    "new_trouble": "没有新问题",
    "on_time": "按约定时间",
    "explained": "事先讲清",
    "recommend": "愿意推荐",
}
_GIVES = {"attitude": "服务态度评分", "place": "环境洗车评分"}
_GOOD = {RETURN: "愿意"}


def answers(made: Sequence[Call], script: Sequence[ScriptStep]) -> tuple[Figure | Share | Amount, ...]:
    """A share or a mean a question; nothing where nobody was asked."""
    lines = [line for step in script if (line := _line(step, made)) is not None]
    gaps = [(found, call) for call in made if (found := gap(call.answers)) is not None]
    if gaps:
        worse = _calls("感受低于期望", [call for found, call in gaps if found < 0])
        told = f"{mean(found for found, _ in gaps):+.1f} 分（问到 {len(gaps)} 人，{worse.value} 人感受低于期望）"
        asked = _calls("问到", [call for _, call in gaps])
        lines.append(Amount("感受减期望", told, "感受分 − 期望分的平均；负数就是没有达到期望", asked, worse))
    return tuple(lines)


def _line(step: ScriptStep, made: Sequence[Call]) -> Share | Amount | None:
    asked = [call for call in made if call.answers.get(step.key)]
    if not asked or step.kind in (StepKind.SAY, StepKind.TICKS):
        return None
    label = {**_SHORT, **_SAYS, **_GIVES}.get(step.key, step.ask)
    if step.kind is StepKind.SCORE:
        scored = [call for call in asked if call.answers[step.key].isdigit()]
        scores = [int(call.answers[step.key]) for call in scored]
        told = f"{mean(scores):.1f} 分（{len(scores)} 人）" if scores else "–"
        return Amount(label, told, f"“{step.ask}”的平均分", _calls("问到", scored))
    wanted = _GOOD.get(step.key)
    said = {call.id: call.answers[step.key] for call in asked}
    good = [call for call in asked if (said[call.id] == wanted if wanted else not step.is_low(said[call.id]))]
    return Share(label, _calls(label, good), _calls("问到", asked), f"“{step.ask}”答得好的 ÷ 问到的")


def _calls(label: str, calls: Sequence[Call]) -> Figure:
    return Figure(label, tuple(call.id for call in calls), Counted.CALLS)
