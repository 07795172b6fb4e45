"""指标: every share is defined once, and says so in words."""

from __future__ import annotations

import pytest

from crm_desktop.domain.kpis import KPIS, share
from crm_desktop.domain.monthly import Figure


@pytest.mark.parametrize("kpi", KPIS.values(), ids=list(KPIS))
def test_a_definition_says_what_is_divided_by_what_and_whose_it_is(kpi):
    assert "÷" in kpi.formula
    assert kpi.source and kpi.part and kpi.whole
    assert kpi.told == f"{kpi.name} = {kpi.formula}（来源：{kpi.source}）"


def test_a_share_that_is_not_in_the_table_is_not_made():
    with pytest.raises(KeyError):
        share("好评率", Figure("", ()), Figure("", ()))
