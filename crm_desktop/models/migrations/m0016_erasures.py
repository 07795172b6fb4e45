"""Schema 16: what is kept of an erasure of one person's data."""

SQL = """
CREATE TABLE erasures (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
    number TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    who TEXT NOT NULL,
    reason TEXT NOT NULL,
    goes TEXT NOT NULL,
    stays TEXT NOT NULL,
    digests TEXT NOT NULL
) STRICT;

CREATE INDEX erasures_by_customer ON erasures (customer_id);
"""
