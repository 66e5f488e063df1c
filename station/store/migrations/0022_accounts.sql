-- Accounts with carriers that labels are bought on. The key of an account stands in a
-- file of its own, never here. off is until when nobody buys on it, since when it was
-- added.
CREATE TABLE accounts (
  id      TEXT PRIMARY KEY,
  kind    TEXT NOT NULL,
  url     TEXT NOT NULL,
  options BLOB NOT NULL,
  off     INTEGER NOT NULL,
  since   INTEGER NOT NULL,
  sum     INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
-- What each account sells, as it was last told, and what a person does not want of it.
CREATE TABLE account_services (
  account TEXT NOT NULL,
  service TEXT NOT NULL,
  body    BLOB NOT NULL,
  unused  INTEGER NOT NULL,
  sum     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, service)
) WITHOUT ROWID;
-- The newest prices of a parcel. asked is a sum of all that they were asked for.
CREATE TABLE parcel_quotes (
  parcel  TEXT NOT NULL,
  account TEXT NOT NULL,
  asked   TEXT NOT NULL,
  at      INTEGER NOT NULL,
  body    BLOB NOT NULL,
  sum     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (parcel, account)
) WITHOUT ROWID;
-- What was bought, or may have been: the row is there before a carrier is asked.
CREATE TABLE purchases (
  key      TEXT PRIMARY KEY,
  account  TEXT NOT NULL,
  ref      TEXT NOT NULL UNIQUE,
  order_id TEXT NOT NULL,
  parcel   TEXT NOT NULL,
  station  TEXT NOT NULL,
  carrier  TEXT NOT NULL,
  service  TEXT NOT NULL,
  asked    TEXT NOT NULL,
  state    TEXT NOT NULL,
  draft    TEXT NOT NULL,
  quote    BLOB NOT NULL,
  bought   BLOB NOT NULL,
  refund   TEXT NOT NULL,
  answer   TEXT NOT NULL,
  since    INTEGER NOT NULL,
  moved    INTEGER NOT NULL,
  sum      INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX purchases_parcel ON purchases (parcel);
CREATE INDEX purchases_open ON purchases (state, since) WHERE state <> 'bought' AND state <> 'refused' AND state <> 'gone';
CREATE INDEX purchases_refund ON purchases (refund, since) WHERE refund <> '';
-- What a carrier sent with a purchase, as it came: the label first.
CREATE TABLE purchase_papers (
  key  TEXT NOT NULL,
  n    INTEGER NOT NULL,
  kind TEXT NOT NULL,
  type TEXT NOT NULL,
  dpi  INTEGER NOT NULL,
  data BLOB NOT NULL,
  sum  INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (key, n)
);
