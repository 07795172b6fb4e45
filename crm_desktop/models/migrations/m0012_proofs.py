"""Schema 12: how long a measure is watched, what its evaluation counted, its files; what a call was answered."""

SQL = """
ALTER TABLE measures ADD COLUMN watch_days INTEGER NOT NULL DEFAULT 30 CHECK (watch_days BETWEEN 1 AND 365);
ALTER TABLE evaluations ADD COLUMN proof TEXT NOT NULL DEFAULT '';
ALTER TABLE attachments ADD COLUMN measure_id INTEGER REFERENCES measures (id) ON DELETE RESTRICT;
ALTER TABLE follow_ups ADD COLUMN way TEXT NOT NULL DEFAULT '';
ALTER TABLE follow_ups ADD COLUMN answers TEXT NOT NULL DEFAULT '';
CREATE INDEX attachments_by_measure ON attachments (measure_id, id) WHERE measure_id IS NOT NULL;
CREATE INDEX visits_by_day ON visits (came_on);
"""
