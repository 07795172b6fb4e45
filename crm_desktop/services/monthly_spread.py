"""分布: the same complaints of a month asked one question after the other; every complaint is in each answer once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crm_desktop.domain.classification import AXIS_LABELS, Axis, group_of
from crm_desktop.domain.complaints import Event
from crm_desktop.domain.monthly import UNCONFIRMED, UNKNOWN, Breakdown, Figure, breakdown
from crm_desktop.services.monthly_facts import Case

_TITLES: tuple[tuple[str, Callable[[Case], str]], ...] = (
    ("接收渠道", lambda case: case.channel),
    ("级别", lambda case: case.severity),
    ("类别", lambda case: case.category),
    ("责任线", lambda case: case.line),
    ("责任人", lambda case: case.responsible),
    ("车型", lambda case: case.model),
)
_KILOMETRES = ((5_000, "5 千公里内"), (10_000, "5 千至 1 万"), (30_000, "1 至 3 万"), (60_000, "3 至 6 万"),
               (100_000, "6 至 10 万"), (10**9, "10 万以上"))  # fmt: skip
_YEARS = ((1, "1 年内"), (2, "1 至 2 年"), (3, "2 至 3 年"), (5, "3 至 5 年"), (10**3, "5 年以上"))
_DAYS = ((1, "1 天内"), (3, "1 至 3 天"), (7, "3 至 7 天"), (10**5, "7 天以上"))
_OPEN = "还没有解决"
_MINUTES = ((30, "30 分钟内"), (180, "30 分钟至 3 小时"), (1_440, "3 至 24 小时"), (10**8, "24 小时以上"))
_UNANSWERED = "没有记响应"
MILEAGE, AGE, RESPONSE, DURATION = "行驶里程", "购车年限", "响应时长", "处理时长"
_CLASSES = (Axis.KIND, Axis.MATTER, Axis.DIMENSION, Axis.CAUSE, Axis.STAGE, Axis.AREA, Axis.LIABILITY, Axis.SYSTEM)
FIVE = ("有形度", "同理度", "专业度", "反映度", "信赖度")
"""五度 in the order of the seed (004 01.2); the radar has an axis for each, whether anything fell to it or not."""


def breakdowns(cases: Sequence[Case]) -> tuple[Breakdown, ...]:
    """What every complaint has: channel, level, category, line, person, model, and four bands."""
    counted = [case for case in cases if case.counts]
    return (
        *(breakdown(title, counted, key, _id) for title, key in _TITLES),
        _banded(MILEAGE, counted, _mileage, [word for _, word in _KILOMETRES]),
        _banded(AGE, counted, _age, [word for _, word in _YEARS]),
        _banded(RESPONSE, counted, _response, [*(word for _, word in _MINUTES), _UNANSWERED]),
        _banded(DURATION, counted, _duration, [*(word for _, word in _DAYS), _OPEN]),
    )


def classes(cases: Sequence[Case]) -> tuple[Breakdown, ...]:
    """What was confirmed at 解决, with the words of that day; 未归类 where nobody did."""
    counted = [case for case in cases if case.counts]
    found = []
    for axis in _CLASSES:
        if axis is Axis.DIMENSION:
            words = [*FIVE, *dict.fromkeys(_class_of(axis)(case) for case in counted)]
            found.append(_banded(AXIS_LABELS[axis], counted, _class_of(axis), list(dict.fromkeys(words))))
        else:
            found.append(breakdown(AXIS_LABELS[axis], counted, _class_of(axis), _id))
    return tuple(found)


def _class_of(axis: Axis) -> Callable[[Case], str]:
    def word(case: Case) -> str:
        return group_of(case.classes.get(axis, "")) or UNCONFIRMED

    return word


def _banded(title: str, cases: Sequence[Case], key: Callable[[Case], str], order: Sequence[str]) -> Breakdown:
    """As ``breakdown``, in an order of its own; what nobody filled in stands last, and only where there is some."""
    found: dict[str, list[int]] = {word: [] for word in order}
    for case in cases:
        found.setdefault(key(case) or UNKNOWN, []).append(case.id)
    return Breakdown(title, tuple(Figure(word, tuple(ids)) for word, ids in found.items()))


def _mileage(case: Case) -> str:
    return "" if case.mileage is None else next(word for limit, word in _KILOMETRES if case.mileage < limit)


def _age(case: Case) -> str:
    """Whole years since the car was bought, on the day of the complaint."""
    bought, came = case.bought_on, case.received_on
    if bought is None or bought > came:
        return ""
    years = came.year - bought.year - ((came.month, came.day) < (bought.month, bought.day))
    return next(word for limit, word in _YEARS if years < limit)


def _response(case: Case) -> str:
    """From 受理 to the first 响应; some routes ask for none."""
    answered = next((step for step in case.steps if step.kind == Event.RESPONDED), None)
    if answered is None:
        return _UNANSWERED
    minutes = (answered.at - case.received_at).total_seconds() / 60
    return next(word for limit, word in _MINUTES if minutes <= limit)


def _duration(case: Case) -> str:
    """From 受理 to the last 解决 that holds; imported history without one is not told."""
    solved = case.last(Event.RESOLVED, this_round=True)
    if solved is None:
        return _OPEN if not case.closed else ""
    days = (solved.at - case.received_at).total_seconds() / 86_400
    return next(word for limit, word in _DAYS if days <= limit)


def _id(case: Case) -> int:
    return case.id
