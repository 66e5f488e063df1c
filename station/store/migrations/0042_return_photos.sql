-- Photos of what came back, by the hash of the file that lies beside the documents.
CREATE TABLE IF NOT EXISTS return_photos (
  return_id TEXT NOT NULL,
  hash      TEXT NOT NULL,
  at        INTEGER NOT NULL,
  PRIMARY KEY (return_id, at, hash)
) WITHOUT ROWID;
