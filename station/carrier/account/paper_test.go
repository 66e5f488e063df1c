package account_test

import (
	"encoding/base64"
	"testing"

	"packbench/station/carrier/account"
)

// What a label is, its first bytes say; what no printer of the bench could print is none.
func TestALabelIsWhatItsBytesSay(t *testing.T) {
	for text, want := range map[string]string{"%PDF-1.4 x": account.PDF, "\x89PNG\r\n": account.PNG, "GIF89a": account.GIF, "\n^XA^FDx^FS^XZ\n": account.ZPL} {
		zpl := want == account.ZPL
		if p, err := account.Label([]byte(text), account.Form{ZPL: zpl}); err != nil || p.Type != want || p.Kind != "label" {
			t.Errorf("%q: %+v, %v", text, p, err)
		}
		if _, err := account.Label([]byte(text), account.Form{ZPL: !zpl}); err == nil {
			t.Errorf("%q has the wrong form", text)
		}
	}
	for _, text := range []string{"", "<html>", "^XA^FDcut", "%PD", "     "} {
		for _, zpl := range []bool{false, true} {
			if p, err := account.Label([]byte(text), account.Form{ZPL: zpl}); err == nil {
				t.Errorf("%q: %+v", text, p)
			}
		}
	}
	whole := base64.StdEncoding.EncodeToString([]byte("%PDF-1.4 label"))
	if p, err := account.Coded(whole[:8]+"\r\n "+whole[8:], account.Form{}); err != nil || string(p.Data) != "%PDF-1.4 label" {
		t.Errorf("with a line break: %+v, %v", p, err)
	}
	if _, err := account.Coded(whole[:7], account.Form{}); err == nil {
		t.Error("cut off")
	}
}
