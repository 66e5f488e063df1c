package labels_test

import (
	"fmt"
	"strings"
	"testing"

	"packbench/labels"
	"packbench/labels/internal/sample"
)

// words returns the lines of text of a label's first page.
func words(l labels.Layout) string {
	var lines []string
	for _, box := range l.Pages[0].Boxes {
		if text, ok := box.(labels.Text); ok {
			lines = append(lines, text.Text())
		}
	}
	return strings.Join(lines, "\n")
}

// Seven lines of a sender stand on fewer: two of them share one, with a comma.
func TestLinesThatShareOneAreParted(t *testing.T) {
	s := sample.Shipping()
	s.From = labels.Address{
		Company: "Sample Crafts", Name: "Dispatch", Street: "Musterweg 1", Street2: "Hof 3", Postcode: "10115", City: "Berlin", Country: "DE",
		Phone: "+49 30 1234",
	}
	for _, p := range sample.Profiles() {
		l, missing, err := labels.ShippingLabel(s, p)
		if err != nil || len(missing) > 0 {
			t.Fatalf("%s: %v, %v", p.Name, missing, err)
		}
		set := words(l)
		for _, part := range []string{"Sample Crafts", "Dispatch", "Musterweg 1", "Hof 3", "10115 BERLIN", "GERMANY", "+49 30 1234"} {
			_, behind, found := strings.Cut(set, part)
			if !found || behind[0] != '\n' && !strings.HasPrefix(behind, ", ") {
				t.Errorf("%s: %q runs into what follows, or is missing:\n%s", p.Name, part, set)
			}
		}
	}
}

// Where a sender is too much for its place, the phone goes first, and is said.
func TestTheSendersPhoneGivesWay(t *testing.T) {
	s := sample.Shipping()
	s.From = labels.Address{
		Company: "The Sample Company for Crafts and Fine Goods", Name: "Department of Dispatch and of Returns", Street: "Musterweg am Alten Hafen 1",
		Street2: "Hof 3, Aufgang B, links", Postcode: "10115", City: "Berlin", Country: "DE", Phone: "+49 30 1234",
	}
	for _, p := range sample.Profiles() {
		l, missing, err := labels.ShippingLabel(s, p)
		if err != nil {
			t.Fatal(err)
		}
		set := words(l)
		if printed, said := strings.Contains(set, "+49"), strings.Contains(fmt.Sprint(missing), "sender: there is no room for this: +49 30 1234"); printed == said {
			t.Errorf("%s: printed %v, said %v:\n%s", p.Name, printed, said, set)
		}
		if !strings.Contains(set, "GERMANY") || !strings.Contains(set, "10115 BERLIN") {
			t.Errorf("%s: the way back is not whole:\n%s\n%v", p.Name, set, missing)
		}
	}
}
