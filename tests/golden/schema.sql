CREATE TABLE access_facilities (
  group_id    INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  access_id   INTEGER NOT NULL,
  facility_id INTEGER NOT NULL,
  PRIMARY KEY (access_id, facility_id),
  FOREIGN KEY (group_id, customer_id, access_id) REFERENCES accesses (group_id, customer_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, customer_id, facility_id) REFERENCES facilities (group_id, customer_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE access_permissions (
  group_id    INTEGER NOT NULL,
  access_id   INTEGER NOT NULL,
  permission  TEXT NOT NULL,
  PRIMARY KEY (group_id, access_id, permission),
  FOREIGN KEY (group_id, access_id) REFERENCES accesses (group_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE accesses (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  group_id    INTEGER NOT NULL,
  user_id     INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  contact_id  INTEGER NOT NULL,
  all_facilities INTEGER NOT NULL DEFAULT 0 CHECK (all_facilities IN (0, 1)),
  unattached  INTEGER NOT NULL DEFAULT 0 CHECK (unattached IN (0, 1)),
  until       TEXT,
  created_at  TEXT NOT NULL,
  UNIQUE (group_id, id),
  UNIQUE (group_id, customer_id, id),
  UNIQUE (group_id, user_id, customer_id),
  FOREIGN KEY (group_id, user_id) REFERENCES users (group_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, customer_id) REFERENCES customers (group_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, customer_id, contact_id) REFERENCES contacts (group_id, customer_id, id)
) STRICT;

CREATE TABLE accounts_told (
  group_id    INTEGER PRIMARY KEY REFERENCES groups (id) ON DELETE CASCADE,
  day         TEXT NOT NULL,
  audit_line  INTEGER NOT NULL
) STRICT;

CREATE TABLE audit (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER,
  at          TEXT NOT NULL,
  actor_sort  TEXT NOT NULL CHECK (actor_sort IN ('owner', 'staff', 'user', 'machine')),
  actor       TEXT NOT NULL,
  uid         INTEGER,
  via         TEXT NOT NULL,
  client      TEXT,
  action      TEXT NOT NULL,
  noun        TEXT NOT NULL,
  subject_id  INTEGER NOT NULL,
  subject     TEXT NOT NULL,
  before      TEXT,
  after       TEXT
, seal TEXT, hash TEXT) STRICT;

CREATE TABLE audit_head (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  -- The lines from before the chain: how many, the last of them, and a hash over them all.
  old_lines   INTEGER NOT NULL,
  old_last    INTEGER NOT NULL,
  old_hash    TEXT NOT NULL,
  -- The lines of the chain: how many, the last of them, and its hash.
  lines       INTEGER NOT NULL,
  last        INTEGER NOT NULL,
  hash        TEXT NOT NULL,
  -- Made from all of the above and the key file.
  seal        TEXT NOT NULL
) STRICT;

CREATE TABLE bounces (
  group_id    INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  email       TEXT NOT NULL,
  at          TEXT NOT NULL,
  why         TEXT NOT NULL,
  PRIMARY KEY (group_id, email)
) STRICT, WITHOUT ROWID;

CREATE TABLE comments (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL,
  order_id    INTEGER NOT NULL,
  answers_id  INTEGER,
  side        TEXT NOT NULL CHECK (side IN ('staff', 'customer')),
  author      TEXT NOT NULL,
  text        TEXT NOT NULL,
  at          TEXT NOT NULL, access_id INTEGER,
  UNIQUE (group_id, order_id, id),
  FOREIGN KEY (group_id, order_id) REFERENCES orders (group_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, order_id, answers_id) REFERENCES comments (group_id, order_id, id)
) STRICT;

CREATE TABLE contact_facilities (
  contact_id  INTEGER NOT NULL,
  facility_id INTEGER NOT NULL,
  group_id    INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  PRIMARY KEY (contact_id, facility_id),
  FOREIGN KEY (group_id, customer_id, contact_id) REFERENCES contacts (group_id, customer_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, customer_id, facility_id) REFERENCES facilities (group_id, customer_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact_roles (
  group_id    INTEGER NOT NULL,
  contact_id  INTEGER NOT NULL,
  role_id     INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  PRIMARY KEY (group_id, contact_id, role_id),
  FOREIGN KEY (group_id, customer_id, contact_id) REFERENCES contacts (group_id, customer_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, role_id) REFERENCES roles (group_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE contacts (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  name        TEXT NOT NULL,
  email       TEXT,
  phone       TEXT,
  title       TEXT,
  location    TEXT,
  lang        TEXT CHECK (lang IN ('en', 'sv', 'es')),
  external_id TEXT,
  search      TEXT NOT NULL,
  created_at  TEXT NOT NULL,
  UNIQUE (group_id, customer_id, id),
  FOREIGN KEY (group_id, customer_id) REFERENCES customers (group_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE customers (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  number      TEXT NOT NULL,
  name        TEXT NOT NULL,
  org_no      TEXT,
  email       TEXT,
  phone       TEXT,
  fax         TEXT,
  address     TEXT,
  address2    TEXT,
  postal_code TEXT,
  city        TEXT,
  region      TEXT,
  country     TEXT,
  lang        TEXT CHECK (lang IN ('en', 'sv', 'es')),
  prefix      TEXT,
  status      TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'closed')),
  note        TEXT,
  external_id TEXT,
  last_order  INTEGER NOT NULL DEFAULT 0,
  search      TEXT NOT NULL,
  created_at  TEXT NOT NULL,
  UNIQUE (group_id, id),
  UNIQUE (group_id, number)
) STRICT;

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

CREATE TABLE facilities (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  number      TEXT NOT NULL,
  name        TEXT NOT NULL,
  address     TEXT,
  address2    TEXT,
  postal_code TEXT,
  city        TEXT,
  region      TEXT,
  country     TEXT,
  zone        TEXT,
  note        TEXT,
  status      TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'closed')),
  external_id TEXT,
  search      TEXT NOT NULL,
  created_at  TEXT NOT NULL,
  UNIQUE (group_id, customer_id, id),
  UNIQUE (group_id, customer_id, number),
  FOREIGN KEY (group_id, customer_id) REFERENCES customers (group_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE group_origins (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  origin      TEXT NOT NULL,
  UNIQUE (group_id, id),
  UNIQUE (group_id, origin)
) STRICT;

CREATE TABLE groups (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  slug        TEXT NOT NULL UNIQUE,
  name        TEXT NOT NULL,
  colour      TEXT NOT NULL,
  lang        TEXT NOT NULL CHECK (lang IN ('en', 'sv', 'es')),
  zone        TEXT NOT NULL,
  reply_to    TEXT,
  phone       TEXT,
  prefix      TEXT NOT NULL,
  created_at  TEXT NOT NULL
) STRICT;

CREATE TABLE import_rejects (
  group_id    INTEGER NOT NULL,
  run_id      INTEGER NOT NULL,
  position    INTEGER NOT NULL,
  text        TEXT NOT NULL,
  PRIMARY KEY (group_id, run_id, position),
  FOREIGN KEY (group_id, run_id) REFERENCES import_runs (group_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE import_runs (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  noun        TEXT NOT NULL,
  file        TEXT NOT NULL,
  at          TEXT NOT NULL,
  actor       TEXT NOT NULL,
  created     INTEGER NOT NULL,
  changed     INTEGER NOT NULL,
  closed      INTEGER NOT NULL,
  unchanged   INTEGER NOT NULL,
  rejected    INTEGER NOT NULL,
  -- What it did stands in the lines of the audit behind the first of these, up to the second. An import is one transaction,
  -- so nobody else's are among them. A run of an older frontdesk does not know.
  lines_after INTEGER,
  lines_last  INTEGER CHECK (lines_last >= lines_after),
  -- The run that this one took back; each is taken back once.
  undoes_id   INTEGER,
  UNIQUE (group_id, id),
  UNIQUE (group_id, undoes_id),
  FOREIGN KEY (group_id, undoes_id) REFERENCES import_runs (group_id, id)
) STRICT;

CREATE TABLE logos (
  group_id    INTEGER PRIMARY KEY REFERENCES groups (id) ON DELETE CASCADE,
  media_type  TEXT NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg', 'image/webp')),
  hash        TEXT NOT NULL,
  width       INTEGER NOT NULL,
  height      INTEGER NOT NULL,
  bytes       BLOB NOT NULL
) STRICT;

CREATE TABLE mail_stops (
  group_id    INTEGER PRIMARY KEY NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  since       TEXT NOT NULL,
  seen_at     TEXT NOT NULL,
  why         TEXT NOT NULL
) STRICT;

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

CREATE TABLE notice_choices (
  group_id    INTEGER NOT NULL,
  contact_id  INTEGER NOT NULL,
  event       TEXT NOT NULL,
  customer_id INTEGER NOT NULL,
  choice      TEXT NOT NULL CHECK (choice IN ('daily', 'off')),
  PRIMARY KEY (group_id, contact_id, event),
  FOREIGN KEY (group_id, customer_id, contact_id) REFERENCES contacts (group_id, customer_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

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

CREATE TABLE object_labels (
  group_id    INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  object_id   INTEGER NOT NULL,
  code        TEXT NOT NULL UNIQUE,
  created_at  TEXT NOT NULL,
  PRIMARY KEY (group_id, customer_id, object_id),
  FOREIGN KEY (group_id, customer_id, object_id) REFERENCES objects (group_id, customer_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE objects (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  facility_id INTEGER,
  place       INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(facility_id, -customer_id)) STORED,
  number      TEXT NOT NULL,
  name        TEXT NOT NULL,
  maker       TEXT,
  model       TEXT,
  serial_no   TEXT,
  installed_on TEXT,
  meter       TEXT,
  unit        TEXT,
  parent_id   INTEGER,
  status      TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'retired')),
  external_id TEXT,
  search      TEXT NOT NULL,
  created_at  TEXT NOT NULL,
  UNIQUE (group_id, customer_id, id),
  UNIQUE (group_id, customer_id, number),
  FOREIGN KEY (group_id, customer_id) REFERENCES customers (group_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, customer_id, facility_id) REFERENCES facilities (group_id, customer_id, id),
  FOREIGN KEY (group_id, customer_id, parent_id) REFERENCES objects (group_id, customer_id, id)
) STRICT;

CREATE TABLE order_counts (
  group_id    INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  place       INTEGER NOT NULL,
  stage       TEXT NOT NULL,
  kind        TEXT NOT NULL,
  orders      INTEGER NOT NULL,
  PRIMARY KEY (group_id, place, stage, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE order_history (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL,
  order_id    INTEGER NOT NULL,
  status      TEXT NOT NULL,
  stage       TEXT NOT NULL,
  reason      TEXT,
  author      TEXT NOT NULL,
  at          TEXT NOT NULL,
  FOREIGN KEY (group_id, order_id) REFERENCES orders (group_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE order_staff (
  group_id    INTEGER NOT NULL,
  order_id    INTEGER NOT NULL,
  staff_id    INTEGER NOT NULL,
  PRIMARY KEY (group_id, order_id, staff_id),
  FOREIGN KEY (group_id, order_id) REFERENCES orders (group_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, staff_id) REFERENCES staff (group_id, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE orders (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL,
  customer_id INTEGER NOT NULL,
  facility_id INTEGER,
  place       INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(facility_id, -customer_id)) STORED,
  object_id   INTEGER,
  contact_id  INTEGER,
  number      TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('work', 'service')),
  title       TEXT NOT NULL,
  description TEXT,
  status_id   INTEGER NOT NULL,
  stage       TEXT NOT NULL,
  priority_id INTEGER NOT NULL,
  planned_from TEXT,
  planned_to  TEXT,
  due_at      TEXT,
  reference   TEXT,
  cost        INTEGER,
  external_id TEXT,
  search      TEXT NOT NULL,
  created_at  TEXT NOT NULL,
  changed_at  TEXT NOT NULL,
  closed_at   TEXT, site_contact TEXT, site_phone TEXT, access_id INTEGER,
  UNIQUE (group_id, id),
  UNIQUE (group_id, number),
  FOREIGN KEY (group_id, customer_id) REFERENCES customers (group_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, customer_id, facility_id) REFERENCES facilities (group_id, customer_id, id),
  FOREIGN KEY (group_id, customer_id, object_id) REFERENCES objects (group_id, customer_id, id),
  FOREIGN KEY (group_id, customer_id, contact_id) REFERENCES contacts (group_id, customer_id, id),
  FOREIGN KEY (group_id, priority_id) REFERENCES priorities (group_id, id),
  -- The stage stands here too, for the pipeline's index, and the reference keeps it equal to the status's own.
  FOREIGN KEY (group_id, status_id, stage) REFERENCES statuses (group_id, id, stage) ON UPDATE CASCADE
) STRICT;

CREATE TABLE outbox (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  message_id  TEXT NOT NULL UNIQUE,
  kind        TEXT NOT NULL,
  letter      TEXT NOT NULL,
  recipient   TEXT NOT NULL,
  lang        TEXT NOT NULL CHECK (lang IN ('en', 'sv', 'es')),
  user_id     INTEGER,
  ticket_id   INTEGER,
  order_id    INTEGER,
  state       TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'dead', 'cancelled')),
  attempts    INTEGER NOT NULL DEFAULT 0,
  queued_at   TEXT NOT NULL,
  next_at     TEXT NOT NULL,
  leased_until TEXT,
  not_after   TEXT,
  done_at     TEXT,
  answer      TEXT, tried_at TEXT,
  UNIQUE (group_id, id),
  FOREIGN KEY (group_id, user_id) REFERENCES users (group_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, ticket_id) REFERENCES tickets (group_id, id) ON DELETE CASCADE,
  FOREIGN KEY (group_id, order_id) REFERENCES orders (group_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE priorities (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  hours       INTEGER CHECK (hours > 0),
  emergency   INTEGER NOT NULL DEFAULT 0 CHECK (emergency IN (0, 1)),
  position    INTEGER NOT NULL,
  is_default  INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
  UNIQUE (group_id, id),
  UNIQUE (group_id, name)
) STRICT;

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

CREATE TABLE roles (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  UNIQUE (group_id, id),
  UNIQUE (group_id, name)
) STRICT;

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

CREATE TABLE sent_forms (
  group_id    INTEGER NOT NULL,
  access_id   INTEGER NOT NULL,
  form        TEXT NOT NULL,
  subject_id  INTEGER NOT NULL,
  at          TEXT NOT NULL,
  PRIMARY KEY (group_id, access_id, form),
  FOREIGN KEY (group_id, access_id) REFERENCES accesses (group_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

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

CREATE TABLE sessions (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL,
  user_id     INTEGER NOT NULL,
  access_id   INTEGER,
  hash        TEXT NOT NULL UNIQUE,
  created_at  TEXT NOT NULL,
  seen_at     TEXT NOT NULL,
  client      TEXT,
  agent       TEXT,
  UNIQUE (group_id, id),
  FOREIGN KEY (group_id, user_id) REFERENCES users (group_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE staff (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  login       TEXT NOT NULL,
  name        TEXT NOT NULL,
  email       TEXT,
  uid         INTEGER CHECK (uid >= 0 AND uid <> 65534),
  status      TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled')),
  created_at  TEXT NOT NULL, kind TEXT NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'service')),
  UNIQUE (group_id, id),
  UNIQUE (group_id, login)
) STRICT;

CREATE TABLE staff_rights (
  group_id    INTEGER NOT NULL,
  staff_id    INTEGER NOT NULL,
  name        TEXT NOT NULL,
  PRIMARY KEY (group_id, staff_id, name),
  FOREIGN KEY (group_id, staff_id) REFERENCES staff (group_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE statuses (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  stage       TEXT NOT NULL CHECK (stage IN ('received', 'planned', 'in_progress', 'waiting', 'done', 'cancelled')),
  position    INTEGER NOT NULL,
  is_default  INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
  UNIQUE (group_id, id),
  UNIQUE (group_id, name),
  UNIQUE (group_id, id, stage)
) STRICT;

CREATE TABLE template_permissions (
  group_id    INTEGER NOT NULL,
  template_id INTEGER NOT NULL,
  permission  TEXT NOT NULL,
  PRIMARY KEY (group_id, template_id, permission),
  FOREIGN KEY (group_id, template_id) REFERENCES templates (group_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE templates (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  name        TEXT NOT NULL,
  UNIQUE (group_id, id),
  UNIQUE (group_id, name)
) STRICT;

CREATE TABLE throttle (
  group_id    INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  subject     TEXT NOT NULL,
  failures    INTEGER NOT NULL,
  first_at    TEXT NOT NULL,
  last_at     TEXT NOT NULL,
  wait_until  TEXT NOT NULL,
  told        INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
  PRIMARY KEY (group_id, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE tickets (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL,
  user_id     INTEGER NOT NULL,
  purpose     TEXT NOT NULL CHECK (purpose IN ('invite', 'reset')),
  nonce       TEXT NOT NULL,
  hash        TEXT NOT NULL UNIQUE,
  created_at  TEXT NOT NULL,
  expires_at  TEXT NOT NULL,
  used_at     TEXT,
  ended_at    TEXT,
  ended_why   TEXT CHECK (ended_why IN ('replaced', 'withdrawn')),
  UNIQUE (group_id, id),
  FOREIGN KEY (group_id, user_id) REFERENCES users (group_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE users (
  id          INTEGER PRIMARY KEY,
  group_id    INTEGER NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
  email       TEXT NOT NULL,
  lang        TEXT CHECK (lang IN ('en', 'sv', 'es')),
  password    TEXT,
  status      TEXT NOT NULL DEFAULT 'enabled' CHECK (status IN ('enabled', 'disabled')),
  created_at  TEXT NOT NULL,
  signed_in_at TEXT,
  UNIQUE (group_id, id),
  UNIQUE (group_id, email)
) STRICT;

CREATE INDEX access_facilities_by_facility ON access_facilities (group_id, customer_id, facility_id);

CREATE INDEX accesses_by_contact ON accesses (group_id, customer_id, contact_id);

CREATE INDEX audit_by_actor ON audit (actor, id);

CREATE INDEX audit_by_group ON audit (group_id, at);

CREATE INDEX audit_by_subject ON audit (subject, id);

CREATE INDEX comments_by_answered ON comments (group_id, order_id, answers_id);

CREATE INDEX comments_by_order ON comments (group_id, order_id);

CREATE INDEX contact_facilities_by_contact ON contact_facilities (group_id, customer_id, contact_id);

CREATE INDEX contact_facilities_by_facility ON contact_facilities (group_id, customer_id, facility_id);

CREATE INDEX contact_roles_by_contact ON contact_roles (group_id, customer_id, contact_id);

CREATE INDEX contact_roles_by_role ON contact_roles (group_id, role_id);

CREATE INDEX contacts_by_address ON contacts (group_id, email) WHERE email IS NOT NULL;

CREATE UNIQUE INDEX contacts_by_email ON contacts (group_id, customer_id, email) WHERE email IS NOT NULL;

CREATE UNIQUE INDEX contacts_by_external_id ON contacts (group_id, external_id) WHERE external_id IS NOT NULL;

CREATE UNIQUE INDEX customers_by_external_id ON customers (group_id, external_id) WHERE external_id IS NOT NULL;

CREATE INDEX customers_by_prefix ON customers (group_id, prefix) WHERE prefix IS NOT NULL;

CREATE INDEX documents_by_access ON documents (access_id);

CREATE INDEX documents_by_comment ON documents (group_id, order_id, comment_id);

CREATE INDEX documents_by_contact ON documents (group_id, customer_id, contact_id);

CREATE INDEX documents_by_facility ON documents (group_id, customer_id, facility_id);

CREATE INDEX documents_by_hash ON documents (hash);

CREATE INDEX documents_by_object ON documents (group_id, customer_id, object_id);

CREATE INDEX documents_by_order ON documents (group_id, customer_id, order_id);

CREATE INDEX documents_by_selfcheck ON documents (group_id, customer_id, selfcheck_id, point_id);

CREATE INDEX documents_by_time ON documents (group_id, customer_id, at);

CREATE UNIQUE INDEX facilities_by_external_id ON facilities (group_id, external_id) WHERE external_id IS NOT NULL;

CREATE INDEX facilities_by_number ON facilities (group_id, number);

CREATE INDEX facilities_in_order ON facilities (group_id, customer_id, status DESC, name, number);

CREATE UNIQUE INDEX groups_by_desk ON groups ((CAST(-id AS INTEGER)));

CREATE INDEX notice_choices_by_contact ON notice_choices (group_id, customer_id, contact_id);

CREATE UNIQUE INDEX object_intervals_by_row ON object_intervals (group_id, customer_id, object_id, id);

CREATE UNIQUE INDEX objects_by_external_id ON objects (group_id, external_id) WHERE external_id IS NOT NULL;

CREATE INDEX objects_by_facility ON objects (group_id, customer_id, facility_id);

CREATE INDEX objects_by_number ON objects (group_id, number);

CREATE INDEX objects_by_parent ON objects (group_id, customer_id, parent_id);

CREATE INDEX objects_by_place ON objects (place, number);

CREATE INDEX objects_in_order ON objects (group_id, customer_id, status, number, place);

CREATE INDEX order_history_by_order ON order_history (group_id, order_id);

CREATE INDEX order_staff_by_staff ON order_staff (group_id, staff_id);

CREATE INDEX orders_by_contact ON orders (group_id, customer_id, contact_id);

CREATE INDEX orders_by_customer ON orders (group_id, customer_id, created_at, place, stage, kind, contact_id);

CREATE INDEX orders_by_customer_number ON orders (group_id, customer_id, number);

CREATE UNIQUE INDEX orders_by_external_id ON orders (group_id, external_id) WHERE external_id IS NOT NULL;

CREATE INDEX orders_by_facility ON orders (group_id, customer_id, facility_id);

CREATE INDEX orders_by_group ON orders (group_id, created_at);

CREATE INDEX orders_by_object ON orders (group_id, customer_id, object_id);

CREATE INDEX orders_by_place ON orders (place, stage, closed_at, created_at, kind, contact_id);

CREATE INDEX orders_by_plan ON orders (group_id, customer_id, planned_from);

CREATE INDEX orders_by_priority ON orders (group_id, priority_id);

CREATE UNIQUE INDEX orders_by_row ON orders (group_id, customer_id, id);

CREATE INDEX orders_by_status ON orders (group_id, status_id, stage);

CREATE INDEX orders_by_title ON orders (group_id, customer_id, title);

CREATE INDEX outbox_by_group ON outbox (group_id, queued_at);

CREATE INDEX outbox_by_order ON outbox (group_id, order_id);

CREATE INDEX outbox_by_ticket ON outbox (group_id, ticket_id);

CREATE INDEX outbox_by_try ON outbox (group_id, tried_at) WHERE tried_at IS NOT NULL;

CREATE INDEX outbox_by_user ON outbox (group_id, user_id);

CREATE INDEX outbox_due ON outbox (group_id, next_at) WHERE state = 'queued';

CREATE INDEX outbox_due_by_kind ON outbox (group_id, kind, next_at) WHERE state = 'queued';

CREATE UNIQUE INDEX priorities_one_default ON priorities (group_id) WHERE is_default = 1;

CREATE INDEX readings_by_corrected ON readings (group_id, customer_id, object_id, corrects_id);

CREATE INDEX readings_by_time ON readings (object_id, meter, read_at, id);

CREATE INDEX readings_curve ON readings (object_id, meter, read_at, value, series) WHERE state = 'valid';

CREATE UNIQUE INDEX readings_in_force ON readings (object_id, meter, read_at) WHERE state = 'valid';

CREATE INDEX received_by_order ON received (group_id, order_id);

CREATE INDEX received_by_time ON received (group_id, at);

CREATE INDEX role_statuses_by_status ON role_statuses (group_id, status_id);

CREATE INDEX selfcheck_steps_by_selfcheck ON selfcheck_steps (group_id, customer_id, selfcheck_id);

CREATE INDEX selfchecks_by_object ON selfchecks (group_id, customer_id, object_id);

CREATE INDEX selfchecks_by_order ON selfchecks (group_id, customer_id, order_id);

CREATE INDEX sessions_by_user ON sessions (group_id, user_id);

CREATE UNIQUE INDEX staff_by_uid ON staff (group_id, uid) WHERE uid IS NOT NULL;

CREATE UNIQUE INDEX statuses_one_default ON statuses (group_id) WHERE is_default = 1;

CREATE INDEX throttle_by_age ON throttle (group_id, last_at);

CREATE INDEX tickets_by_user ON tickets (group_id, user_id, purpose);

CREATE TRIGGER audit_head_follows BEFORE UPDATE ON audit_head
WHEN OLD.seal <> '' AND NOT (
  NEW.id = 1 AND NEW.old_lines = OLD.old_lines AND NEW.old_last = OLD.old_last AND NEW.old_hash = OLD.old_hash
  AND NEW.lines = OLD.lines + 1 AND NEW.last > OLD.last
  AND EXISTS (SELECT 1 FROM audit WHERE id = NEW.last AND hash = NEW.hash)
) BEGIN SELECT RAISE(ABORT, 'the audit is not rewritten'); END;

CREATE TRIGGER audit_head_is_not_deleted BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'the audit is not deleted'); END;

CREATE TRIGGER audit_head_is_one BEFORE INSERT ON audit_head BEGIN SELECT RAISE(ABORT, 'the audit has one head'); END;

CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is not deleted'); END;

CREATE TRIGGER audit_is_not_rewritten BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is not rewritten'); END;

CREATE TRIGGER orders_count AFTER INSERT ON orders BEGIN
  INSERT INTO order_counts (group_id, place, stage, kind, orders)
  VALUES (NEW.group_id, NEW.place, NEW.stage, NEW.kind, 1)
  ON CONFLICT (group_id, place, stage, kind) DO UPDATE SET orders = orders + 1;
END;

CREATE TRIGGER orders_count_elsewhere AFTER UPDATE OF group_id, customer_id, facility_id, stage, kind ON orders BEGIN
  UPDATE order_counts SET orders = orders - 1
   WHERE group_id = OLD.group_id AND place = OLD.place AND stage = OLD.stage AND kind = OLD.kind;
  INSERT INTO order_counts (group_id, place, stage, kind, orders)
  VALUES (NEW.group_id, NEW.place, NEW.stage, NEW.kind, 1)
  ON CONFLICT (group_id, place, stage, kind) DO UPDATE SET orders = orders + 1;
END;

CREATE TRIGGER orders_count_no_more AFTER DELETE ON orders BEGIN
  UPDATE order_counts SET orders = orders - 1
   WHERE group_id = OLD.group_id AND place = OLD.place AND stage = OLD.stage AND kind = OLD.kind;
END;

CREATE VIEW reach_customers (actor, customer_id) AS
  SELECT CAST(-g.id AS INTEGER), c.id FROM groups g JOIN customers c ON c.group_id = g.id
  UNION ALL
  SELECT id, customer_id FROM accesses;

CREATE VIEW reach_desks (actor, group_id) AS
  SELECT CAST(-id AS INTEGER), id FROM groups;

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

CREATE VIEW reach_groups (actor, group_id) AS
  SELECT CAST(-id AS INTEGER), id FROM groups
  UNION ALL
  SELECT CAST(0 AS INTEGER), id FROM groups
  UNION ALL
  SELECT id, group_id FROM accesses;

CREATE VIEW reach_places (actor, customer_id, place) AS
  SELECT CAST(-g.id AS INTEGER), c.id, CAST(-c.id AS INTEGER) FROM groups g JOIN customers c ON c.group_id = g.id
  UNION ALL
  SELECT CAST(-g.id AS INTEGER), f.customer_id, f.id FROM groups g JOIN facilities f ON f.group_id = g.id
  UNION ALL
  SELECT id, customer_id, CAST(-customer_id AS INTEGER) FROM accesses WHERE unattached = 1
  UNION ALL
  SELECT a.id, f.customer_id, f.id
    FROM accesses a
    JOIN facilities f ON f.group_id = a.group_id AND f.customer_id = a.customer_id
   WHERE a.all_facilities = 1
  UNION ALL
  SELECT a.id, a.customer_id, s.facility_id
    FROM accesses a
    JOIN access_facilities s ON s.access_id = a.id
   WHERE a.all_facilities = 0;

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

