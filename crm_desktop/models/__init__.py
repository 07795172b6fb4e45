"""Tables in SQLite, their migrations, and the ledger every write goes through."""
