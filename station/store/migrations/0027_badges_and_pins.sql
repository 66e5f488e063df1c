-- From when and until when a badge counts ('' for always), whether its person is in
-- training, and whether it was revoked. A row that the disk has changed stays one.
ALTER TABLE people ADD COLUMN since TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN until TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN trainee INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN revoked INTEGER NOT NULL DEFAULT 0;
UPDATE people SET sum = row_sum('people', id, name, role, lang, badge, since, until, trainee, revoked)
  WHERE sum = row_sum('people', id, name, role, lang, badge);
-- PINs, by argon2id; tries are the wrong ones in a row, and none is looked at before
-- paused (Unix milliseconds). A try is counted before it is looked at.
CREATE TABLE pins (
  person TEXT PRIMARY KEY,
  hash   TEXT NOT NULL,
  tries  INTEGER NOT NULL,
  paused INTEGER NOT NULL,
  sum    INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
