"""Schema 4: measures and evaluations, frozen monthly reports, filings with corrections, disposals."""

SQL = """
CREATE TABLE measures (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    cause TEXT NOT NULL,
    what TEXT NOT NULL,
    who TEXT NOT NULL,
    due_on TEXT NOT NULL CHECK (due_on GLOB '????-??-??'),
    amount TEXT NOT NULL,
    verify TEXT NOT NULL,
    evidence TEXT NOT NULL,
    done_on TEXT CHECK (done_on GLOB '????-??-??'),
    done_by TEXT NOT NULL,
    on_behalf_of TEXT NOT NULL,
    override_reason TEXT NOT NULL,
    cancel_reason TEXT NOT NULL,
    replaces_id INTEGER REFERENCES measures (id) ON DELETE RESTRICT,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z'),
    entered_by TEXT NOT NULL
) STRICT;

CREATE TABLE measure_complaints (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    measure_id INTEGER NOT NULL REFERENCES measures (id) ON DELETE RESTRICT,
    complaint_id INTEGER NOT NULL REFERENCES complaints (id) ON DELETE RESTRICT,
    removed INTEGER NOT NULL
) STRICT;

CREATE TABLE evaluations (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    measure_id INTEGER NOT NULL REFERENCES measures (id) ON DELETE RESTRICT,
    window_days INTEGER NOT NULL CHECK (window_days BETWEEN 1 AND 365),
    before INTEGER NOT NULL CHECK (before >= 0),
    after INTEGER NOT NULL CHECK (after >= 0),
    recurrences TEXT NOT NULL,
    conclusion TEXT NOT NULL,
    basis TEXT NOT NULL,
    evaluated_on TEXT NOT NULL CHECK (evaluated_on GLOB '????-??-??'),
    evaluator TEXT NOT NULL,
    staff_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE monthly_reports (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    period TEXT NOT NULL CHECK (period GLOB '????-??'),
    edition INTEGER NOT NULL,
    content TEXT NOT NULL,
    frozen_at TEXT NOT NULL CHECK (frozen_at GLOB '????-??-??T??:??:??Z'),
    frozen_by TEXT NOT NULL
) STRICT;

CREATE TABLE judgements (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    complaint_id INTEGER NOT NULL UNIQUE REFERENCES complaints (id) ON DELETE RESTRICT,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    evidence TEXT NOT NULL,
    who TEXT NOT NULL,
    staff_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT,
    decided_at TEXT NOT NULL CHECK (decided_at GLOB '????-??-??T??:??:??Z'),
    withdrawn_at TEXT CHECK (withdrawn_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE filings (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    complaint_id INTEGER NOT NULL UNIQUE REFERENCES complaints (id) ON DELETE RESTRICT,
    number TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL,
    filed_by TEXT NOT NULL,
    staff_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT,
    filed_on TEXT NOT NULL CHECK (filed_on GLOB '????-??-??'),
    expires_on TEXT NOT NULL CHECK (expires_on GLOB '????-??-??'),
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z'),
    withdrawn_at TEXT CHECK (withdrawn_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE filed_corrections (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    complaint_id INTEGER NOT NULL REFERENCES complaints (id) ON DELETE RESTRICT,
    about TEXT NOT NULL,
    text TEXT NOT NULL,
    who TEXT NOT NULL,
    staff_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE disposals (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    reason TEXT NOT NULL,
    proposed_at TEXT NOT NULL CHECK (proposed_at GLOB '????-??-??T??:??:??Z'),
    proposed_by TEXT NOT NULL,
    bundle_name TEXT NOT NULL,
    bundle_digest TEXT NOT NULL,
    bundled_at TEXT CHECK (bundled_at GLOB '????-??-??T??:??:??Z'),
    decided_at TEXT CHECK (decided_at GLOB '????-??-??T??:??:??Z'),
    decided_by TEXT NOT NULL,
    approved INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE disposal_items (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    disposal_id INTEGER NOT NULL REFERENCES disposals (id) ON DELETE RESTRICT,
    complaint_id INTEGER NOT NULL REFERENCES complaints (id) ON DELETE RESTRICT,
    filing_number TEXT NOT NULL,
    filed_on TEXT NOT NULL CHECK (filed_on GLOB '????-??-??'),
    expires_on TEXT NOT NULL CHECK (expires_on GLOB '????-??-??'),
    disposed_at TEXT CHECK (disposed_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE UNIQUE INDEX measure_complaints_once ON measure_complaints (measure_id, complaint_id);
CREATE INDEX measures_by_complaint ON measure_complaints (complaint_id, measure_id) WHERE removed = 0;
CREATE INDEX measures_open ON measures (due_on, id) WHERE done_on IS NULL AND cancel_reason = '';
CREATE INDEX evaluations_by_measure ON evaluations (measure_id, id);
CREATE UNIQUE INDEX monthly_reports_once ON monthly_reports (period, edition);
CREATE INDEX filings_by_expiry ON filings (expires_on, id) WHERE withdrawn_at IS NULL;
CREATE INDEX filed_corrections_by_complaint ON filed_corrections (complaint_id, id);
CREATE UNIQUE INDEX disposal_items_once ON disposal_items (disposal_id, complaint_id);
CREATE INDEX disposals_by_complaint ON disposal_items (complaint_id, disposal_id);
"""
