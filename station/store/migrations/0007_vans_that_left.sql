-- A van that left at the beginning of the clock has left too.
ALTER TABLE manifests ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
UPDATE manifests SET gone = 1 WHERE closed <> 0 OR driver <> '';
