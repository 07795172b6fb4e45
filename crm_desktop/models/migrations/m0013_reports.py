"""Schema 13: who signed a month's report, and what was written about its sections."""

SQL = """
CREATE TABLE monthly_signatures (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    report_id INTEGER NOT NULL REFERENCES monthly_reports (id) ON DELETE RESTRICT,
    role TEXT NOT NULL,
    opinion TEXT NOT NULL,
    who TEXT NOT NULL,
    staff_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT,
    signed_at TEXT NOT NULL CHECK (signed_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE monthly_notes (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    period TEXT NOT NULL,
    section TEXT NOT NULL,
    text TEXT NOT NULL,
    who TEXT NOT NULL,
    staff_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE UNIQUE INDEX monthly_signatures_once ON monthly_signatures (report_id, role);
CREATE UNIQUE INDEX monthly_notes_once ON monthly_notes (period, section);
"""
