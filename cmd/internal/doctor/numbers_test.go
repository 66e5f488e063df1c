package doctor

import (
	"context"
	"slices"
	"strings"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/carrier"
	"packbench/station/store"
	"packbench/station/trace"
)

// What a rate card may name must be what a check digit can be computed by.
func TestCardsNameTheRulesThatThereAre(t *testing.T) {
	var rules []string
	for _, r := range []trace.Rule{trace.Mod10, trace.Mod10R1, trace.Mod10L49, trace.Luhn, trace.Mod7, trace.Mod11, trace.S10, trace.UPS, trace.Mod37, trace.None} {
		rules = append(rules, string(r))
	}
	if !slices.Equal(rules, carrier.Checks()) {
		t.Errorf("cards may name %v, the rules are %v", carrier.Checks(), rules)
	}
}

func TestDoctorTellsThatSSCCRunLow(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	foldertest.Init(t, dir, true, folder.Options{})
	d, err := folder.Open(ctx, dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	if c := checkNumbers(ctx, d); !c.OK {
		t.Errorf("a new shop: %+v", c)
	}
	d.Settings.GS1.CompanyPrefix = "952000123456" // leaves four digits
	heron := folder.TrackingRange(carrier.Carrier{ID: "heron", Tracking: carrier.Tracking{Prefix: "HN", Digits: 4, Check: string(trace.None)}})
	for i := range 99 {
		station := "S" + strings.Repeat("x", i+1) // each takes a block
		w := store.Numbering{Effect: station, Parcel: station, Station: station, Carrier: "heron", SSCC: d.SSCCRange(), Tracking: heron}
		if _, err := d.Store.LabelNumbers(ctx, w); err != nil {
			t.Fatal(err)
		}
	}
	if c := checkNumbers(ctx, d); c.OK || !strings.Contains(c.Message, "only 99 of 9999 SSCC numbers are left") || !strings.Contains(c.Fix, "extension digit") {
		t.Errorf("one block is left: %+v", c)
	}
}
