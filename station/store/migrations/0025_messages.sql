-- Who is told of what happens at the benches. What proves that we may tell them stands in a
-- file of its own, never here. taken is the last of the news that a message holds, last
-- when that message was made.
CREATE TABLE message_targets (
  id      TEXT PRIMARY KEY,
  kind    TEXT NOT NULL,
  url     TEXT NOT NULL,
  options BLOB NOT NULL,
  off     INTEGER NOT NULL,
  since   INTEGER NOT NULL,
  taken   INTEGER NOT NULL,
  last    INTEGER NOT NULL,
  sum     INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
-- What happened that somebody may be told of, each thing once: the key says which. It is
-- filled with the outbox, from when there is a target, and forgotten after a while.
CREATE TABLE news (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  key      TEXT NOT NULL UNIQUE,
  kind     TEXT NOT NULL,
  at       INTEGER NOT NULL,
  order_id TEXT NOT NULL,
  body     BLOB NOT NULL,
  sum      INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX news_of ON news (kind, id);
