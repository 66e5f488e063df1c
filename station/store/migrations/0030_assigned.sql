-- Whose open case it is: the id of a person, '' for nobody's.
ALTER TABLE cases ADD COLUMN assigned TEXT NOT NULL DEFAULT '';
CREATE INDEX cases_assigned ON cases (assigned, at) WHERE state = 'open' AND assigned <> '';
