"""Any imports by any rules, taken back latest first: the content is what it was, at every step."""

from __future__ import annotations

import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from crm_desktop.domain.imports import (
    DuplicateRule,
    Imported,
    ImportedComplaint,
    ImportedCustomer,
    ImportedFollowUp,
    ImportedVisit,
    ImportKind,
)
from crm_desktop.services.office import Office, open_office
from tests.services.test_import_undo import content, troubles

NAMES = some.sampled_from(("", "李四", "王五", "赵六"))
PHONES = some.sampled_from(("", "13811112222", "13911112222", "02162345678"))
PLATES = some.sampled_from(("", "沪A12345", "沪B12345"))
VINS = some.sampled_from(("", "LSVAL41Z882104202", "LSVCA2A41BN123450"))
WORDS = some.sampled_from(("漏油", "异响", "空调不冷"))
LITTLE = some.sampled_from(("", "甲", "乙"))
WHO = {"customer_name": NAMES, "phone": PHONES, "plate": PLATES, "vin": VINS, "brand": LITTLE}
DAYS = some.sampled_from((None, date(2020, 9, 1), date(2020, 9, 2)))
COUNTED = {"row": some.integers(2, 99), "digest": some.text("0123456789abcdef", min_size=4, max_size=4)}

CUSTOMERS = some.builds(
    ImportedCustomer, **COUNTED, owner_number=some.sampled_from(("", "C1", "C2")), name=NAMES,
    phones=some.lists(PHONES.filter(bool), max_size=2, unique=True).map(tuple), plate=PLATES, vin=VINS,
    address=LITTLE, colour=LITTLE, bought_on=DAYS, mileage=some.sampled_from((None, 10, 20)),
)  # fmt: skip
VISITS = some.builds(
    ImportedVisit, **COUNTED, **WHO, order_number=some.sampled_from(("", "RO1", "RO2")), came_on=DAYS,
    adviser=LITTLE, mileage=some.sampled_from((None, 10, 20)),
)  # fmt: skip
COMPLAINTS = some.builds(
    ImportedComplaint, **COUNTED, **WHO, source_number=some.sampled_from(("", "S1", "S2")), words=WORDS,
    received_at=some.just(datetime(2020, 8, 29)), solution=LITTLE, responsible=LITTLE, done_on=DAYS, closed_on=DAYS,
    rework=some.sampled_from(("", "内返")), followed_up_on=DAYS,
)  # fmt: skip
CALLS = some.builds(
    ImportedFollowUp, **COUNTED, source_number=some.sampled_from(("", "H1")), phone=PHONES, plate=PLATES,
    complaint_number=some.sampled_from(("", "S1")), feedback=LITTLE, outcome=some.just("成功"),
)  # fmt: skip
RUNS = some.one_of(
    some.tuples(some.just(ImportKind.CUSTOMERS), some.lists(CUSTOMERS, min_size=1, max_size=4)),
    some.tuples(some.just(ImportKind.VISITS), some.lists(VISITS, min_size=1, max_size=4)),
    some.tuples(some.just(ImportKind.COMPLAINTS), some.lists(COMPLAINTS, min_size=1, max_size=4)),
    some.tuples(some.just(ImportKind.FOLLOWUPS), some.lists(CALLS, min_size=1, max_size=4)),
)


def told(office: Office) -> dict[str, list[Any]]:
    """The content without versions, which never go back."""
    found = {}
    for table, rows in content(office).items():
        places = [row[1] != "ver" for row in office.desk.rows(f"PRAGMA table_info({table})")]
        found[table] = sorted(([v for v, kept in zip(r, places, strict=True) if kept] for r in rows), key=repr)
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.lists(some.tuples(RUNS, some.sampled_from(DuplicateRule)), min_size=1, max_size=4))
def test_the_latest_import_taken_back_leaves_what_was_before_it(
    runs: list[tuple[tuple[ImportKind, list[Imported]], DuplicateRule]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = open_office(Path(folder))
        before, numbers = [told(office)], []
        for (kind, rows), rule in runs:
            result = office.imports.run(kind, rows, "x.csv", office.desk.act("王敏", "导入"), rule=rule)
            numbers.append(result.run)
            before.append(told(office))
        for number in reversed(numbers):
            assert told(office) == before.pop()
            assert office.imports.undo(number, office.desk.act("王敏", "导入")).stays == ()
        assert told(office) == before.pop()
        assert troubles(office) == []
        office.desk.close()
