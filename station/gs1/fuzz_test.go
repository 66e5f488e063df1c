package gs1

import (
	"slices"
	"testing"
)

func FuzzParse(f *testing.F) {
	for _, c := range parseCases {
		f.Add(raw(c.in))
		f.Add(c.want)
	}
	f.Fuzz(func(t *testing.T, data string) {
		bracketed, _, err := ParseBracketed(data)
		if err == nil {
			sameEncoded(t, bracketed)
		}
		es, _, err := Parse(data)
		if err != nil {
			return
		}
		sameEncoded(t, es)
		again, _, err := ParseBracketed(es.String())
		if len(es.String()) <= MaxLength && (err != nil || !slices.Equal(again, es)) {
			t.Fatalf("%q: printed %s reads as %s, %v", data, es, again, err)
		}
	})
}

// sameEncoded fails if es does not survive its own element string.
func sameEncoded(t *testing.T, es Elements) {
	t.Helper()
	encoded, err := EncodeElements(es)
	if err != nil {
		t.Fatalf("%s does not encode: %v", es, err)
	}
	again, _, err := Parse(encoded)
	if err != nil || !slices.Equal(again, es) {
		t.Fatalf("%s encodes as %q, which reads as %s, %v", es, encoded, again, err)
	}
}

func FuzzDigitalLink(f *testing.F) {
	for _, c := range linkCases {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, uri string) {
		es, _, err := ParseDigitalLink(uri)
		if err == nil {
			sameEncoded(t, es)
		}
	})
}

func FuzzDecode(f *testing.F) {
	for _, c := range decodeCases {
		aim, data := SplitAIM(raw(c.in))
		f.Add(aim, data)
		f.Add("", raw(c.in))
	}
	f.Fuzz(func(t *testing.T, aim, data string) {
		c := Decode(aim, data)
		if (c.Kind == KindInvalid) != (c.Err != "") {
			t.Fatalf("kind %s with the error %q", c.Kind, c.Err)
		}
		if c.GTIN != "" {
			if g, err := ParseGTIN(string(c.GTIN)); err != nil || g != c.GTIN {
				t.Fatalf("GTIN %s: %v", c.GTIN, err)
			}
		}
		if c.SSCC != "" {
			if _, err := ParseSSCC(c.SSCC); err != nil {
				t.Fatal(err)
			}
		}
		if len(c.Warnings) > maxWarnings+2 {
			t.Fatalf("%d warnings", len(c.Warnings))
		}
		switch c.Kind {
		case KindGTIN, KindSSCC, KindElementString, KindDigitalLink, KindPlain, KindInvalid:
		default:
			t.Fatalf("kind %q", c.Kind)
		}
		if c.Kind == KindElementString || c.Kind == KindDigitalLink {
			sameEncoded(t, c.Elements)
		}
	})
}
