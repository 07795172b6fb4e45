"""Schema 2: who holds 系统管理, PINs apart from the people, deputies with their period, who answers for each line."""

SQL = """
ALTER TABLE staff ADD COLUMN administers INTEGER NOT NULL DEFAULT 0;

CREATE TABLE credentials (
    staff_id INTEGER NOT NULL PRIMARY KEY REFERENCES staff (id) ON DELETE RESTRICT,
    salt TEXT NOT NULL,
    pin_hash TEXT NOT NULL,
    mark TEXT NOT NULL,
    set_at TEXT NOT NULL CHECK (set_at GLOB '????-??-??T??:??:??Z'),
    failures INTEGER NOT NULL,
    failed_at TEXT CHECK (failed_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE deputies (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    staff_id INTEGER NOT NULL REFERENCES staff (id) ON DELETE RESTRICT,
    role TEXT NOT NULL,
    first_on TEXT NOT NULL CHECK (first_on GLOB '????-??-??'),
    last_on TEXT NOT NULL CHECK (last_on GLOB '????-??-??'),
    reason TEXT NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z'),
    ended_at TEXT CHECK (ended_at GLOB '????-??-??T??:??:??Z')
) STRICT;
CREATE INDEX deputies_by_person ON deputies (staff_id);

CREATE TABLE line_duties (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    line TEXT NOT NULL,
    staff_id INTEGER NOT NULL REFERENCES staff (id) ON DELETE RESTRICT,
    since TEXT NOT NULL CHECK (since GLOB '????-??-??T??:??:??Z')
) STRICT;
CREATE INDEX line_duties_by_person ON line_duties (staff_id);
CREATE INDEX line_duties_by_line ON line_duties (line, id);
"""
