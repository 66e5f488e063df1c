package rating

import (
	"testing"
	"time"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/carrier/rules"
	"packbench/station/store"
	"packbench/station/unit"
)

// Rules are tried in place of the shop's own, which stay as they are; where no parcel was
// closed, none is told.
func TestRulesAreTriedInPlaceOfOnesOwn(t *testing.T) {
	d := foldertest.Shop(t)
	d.Settings.Choice.Rules = []rules.Rule{{Never: []string{"demo-post"}}}
	o := station.Order{To: station.Address{Country: "DE", Postcode: "20095"}, Lines: []station.Line{{ID: "1", SKU: "MUG-WHITE", Qty: 1}}}
	own := NewReader(d)
	for _, c := range []struct {
		look Reader
		want string
	}{{own, "express-road"}, {own.Trying(nil), "post-small"}, {own.Trying([]rules.Rule{{Never: []string{"post-small"}}}), "express-road"}, {own, "express-road"}} {
		quotes, err := c.look.Quotes(t.Context(), o, Box{Mass: unit.Kilogram, At: foldertest.Noon()})
		if err != nil || quotes[0].Service != c.want {
			t.Errorf("%s, want %s; %v", quotes[0].Service, c.want, err)
		}
	}
	cards, _, err := d.Catalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := own.Again(t.Context(), d.Clock().Add(-30*24*time.Hour), cards, func(store.Parcel, Repriced) error {
		t.Error("a parcel")
		return nil
	}); err != nil {
		t.Error(err)
	}
}
