package papers

import (
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/phrases"
	"packbench/station/store"
)

// Who reads what: the buyer the language of the country, the carrier that of
// the station or English, everybody else the station's.
func TestPapersSpeakTheLanguageOfTheirReader(t *testing.T) { // L3
	book, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ station, papers, to, buyer, label string }{
		{"en", config.ForBuyer, "AT", "de", "en"},
		{"nl", config.ForBuyer, "AT", "de", "en"},
		{"de", config.ForBuyer, "DE", "de", "de"},
		{"pl-PL", config.ForBuyer, "DE", "de", "pl"},
		{"fr", config.ForBuyer, "CH", "fr", "en"},
		{"fr", config.ForBuyer, "", "fr", "fr"},
		{"fr", config.ForBuyer, "XX", "fr", "en"},
		{"de", config.ForBuyer, "GB", "en", "en"},
		{"", config.ForBuyer, "BE", "en", "en"},
		{"xx", config.ForBuyer, "CH", "en", "en"},
		{"fr", config.ForStation, "AT", "fr", "en"},
		{"", config.ForStation, "AT", "en", "en"},
	} {
		d := &folder.Folder{Book: book}
		d.Settings.Language, d.Settings.Papers, d.Settings.Sender.Country = tt.station, tt.papers, "DE"
		to := station.Address{Country: tt.to}
		if have := d.BuyerWords(to).Tag(); have != tt.buyer {
			t.Errorf("%v: the buyer reads %s", tt, have)
		}
		if have := d.LabelWords(to).Tag(); have != tt.label {
			t.Errorf("%v: the label is in %s", tt, have)
		}
	}
}

// What a slip says of a line beside its name.
func TestASlipsNoteIsWhole(t *testing.T) {
	d := foldertest.Shop(t)
	w := paperwork{speech: d.StationWords(), parcel: store.Parcel{ID: "7-2", Contents: []pack.Content{{Line: "1/CUP", SKU: "CUP", Qty: 1, Instead: &pack.Instead{Line: "1", SKU: "MUG"}, Marked: []pack.Marked{{SKU: "CUP", Qty: 1, Marks: pack.Marks{Serial: "S1", Lot: "L1"}}}}}}, order: station.Order{Lines: []station.Line{{ID: "1", SKU: "MUG", Qty: 5}}}}
	w.parcels = []store.Parcel{{ID: "7-1", Contents: []pack.Content{{Line: "1", SKU: "MUG", Qty: 2}}}, w.parcel}
	if note := w.note(w.order.Lines[0], 2); note != "1 × CUP instead, Serial number S1, Lot L1, 2 in parcel 1, 1 to follow" {
		t.Errorf("a slip's note is %q", note)
	}
}
