-- What a bench has open is asked every second, where benches elsewhere may open it too.
CREATE INDEX IF NOT EXISTS returns_at ON returns (station) WHERE state IN ('open', 'parked') AND sscc <> '';
