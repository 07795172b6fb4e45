"""典型案例: three complaints of the month that say most, chosen by a rule anybody can check, or by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from crm_desktop.domain.complaints import Severity
from crm_desktop.domain.followups import Satisfaction
from crm_desktop.domain.monthly import TypicalCase
from crm_desktop.services.desk import Desk
from crm_desktop.services.monthly_facts import Case

MANY = 3
_TEXTS = """
    SELECT id, words, correction, root_cause, long_term_measure, state FROM complaints WHERE id IN ({ids})
"""
_SIGNS = ((3, "重大"), (2, "有返修"), (2, "客户不满意"), (1, "有超期"))


def typical(desk: Desk, cases: Sequence[Case], chosen: Sequence[str] = ()) -> tuple[TypicalCase, ...]:
    """The cases of these numbers, or the three that score highest.

    重大 counts 3, 返修 and 客户不满意 2 each, 超期 1, every written one of 缺点纠正, 根本原因, 长期措施 1; of equals
    the one of the commoner category, then the earlier one.
    """
    counted = [case for case in cases if case.counts]
    common = Counter(case.category for case in counted)
    by_number = {case.number: case for case in counted}
    found = [by_number[number] for number in chosen if number in by_number]
    if not found:
        ranked = sorted(counted, key=lambda case: (-_score(case), -common[case.category], case.received_at, case.id))
        found = ranked[:MANY]
    texts = {row[0]: row[1:] for row in desk.rows(_TEXTS.format(ids=", ".join(str(case.id) for case in found)))}
    return tuple(_case(case, texts[case.id], by_hand=bool(chosen)) for case in found)


def _signs(case: Case) -> list[tuple[int, str]]:
    held = (
        case.severity == Severity.MAJOR,
        case.reworked,
        bool(case.answer) and case.answer != Satisfaction.SATISFIED,
        any(clock.late_minutes for clock in case.clocks),
    )
    return [sign for sign, holds in zip(_SIGNS, held, strict=True) if holds]


def _score(case: Case) -> int:
    return sum(points for points, _ in _signs(case)) + case.told


def _case(case: Case, texts: Sequence[str], *, by_hand: bool) -> TypicalCase:
    words, correction, cause, measure, state = texts
    why = "、".join(word for _, word in _signs(case)) or "记录完整"
    about = "，".join(filter(None, (case.severity, case.category, case.model, case.line and f"{case.line}线")))
    answer = f"，客户{case.answer}" if case.answer else "，还没有客户答复"
    return TypicalCase(
        case.id, case.number, about, f"手选（{why}）" if by_hand else why, words, correction, cause, measure,
        f"{state}{answer}",
    )  # fmt: skip
