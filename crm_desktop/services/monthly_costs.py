"""What the month's complaints cost in 补偿, beside how content the customers were (A272, A294)."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.domain.compensations import yuan_words
from crm_desktop.domain.followups import Satisfaction
from crm_desktop.domain.monthly import Amount, Figure
from crm_desktop.services.compensations import Compensations
from crm_desktop.services.desk import Desk
from crm_desktop.services.monthly_facts import Case


def costs(desk: Desk, cases: Sequence[Case]) -> tuple[Figure | Amount, ...]:
    """Which complaints got something, which of them are content, and how much it was; nothing where nobody got any."""
    counted = [case for case in cases if case.counts]
    fen = Compensations(desk).cost_fen([case.id for case in counted])
    if not fen:
        return ()
    given = [case for case in counted if case.id in fen]
    content = [case for case in given if case.answer == Satisfaction.SATISFIED]
    whole = sum(fen.values())
    told = f"{yuan_words(whole)}（平均 {yuan_words(round(whole / len(fen)))}）"
    compensated = Figure("有补偿的单", tuple(case.id for case in given))
    return (
        compensated,
        Figure("有补偿、最后满意的单", tuple(case.id for case in content)),
        Amount("补偿合计", told, "补偿金额之和；平均按有补偿的单", compensated),
    )
