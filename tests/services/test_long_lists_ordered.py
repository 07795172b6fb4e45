"""A long list is ordered by one query for its column; that is the order its own rows would give."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

import pytest

from crm_desktop.domain.followups import CallDraft, PlanDraft
from crm_desktop.gui.complaints.columns import COLUMNS
from crm_desktop.gui.customers.columns import CUSTOMERS
from crm_desktop.gui.followups.columns import MADE
from crm_desktop.gui.widgets.row_sources import PagedRows
from crm_desktop.services.cases import ALL, ComplaintFilter
from crm_desktop.services.office import Office
from tests.makers import TODAY, act, registered

NAMES = ("曾小明", "张伟", "章强", "陈静", "abd")
HIDDEN = {"电话", "受理时间", "车型", "车牌"}
"""Ordered by what lies behind them: a masked number, an hour beside a day, a dot in a plate."""


@pytest.fixture
def filled(office: Office) -> Office:
    """Customers in no order, each with a complaint and a call that was made."""
    for place, name in enumerate(NAMES):
        number = registered(office, customer_name=name, phone=f"1390000{place:04}", plate=f"沪A{place:05}").number
        call = office.follow_ups.plan(number, PlanDraft(TODAY), act())
        office.follow_ups.record(call, 1, CallDraft(satisfaction="满意", score=9 - place, feedback=name[::-1]), act())
    return office


def lists(office: Office) -> list[tuple[Any, Any, Any]]:
    """Columns, service and ids of each list that may be long."""
    cases = office.cases.ids(ComplaintFilter(ALL))
    return [
        (COLUMNS, office.cases, cases), (CUSTOMERS, office.customers, office.customers.ids()),
        (MADE, office.follow_ups, office.follow_ups.made_ids()),
    ]  # fmt: skip


@pytest.mark.parametrize("descending", [False, True])
def test_a_long_list_is_ordered_as_its_rows_are(
    filled: Office, descending: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm_desktop.gui.widgets.row_sources.FETCHED_TO_SORT", 0)
    for columns, service, ids in lists(filled):
        assert len(ids) == len(NAMES)
        for column in columns:
            by_query = PagedRows(ids, service.fetch, attrgetter("id"), values=service.ordered_by)
            by_rows = PagedRows(ids, service.fetch, attrgetter("id"))
            assert service.ordered_by(column.title) is not None, column.title
            by_query.sort(column, descending)
            by_rows.sort(column, descending)
            if column.title not in HIDDEN:
                assert [by_query.key_at(n) for n in range(len(ids))] == [by_rows.key_at(n) for n in range(len(ids))]
