package screen

import (
	"testing"

	"packbench/station/say"
)

// V32: true and false are a switch, and what it does next is the other one.
func TestTrueAndFalseAreASwitch(t *testing.T) {
	f := field(say.English, Field{Key: "sounds", Label: "Sounds", Value: "true", Choices: []Choice{{Value: "true"}, {Value: "false"}}}, true)
	if !f.Switch || !f.On || f.Value != "On" || f.Edit.Intent.Value != "false" {
		t.Errorf("%+v", f)
	}
	if f := field(say.English, Field{Key: "theme", Value: "light", Choices: []Choice{{Value: "light"}, {Value: "dark"}}}, true); f.Switch {
		t.Errorf("%+v", f)
	}
}

// What is missing for the first parcel is named, and nothing of it can be changed by
// who may not.
func TestSetUpNamesWhatIsMissing(t *testing.T) {
	v := Shop(ShopInputs{Chosen: StepParcel, People: 1, Products: 2})
	if v.Shop.Step.How != "Still missing: cartons, rates, orders, the sender." {
		t.Error(v.Shop.Step.How)
	}
	for _, s := range v.Shop.Steps {
		for _, a := range Shop(ShopInputs{Chosen: s.Select.Intent.Value, People: 1, Badges: 1}).Shop.Step.Actions {
			if a.Enabled && a.ID != "bench" && a.ID != "next" {
				t.Errorf("%s may be touched by anybody", a.ID)
			}
		}
	}
}

// A step that is done leads on to the first after it that is not, also from the end to
// the beginning; one that is not done keeps to itself.
func TestSetUpLeadsOn(t *testing.T) {
	in := ShopInputs{May: true, Sender: "Hill Shop", Products: 2, Chosen: StepProducts}
	to := func() string {
		for _, a := range Shop(in).Shop.Step.Actions {
			if a.ID == "next" {
				return a.Intent.Value
			}
		}
		return ""
	}
	if got := to(); got != StepCartons {
		t.Errorf("from the products to %q", got)
	}
	in.Chosen = StepCartons
	if got := to(); got != "" {
		t.Errorf("from cartons that are not there to %q", got)
	}
	in.Cartons, in.Carriers, in.Orders, in.Parcels = 1, 1, 1, 1
	in.Chosen = StepParcel
	if got := to(); got != StepPeople {
		t.Errorf("from the end to %q", got)
	}
	in.People = 1
	if got := to(); got != "" {
		t.Errorf("with all done to %q", got)
	}
}
