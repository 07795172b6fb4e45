"""What several services look up in the same words: a complaint by its number, a customer's phone."""

from __future__ import annotations

from collections.abc import Mapping

from crm_desktop.domain.columns import CellValue
from crm_desktop.domain.errors import NotFound
from crm_desktop.domain.identity import complaint_number_key
from crm_desktop.services.desk import Desk

PHONE_OF = (
    "(SELECT value FROM contacts WHERE customer_id = {owner} AND removed = 0 AND kind IN ('手机', '座机')"
    " ORDER BY position LIMIT 1)"
)
"""SQL for the first phone of a customer; ``owner`` names the column with his id."""


def ordered_by(desk: Desk, source: str, columns: Mapping[str, str], title: str) -> dict[int, CellValue] | None:
    """What each record of a long list is ordered by in the column of this title, without fetching a row of it.

    ``columns`` are SQL expressions by title over ``source``, whose first table is ``q``; None where it has none.
    """
    expression = columns.get(title)
    return dict(desk.rows(f"SELECT q.id, {expression} FROM {source}")) if expression else None


def complaint_id(desk: Desk, number: str) -> int:
    """The complaint behind its own number or its source number.

    :raises NotFound: neither is known.
    """
    asked = complaint_number_key(number)
    for column, value in (("number", asked), ("source_number", number.strip())):
        found = desk.rows(f"SELECT id FROM complaints WHERE {column} = ?", (value,))
        if found:
            return int(found[0][0])
    raise NotFound(f"没有单号为“{number.strip()}”的抱怨单，请核对单号（也可以填来源单号）。")
