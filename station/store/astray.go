package store

import "context"

// LabelsAstray compares the labels of the journal, as CatchUp has taken them up, with
// what was given for them, and names those parcels whose label has a number that was
// given to another one, or to none, or whose document is another parcel's or missing. One that another folder of a hub has
// made may be missing.
// Of numbers only those are looked for that begin with the shop's company prefix, and
// none of before numbers were kept whole, nor tracking numbers that carriers gave;
// nothing is said where nothing was ever numbered.
func (s *Store) LabelsAstray(ctx context.Context, companyPrefix string) ([]string, error) {
	return list(ctx, s.read, "compare the labels", text, `SELECT DISTINCT l.parcel FROM parcel_labels l
		LEFT JOIN label_numbers n ON n.sscc = l.sscc
		LEFT JOIN documents d ON d.id = l.document
		WHERE EXISTS (SELECT 1 FROM settings WHERE name = ?1)
		AND NOT EXISTS (SELECT 1 FROM label_numbers o WHERE o.parcel = l.parcel AND o.sscc LIKE 'serial %')
		AND (coalesce(n.parcel <> l.parcel OR n.tracking <> l.tracking AND n.tracking NOT LIKE '-%', substr(l.sscc, 2, length(?2)) = ?2)
			OR l.document <> '' AND coalesce(d.parcel <> l.parcel, NOT EXISTS (SELECT 1 FROM hub_here h JOIN parcels p ON p.id = l.parcel
				WHERE p.station <> h.station AND NOT EXISTS (SELECT 1 FROM json_each(h.before) WHERE value = p.station))))
		ORDER BY l.parcel`, shopSetting, companyPrefix)
}
