-- Members of staff that are no persons; and of which changes of customer accounts the administrators were told.

-- A service member is a program that runs by itself, such as a line of cron: it is nobody whom mail or work could reach.
ALTER TABLE staff ADD COLUMN kind TEXT NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'service'));

-- The last day on which a group's administrators were told, and the last line of the audit that was looked at then.
CREATE TABLE accounts_told (
  group_id    INTEGER PRIMARY KEY REFERENCES groups (id) ON DELETE CASCADE,
  day         TEXT NOT NULL,
  audit_line  INTEGER NOT NULL
) STRICT;
