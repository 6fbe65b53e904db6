-- What customers do themselves: notes apart from comments, readings, documents, self-checks, labels, the company's site.
--
-- A row that hangs below one of several parents names exactly one of them in a column of its own; each such column is a
-- composite reference like all others.

-- Whom to ask where the work is. access_id is the access that ordered it, who may look at the receipt; without one it was
-- the company that wrote it down.
ALTER TABLE orders ADD COLUMN site_contact TEXT;
ALTER TABLE orders ADD COLUMN site_phone TEXT;
ALTER TABLE orders ADD COLUMN access_id INTEGER;

-- The access that wrote a comment, by which its writer knows it; without one it was the company.
ALTER TABLE comments ADD COLUMN access_id INTEGER;

-- For references to an order that carry its customer.
CREATE UNIQUE INDEX orders_by_row ON orders (group_id, customer_id, id);

-- For the lists of places and machines, which walk these in their order: what is in use first.
CREATE INDEX facilities_in_order ON facilities (group_id, customer_id, status DESC, name, number);
CREATE INDEX objects_in_order ON objects (group_id, customer_id, status, number, place);

-- What only staff read. A table of its own, so that no statement about comments can meet it.
CREATE TABLE notes (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL,
  order_id    INTEGER NOT NULL,
  author      TEXT NOT NULL,
  text        TEXT NOT NULL,
  at          TEXT NOT NULL,
  UNIQUE (group_id, order_id, id),
  FOREIGN KEY (group_id, order_id) REFERENCES orders (group_id, id) ON DELETE CASCADE
) STRICT;

-- What a meter of an object showed. A new meter begins a new series. A reading that was corrected or deleted stays, with
-- who did it, when and why. Values are in thousandths of the unit.
CREATE TABLE readings (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  object_id   INTEGER NOT NULL,
  meter       TEXT NOT NULL,
  unit        TEXT NOT NULL,
  series      INTEGER NOT NULL DEFAULT 1 CHECK (series > 0),
  value       INTEGER NOT NULL CHECK (value >= 0),
  read_at     TEXT NOT NULL,
  note        TEXT,
  side        TEXT NOT NULL CHECK (side IN ('staff', 'customer')),
  author      TEXT NOT NULL,
  at          TEXT NOT NULL,
  corrects_id INTEGER,
  state       TEXT NOT NULL DEFAULT 'valid' CHECK (state IN ('valid', 'corrected', 'deleted')),
  ended_at    TEXT,
  ended_by    TEXT,
  ended_why   TEXT,
  UNIQUE (group_id, customer_id, object_id, id),
  FOREIGN KEY (group_id, customer_id) REFERENCES customers (group_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, customer_id, object_id) REFERENCES objects (group_id, customer_id, id),
  FOREIGN KEY (group_id, customer_id, object_id, corrects_id) REFERENCES readings (group_id, customer_id, object_id, id)
) STRICT;
CREATE UNIQUE INDEX readings_in_force ON readings (object_id, meter, read_at) WHERE state = 'valid';
-- For the curve and for what stands beside a reading: answered without the rows themselves.
CREATE INDEX readings_curve ON readings (object_id, meter, read_at, value, series) WHERE state = 'valid';
-- For the history, in which what was corrected or deleted has its place too.
CREATE INDEX readings_by_time ON readings (object_id, meter, read_at, id);
CREATE INDEX readings_by_corrected ON readings (group_id, customer_id, object_id, corrects_id);

-- After how many days, or how much use, an object is due for service. `since` is the last service that is not an order,
-- and since_value what the object's own meter showed then, in thousandths. `hours` is in whole units of that meter.
CREATE TABLE object_intervals (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  object_id   INTEGER NOT NULL,
  name        TEXT NOT NULL,
  days        INTEGER CHECK (days > 0),
  hours       INTEGER CHECK (hours > 0),
  since       TEXT NOT NULL,
  since_value INTEGER CHECK (since_value >= 0),
  created_at  TEXT NOT NULL,
  UNIQUE (group_id, customer_id, object_id, name),
  CHECK (days IS NOT NULL OR hours IS NOT NULL),
  FOREIGN KEY (group_id, customer_id, object_id) REFERENCES objects (group_id, customer_id, id) ON DELETE CASCADE
) STRICT;

