"""The month's figures, group by group, counted from its facts; each definition names its source in ``formula``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from statistics import mean, median

from crm_desktop.domain.complaints import Event, Severity
from crm_desktop.domain.deadlines import Milestone
from crm_desktop.domain.followups import Satisfaction
from crm_desktop.domain.kpis import share
from crm_desktop.domain.monthly import (
    Amount,
    Breakdown,
    Counted,
    Figure,
    LateLine,
    Past,
    Share,
    Timeliness,
    breakdown,
    change_text,
)
from crm_desktop.domain.reworks import ReworkKind
from crm_desktop.domain.routes import ResolveTo, Rulebook
from crm_desktop.domain.standing import MINUTE, ClockState, Standing
from crm_desktop.services.monthly_facts import FIX_WINDOW, Call, Case, ReworkFact, Step, Visit

Group = tuple[Figure | Share | Amount, ...]
_STEPS = (Milestone.HAND_OVER, Milestone.RESPOND, Milestone.RESOLVE, Milestone.FILE)
_EVENT_OF = {Milestone.HAND_OVER: Event.HANDED_OVER, Milestone.RESPOND: Event.RESPONDED, Milestone.FILE: Event.FILED}


def overview(
    cases: Sequence[Case], visits: Sequence[Visit], past: Sequence[Past] = (), signs: Sequence[int] = ()
) -> Group:
    """概况: how many, against earlier months, and how many of them are closed in time. ``signs`` are no complaints and
    stand apart (A77).
    """
    counted = [case for case in cases if case.counts]
    assessed = [case for case in counted if case.desk]
    judged = _figure("需考核", assessed)
    linked = [case for case in cases if case.linked and not case.void]
    solved = [case.last(Event.RESOLVED) for case in assessed]
    timed = [(case, step.at - case.received_at) for case, step in zip(assessed, solved, strict=True) if step]
    hours = [taken.total_seconds() / 3600 for _, taken in timed]
    lasted = f"{mean(hours):.1f} 小时（中位 {median(hours):.1f}）" if hours else "–"
    return (
        _figure("抱怨/投诉件数", counted),
        *(_compared(len(counted), month) for month in past),
        _figure("重大件数", [case for case in counted if case.severity == Severity.MAJOR]),
        _figure("历史导入", [case for case in counted if not case.desk]),
        _figure("作废", [case for case in cases if case.void]),
        *([_figure("同一事件并计", linked)] if linked else ()),
        share("每百台进厂抱怨数", _figure("抱怨/投诉件数", counted), _visits("进厂台次", visits)),
        share("关闭率", _figure("已关闭", [case for case in assessed if case.closed]), judged),
        share("及时关闭率", _figure("及时关闭", [case for case in assessed if _in_time(case)]), judged),
        share("一次性及时关闭率", _figure("一次性及时关闭", [c for c in assessed if _closed_at_once(c)]), judged),
        share("重复处理率", _figure("重复处理", [case for case in assessed if not case.in_one_go]), judged),
        _figure("申请延期", [case for case in assessed if case.asked]),
        _figure("暂不能解决", [case for case in assessed if case.waits]),
        _figure("批准延期", [case for case in assessed if case.extended]),
        _figure("换过责任人", [case for case in assessed if case.passed_on]),
        Amount("平均处理时长", lasted, "受理到解决", _figure("已解决", [case for case, _ in timed])),
        Figure("苗头（没有来投诉）", tuple(signs), Counted.SIGNS),
    )


def filled_by_rule(cases: Sequence[Case], rulebook: Rulebook, roles: Mapping[str, Collection[str]]) -> Share:
    """按岗位填单: whose post the route names, among those in the staff table (``roles`` by name); it refuses nobody."""
    known = [case for case in cases if case.desk and not case.void and case.received_by in roles]
    kept = [case for case in known if rulebook.rule(case.channel, case.severity).filled_by in roles[case.received_by]]
    return share("按岗位填单", _figure("岗位相符", kept), _figure("接收人在员工表里", known))


def timeliness(cases: Sequence[Case], rulebook: Rulebook) -> tuple[Timeliness, ...]:
    """时效: of each step, who had a clock for it and who kept it; a clock still running counts as kept.

    A case counts once for a step however often it was reopened: late if it was late in any round, and then told with
    the round in which it was latest (``Clocks.of_every_round``).
    """
    found = []
    for step in _STEPS:
        having = [(case, clock) for case in cases for clock in case.clocks if clock.deadline.milestone == step]
        late = [(case, clock) for case, clock in having if clock.late_minutes]
        kept = _figure("按时", [case for case, clock in having if not clock.late_minutes])
        in_time = share(f"{step.label}及时率", kept, _figure("应办", [case for case, _ in having]))
        found.append(Timeliness(step.label, in_time, tuple(_late(case, clock, rulebook) for case, clock in late)))
    return tuple(found)


def reworks(facts: Sequence[ReworkFact], visits: Sequence[Visit], returns: Sequence[ReworkFact]) -> Group:
    """返修: inside and outside the house, against the workshop's orders of the month; ``returns`` as in ``Facts``."""
    orders = _visits("维修台次", visits)
    again = [fact for fact in facts if sum(one.complaint_id == fact.complaint_id for one in facts) > 1]
    back = {visit.id for visit in visits if any(_came_back(visit, fact) for fact in returns)}
    promised = [visit for visit in visits if visit.promised_on]
    in_time = [visit for visit in promised if visit.promised_on and visit.left_on <= visit.promised_on]
    stayed = _visits("一次修好", [visit for visit in visits if visit.id not in back])
    return (
        *(_reworks(str(kind), [fact for fact in facts if fact.kind == kind]) for kind in ReworkKind),
        _reworks("同单再次返修", again),
        share("返修率", _reworks("返修台次", facts), orders),
        share("一次修复率", stayed, orders),
        share("准时交车率", _visits("准时交车", in_time), _visits("写了预计交车", promised)),
    )


