-- Entries of the outbox that the hub is to be told of, by their keys.
CREATE TABLE hub_outbox (
  key TEXT PRIMARY KEY
) WITHOUT ROWID;
-- News that are in a message to a target which another folder made.
CREATE TABLE news_told (
  target TEXT NOT NULL,
  key    TEXT NOT NULL,
  at     INTEGER NOT NULL,
  PRIMARY KEY (target, key)
) WITHOUT ROWID;
