-- An older program may have taken up rows of a newer one, through a hub, without the carton
-- that it names as proposed: what they say is kept now.
UPDATE parcels SET proposed = said.proposed FROM (
  SELECT json_extract(f.value, '$.d.Parcel') AS parcel, json_extract(f.value, '$.d.Proposed') AS proposed, max(j.id)
    FROM journal j, json_each(CAST(j.facts AS TEXT)) f
    WHERE instr(j.facts, CAST('"Proposed"' AS BLOB)) > 0 AND json_extract(f.value, '$.t') = 'parcel-done'
      AND json_extract(f.value, '$.d.Proposed') <> ''
    GROUP BY 1
) said WHERE parcels.id = said.parcel;
