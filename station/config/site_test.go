package config

import "testing"

func TestWhereFormsAreSent(t *testing.T) {
	for to, ok := range map[string]bool{
		"returns@shop.example": true, "https://shop.example/back?of=1": true,
		"@": false, "a@": false, "Shop <returns@shop.example>": false, "a@b.example?cc=c@d.example": false, "https://": false, "http://shop.example": false,
	} {
		if takesForms(to) != ok {
			t.Errorf("%q: %v", to, !ok)
		}
	}
}
