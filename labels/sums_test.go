package labels_test

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"packbench/labels"
	"packbench/labels/internal/sample"
)

// bills are the lengths that papers are tried at.
func bills() (out []int) {
	for n := 1; n <= 200; n += 1 + n/12 {
		out = append(out, n)
	}
	return append(out, 200)
}

// added adds amounts as they are printed, by another way than the paper does.
func added(amounts ...string) string {
	sum := new(big.Rat)
	for _, a := range amounts {
		r, ok := new(big.Rat).SetString(a)
		if !ok {
			return "no amount: " + a
		}
		sum.Add(sum, r)
	}
	return sum.FloatString(2)
}

// Each page of a long declaration says what it belongs to, its first row what stood
// before, and its last the sum to the cent.
func TestEveryPageOfCustomsPapersHasItsHeadAndSums(t *testing.T) {
	for name, draw := range map[string]func(labels.Customs, labels.Profile) (labels.Layout, []labels.Missing, error){
		"CN23": labels.CN23, "COMMERCIAL INVOICE": labels.CommercialInvoice,
	} {
		for _, p := range []labels.Profile{sample.Profiles()[0], {Name: "A4-300", DPI: 300, Paper: labels.PaperA4()}} {
			for _, n := range bills() {
				d := sample.Customs(n)
				for i := range d.Lines { // no two the same
					d.Lines[i].Value.Minor += int64(i*37%101) * int64(d.Lines[i].Qty)
				}
				l, missing, err := draw(d, p)
				if err != nil || len(missing) > 0 {
					t.Fatalf("%s of %d: %v, %v", name, n, missing, err)
				}
				var values []string
				for _, line := range d.Lines {
					values = append(values, line.Value.Decimal())
				}
				before := 0
				for i, page := range l.Pages {
					lines := strings.Split(plain(labels.Layout{Pages: []labels.Page{page}}), "\n")
					text := "\n" + strings.Join(lines, "\n") + "\n"
					if i > 0 && !strings.Contains(text, "\n"+name+" · "+d.Number+" · continued / suite\n") {
						t.Fatalf("%s of %d, page %d has no head:\n%s", name, n, i+1, text)
					}
					if at := slices.IndexFunc(lines, func(s string) bool { return strings.HasPrefix(s, "Carried") }); at >= 0 {
						if before == 0 || !strings.Contains(text, "\n"+added(values[:before]...)+"\n") {
							t.Fatalf("%s of %d, page %d: %d lines of %s are not carried forward:\n%s", name, n, i+1, before, added(values[:before]...), text)
						}
					}
					for slices.Contains(lines, strconv.Itoa(before+1)) && before < n && strings.Contains(text, "\n"+values[before]+"\n") {
						before++
					}
				}
				text := plain(l)
				if before != n || !strings.Contains(text, "\n"+added(values...)+"\n") {
					t.Fatalf("%s of %d lines: %d are there, and the sum %s:\n%s", name, n, before, added(values...), text)
				}
				if all := added(append(values, "4.90")...) + " EUR"; name != "CN23" && !strings.Contains(text, "\n"+all+"\n") {
					t.Fatalf("an invoice of %d lines lacks its total %s", n, all)
				}
			}
		}
	}
}

func TestTheInvoiceIsPrintedAsOftenAsItIsAskedFor(t *testing.T) {
	d := sample.Customs(2)
	d.Copies = 3
	l, _, err := labels.CommercialInvoice(d, sample.Profiles()[0])
	if err != nil {
		t.Fatal(err)
	}
	one, _, _ := labels.CommercialInvoice(sample.Customs(2), sample.Profiles()[0])
	if len(l.Pages) != 3*len(one.Pages) || fmt.Sprint(l.Pages[:len(one.Pages)]) != fmt.Sprint(l.Pages[2*len(one.Pages):]) {
		t.Errorf("%d pages, of %d each", len(l.Pages), len(one.Pages))
	}
}

// What an office asks for stands on the declaration: without one of these a parcel is
// held.
func TestDeclarationsHaveAllTheirFields(t *testing.T) {
	d := sample.Customs(2)
	d.Numbers, d.ToNumbers, d.To.Beside = []string{"EORI DE1234567", "IOSS IM276"}, []string{"VAT CHE-123"}, "東京都千代田区"
	d.Licence, d.Certificate, d.Origin = "L-1", "C-2", "These goods are of EU preferential origin."
	for _, p := range everyProfile() {
		for name, c := range map[string]struct {
			draw func(labels.Customs, labels.Profile) (labels.Layout, []labels.Missing, error)
			want string
		}{
			"CN22":    {labels.CN22, "CN 22|DÉCLARATION EN DOUANE|Important!|Peut être ouvert d'office|Opérateur désigné: Demo Post|Je, soussigné|I, the undersigned|EORI DE1234567|IOSS IM276|Sale of goods / Vente de marchandises"},
			"CN23":    {labels.CN23, "CN 23|DÉCLARATION EN DOUANE|Important!|Demo Post|Je certifie|I certify|EORI DE1234567|IOSS IM276|VAT CHE-123|hanako@example.jp|+81 3 5550 0199|東京都千代田区|L-1|C-2|INV-2026-1042|Office of origin|18.90 EUR|Export manager"},
			"invoice": {labels.CommercialInvoice, "DAP Chiyoda-ku|JAPAN|Incoterms 2020|Air waybill|RB123456785GB|Contact of the shipper|hanako@example.jp|EORI DE1234567|VAT CHE-123|EU preferential origin|Export manager|Freight, paid by the buyer|4.90 EUR|Invoice total|37.80 EUR|東京都千代田区"},
		} {
			l, missing, err := c.draw(d, p)
			if err != nil || len(missing) > 0 {
				t.Fatalf("%s: %s: %v, %v", p.Name, name, missing, err)
			}
			tidy(t, p.Name+": "+name, l)
			text := strings.Join(strings.Fields(strings.ReplaceAll(plain(l), "\n", " ")), " ")
			for want := range strings.SplitSeq(c.want, "|") {
				if !strings.Contains(text, want) && !strings.Contains(strings.ReplaceAll(text, " ", ""), strings.ReplaceAll(want, " ", "")) {
					t.Errorf("%s: %s lacks %q:\n%s", p.Name, name, want, text)
				}
			}
		}
	}
}
