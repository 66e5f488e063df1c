package stockroom

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// levelForms are the tables of stock that there are; the first is the usual one.
var levelForms = []string{"generic", "magento"}

// LevelForms lists them.
func LevelForms() []string { return slices.Clone(levelForms) }

// WriteLevels writes how many there are of each product as CSV, in UTF-8. The form generic
// has a row for a product with what is there, what orders claim of it and what is free;
// magento is Magento's import of stock sources, of the source that is named: it is told
// what lies there, because it takes its own reservations off. As there a program reads
// the cells, a SKU that a spreadsheet would run as a formula is an error.
func WriteLevels(w io.Writer, list []Product, form, source string) error {
	out := csv.NewWriter(w)
	switch form {
	case "", "generic":
		_ = out.Write([]string{"sku", "on_hand", "claimed", "free"}) // errors are kept for Error
		for _, p := range list {
			_ = out.Write([]string{safe(p.SKU), strconv.Itoa(p.OnHand), strconv.Itoa(p.Claimed), strconv.Itoa(p.OnHand - p.Claimed)})
		}
	case "magento":
		if source == "" {
			return fmt.Errorf("the form magento needs the code of the source, such as default")
		}
		_ = out.Write([]string{"source_code", "sku", "status", "quantity"})
		for _, p := range list {
			if safe(p.SKU) != p.SKU || safe(source) != source {
				return fmt.Errorf("%q cannot stand in a file for Magento: a spreadsheet would take it for a formula", p.SKU)
			}
			if p.OnHand < 0 {
				return fmt.Errorf("there are %d of %s, says the ledger: count its bin first", p.OnHand, p.SKU)
			}
			status := "0"
			if p.OnHand > 0 {
				status = "1"
			}
			_ = out.Write([]string{source, p.SKU, status, strconv.Itoa(p.OnHand)})
		}
	default:
		return fmt.Errorf("there is no form %q of a file of stock; there are %s", form, strings.Join(levelForms, ", "))
	}
	out.Flush()
	return out.Error()
}
