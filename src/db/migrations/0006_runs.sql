-- What an import did can be looked at and taken back: a run knows which lines of the audit it wrote, and keeps the rows
-- that it could not take.

ALTER TABLE import_runs RENAME TO import_runs_before;

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
INSERT INTO import_runs (id, group_id, noun, file, at, actor, created, changed, closed, unchanged, rejected)
SELECT id, group_id, noun, file, at, actor, created, changed, 0, unchanged, rejected
  FROM import_runs_before;
DROP TABLE import_runs_before;

-- The lines of the file of rejected rows, its headings first. They hold what the company's own file held, also about
-- people, and are not kept for ever.
CREATE TABLE import_rejects (
  group_id    INTEGER NOT NULL,
  run_id      INTEGER NOT NULL,
  position    INTEGER NOT NULL,
  text        TEXT NOT NULL,
  PRIMARY KEY (group_id, run_id, position),
  FOREIGN KEY (group_id, run_id) REFERENCES import_runs (group_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
