"""Schema 5: the reason of a change can be emptied too; who confirmed a measure entered for him; parts of a rework."""

SQL = """
ALTER TABLE measures ADD COLUMN confirmed_at TEXT CHECK (confirmed_at GLOB '????-??-??T??:??:??Z');
ALTER TABLE reworks ADD COLUMN parts TEXT NOT NULL DEFAULT '';

ALTER TABLE history ADD COLUMN reason_digest TEXT NOT NULL DEFAULT '';

DROP TRIGGER history_values_may_only_be_erased;

CREATE TRIGGER history_values_may_only_be_erased BEFORE UPDATE ON history
WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.who IS NOT OLD.who OR NEW.staff_id IS NOT OLD.staff_id
    OR NEW.screen IS NOT OLD.screen OR NEW.entity IS NOT OLD.entity OR NEW.entity_id IS NOT OLD.entity_id
    OR NEW.field IS NOT OLD.field OR NEW.old_digest IS NOT OLD.old_digest OR NEW.new_digest IS NOT OLD.new_digest
    OR NEW.row_seal IS NOT OLD.row_seal OR NEW.link IS NOT OLD.link OR NEW.reason_digest IS NOT OLD.reason_digest
    OR (NEW.reason IS NOT OLD.reason AND (NEW.reason IS NOT '' OR OLD.reason_digest IS ''))
    OR NEW.old IS NOT NULL OR NEW.new IS NOT NULL OR NEW.salt IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'history is append-only');
END;
"""
