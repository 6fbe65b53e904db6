-- The lines of the audit become a chain: `seal` is made from what a line says and the key file, `hash` from the line
-- before it, its number and its seal. Lines from before have neither: what they were is bound into the head, when this
-- step is taken.

ALTER TABLE audit ADD COLUMN seal TEXT;
ALTER TABLE audit ADD COLUMN hash TEXT;

-- For the lines of one person, and for those about one thing.
CREATE INDEX audit_by_actor ON audit (actor, id);
CREATE INDEX audit_by_subject ON audit (subject, id);

-- Where the chain ends: lines that are taken off its end are missed.
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
INSERT INTO audit_head (id, old_lines, old_last, old_hash, lines, last, hash, seal)
SELECT 1, count(*), coalesce(max(id), 0), '', 0, coalesce(max(id), 0), '', ''
  FROM audit;

CREATE TRIGGER audit_head_is_one BEFORE INSERT ON audit_head BEGIN SELECT RAISE(ABORT, 'the audit has one head'); END;
CREATE TRIGGER audit_head_is_not_deleted BEFORE DELETE ON audit_head BEGIN SELECT RAISE(ABORT, 'the audit is not deleted'); END;
CREATE TRIGGER audit_head_follows BEFORE UPDATE ON audit_head
WHEN OLD.seal <> '' AND NOT (
  NEW.id = 1 AND NEW.old_lines = OLD.old_lines AND NEW.old_last = OLD.old_last AND NEW.old_hash = OLD.old_hash
  AND NEW.lines = OLD.lines + 1 AND NEW.last > OLD.last
  AND EXISTS (SELECT 1 FROM audit WHERE id = NEW.last AND hash = NEW.hash)
) BEGIN SELECT RAISE(ABORT, 'the audit is not rewritten'); END;
