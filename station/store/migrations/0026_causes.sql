-- What cases are grouped by, so that nobody reads their bodies for it: the code that
-- was scanned, the reason that was given, and what a weight is put down to.
ALTER TABLE cases ADD COLUMN scanned TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN given TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN blamed TEXT NOT NULL DEFAULT '';
ALTER TABLE cases ADD COLUMN blamed_kind TEXT NOT NULL DEFAULT '';
UPDATE cases SET
  scanned = coalesce(json_extract(CAST(body AS TEXT), '$.Scanned'), ''), given = coalesce(json_extract(CAST(body AS TEXT), '$.Reason'), ''),
  blamed = coalesce(json_extract(CAST(body AS TEXT), '$.Weight.Cause.SKU'), ''), blamed_kind = coalesce(json_extract(CAST(body AS TEXT), '$.Weight.Cause.Kind'), '')
WHERE json_valid(CAST(body AS TEXT));
CREATE INDEX cases_cause ON cases (kind, code, sku, scanned, given, blamed, blamed_kind, station, person, at) WHERE state = 'open';
