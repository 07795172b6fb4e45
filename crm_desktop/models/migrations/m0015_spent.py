"""Schema 15: what all customers spent in a period is read from the index of days, not from every order."""

SQL = """
DROP INDEX visits_by_day;
CREATE INDEX visits_by_day ON visits (came_on, amount_fen);
"""
