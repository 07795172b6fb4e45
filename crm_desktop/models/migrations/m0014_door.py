"""Schema 14: what the automation door answered under each once-only key."""

SQL = """
CREATE TABLE door_answers (
    key TEXT PRIMARY KEY,
    op TEXT NOT NULL,
    answer TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
"""
