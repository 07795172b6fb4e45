"""Schema 11: the ledger of losses and 补偿, what the 六步向导 keeps with a case, letters."""

SQL = """
CREATE TABLE compensations (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    complaint_id INTEGER NOT NULL REFERENCES complaints (id) ON DELETE RESTRICT,
    side TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
    hours INTEGER NOT NULL CHECK (hours >= 0),
    note TEXT NOT NULL,
    who TEXT NOT NULL,
    staff_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT,
    approved_by TEXT NOT NULL,
    removed INTEGER NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE guidance_cards (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    complaint_id INTEGER NOT NULL UNIQUE REFERENCES complaints (id) ON DELETE RESTRICT,
    psyche TEXT NOT NULL,
    mood TEXT NOT NULL,
    character TEXT NOT NULL,
    purpose TEXT NOT NULL,
    new_person TEXT NOT NULL,
    new_place TEXT NOT NULL,
    new_time TEXT NOT NULL,
    restated TEXT NOT NULL,
    agreed INTEGER NOT NULL
) STRICT;

CREATE TABLE guidance_notes (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    complaint_id INTEGER NOT NULL REFERENCES complaints (id) ON DELETE RESTRICT,
    step INTEGER NOT NULL,
    note TEXT NOT NULL,
    skipped INTEGER NOT NULL,
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    who TEXT NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE letters (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    complaint_id INTEGER NOT NULL REFERENCES complaints (id) ON DELETE RESTRICT,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    points TEXT NOT NULL,
    sent_on TEXT CHECK (sent_on GLOB '????-??-??'),
    who TEXT NOT NULL,
    removed INTEGER NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX compensations_by_complaint ON compensations (complaint_id, id);
CREATE UNIQUE INDEX guidance_notes_once ON guidance_notes (complaint_id, step);
CREATE INDEX letters_by_complaint ON letters (complaint_id, id);
"""
