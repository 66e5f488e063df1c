package labels_test

import (
	"bytes"
	"strings"
	"testing"

	"packbench/assets/fonts"
	"packbench/labels"
	"packbench/labels/internal/sample"
	"packbench/labels/pdf"
	"packbench/labels/picture"
)

// A font of the shop's own is what its greeting is printed in, as far as it has the
// letters; what cannot be put into a document is refused when it is read.
func TestAFontOfTheShopsOwn(t *testing.T) { // L3
	data, err := fonts.Bytes(fonts.Wide)
	if err != nil {
		t.Fatal(err)
	}
	own, err := labels.ReadFont(data)
	if err != nil {
		t.Fatal(err)
	}
	slip := sample.Slip(2)
	slip.Look = labels.Look{Font: own, Greeting: "Dziękujemy, Łukasz! 大阪 สวัสดี مرحبا"}
	l, missing, err := labels.PackingSlip(slip, labels.Profile{DPI: 300, Paper: labels.PaperA4()})
	if err != nil || len(missing) > 0 {
		t.Fatal(missing, err)
	}
	text := l.String()
	for _, want := range []string{` own "Dziękujemy, Łukasz! `, `fallback "大阪"`, `thai "`, ` own "PACKING SLIP"`} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not there:\n%s", want, text)
		}
	}
	tidy(t, "a font of the shop's own", l)
	file, err := pdf.Encode(l)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := picture.Draw(l, 0); err != nil {
		t.Error(err)
	}
	if again, _ := pdf.Encode(l); !bytes.Equal(file, again) {
		t.Error("it is not the same file twice")
	}
	locked := bytes.Clone(data)
	at := bytes.Index(locked, []byte("OS/2"))
	from := int(locked[at+8])<<24 | int(locked[at+9])<<16 | int(locked[at+10])<<8 | int(locked[at+11])
	locked[from+8], locked[from+9] = 0, 2
	han, err := fonts.Bytes(fonts.Fallback)
	if err != nil {
		t.Fatal(err)
	}
	for why, data := range map[string][]byte{"licence": locked, "has no": han, "TrueType": []byte("OTTO and so on, for long enough"), "no TrueType file": nil} {
		if _, err := labels.ReadFont(data); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: %v", why, err)
		}
	}
}
