"""What merged files were called: whoever comes by an old name or number is the customer his file went into.

former(desk) -> Former       former.names(customer_id) -> names       former.by_source(number) -> customer_id or None
"""

from __future__ import annotations

from dataclasses import dataclass, field

from crm_desktop.services.desk import Desk

_GIVEN_UP = """
    SELECT m.kept_id, m.merged_id, json_extract(u.value, '$[2]'), json_extract(u.value, '$[3]')
    FROM merges m JOIN json_each(m.undo) u
    WHERE m.undone_at IS NULL AND json_extract(u.value, '$[0]') = 'customers'
        AND json_extract(u.value, '$[1]') = m.merged_id AND json_extract(u.value, '$[2]') IN ('name', 'source_number')
    ORDER BY m.id DESC
"""


@dataclass(frozen=True, slots=True)
class Former:
    """By the id of the file that stands now."""

    _names: dict[int, set[str]] = field(default_factory=dict)
    _sources: dict[str, int] = field(default_factory=dict)

    def names(self, customer_id: int) -> set[str]:
        """Every name of a file that went into this one."""
        return self._names.get(customer_id, set())

    def by_source(self, number: str) -> int | None:
        """Whose this number of the source is now, where it was given up in a merge."""
        return self._sources.get(number)


def former(desk: Desk) -> Former:
    """Of all merges that stand, read once; the last merge is looked at first, so that a chain ends in its last file."""
    found = Former()
    standing: dict[int, int] = {}
    for kept, merged, word, old in desk.rows(_GIVEN_UP):
        now = standing[merged] = standing.get(kept, kept)
        if old and word == "name":
            found._names.setdefault(now, set()).add(old)
        elif old:
            found._sources[old] = now
    return found