-- The code of an object's printed label, which outlives every change of its number.
CREATE TABLE object_labels (
  group_id    INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  object_id   INTEGER NOT NULL,
  code        TEXT NOT NULL UNIQUE,
  created_at  TEXT NOT NULL,
  PRIMARY KEY (group_id, customer_id, object_id),
  FOREIGN KEY (group_id, customer_id, object_id) REFERENCES objects (group_id, customer_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE selfcheck_templates (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  title       TEXT NOT NULL,
  points      TEXT NOT NULL,
  created_at  TEXT NOT NULL,
  UNIQUE (group_id, id),
  UNIQUE (group_id, name)
) STRICT;

-- A checklist on an order or on an object. It keeps its own copy of the template's points: a template that changes later
-- does not change what somebody signed.
CREATE TABLE selfchecks (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  group_id    INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  order_id    INTEGER,
  object_id   INTEGER,
  template    TEXT NOT NULL,
  title       TEXT NOT NULL,
  state       TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'signed')),
  author      TEXT NOT NULL,
  created_at  TEXT NOT NULL,
  signed_by   TEXT,
  signed_at   TEXT,
  UNIQUE (group_id, customer_id, id),
  CHECK (order_id IS NULL OR object_id IS NULL),
  FOREIGN KEY (group_id, customer_id) REFERENCES customers (group_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, customer_id, order_id) REFERENCES orders (group_id, customer_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, customer_id, object_id) REFERENCES objects (group_id, customer_id, id)
) STRICT;
CREATE INDEX selfchecks_by_order ON selfchecks (group_id, customer_id, order_id);
CREATE INDEX selfchecks_by_object ON selfchecks (group_id, customer_id, object_id);

CREATE TABLE selfcheck_points (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  selfcheck_id INTEGER NOT NULL,
  position    INTEGER NOT NULL,
  text        TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('check', 'number', 'text')),
  unit        TEXT,
  required    INTEGER NOT NULL CHECK (required IN (0, 1)),
  answer      TEXT CHECK (answer IN ('ok', 'fail', 'na')),
  value       TEXT,
  note        TEXT,
  author      TEXT,
  at          TEXT,
  UNIQUE (group_id, customer_id, selfcheck_id, id),
  UNIQUE (group_id, customer_id, selfcheck_id, position),
  FOREIGN KEY (group_id, customer_id, selfcheck_id) REFERENCES selfchecks (group_id, customer_id, id) ON DELETE CASCADE
) STRICT;

