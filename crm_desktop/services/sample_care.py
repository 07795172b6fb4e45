"""Calls of care in the sample home: to customers who were served and never complained; one of them may complain now."""

from __future__ import annotations

from datetime import date, timedelta

from crm_desktop.domain.acts import Act
from crm_desktop.domain.followups import PlanDraft
from crm_desktop.domain.sample_words import cast
from crm_desktop.domain.staff import Role
from crm_desktop.services.desk import Desk
from crm_desktop.services.dispatch import Dispatch

_REASON = "交车后回访，问用车情况"
_CONTENT = """
    SELECT w.customer_id FROM visits w JOIN customers c ON c.id = w.customer_id
    WHERE c.do_not_disturb = 0 AND c.contact_consent <> '不同意' AND w.left_on IS NOT NULL
        AND EXISTS (SELECT 1 FROM contacts t WHERE t.customer_id = c.id AND t.removed = 0 AND t.kind = '手机'
            AND t.do_not_disturb = 0)
        AND NOT EXISTS (SELECT 1 FROM complaints q WHERE q.customer_id = c.id OR q.vehicle_id IN
            (SELECT v.id FROM vehicles v WHERE v.customer_id = c.id))
    GROUP BY w.customer_id ORDER BY MAX(w.left_on) DESC, w.customer_id LIMIT 3
"""


class SampleCare:
    """Planned on the last evening, when every order is there."""

    def __init__(self, desk: Desk, until: date) -> None:
        self._desk, self._until = desk, until

    def plan(self, act: Act) -> None:
        """One call that should have been made the day before, the others on the day shown as today."""
        found = [customer for (customer,) in self._desk.rows(_CONTENT)]
        for customers, on in ((found[:1], self._until - timedelta(days=1)), (found[1:], self._until)):
            if customers:
                draft = PlanDraft(on, cast().staff[Role.CARE_AGENT], _REASON)
                Dispatch(self._desk).plan_care(customers, draft, act)
