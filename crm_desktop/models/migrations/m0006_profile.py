"""Schema 6: the profile: classes, grades, consent, warranty, recalls, attachments, merges, surveys, early signs."""

SQL = """
ALTER TABLE customers ADD COLUMN trade TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN size TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN standing TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN likes TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN dislikes TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN needs TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN usual_adviser TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN region TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN stage TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN stage_on TEXT CHECK (stage_on GLOB '????-??-??');
ALTER TABLE customers ADD COLUMN grade TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN do_not_disturb INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN contact_consent TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN contact_consent_on TEXT CHECK (contact_consent_on GLOB '????-??-??');
ALTER TABLE customers ADD COLUMN keep_consent TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN keep_consent_on TEXT CHECK (keep_consent_on GLOB '????-??-??');
ALTER TABLE customers ADD COLUMN basics_checked_on TEXT CHECK (basics_checked_on GLOB '????-??-??');
ALTER TABLE customers ADD COLUMN contacts_checked_on TEXT CHECK (contacts_checked_on GLOB '????-??-??');
ALTER TABLE customers ADD COLUMN vehicles_checked_on TEXT CHECK (vehicles_checked_on GLOB '????-??-??');
ALTER TABLE customers ADD COLUMN classes_checked_on TEXT CHECK (classes_checked_on GLOB '????-??-??');
ALTER TABLE customers ADD COLUMN custom TEXT NOT NULL DEFAULT '{}';
ALTER TABLE customers ADD COLUMN merged_into_id INTEGER REFERENCES customers (id) ON DELETE RESTRICT;

ALTER TABLE contacts ADD COLUMN preferred INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN do_not_disturb INTEGER NOT NULL DEFAULT 0;

ALTER TABLE vehicles ADD COLUMN purpose TEXT NOT NULL DEFAULT '';
ALTER TABLE vehicles ADD COLUMN delivered_on TEXT CHECK (delivered_on GLOB '????-??-??');
ALTER TABLE vehicles ADD COLUMN price_fen INTEGER CHECK (price_fen >= 0);
ALTER TABLE vehicles ADD COLUMN repair_months INTEGER CHECK (repair_months >= 0);
ALTER TABLE vehicles ADD COLUMN repair_km INTEGER CHECK (repair_km >= 0);
ALTER TABLE vehicles ADD COLUMN exchange_months INTEGER CHECK (exchange_months >= 0);
ALTER TABLE vehicles ADD COLUMN exchange_km INTEGER CHECK (exchange_km >= 0);

CREATE TABLE stage_steps (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
    stage TEXT NOT NULL,
    since_on TEXT NOT NULL CHECK (since_on GLOB '????-??-??'),
    note TEXT NOT NULL,
    who TEXT NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE grades (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
    first_on TEXT NOT NULL CHECK (first_on GLOB '????-??-??'),
    last_on TEXT NOT NULL CHECK (last_on GLOB '????-??-??'),
    figures TEXT NOT NULL,
    score INTEGER NOT NULL,
    proposed TEXT NOT NULL,
    grade TEXT NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    decided_at TEXT NOT NULL CHECK (decided_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE customer_tags (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
    tag TEXT NOT NULL,
    who TEXT NOT NULL,
    removed INTEGER NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE contracts (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
    vehicle_id INTEGER REFERENCES vehicles (id) ON DELETE RESTRICT,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    signed_on TEXT NOT NULL CHECK (signed_on GLOB '????-??-??'),
    ends_on TEXT CHECK (ends_on GLOB '????-??-??'),
    amount_fen INTEGER CHECK (amount_fen >= 0),
    note TEXT NOT NULL,
    removed INTEGER NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE payments (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
    visit_id INTEGER REFERENCES visits (id) ON DELETE RESTRICT,
    amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
    due_on TEXT CHECK (due_on GLOB '????-??-??'),
    paid_on TEXT CHECK (paid_on GLOB '????-??-??'),
    method TEXT NOT NULL,
    note TEXT NOT NULL,
    removed INTEGER NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE warranty_repairs (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    vehicle_id INTEGER NOT NULL REFERENCES vehicles (id) ON DELETE RESTRICT,
    order_number TEXT NOT NULL,
    came_at TEXT NOT NULL CHECK (came_at GLOB '????-??-??T??:??:??Z'),
    finished_at TEXT CHECK (finished_at GLOB '????-??-??T??:??:??Z'),
    excluded_minutes INTEGER NOT NULL CHECK (excluded_minutes >= 0),
    mileage INTEGER CHECK (mileage >= 0),
    problem TEXT NOT NULL,
    kind TEXT NOT NULL,
    system TEXT NOT NULL,
    part TEXT NOT NULL,
    replaced INTEGER NOT NULL,
    settled INTEGER NOT NULL,
    who TEXT NOT NULL,
    removed INTEGER NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE recalls (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    ranges TEXT NOT NULL,
    starts_on TEXT CHECK (starts_on GLOB '????-??-??'),
    ends_on TEXT CHECK (ends_on GLOB '????-??-??'),
    note TEXT NOT NULL,
    removed INTEGER NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE recall_visits (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    recall_id INTEGER NOT NULL REFERENCES recalls (id) ON DELETE RESTRICT,
    vehicle_id INTEGER NOT NULL REFERENCES vehicles (id) ON DELETE RESTRICT,
    done_on TEXT NOT NULL CHECK (done_on GLOB '????-??-??'),
    order_number TEXT NOT NULL,
    who TEXT NOT NULL,
    removed INTEGER NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE attachments (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    complaint_id INTEGER REFERENCES complaints (id) ON DELETE RESTRICT,
    customer_id INTEGER REFERENCES customers (id) ON DELETE RESTRICT,
    vehicle_id INTEGER REFERENCES vehicles (id) ON DELETE RESTRICT,
    digest TEXT NOT NULL,
    suffix TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0),
    note TEXT NOT NULL,
    who TEXT NOT NULL,
    removed INTEGER NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE complaint_links (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    complaint_id INTEGER NOT NULL UNIQUE REFERENCES complaints (id) ON DELETE RESTRICT,
    counted_with_id INTEGER NOT NULL REFERENCES complaints (id) ON DELETE RESTRICT,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    removed INTEGER NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE merges (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    kept_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
    merged_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
    undo TEXT NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    merged_at TEXT NOT NULL CHECK (merged_at GLOB '????-??-??T??:??:??Z'),
    undone_at TEXT CHECK (undone_at GLOB '????-??-??T??:??:??Z'),
    undone_by TEXT NOT NULL
) STRICT;

CREATE TABLE saved_filters (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    screen TEXT NOT NULL,
    name TEXT NOT NULL,
    criteria TEXT NOT NULL,
    who TEXT NOT NULL,
    removed INTEGER NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE signs (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    customer_id INTEGER REFERENCES customers (id) ON DELETE RESTRICT,
    vehicle_id INTEGER REFERENCES vehicles (id) ON DELETE RESTRICT,
    complaint_id INTEGER REFERENCES complaints (id) ON DELETE RESTRICT,
    what TEXT NOT NULL,
    remedy TEXT NOT NULL,
    settled_at TEXT CHECK (settled_at GLOB '????-??-??T??:??:??Z'),
    who TEXT NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE surveys (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    title TEXT NOT NULL,
    questions TEXT NOT NULL,
    first_on TEXT NOT NULL CHECK (first_on GLOB '????-??-??'),
    last_on TEXT NOT NULL CHECK (last_on GLOB '????-??-??'),
    who TEXT NOT NULL,
    closed_at TEXT CHECK (closed_at GLOB '????-??-??T??:??:??Z'),
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE survey_calls (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    survey_id INTEGER NOT NULL REFERENCES surveys (id) ON DELETE RESTRICT,
    visit_id INTEGER REFERENCES visits (id) ON DELETE RESTRICT,
    customer_id INTEGER REFERENCES customers (id) ON DELETE RESTRICT,
    vehicle_id INTEGER REFERENCES vehicles (id) ON DELETE RESTRICT,
    complaint_id INTEGER REFERENCES complaints (id) ON DELETE RESTRICT,
    outcome TEXT NOT NULL,
    answers TEXT NOT NULL,
    remark TEXT NOT NULL,
    called_at TEXT CHECK (called_at GLOB '????-??-??T??:??:??Z'),
    caller TEXT NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX stage_steps_by_customer ON stage_steps (customer_id, id);
CREATE INDEX grades_by_customer ON grades (customer_id, id);
CREATE UNIQUE INDEX customer_tags_once ON customer_tags (customer_id, tag);
CREATE INDEX contracts_by_customer ON contracts (customer_id, signed_on);
CREATE INDEX payments_by_customer ON payments (customer_id, id);
CREATE INDEX warranty_repairs_by_vehicle ON warranty_repairs (vehicle_id, came_at);
CREATE INDEX recall_visits_by_vehicle ON recall_visits (vehicle_id, recall_id);
CREATE INDEX attachments_by_complaint ON attachments (complaint_id, id) WHERE complaint_id IS NOT NULL;
CREATE INDEX attachments_by_customer ON attachments (customer_id, id) WHERE customer_id IS NOT NULL;
CREATE INDEX attachments_by_vehicle ON attachments (vehicle_id, id) WHERE vehicle_id IS NOT NULL;
CREATE INDEX complaint_links_by_lead ON complaint_links (counted_with_id) WHERE removed = 0;
CREATE INDEX merges_by_customer ON merges (kept_id, id);
CREATE INDEX signs_open ON signs (entered_at, id) WHERE settled_at IS NULL;
CREATE INDEX signs_by_customer ON signs (customer_id, id);
CREATE INDEX survey_calls_by_survey ON survey_calls (survey_id, id);
CREATE INDEX survey_calls_by_customer ON survey_calls (customer_id, id);
CREATE INDEX customers_by_owner ON customers (owner, id) WHERE merged_into_id IS NULL;
"""
