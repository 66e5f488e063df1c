-- The carton that the bench proposed for a parcel; '' where it proposed none, and of
-- parcels of before.
ALTER TABLE parcels ADD COLUMN proposed TEXT NOT NULL DEFAULT '';
