package intake

import "testing"

func TestNumber(t *testing.T) {
	tests := []struct {
		text  string
		comma bool
		want  string // "" for an error
	}{
		{"12", false, "12"},
		{"12.5", false, "12.5"},
		{"12,5", false, "12.5"},
		{"12,50", true, "12.50"},
		{"-0,5", false, "-0.5"},
		{"0,250", false, "0.250"},
		{"1,250", false, ""},
		{"1,250", true, "1.250"},
		{"1.250", true, ""},
		{"1.250", false, "1.250"},
		{"1234.500", true, "1234.500"},
		{"1,234.5", false, "1234.5"},
		{"1.234,5", false, "1234.5"},
		{"1 234,5", false, "1234.5"},
		{"1'234.5", false, "1234.5"},
		{"1,234,567", false, "1234567"},
		{"1.234.567", true, "1234567"},
		{"1,23,4", false, ""},
		{"1.2,3.4", false, ""},
		{"1.2.3,4", true, ""},
		{"1,234,567.8", false, "1234567.8"},
		{",,", false, ""},
		{"", false, ""},
		{" ", false, ""},
		{"1.5E+3", false, "1500"},
		{"4.006381333931E+12", false, "4006381333931"},
		{"5e-3", false, "0.005"},
		{"1e999", false, ""},
		{"1e20", false, "100000000000000000000"},
		{"1e21", false, ""},
		{"1e-20", false, "0"},
		{"1e-21", false, ""},
		{"100000000000000000000000000000e0", false, "100000000000000000000000000000"},
		{"1000000000000000000000000000000e0", false, ""},
		{"1x2e3", false, ""},
		{"e", false, ""},
	}
	for _, tt := range tests {
		got, err := row{match: match{comma: tt.comma}}.number("", tt.text, 3)
		if got != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("%q: got %q, %v; want %q", tt.text, got, err, tt.want)
		}
	}
}
