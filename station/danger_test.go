package station_test

import (
	"testing"

	"packbench/station"
)

func TestDangerIsReadAsPeopleWriteIt(t *testing.T) {
	for text, want := range map[string]station.Danger{
		"": "", "No": "", "none": "",
		"LQ": station.LimitedQuantity, "Limited Quantity": station.LimitedQuantity, "limited-quantity": station.LimitedQuantity, "ORM-D": station.LimitedQuantity,
		"lithium battery": station.LithiumBattery, "Lithium-Ion": station.LithiumBattery, "UN3481": station.LithiumBattery, "UN 3091, PI970": station.LithiumBattery,
		"yes": station.OtherDanger, "Dangerous goods": station.OtherDanger, "UN1950": station.OtherDanger, "Gefahrgut": station.OtherDanger,
	} {
		if got, ok := station.ParseDanger(text); !ok || got != want {
			t.Errorf("%q is read as %q, %v; want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{"maybe", "see the data sheet", "batter", "UN", "12", "not lithium"} {
		if got, ok := station.ParseDanger(text); ok {
			t.Errorf("%q is read as %q: it says nothing that can be relied on", text, got)
		}
	}
}

func TestTheWorseDangerCounts(t *testing.T) {
	for _, c := range []struct{ a, b, want station.Danger }{
		{"", "", ""},
		{"", station.LimitedQuantity, station.LimitedQuantity},
		{station.LithiumBattery, station.LimitedQuantity, station.LithiumBattery},
		{station.LithiumBattery, station.OtherDanger, station.OtherDanger},
	} {
		if got := c.a.Worse(c.b); got != c.want {
			t.Errorf("of %q and %q counts %q, want %q", c.a, c.b, got, c.want)
		}
		if got := c.b.Worse(c.a); got != c.want {
			t.Errorf("of %q and %q counts %q, want %q", c.b, c.a, got, c.want)
		}
	}
}
