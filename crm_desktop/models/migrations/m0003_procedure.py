"""Schema 3: signatures and corrections of events, solutions, promises, extensions, withdrawals, escalations."""

SQL = """
ALTER TABLE complaints ADD COLUMN severity_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE complaints ADD COLUMN severity_ticks TEXT NOT NULL DEFAULT '[]';
ALTER TABLE complaints ADD COLUMN patience_until TEXT CHECK (patience_until GLOB '????-??-??T??:??:??Z');
ALTER TABLE complaints ADD COLUMN told_customer TEXT NOT NULL DEFAULT '';
ALTER TABLE complaints ADD COLUMN told_at TEXT CHECK (told_at GLOB '????-??-??T??:??:??Z');
ALTER TABLE complaints ADD COLUMN compensation_fen INTEGER CHECK (compensation_fen >= 0);
ALTER TABLE complaints ADD COLUMN oem_ticket TEXT NOT NULL DEFAULT '';
ALTER TABLE complaints ADD COLUMN oem_closed_at TEXT CHECK (oem_closed_at GLOB '????-??-??T??:??:??Z');
ALTER TABLE complaints ADD COLUMN case_number TEXT NOT NULL DEFAULT '';
ALTER TABLE complaints ADD COLUMN case_result TEXT NOT NULL DEFAULT '';

ALTER TABLE complaint_events ADD COLUMN on_behalf_of TEXT NOT NULL DEFAULT '';
ALTER TABLE complaint_events ADD COLUMN told_how TEXT NOT NULL DEFAULT '';
ALTER TABLE complaint_events ADD COLUMN scan TEXT NOT NULL DEFAULT '';
ALTER TABLE complaint_events ADD COLUMN confirmed_at TEXT CHECK (confirmed_at GLOB '????-??-??T??:??:??Z');
ALTER TABLE complaint_events ADD COLUMN late_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE complaint_events ADD COLUMN subject TEXT NOT NULL DEFAULT '';
ALTER TABLE complaint_events ADD COLUMN detail TEXT NOT NULL DEFAULT '';
ALTER TABLE complaint_events ADD COLUMN corrects_id INTEGER REFERENCES complaint_events (id) ON DELETE RESTRICT;

ALTER TABLE reworks ADD COLUMN consultation TEXT NOT NULL DEFAULT '';
ALTER TABLE follow_ups ADD COLUMN rework_id INTEGER REFERENCES reworks (id) ON DELETE RESTRICT;

CREATE TABLE solutions (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    complaint_id INTEGER NOT NULL REFERENCES complaints (id) ON DELETE RESTRICT,
    letter TEXT NOT NULL,
    what TEXT NOT NULL,
    cost_fen INTEGER NOT NULL CHECK (cost_fen >= 0),
    feasibility TEXT NOT NULL,
    by_customer INTEGER NOT NULL,
    opinion TEXT NOT NULL,
    agreed_at TEXT CHECK (agreed_at GLOB '????-??-??T??:??:??Z'),
    removed INTEGER NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE promises (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    complaint_id INTEGER NOT NULL REFERENCES complaints (id) ON DELETE RESTRICT,
    what TEXT NOT NULL,
    made_at TEXT NOT NULL CHECK (made_at GLOB '????-??-??T??:??:??Z'),
    due_at TEXT NOT NULL CHECK (due_at GLOB '????-??-??T??:??:??Z'),
    who TEXT NOT NULL,
    outcome TEXT NOT NULL,
    settled_at TEXT CHECK (settled_at GLOB '????-??-??T??:??:??Z'),
    note TEXT NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE extensions (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    complaint_id INTEGER NOT NULL REFERENCES complaints (id) ON DELETE RESTRICT,
    kind TEXT NOT NULL,
    milestone TEXT NOT NULL,
    until TEXT NOT NULL CHECK (until GLOB '????-??-??T??:??:??Z'),
    reason TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at TEXT NOT NULL CHECK (asked_at GLOB '????-??-??T??:??:??Z'),
    explained_at TEXT CHECK (explained_at GLOB '????-??-??T??:??:??Z'),
    decision TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at TEXT CHECK (decided_at GLOB '????-??-??T??:??:??Z'),
    note TEXT NOT NULL
) STRICT;

CREATE TABLE withdrawals (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    complaint_id INTEGER NOT NULL REFERENCES complaints (id) ON DELETE RESTRICT,
    medium TEXT NOT NULL,
    link TEXT NOT NULL,
    screenshot TEXT NOT NULL,
    outcome TEXT NOT NULL,
    settled_at TEXT CHECK (settled_at GLOB '????-??-??T??:??:??Z'),
    reason TEXT NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE escalations (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    complaint_id INTEGER NOT NULL REFERENCES complaints (id) ON DELETE RESTRICT,
    recipient TEXT NOT NULL,
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    how TEXT NOT NULL,
    receipt TEXT NOT NULL,
    received_at TEXT CHECK (received_at GLOB '????-??-??T??:??:??Z'),
    who TEXT NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX solutions_by_complaint ON solutions (complaint_id, id);
CREATE INDEX promises_by_complaint ON promises (complaint_id, id);
CREATE INDEX promises_open ON promises (due_at, id) WHERE settled_at IS NULL;
CREATE INDEX extensions_by_complaint ON extensions (complaint_id, id);
CREATE INDEX extensions_open ON extensions (asked_at, id) WHERE decided_at IS NULL;
CREATE INDEX withdrawals_by_complaint ON withdrawals (complaint_id, id);
CREATE INDEX escalations_by_complaint ON escalations (complaint_id, id);
CREATE INDEX events_to_confirm ON complaint_events (on_behalf_of)
    WHERE on_behalf_of <> '' AND confirmed_at IS NULL;

DROP INDEX complaints_open;
CREATE INDEX complaints_open ON complaints (received_at, id)
    WHERE origin = 'desk' AND state IN ('登记', '已移交', '已响应', '处理中', '已解决');
CREATE INDEX complaints_to_file ON complaints (received_at, id) WHERE origin = 'desk' AND state = '已关闭';
"""
