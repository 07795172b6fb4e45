"""Schema 1: customers, complaints with their events, reworks, calls, imports, the chained history."""

SQL = """
CREATE TABLE staff (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    name TEXT NOT NULL UNIQUE,
    name_keys TEXT NOT NULL,
    roles TEXT NOT NULL,
    has_left INTEGER NOT NULL,
    left_on TEXT CHECK (left_on GLOB '????-??-??')
) STRICT;

CREATE TABLE imports (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    who TEXT NOT NULL,
    read_count INTEGER NOT NULL,
    added INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    faulty INTEGER NOT NULL,
    undone_at TEXT CHECK (undone_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE TABLE import_changes (
    id INTEGER NOT NULL PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE RESTRICT,
    entity TEXT NOT NULL,
    entity_id INTEGER NOT NULL,
    field TEXT NOT NULL,
    old TEXT
) STRICT;

CREATE TABLE customers (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    name_keys TEXT NOT NULL,
    gender TEXT NOT NULL,
    address TEXT NOT NULL,
    source TEXT NOT NULL,
    notes TEXT NOT NULL,
    source_number TEXT UNIQUE,
    extra TEXT NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z'),
    import_id INTEGER REFERENCES imports (id) ON DELETE RESTRICT
) STRICT;

CREATE TABLE contacts (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE RESTRICT,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    removed INTEGER NOT NULL
) STRICT;

CREATE TABLE vehicles (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    customer_id INTEGER REFERENCES customers (id) ON DELETE RESTRICT,
    plate TEXT NOT NULL,
    vin TEXT NOT NULL,
    engine_number TEXT NOT NULL,
    brand TEXT NOT NULL,
    series TEXT NOT NULL,
    model TEXT NOT NULL,
    colour TEXT NOT NULL,
    bought_on TEXT CHECK (bought_on GLOB '????-??-??'),
    mileage INTEGER,
    brought_by TEXT NOT NULL,
    brought_by_phone TEXT NOT NULL,
    extra TEXT NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z'),
    import_id INTEGER REFERENCES imports (id) ON DELETE RESTRICT
) STRICT;

CREATE TABLE visits (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    customer_id INTEGER REFERENCES customers (id) ON DELETE RESTRICT,
    vehicle_id INTEGER REFERENCES vehicles (id) ON DELETE RESTRICT,
    order_number TEXT UNIQUE,
    came_on TEXT CHECK (came_on GLOB '????-??-??'),
    left_on TEXT CHECK (left_on GLOB '????-??-??'),
    kind TEXT NOT NULL,
    mileage INTEGER,
    adviser TEXT NOT NULL,
    technician TEXT NOT NULL,
    inspector TEXT NOT NULL,
    items TEXT NOT NULL,
    amount_fen INTEGER,
    brought_by TEXT NOT NULL,
    brought_by_phone TEXT NOT NULL,
    extra TEXT NOT NULL,
    source_digest TEXT UNIQUE,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z'),
    import_id INTEGER REFERENCES imports (id) ON DELETE RESTRICT
) STRICT;

CREATE TABLE complaints (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    number TEXT NOT NULL UNIQUE,
    source_number TEXT UNIQUE,
    source_digest TEXT UNIQUE,
    origin TEXT NOT NULL,
    state TEXT NOT NULL,
    customer_id INTEGER REFERENCES customers (id) ON DELETE RESTRICT,
    vehicle_id INTEGER REFERENCES vehicles (id) ON DELETE RESTRICT,
    brought_by TEXT NOT NULL,
    brought_by_phone TEXT NOT NULL,
    brand TEXT NOT NULL,
    series TEXT NOT NULL,
    model TEXT NOT NULL,
    mileage INTEGER,
    order_number TEXT NOT NULL,
    channel TEXT NOT NULL,
    channel_text TEXT NOT NULL,
    severity TEXT NOT NULL,
    category TEXT NOT NULL,
    words TEXT NOT NULL CHECK (length(words) > 0),
    demand TEXT NOT NULL,
    first_reply TEXT NOT NULL,
    occurred_at TEXT CHECK (occurred_at GLOB '????-??-??T??:??:??Z'),
    received_at TEXT NOT NULL CHECK (received_at GLOB '????-??-??T??:??:??Z'),
    received_has_time INTEGER NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z'),
    received_by TEXT NOT NULL,
    adviser TEXT NOT NULL,
    technician TEXT NOT NULL,
    line TEXT NOT NULL,
    responsible TEXT NOT NULL,
    correction TEXT NOT NULL,
    root_cause TEXT NOT NULL,
    solution TEXT NOT NULL,
    soothing TEXT NOT NULL,
    long_term_measure TEXT NOT NULL,
    planned_on TEXT CHECK (planned_on GLOB '????-??-??'),
    done_on TEXT CHECK (done_on GLOB '????-??-??'),
    fault_codes TEXT NOT NULL,
    source_status TEXT NOT NULL,
    remarks TEXT NOT NULL,
    extra TEXT NOT NULL,
    import_id INTEGER REFERENCES imports (id) ON DELETE RESTRICT
) STRICT;

CREATE TABLE complaint_events (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    complaint_id INTEGER NOT NULL REFERENCES complaints (id) ON DELETE RESTRICT,
    kind TEXT NOT NULL,
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z'),
    who TEXT NOT NULL,
    staff_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE reworks (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    complaint_id INTEGER NOT NULL REFERENCES complaints (id) ON DELETE RESTRICT,
    kind TEXT NOT NULL,
    order_number TEXT NOT NULL,
    came_on TEXT CHECK (came_on GLOB '????-??-??'),
    finished_on TEXT CHECK (finished_on GLOB '????-??-??'),
    technician TEXT NOT NULL,
    inspector TEXT NOT NULL,
    items TEXT NOT NULL,
    result TEXT NOT NULL,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z'),
    import_id INTEGER REFERENCES imports (id) ON DELETE RESTRICT
) STRICT;

CREATE TABLE follow_ups (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    complaint_id INTEGER REFERENCES complaints (id) ON DELETE RESTRICT,
    customer_id INTEGER REFERENCES customers (id) ON DELETE RESTRICT,
    vehicle_id INTEGER REFERENCES vehicles (id) ON DELETE RESTRICT,
    planned_on TEXT CHECK (planned_on GLOB '????-??-??'),
    caller TEXT NOT NULL,
    reason TEXT NOT NULL,
    called_at TEXT CHECK (called_at GLOB '????-??-??T??:??:??Z'),
    outcome TEXT NOT NULL,
    satisfaction TEXT NOT NULL,
    score INTEGER CHECK (score BETWEEN 1 AND 10),
    feedback TEXT NOT NULL,
    next_on TEXT CHECK (next_on GLOB '????-??-??'),
    cancelled_at TEXT CHECK (cancelled_at GLOB '????-??-??T??:??:??Z'),
    extra TEXT NOT NULL,
    source_digest TEXT UNIQUE,
    entered_at TEXT NOT NULL CHECK (entered_at GLOB '????-??-??T??:??:??Z'),
    import_id INTEGER REFERENCES imports (id) ON DELETE RESTRICT
) STRICT;

CREATE TABLE history (
    id INTEGER NOT NULL PRIMARY KEY,
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    who TEXT NOT NULL,
    staff_id INTEGER REFERENCES staff (id) ON DELETE RESTRICT,
    screen TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id INTEGER NOT NULL,
    field TEXT NOT NULL,
    old TEXT,
    new TEXT,
    reason TEXT NOT NULL,
    salt TEXT,
    old_digest TEXT NOT NULL,
    new_digest TEXT NOT NULL,
    row_seal TEXT NOT NULL,
    link TEXT NOT NULL
) STRICT;

CREATE TABLE settings (
    id INTEGER NOT NULL PRIMARY KEY,
    ver INTEGER NOT NULL,
    checksum TEXT NOT NULL,
    name TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE counters (
    series TEXT NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

CREATE TABLE drafts (
    form TEXT NOT NULL,
    record TEXT NOT NULL,
    content TEXT NOT NULL,
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    PRIMARY KEY (form, record)
) STRICT;

CREATE TABLE facts (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE INDEX contacts_by_value ON contacts (value);
CREATE INDEX contacts_by_customer ON contacts (customer_id, position);
CREATE INDEX customers_by_name ON customers (name, id);
CREATE INDEX vehicles_by_plate ON vehicles (plate) WHERE plate <> '';
CREATE INDEX vehicles_by_vin ON vehicles (vin) WHERE vin <> '';
CREATE INDEX vehicles_by_customer ON vehicles (customer_id);
CREATE INDEX visits_by_vehicle ON visits (vehicle_id, came_on);
CREATE INDEX visits_by_customer ON visits (customer_id, came_on);
CREATE INDEX complaints_by_time ON complaints (received_at, id);
CREATE INDEX complaints_by_state ON complaints (state, received_at, id);
CREATE INDEX complaints_by_customer ON complaints (customer_id, received_at);
CREATE INDEX complaints_by_vehicle ON complaints (vehicle_id, received_at);
CREATE INDEX complaints_open ON complaints (received_at, id)
    WHERE origin = 'desk' AND state IN ('登记', '处理中', '已解决');
CREATE INDEX complaints_of_import ON complaints (import_id) WHERE import_id IS NOT NULL;
CREATE INDEX events_by_complaint ON complaint_events (complaint_id, id);
CREATE INDEX reworks_by_complaint ON reworks (complaint_id, id);
CREATE INDEX reworks_open ON reworks (came_on) WHERE finished_on IS NULL;
CREATE INDEX follow_ups_by_complaint ON follow_ups (complaint_id, id);
CREATE INDEX follow_ups_by_customer ON follow_ups (customer_id, id);
CREATE INDEX follow_ups_open ON follow_ups (planned_on, id) WHERE called_at IS NULL AND cancelled_at IS NULL;
CREATE INDEX history_by_record ON history (entity, entity_id, id);

CREATE TRIGGER history_keeps_every_line BEFORE DELETE ON history
BEGIN
    SELECT RAISE(ABORT, 'history is append-only');
END;

CREATE TRIGGER history_values_may_only_be_erased BEFORE UPDATE ON history
WHEN NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.who IS NOT OLD.who OR NEW.staff_id IS NOT OLD.staff_id
    OR NEW.screen IS NOT OLD.screen OR NEW.entity IS NOT OLD.entity OR NEW.entity_id IS NOT OLD.entity_id
    OR NEW.field IS NOT OLD.field OR NEW.reason IS NOT OLD.reason OR NEW.old_digest IS NOT OLD.old_digest
    OR NEW.new_digest IS NOT OLD.new_digest OR NEW.row_seal IS NOT OLD.row_seal OR NEW.link IS NOT OLD.link
    OR NEW.old IS NOT NULL OR NEW.new IS NOT NULL OR NEW.salt IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'history is append-only');
END;
"""
