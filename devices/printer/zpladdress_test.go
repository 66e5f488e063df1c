package printer

import "testing"

func TestAnAddressHasOneForm(t *testing.T) {
	for in, want := range map[string]string{
		"10.0.0.1": "10.0.0.1:9100", "10.0.0.1:9100": "10.0.0.1:9100", "10.0.0.1:6101": "10.0.0.1:6101", "10.0.0.1:06101": "10.0.0.1:6101",
		"Label.Local.": "label.local:9100", "label": "label:9100",
		"::1": "[::1]:9100", "[::1]": "[::1]:9100", "[0:0::1]:9100": "[::1]:9100",
		"": "", ":9100": "", "label:": "", ".": "",
	} {
		got, err := ZPLAddress(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v; want %q", in, got, err, want)
		}
	}
}
