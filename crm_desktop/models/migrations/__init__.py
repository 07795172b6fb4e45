"""Numbered steps from an empty file to today's schema; append-only, each one transaction."""

from crm_desktop.models.migrations import (
    m0001_first,
    m0002_people,
    m0003_procedure,
    m0004_records,
    m0005_erasable_reasons,
    m0006_profile,
    m0007_search,
    m0008_lists,
    m0009_imports,
    m0010_classes,
    m0011_care,
    m0012_proofs,
    m0013_reports,
    m0014_door,
    m0015_spent,
    m0016_erasures,
    m0017_promised,
)

STEPS: tuple[str, ...] = (
    m0001_first.SQL,
    m0002_people.SQL,
    m0003_procedure.SQL,
    m0004_records.SQL,
    m0005_erasable_reasons.SQL,
    m0006_profile.SQL,
    m0007_search.SQL,
    m0008_lists.SQL,
    m0009_imports.SQL,
    m0010_classes.SQL,
    m0011_care.SQL,
    m0012_proofs.SQL,
    m0013_reports.SQL,
    m0014_door.SQL,
    m0015_spent.SQL,
    m0016_erasures.SQL,
    m0017_promised.SQL,
)
"""``STEPS[n - 1]`` leads to schema n. A step is plain SQL and never looks at today's tables."""
