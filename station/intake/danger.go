package intake

import "packbench/station"

// danger reads which dangerous goods a product is. What stands in a column that cannot be
// read rejects the row: a parcel with it would go as if it were harmless.
func danger(r row) (d station.Danger, err error) {
	yes, err := r.yes("dangerous")
	if err != nil {
		var ok bool
		if d, ok = station.ParseDanger(r.text("dangerous")); !ok {
			return "", r.fail("dangerous", "%q is not known: write no, limited quantity, lithium battery, yes or a UN number", short(r.text("dangerous")))
		}
	}
	for _, column := range []struct {
		name string
		is   station.Danger
	}{{"limited quantity", station.LimitedQuantity}, {"lithium battery", station.LithiumBattery}} {
		is, err := r.yes(column.name)
		if err != nil {
			return "", err
		}
		if is {
			d = d.Worse(column.is)
		}
	}
	if yes && d == "" { // the other columns say more than a plain yes
		d = station.OtherDanger
	}
	return d, nil
}
