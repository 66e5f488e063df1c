package intake

import "packbench/station/unit"

// heaviest is more than a cubic millimetre of anything weighs: osmium has 22.6 mg.
const heaviest unit.Mass = 23

// productSize reads the size of a product. One without a unit is in millimetres; where
// nothing on earth is as heavy at that size, another unit was meant, and the size is
// left out and said rather than taken wrong.
func productSize(r row, mass unit.Mass, rep *Report) (unit.Size, error) {
	edges := [3]string{"width", "length", "height"}
	size, err := r.size("size", edges, "size unit")
	if err != nil || mass == 0 || size.IsZero() {
		return size, err
	}
	if int64(mass)/int64(heaviest) > size.Volume() && r.unitless("size", edges, "size unit") {
		rep.warn(r, "size", "%s cannot weigh %s: write the unit, such as \"length cm\" at the top of the column; the size is left out", size, mass)
		return unit.Size{}, nil
	}
	return size, nil
}

// unitless reports whether nothing says the unit of a size.
func (r row) unitless(whole string, edges [3]string, units string) bool {
	if r.text(units) != "" {
		return false
	}
	for _, name := range append(edges[:], whole) {
		if _, word := cutUnit(r.figures(name)); r.text(name) != "" && (r.unit[name] != "" || name != whole && word != "") {
			return false
		}
	}
	return lengthUnit(r.figures(whole)) == ""
}
