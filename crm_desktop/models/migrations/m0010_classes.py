"""Schema 10: 归类, confirmed at 解决; words as they were then."""

SQL = """
CREATE TABLE classifications (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    complaint_id INTEGER NOT NULL UNIQUE REFERENCES complaints (id) ON DELETE RESTRICT,
    kind TEXT NOT NULL,
    matter TEXT NOT NULL,
    dimension TEXT NOT NULL,
    cause TEXT NOT NULL,
    stage TEXT NOT NULL,
    area TEXT NOT NULL,
    system TEXT NOT NULL,
    liability TEXT NOT NULL,
    proposed TEXT NOT NULL,
    confidence INTEGER NOT NULL,
    who TEXT NOT NULL,
    staff_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT,
    confirmed_at TEXT NOT NULL CHECK (confirmed_at GLOB '????-??-??T??:??:??Z')
) STRICT;
"""
