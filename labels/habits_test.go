package labels_test

import (
	"strings"
	"testing"

	"packbench/labels"
	"packbench/labels/internal/sample"
)

// What a country's post and its sorters are used to.
func TestLabelsKeepTheHabitsOfTheirCountries(t *testing.T) {
	p := sample.Profiles()[0]
	draw := func(change func(*labels.Shipping)) string {
		t.Helper()
		s := sample.Shipping()
		s.Routing = ""
		change(&s)
		l, missing, err := labels.ShippingLabel(s, p)
		if err != nil || len(missing) > 0 {
			t.Fatal(missing, err)
		}
		tidy(t, "a label", l)
		return plain(l)
	}
	athens := draw(func(s *labels.Shipping) {
		s.To = labels.Address{Name: "Γιώργος Παπάς", Street: "Ερμού 12", Postcode: "105 63", City: "Αθήνα", Country: "GR"}
	})
	if !strings.Contains(athens, "\n105 63 ΑΘΗΝΑ\n") || strings.Contains(athens, "Ή") {
		t.Errorf("capitals keep their accents:\n%s", athens)
	}
	home := draw(func(s *labels.Shipping) {
		s.From = labels.Address{Company: "Sample Shop", Street: "1 Dock Road", City: "Columbus", Region: "OH", Postcode: "43004", Country: "US"}
		s.To = labels.Address{Name: "Ada Miller", Street: "12 Maple Street", City: "Saint Mary of the Woods upon the River", Region: "IN", Postcode: "47876-1001", Country: "US"}
		s.Tracking = "1Z999AA10123456784"
	})
	if !strings.Contains(home, " IN 47876-1001\n") && !strings.Contains(home, "\nIN 47876-1001\n") {
		t.Errorf("the ZIP stands alone:\n%s", home)
	}
	if strings.Contains(home, "US 47876") || !strings.Contains(home, "\n1Z 999 AA1 01 2345 6784\n") {
		t.Errorf("the country is said at home, or the number is not as UPS writes it:\n%s", home)
	}
}

func TestAmericansReadPoundsAndTheMonthFirst(t *testing.T) {
	s := sample.Shipping() // of 1.234 kg, on 22 Nov 2026
	p := sample.Profiles()[0]
	p.American = true
	l, _, err := labels.ShippingLabel(s, p)
	if err != nil || !strings.Contains(plain(l), "\n2 lb 11.5 oz\n") || !strings.Contains(plain(l), "\nNov 22, 2026\n") {
		t.Errorf("%v\n%s", err, plain(l))
	}
	if l, _, err = labels.CN23(sample.Customs(1), p); err != nil || strings.Contains(plain(l), " lb ") || strings.Contains(plain(l), "Nov 22,") {
		t.Errorf("customs abroad read pounds: %v\n%s", err, plain(l))
	}
}

// Both forms of an address stand on a label that goes abroad, the Latin one first; where
// there is no room for both the other is said to be missing.
func TestALabelAbroadHasBothFormsOfAnAddress(t *testing.T) {
	for _, p := range everyProfile() {
		s := sample.Shipping()
		s.To = labels.Address{Name: "Taro Yamada", Street: "4-1-1 Ginza", City: "Chuo-ku", Region: "Tokyo", Postcode: "104-0061", Country: "JP", Beside: "〒104-0061 東京都中央区, 銀座4-1-1, 山田太郎"}
		l, missing, err := labels.ShippingLabel(s, p)
		if err != nil || len(missing) > 0 {
			t.Fatalf("%s: %v, %v", p.Name, missing, err)
		}
		tidy(t, p.Name, l)
		text := strings.ReplaceAll(plain(l), "\n", "")
		if latin, local := strings.Index(text, "4-1-1 Ginza"), strings.Index(text, "山田太郎"); latin < 0 || local < latin {
			t.Errorf("%s: the Latin form is at %d, the local one at %d:\n%s", p.Name, latin, local, plain(l))
		}
		s.To.Spelled = true
		if l, _, _ = labels.ShippingLabel(s, p); !strings.Contains(plain(l), "Spelled in Latin letters:") {
			t.Errorf("%s: a help is not marked as one", p.Name)
		}
		s.To.Beside = strings.Repeat("東京都中央区銀座", 60)
		if _, missing, err = labels.ShippingLabel(s, p); err != nil || len(missing) != 1 || missing[0].Field != "recipient in other letters" {
			t.Errorf("%s: no room for it: %v, %v", p.Name, missing, err)
		}
	}
}
