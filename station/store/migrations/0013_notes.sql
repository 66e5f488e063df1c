-- What people wrote about a case: the journal holds its id only, so that the text can
-- be erased.
CREATE TABLE notes (
  id      TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  text    TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX notes_case ON notes (case_id);
