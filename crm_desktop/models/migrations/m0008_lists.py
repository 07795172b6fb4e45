"""Schema 8: indexes by which the long lists open: ids in the order shown, and nothing else read."""

SQL = """
CREATE INDEX customers_listed ON customers (id) WHERE merged_into_id IS NULL;
CREATE INDEX complaints_of_history ON complaints (received_at, id) WHERE origin = 'history';
CREATE INDEX complaints_without_customer ON complaints (received_at, id)
    WHERE customer_id IS NULL AND state <> '作废';
CREATE INDEX follow_ups_made ON follow_ups (called_at, id) WHERE called_at IS NOT NULL;
"""
