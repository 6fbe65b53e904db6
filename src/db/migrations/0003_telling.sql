-- Telling people: roles and their matrix, what each person wants to hear, what a mail in the outbox tells and whom, what
-- came back, what came in.
--
-- In a table WITHOUT ROWID the columns of the key come first, in its order: the integrity_check of SQLite 3.40, which
-- some systems ship, takes other orders for damage.

-- A role is a named line of the matrix: of which events and which statuses its contacts are told.
CREATE TABLE roles (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  UNIQUE (group_id, id),
  UNIQUE (group_id, name)
) STRICT;

CREATE TABLE role_events (
  group_id    INTEGER NOT NULL,
  role_id     INTEGER NOT NULL,
  event       TEXT NOT NULL,
  PRIMARY KEY (group_id, role_id, event),
  FOREIGN KEY (group_id, role_id) REFERENCES roles (group_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE role_statuses (
  group_id    INTEGER NOT NULL,
  role_id     INTEGER NOT NULL,
  status_id   INTEGER NOT NULL,
  PRIMARY KEY (group_id, role_id, status_id),
  FOREIGN KEY (group_id, role_id) REFERENCES roles (group_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, status_id) REFERENCES statuses (group_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX role_statuses_by_status ON role_statuses (group_id, status_id);

CREATE TABLE contact_roles (
  group_id    INTEGER NOT NULL,
  contact_id  INTEGER NOT NULL,
  role_id     INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  PRIMARY KEY (group_id, contact_id, role_id),
  FOREIGN KEY (group_id, customer_id, contact_id) REFERENCES contacts (group_id, customer_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, role_id) REFERENCES roles (group_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_roles_by_contact ON contact_roles (group_id, customer_id, contact_id);
CREATE INDEX contact_roles_by_role ON contact_roles (group_id, role_id);

-- The facilities that a contact is told about; none named is the whole customer. So a facility that is named here cannot
-- be deleted: a contact who was told about it alone would be told about everything.
CREATE TABLE contact_facilities (
  contact_id  INTEGER NOT NULL,
  facility_id INTEGER NOT NULL,
  group_id    INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  PRIMARY KEY (contact_id, facility_id),
  FOREIGN KEY (group_id, customer_id, contact_id) REFERENCES contacts (group_id, customer_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, customer_id, facility_id) REFERENCES facilities (group_id, customer_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_facilities_by_contact ON contact_facilities (group_id, customer_id, contact_id);
CREATE INDEX contact_facilities_by_facility ON contact_facilities (group_id, customer_id, facility_id);

-- What a person chose not to be told at once. Without a row it is told at once.
CREATE TABLE notice_choices (
  group_id    INTEGER NOT NULL,
  contact_id  INTEGER NOT NULL,
  event       TEXT NOT NULL,
  customer_id INTEGER NOT NULL,
  choice      TEXT NOT NULL CHECK (choice IN ('daily', 'off')),
  PRIMARY KEY (group_id, contact_id, event),
  FOREIGN KEY (group_id, customer_id, contact_id) REFERENCES contacts (group_id, customer_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_choices_by_contact ON notice_choices (group_id, customer_id, contact_id);

-- A mail of the outbox that tells somebody of what happened: a contact, a member of staff, or, with neither, the
-- company's own address. While it has a bundle, more of the same may be put into it; that ends when it is first tried.
-- The traces say what each part of it tells of: before it leaves it is asked again whether its reader may be told. So the
-- row outlives its reader: a mail without it would be one that nobody needs to be asked about.
CREATE TABLE notices (
  group_id    INTEGER NOT NULL,
  mail_id     INTEGER NOT NULL,
  customer_id INTEGER,
  contact_id  INTEGER,
  staff_id    INTEGER,
  traces      TEXT NOT NULL,
  bundle      TEXT,
  PRIMARY KEY (group_id, mail_id),
  CHECK (contact_id IS NULL OR staff_id IS NULL),
  CHECK ((contact_id IS NULL) = (customer_id IS NULL)),
  UNIQUE (group_id, bundle),
  FOREIGN KEY (group_id, mail_id) REFERENCES outbox (group_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- When a mail was last tried: by this the mailer keeps to so many a minute for each group.
ALTER TABLE outbox ADD COLUMN tried_at TEXT;
CREATE INDEX outbox_by_try ON outbox (group_id, tried_at) WHERE tried_at IS NOT NULL;

-- The next mail is looked for in one group, among the letters about accounts before all others.
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (group_id, next_at) WHERE state = 'queued';
CREATE INDEX outbox_due_by_kind ON outbox (group_id, kind, next_at) WHERE state = 'queued';

-- Since when no mail can leave, as the mails of a group found out; when that was seen last, and why. The rows go when
-- mail leaves again.
CREATE TABLE mail_stops (
  group_id    INTEGER PRIMARY KEY NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  since       TEXT NOT NULL,
  seen_at     TEXT NOT NULL,
  why         TEXT NOT NULL
) STRICT;

-- Addresses from which mail came back for good, and the words in which it did.
CREATE TABLE bounces (
  group_id    INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  email       TEXT NOT NULL,
  at          TEXT NOT NULL,
  why         TEXT NOT NULL,
  PRIMARY KEY (group_id, email)
) STRICT, WITHOUT ROWID;

-- What came in by mail, and what became of it. The fingerprint keeps a message that is delivered twice from being taken
-- twice. `kept` names the file of a message that was not taken as it was meant, for the company to look at.
CREATE TABLE received (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  fingerprint TEXT NOT NULL,
  sender      TEXT NOT NULL,
  subject     TEXT NOT NULL,
  outcome     TEXT NOT NULL CHECK (outcome IN ('taken', 'bounce', 'dropped', 'doubtful')),
  why         TEXT,
  order_id    INTEGER,
  kept        TEXT,
  at          TEXT NOT NULL,
  UNIQUE (group_id, id),
  UNIQUE (group_id, fingerprint),
  FOREIGN KEY (group_id, order_id) REFERENCES orders (group_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX received_by_time ON received (group_id, at);
CREATE INDEX received_by_order ON received (group_id, order_id);

-- Of which service of a machine it was told already that it is due: the one that follows the service at `since`.
CREATE UNIQUE INDEX object_intervals_by_row ON object_intervals (group_id, customer_id, object_id, id);
CREATE TABLE service_notices (
  group_id    INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  object_id   INTEGER NOT NULL,
  interval_id INTEGER NOT NULL,
  since       TEXT NOT NULL,
  at          TEXT NOT NULL,
  PRIMARY KEY (group_id, customer_id, object_id, interval_id),
  FOREIGN KEY (group_id, customer_id, object_id, interval_id)
    REFERENCES object_intervals (group_id, customer_id, object_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- The groups that are here already get the roles that a new one begins with.
INSERT INTO roles (group_id, name)
SELECT g.id, r.name
  FROM groups g
 CROSS JOIN (SELECT 1 AS place, 'Site manager' AS name UNION ALL SELECT 2, 'Board' UNION ALL SELECT 3, 'Billing') r
 ORDER BY g.id, r.place;

INSERT INTO role_events (group_id, role_id, event)
SELECT r.group_id, r.id, t.event
  FROM roles r
  JOIN (SELECT 'Site manager' AS name, 'order.created' AS event
        UNION ALL SELECT 'Site manager', 'order.status'
        UNION ALL SELECT 'Site manager', 'order.waiting'
        UNION ALL SELECT 'Site manager', 'order.done'
        UNION ALL SELECT 'Site manager', 'order.planned'
        UNION ALL SELECT 'Site manager', 'comment'
        UNION ALL SELECT 'Site manager', 'document'
        UNION ALL SELECT 'Site manager', 'selfcheck'
        UNION ALL SELECT 'Site manager', 'reading.due'
        UNION ALL SELECT 'Board', 'order.waiting'
        UNION ALL SELECT 'Board', 'order.done'
        UNION ALL SELECT 'Billing', 'order.done'
        UNION ALL SELECT 'Billing', 'document') t ON t.name = r.name;
