package people

import (
	"errors"
	"strings"
	"testing"
)

func TestNormalise(t *testing.T) {
	for in, want := range map[string]string{
		"B-PACKER": "B-PACKER", "PB:badge:B-PACKER": "B-PACKER", "pb:BADGE:B-PACKER": "B-PACKER", " B-PACKER\r\n": "B-PACKER",
		"PB:badge: B-PACKER\t": "B-PACKER", "\x02B-PACKER\x03": "B-PACKER", "b-packer": "b-packer", "": "", "PB:badge:": "", " \r": "",
		"PB:badg": "PB:badg", "PB:carton:M": "PB:carton:M", strings.Repeat("x", 200): strings.Repeat("x", 200), strings.Repeat("x", 201): "",
	} {
		if got := Normalise(in); got != want {
			t.Errorf("Normalise(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestBadgeHash(t *testing.T) {
	salt := []byte("salt of this data folder")
	hash := BadgeHash(salt, "B-PACKER")
	if len(hash) != 52 || strings.Contains(hash, "PACKER") {
		t.Errorf("hash %q", hash)
	}
	// Stored hashes must stay what they are in every later version.
	if want := "64C5LDTBBODMTDKTJKMCX6L72YVTNFWARYKY7KQ5GXCKGL5UTQ5Q"; hash != want {
		t.Errorf("hash %s, want %s", hash, want)
	}
	for code, same := range map[string]bool{"PB:badge:B-PACKER": true, "B-PACKER\r": true, "B-PACKE": false, "b-packer": false} {
		if got := SameBadge(hash, BadgeHash(salt, code)); got != same {
			t.Errorf("%q is the same badge: %v", code, got)
		}
	}
	if SameBadge(hash, BadgeHash([]byte("another"), "B-PACKER")) {
		t.Error("the salt does not matter")
	}
	hasher := BadgeHasher(salt)
	for _, code := range []string{"B-PACKER", " ", "B-LEAD", "B-PACKER"} {
		if got := hasher(code); got != BadgeHash(salt, code) {
			t.Errorf("badge %q after others has the hash %q", code, got)
		}
	}
	if BadgeHash(salt, " ") != "" || SameBadge("", "") {
		t.Error("an empty badge is somebody")
	}
}

func TestNobodyClearsTheirOwn(t *testing.T) {
	for _, c := range []struct {
		who   string
		alone bool
		did   []string
		why   Why
	}{
		{"V1", false, []string{"P1", "V2"}, ""},
		{"V1", false, []string{"P1", "V1"}, OwnOverride},
		{"V1", false, []string{"V1", ""}, OwnOverride},
		{"V1", true, []string{"V1"}, ""},
		{"", true, nil, Nobody},
		{"", false, []string{""}, Nobody},
		{"V1", false, nil, ""},
	} {
		if got := why(MayClear(c.who, c.alone, c.did...)); got != c.why {
			t.Errorf("%q clears what %q did (alone %v): %q, want %q", c.who, c.did, c.alone, got, c.why)
		}
	}
}

func why(err error) Why {
	var d *Denied
	if errors.As(err, &d) {
		return d.Why
	}
	return ""
}

func FuzzNormalise(f *testing.F) {
	for _, code := range []string{"B-PACKER", "PB:badge:B-PACKER", "", "\x00\x1d", "PB:badge:PB:badge:x", "\xff\xfe"} {
		f.Add(code)
	}
	f.Fuzz(func(t *testing.T, code string) {
		bare := Normalise(code)
		if bare != strings.TrimSpace(bare) || strings.ContainsAny(bare, "\r\n\t\x1d") {
			t.Errorf("%q gives %q", code, bare)
		}
		if BadgeHash(nil, code) != "" != (bare != "") {
			t.Errorf("%q has a hash and no code, or the other way round", code)
		}
	})
}
