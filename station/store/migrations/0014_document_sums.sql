-- What a kept document was when it was kept. It stands aside, so that those of before
-- are not written again.
CREATE TABLE document_sums (
  id  TEXT PRIMARY KEY,
  sum BLOB NOT NULL
) WITHOUT ROWID;
INSERT INTO document_sums SELECT id, document_sum(id, effect, kind, order_id, parcel, pdf) FROM documents;
