"""Schema 17: the day a car was promised to be ready (预计交车), for 准时交车率."""

SQL = """
ALTER TABLE visits ADD COLUMN promised_on TEXT CHECK (promised_on GLOB '????-??-??');
"""
