package screen

import "testing"

// V32: true and false are a switch, and what it does next is the other one.
func TestTrueAndFalseAreASwitch(t *testing.T) {
	f := field(Field{Key: "sounds", Label: "Sounds", Value: "true", Choices: []Choice{{Value: "true"}, {Value: "false"}}}, true)
	if !f.Switch || !f.On || f.Value != "On" || f.Edit.Intent.Value != "false" {
		t.Errorf("%+v", f)
	}
	if f := field(Field{Key: "theme", Value: "light", Choices: []Choice{{Value: "light"}, {Value: "dark"}}}, true); f.Switch {
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
			if a.Enabled && a.ID != "bench" {
				t.Errorf("%s may be touched by anybody", a.ID)
			}
		}
	}
}
