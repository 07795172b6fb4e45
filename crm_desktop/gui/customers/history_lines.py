"""What can be done with a line of a customer's history: the question that amends it, the one that takes it back."""

from __future__ import annotations

from crm_desktop.domain.customers import CustomerProfile
from crm_desktop.domain.dealings import ContractRow, PaymentRow
from crm_desktop.domain.visits import VisitRow
from crm_desktop.gui.asking import Question
from crm_desktop.gui.customers.dealing_questions import TakeBack, TypeContract, TypePayment, TypeVisit
from crm_desktop.gui.customers.profile_desk import ProfileDesk
from crm_desktop.gui.sign_questions import SettleSign
from crm_desktop.services.timelines import Happening, TimelineRow

TYPED = (Happening.VISIT, Happening.PAYMENT, Happening.CONTRACT)
"""Lines that somebody typed, so that they can be typed anew."""


def is_open_sign(row: TimelineRow | None) -> bool:
    """A sign whose remedy is still to be told."""
    return row is not None and row.kind is Happening.SIGN and row.title == "待补救"


def amending(desk: ProfileDesk, profile: CustomerProfile, row: TimelineRow) -> Question | None:
    """The question with everything that stands there; None for a line nobody typed.

    :raises NotFound: it is gone meanwhile.
    """
    if is_open_sign(row):
        return SettleSign(desk.signs, row.id, row.detail)
    stored = _stored(desk, profile, row)
    if isinstance(stored, VisitRow):
        return TypeVisit(desk, profile, stored)
    if isinstance(stored, PaymentRow):
        return TypePayment(desk, profile, stored)
    return TypeContract(desk, profile, stored) if stored else None


def taking_back(desk: ProfileDesk, profile: CustomerProfile, row: TimelineRow) -> Question | None:
    """The question why; None for a line nobody typed. Raises as ``amending``."""
    stored = _stored(desk, profile, row)
    return TakeBack(desk, stored) if stored else None


def _stored(
    desk: ProfileDesk, profile: CustomerProfile, row: TimelineRow
) -> VisitRow | PaymentRow | ContractRow | None:
    if row.kind is Happening.VISIT:
        return desk.visits.get(row.id)
    if row.kind is Happening.PAYMENT:
        return next((found for found in desk.dealings.payments(profile.id) if found.id == row.id), None)
    if row.kind is Happening.CONTRACT:
        return next((found for found in desk.dealings.contracts(profile.id) if found.id == row.id), None)
    return None
