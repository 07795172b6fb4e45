"""Schema 7: the index of the one search box. It is empty here: whoever opens the file fills it (models/search.py)."""

EDITION = 4
"""The rule the index is made by. It goes up with every change of what is indexed or how; a file whose
``search_edition`` says otherwise gets a new index when it is opened."""

SQL = """
CREATE VIRTUAL TABLE search_grams USING fts5 (
    grams, content = '', columnsize = 0, detail = none, tokenize = 'ascii'
);

CREATE TABLE search_pinyin (
    key TEXT NOT NULL,
    customer_id INTEGER NOT NULL,
    PRIMARY KEY (key, customer_id)
) WITHOUT ROWID, STRICT;

CREATE TABLE search_edition (
    edition INTEGER NOT NULL PRIMARY KEY
) STRICT;
"""
