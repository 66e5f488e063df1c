package intake

import (
	"cmp"
	"errors"
	"strings"

	"packbench/station"
	"packbench/station/country"
	"packbench/station/unit"
)

// customs reads what customs papers say of a product. What is blank stays
// unknown; what is there must be right, because a wrong number on those papers
// is a false declaration.
func customs(r row, o Options, item *station.Product, rep *Report) error {
	var err error
	if item.HSCode, err = hsCode(r, "hs code"); err != nil {
		return err
	}
	if len(item.HSCode) == 7 {
		rep.warn(r, "hs code", "%s has 7 digits: look whether a spreadsheet dropped a 0 in front", item.HSCode)
	}
	if item.Origin, err = r.country("origin"); err != nil {
		return err
	}
	if _, ok := country.Name(item.Origin); item.Origin != "" && !ok {
		rep.warn(r, "origin", "no country has the code %q; the product cannot cross a border with it", item.Origin)
	}
	if item.Customs, err = r.long("customs description", 200); err != nil {
		return err
	}
	unread(r, item, rep)
	if item.Value, err = r.amount("customs value", r.text("currency"), o); err != nil || item.Value.Currency != "" {
		return err
	}
	// A price list's column is there for other ends, so that one which cannot
	// be read leaves the value open and takes the product none the less.
	if item.Value, err = r.amount("price", r.text("currency"), o); err != nil {
		item.Value = unit.Money{}
		var f *fault
		if !errors.As(err, &f) {
			return err
		}
		rep.warn(r, "price", "%s; the product has no value for customs papers", f.reason)
	}
	return nil
}

// unread warns of goods that are meant to cross borders and described in letters
// that offices abroad do not read.
func unread(r row, item *station.Product, rep *Report) {
	text := cmp.Or(item.Customs, item.Name)
	if script := country.Unread("", text); script != "" && item.HSCode+item.Origin+item.Customs != "" {
		rep.warn(r, "customs description", "customs papers would say %q, in %s letters that few offices abroad read; write it in English", short(text), script)
	}
}

// hsCode reads a number of the Harmonized System: 6 digits, or up to 10 where a
// country adds its own. Marks between them are people's habit and go.
//
// Format: 6912.00, 6912 00 23, 6912002300
func hsCode(r row, name string) (string, error) {
	text := r.text(name)
	if text == "" {
		return "", nil
	}
	code := strings.NewReplacer(".", "", " ", "", "-", "").Replace(text)
	if strings.Trim(code, "0123456789") != "" {
		return "", r.fail(name, "%q is not an HS code; write 6 to 10 digits, such as 6912.00", short(text))
	}
	if len(code) < 6 || len(code) > 10 {
		return "", r.fail(name, "%q has %d digits; an HS code has 6 to 10", short(text), len(code))
	}
	return code, nil
}
