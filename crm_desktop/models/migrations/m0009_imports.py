"""Schema 9: imports that can be taken back: who did, by which rule they ran, and quick looks at what points where."""

SQL = """
ALTER TABLE imports ADD COLUMN undone_by TEXT NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN rule TEXT NOT NULL DEFAULT '';
DROP TABLE import_changes;

ALTER TABLE follow_ups ADD COLUMN source_number TEXT NOT NULL DEFAULT '';

CREATE INDEX customers_merged ON customers (merged_into_id) WHERE merged_into_id IS NOT NULL;
CREATE INDEX merges_by_merged ON merges (merged_id);
CREATE INDEX follow_ups_by_vehicle ON follow_ups (vehicle_id) WHERE vehicle_id IS NOT NULL;
CREATE INDEX follow_ups_by_rework ON follow_ups (rework_id) WHERE rework_id IS NOT NULL;
CREATE INDEX events_corrected ON complaint_events (corrects_id) WHERE corrects_id IS NOT NULL;
CREATE INDEX complaint_links_by_either ON complaint_links (counted_with_id);
CREATE INDEX signs_by_vehicle ON signs (vehicle_id) WHERE vehicle_id IS NOT NULL;
CREATE INDEX signs_by_complaint ON signs (complaint_id) WHERE complaint_id IS NOT NULL;
CREATE INDEX survey_calls_by_visit ON survey_calls (visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX survey_calls_by_vehicle ON survey_calls (vehicle_id) WHERE vehicle_id IS NOT NULL;
CREATE INDEX survey_calls_by_complaint ON survey_calls (complaint_id) WHERE complaint_id IS NOT NULL;
"""