def calls(made: Sequence[Call], visits: Sequence[Visit]) -> Group:
    """回访: how many were reached, at once or later, and what they said."""
    total, reached = _calls("回访总数", made), _calls("成功回访", [call for call in made if call.reached])
    first = _calls("一次成功", [call for call in made if call.reached and call.first])
    happy = _calls("满意", [call for call in made if call.satisfied])
    return (
        total,
        share("回访率", total, _visits("结算车次", visits)),
        share("回访成功率", reached, total),
        share("一次成功回访率", first, total),
        share("满意率", happy, reached),
    )


def failures(made: Sequence[Call]) -> Breakdown:
    """Why customers were not reached; shares are of the failures."""
    return breakdown("不成功原因", [call for call in made if not call.reached], _outcome, _call_id, Counted.CALLS)


def satisfaction(cases: Sequence[Case]) -> Group:
    """最终满意: what the customer of each complaint said last, once of all, once without 恶意 and 无效 (gap G17)."""
    counted = [case for case in cases if case.counts]
    answered = [case for case in counted if case.answer]
    fair = [case for case in answered if not case.judged]
    unhappy = [case for case in answered if case.closed and case.answer != Satisfaction.SATISFIED]
    return (
        _satisfied("最终满意率", answered),
        _satisfied("最终满意率（不含恶意、无效）", fair),
        _figure("恶意或无效", [case for case in counted if case.judged]),
        _figure("已关闭但不是满意", unhappy),
        _figure("还没有客户答复", [case for case in counted if not case.answer]),
    )


def _compared(now: int, past: Past) -> Amount:
    label = f"{past.name}（{'环比' if past.name == '上月' else '同比'}）"
    before = past.value("抱怨/投诉件数")
    return Amount(label, "没有数据" if before is None else f"{before:.0f} 件，{change_text(now, int(before))}")


def _satisfied(label: str, answered: Sequence[Case]) -> Share:
    happy = [case for case in answered if case.answer == Satisfaction.SATISFIED]
    return share(label, _figure("满意", happy), _figure("有答复", answered))


def _in_time(case: Case) -> bool:
    """Fed back within its limit, or not yet due: the clock of 解决 is not late."""
    return not any(clock.late_minutes for clock in case.clocks if clock.deadline.milestone == Milestone.RESOLVE)


def _closed_at_once(case: Case) -> bool:
    happy = case.answer == Satisfaction.SATISFIED
    return case.closed and happy and not case.extended and case.in_one_go and _in_time(case)


def _late(case: Case, clock: Standing, rulebook: Rulebook) -> LateLine:
    milestone = clock.deadline.milestone
    kind = _EVENT_OF.get(milestone, Event.RESOLVED)
    if milestone is Milestone.RESOLVE:
        to_closing = rulebook.rule(case.channel, case.severity).resolve_to is ResolveTo.CLOSED
        kind = Event.CLOSED if to_closing else Event.RESOLVED
    step = _ended(case, kind, clock) if clock.state is ClockState.DONE_LATE else None
    return LateLine(
        id=case.id,
        number=case.number,
        milestone=milestone.label,
        due=clock.deadline.due,
        done=step.at if step else None,
        late_minutes=clock.late_minutes,
        responsible=case.responsible,
        reason=step.late_reason if step else "",
    )


def _ended(case: Case, kind: Event, clock: Standing) -> Step | None:
    """The step that stopped this clock: of a case of several rounds the one that is exactly so late."""
    due, late = clock.deadline.due, clock.late_minutes
    taken = (step for step in reversed(case.steps) if step.kind == kind)
    return next((step for step in taken if -((due - step.at) // MINUTE) == late), None)


def _came_back(visit: Visit, fact: ReworkFact) -> bool:
    """Whether this order is the one the rework had to repeat."""
    if fact.kind != ReworkKind.EXTERNAL or not timedelta() <= fact.came_on - visit.left_on <= FIX_WINDOW:
        return False
    if fact.order_number and visit.order_number:
        return fact.order_number == visit.order_number
    return fact.vehicle_id is not None and fact.vehicle_id == visit.vehicle_id


def _figure(label: str, cases: Iterable[Case]) -> Figure:
    return Figure(label, tuple(case.id for case in cases))


def _visits(label: str, visits: Iterable[Visit]) -> Figure:
    return Figure(label, tuple(visit.id for visit in visits), Counted.VISITS)


def _reworks(label: str, facts: Iterable[ReworkFact]) -> Figure:
    return Figure(label, tuple(fact.id for fact in facts), Counted.REWORKS)


def _calls(label: str, made: Iterable[Call]) -> Figure:
    return Figure(label, tuple(call.id for call in made), Counted.CALLS)


def _id(case: Case) -> int:
    return case.id


def _call_id(call: Call) -> int:
    return call.id


def _outcome(call: Call) -> str:
    return call.outcome
