"""A file at a step of a complaint: scan of a signed paper, screenshot, receipt; written in the step's own transaction.

The step names the file; ``Attachments`` lists it, opens it, and proves that it is still what was added.
"""

from __future__ import annotations

from crm_desktop.domain.attachments import KeptFile, distinct_name
from crm_desktop.models.gathered import Attachment
from crm_desktop.models.ledger import Ledger
from crm_desktop.services.desk import Desk


def attach(desk: Desk, ledger: Ledger, complaint_id: int, kept: KeptFile, note: str) -> str:
    """Makes the file an attachment of the case and returns the name it goes by there; ``note`` says what it is.

    The same content is named once, however many steps it belongs to; another one of the same name gets a number.
    """
    rows = desk.rows(
        "SELECT digest, name FROM attachments WHERE complaint_id = ? AND removed = 0 ORDER BY id", (complaint_id,)
    )
    known: dict[str, str] = dict(rows)
    if kept.digest in known:
        return known[kept.digest]
    name = distinct_name(kept.name, known.values())
    customer, vehicle = desk.rows("SELECT customer_id, vehicle_id FROM complaints WHERE id = ?", (complaint_id,))[0]
    ledger.add(
        Attachment, name, digest=kept.digest, suffix=kept.suffix, name=name, size=kept.size, note=note,
        who=ledger.act.who, entered_at=ledger.act.at, complaint=complaint_id, customer=customer, vehicle=vehicle,
    )  # fmt: skip
    return name