-- That a self-check was begun, signed and reopened, by whom, and why.
CREATE TABLE selfcheck_steps (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  selfcheck_id INTEGER NOT NULL,
  step        TEXT NOT NULL CHECK (step IN ('begun', 'signed', 'reopened')),
  reason      TEXT,
  author      TEXT NOT NULL,
  at          TEXT NOT NULL,
  FOREIGN KEY (group_id, customer_id, selfcheck_id) REFERENCES selfchecks (group_id, customer_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX selfcheck_steps_by_selfcheck ON selfcheck_steps (group_id, customer_id, selfcheck_id);

-- A file on an order, object, facility, contact or self-check; with none of them named, on the customer itself. Its bytes
-- lie under their own hash. A comment and a point are narrower than the order and the self-check that are named too.
-- access_id is the access that sent it, for the limits of each person.
CREATE TABLE documents (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  group_id    INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  order_id    INTEGER,
  comment_id  INTEGER,
  object_id   INTEGER,
  facility_id INTEGER,
  contact_id  INTEGER,
  selfcheck_id INTEGER,
  point_id    INTEGER,
  name        TEXT NOT NULL,
  media_type  TEXT NOT NULL,
  size        INTEGER NOT NULL CHECK (size >= 0),
  hash        TEXT NOT NULL,
  purpose     TEXT NOT NULL CHECK (purpose IN ('reference', 'billing', 'update')),
  text        TEXT,
  shared      INTEGER NOT NULL CHECK (shared IN (0, 1)),
  side        TEXT NOT NULL CHECK (side IN ('staff', 'customer')),
  author      TEXT NOT NULL,
  access_id   INTEGER,
  search      TEXT NOT NULL,
  at          TEXT NOT NULL,
  UNIQUE (group_id, customer_id, id),
  CHECK ((order_id IS NOT NULL) + (object_id IS NOT NULL) + (facility_id IS NOT NULL) + (contact_id IS NOT NULL)
         + (selfcheck_id IS NOT NULL) <= 1),
  CHECK (comment_id IS NULL OR order_id IS NOT NULL),
  CHECK (point_id IS NULL OR selfcheck_id IS NOT NULL),
  FOREIGN KEY (group_id, customer_id) REFERENCES customers (group_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, customer_id, order_id) REFERENCES orders (group_id, customer_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, order_id, comment_id) REFERENCES comments (group_id, order_id, id),
  FOREIGN KEY (group_id, customer_id, object_id) REFERENCES objects (group_id, customer_id, id),
  FOREIGN KEY (group_id, customer_id, facility_id) REFERENCES facilities (group_id, customer_id, id),
  FOREIGN KEY (group_id, customer_id, contact_id) REFERENCES contacts (group_id, customer_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, customer_id, selfcheck_id) REFERENCES selfchecks (group_id, customer_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, customer_id, selfcheck_id, point_id)
    REFERENCES selfcheck_points (group_id, customer_id, selfcheck_id, id)
) STRICT;
CREATE INDEX documents_by_order ON documents (group_id, customer_id, order_id);
CREATE INDEX documents_by_comment ON documents (group_id, order_id, comment_id);
CREATE INDEX documents_by_object ON documents (group_id, customer_id, object_id);
CREATE INDEX documents_by_facility ON documents (group_id, customer_id, facility_id);
CREATE INDEX documents_by_contact ON documents (group_id, customer_id, contact_id);
CREATE INDEX documents_by_selfcheck ON documents (group_id, customer_id, selfcheck_id, point_id);
CREATE INDEX documents_by_access ON documents (access_id);
CREATE INDEX documents_by_hash ON documents (hash);
CREATE INDEX documents_by_time ON documents (group_id, customer_id, at);

-- The sites that may show the login box in a frame.
CREATE TABLE group_origins (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  origin      TEXT NOT NULL,
  UNIQUE (group_id, id),
  UNIQUE (group_id, origin)
) STRICT;

-- Forms that were taken, and what each of them made: the same form sent again makes nothing more.
CREATE TABLE sent_forms (
  group_id    INTEGER NOT NULL,
  access_id   INTEGER NOT NULL,
  form        TEXT NOT NULL,
  subject_id  INTEGER NOT NULL,
  at          TEXT NOT NULL,
  PRIMARY KEY (group_id, access_id, form),
  FOREIGN KEY (group_id, access_id) REFERENCES accesses (group_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What belongs to a place is seen by whoever reaches the place. A self-check belongs to the place of its order or object.
CREATE VIEW reach_selfchecks (actor, selfcheck_id) AS
  SELECT CAST(-g.id AS INTEGER), s.id FROM groups g JOIN selfchecks s ON s.group_id = g.id
  UNION ALL
  SELECT a.id, s.id
    FROM accesses a
    JOIN selfchecks s ON s.group_id = a.group_id AND s.customer_id = a.customer_id
    JOIN orders o ON o.id = s.order_id
   WHERE EXISTS (SELECT 1 FROM reach_places r WHERE r.actor = a.id AND r.customer_id = o.customer_id AND r.place = o.place)
  UNION ALL
  SELECT a.id, s.id
    FROM accesses a
    JOIN selfchecks s ON s.group_id = a.group_id AND s.customer_id = a.customer_id
    JOIN objects m ON m.id = s.object_id
   WHERE EXISTS (SELECT 1 FROM reach_places r WHERE r.actor = a.id AND r.customer_id = m.customer_id AND r.place = m.place);

-- A shared document is seen by whoever sees what it lies on: that is in reach, and its own permission is there. Of the
-- people, each sees their own documents; those of others with colleague.view. What somebody sent along with an order is
-- theirs, even if they may only report faults and see no order.
CREATE VIEW reach_documents (actor, document_id) AS
  SELECT CAST(-g.id AS INTEGER), d.id FROM groups g JOIN documents d ON d.group_id = g.id
  UNION ALL
  SELECT a.id, d.id
    FROM accesses a
    JOIN documents d ON d.group_id = a.group_id AND d.customer_id = a.customer_id AND d.shared = 1
    JOIN orders o ON o.id = d.order_id
   WHERE EXISTS (SELECT 1 FROM reach_places r WHERE r.actor = a.id AND r.customer_id = o.customer_id AND r.place = o.place)
     AND (d.access_id = a.id
          OR EXISTS (SELECT 1 FROM access_permissions p
                      WHERE p.group_id = a.group_id AND p.access_id = a.id AND p.permission = 'order.view'))
  UNION ALL
  SELECT a.id, d.id
    FROM accesses a
    JOIN documents d ON d.group_id = a.group_id AND d.customer_id = a.customer_id AND d.shared = 1
    JOIN objects m ON m.id = d.object_id
    JOIN access_permissions p ON p.group_id = a.group_id AND p.access_id = a.id AND p.permission = 'object.view'
   WHERE EXISTS (SELECT 1 FROM reach_places r WHERE r.actor = a.id AND r.customer_id = m.customer_id AND r.place = m.place)
  UNION ALL
  SELECT a.id, d.id
    FROM accesses a
    JOIN documents d ON d.group_id = a.group_id AND d.customer_id = a.customer_id AND d.shared = 1
    JOIN access_permissions p ON p.group_id = a.group_id AND p.access_id = a.id AND p.permission = 'facility.view'
   WHERE d.facility_id IS NOT NULL
     AND EXISTS (SELECT 1 FROM reach_places r
                  WHERE r.actor = a.id AND r.customer_id = d.customer_id AND r.place = d.facility_id)
  UNION ALL
  SELECT a.id, d.id
    FROM accesses a
    JOIN documents d ON d.group_id = a.group_id AND d.customer_id = a.customer_id AND d.shared = 1
    JOIN access_permissions p ON p.group_id = a.group_id AND p.access_id = a.id AND p.permission = 'selfcheck.view'
   WHERE d.selfcheck_id IS NOT NULL
     AND EXISTS (SELECT 1 FROM reach_selfchecks s WHERE s.actor = a.id AND s.selfcheck_id = d.selfcheck_id)
  UNION ALL
  SELECT a.id, d.id
    FROM accesses a
    JOIN documents d ON d.group_id = a.group_id AND d.customer_id = a.customer_id AND d.shared = 1
   WHERE d.contact_id IS NOT NULL
     AND (d.contact_id = a.contact_id
          OR EXISTS (SELECT 1 FROM access_permissions p
                      WHERE p.group_id = a.group_id AND p.access_id = a.id AND p.permission = 'colleague.view'))
  UNION ALL
  SELECT a.id, d.id
    FROM accesses a
    JOIN documents d ON d.group_id = a.group_id AND d.customer_id = a.customer_id AND d.shared = 1
    JOIN access_permissions p ON p.group_id = a.group_id AND p.access_id = a.id AND p.permission = 'company.view'
   WHERE d.order_id IS NULL AND d.object_id IS NULL AND d.facility_id IS NULL AND d.contact_id IS NULL
     AND d.selfcheck_id IS NULL;
