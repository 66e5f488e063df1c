package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Messages come in the language that is asked for, codes and keys of JSON stay. The card for packers is one page in each language of the screens, with what the keys
// say there; a language that is not supplied is refused by name.
func TestPackctlSpeaks(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	call := func(args ...string) (int, string) {
		var out bytes.Buffer
		e := env{in: strings.NewReader("scan B-PACKER\nscan XYZ\n"), out: &out, err: &out, clock: time.Now}
		code := packctl(t.Context(), e, append(args, "--data", data))
		return code, out.String()
	}
	if code, said := call("init", "--demo"); code != 0 {
		t.Fatal(said)
	}
	for _, tag := range []string{"en", "de", "ar", "zh-CN"} {
		file := filepath.Join(dir, tag+".pdf")
		if code, said := call("document", "help", "--language", tag, "--out", file); code != 0 {
			t.Fatal(said)
		}
		pdf, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(pdf, []byte("/Type /Page\n")); n != 1 {
			t.Errorf("%s: %d pages", tag, n)
		}
	}
	if code, said := call("document", "help", "--language", "tlh", "--out", filepath.Join(dir, "x.pdf")); code != 2 || !strings.Contains(said, "zh-Hans") {
		t.Errorf("%d %s", code, said)
	}
	if code, said := call("run", "--lang", "de-AT", "--json"); code != 0 || !strings.Contains(said, "Packer One ist angemeldet. Auftrag oder Kiste scannen.") || !strings.Contains(said, `"code":"unknown-code"`) {
		t.Errorf("%d %s", code, said)
	}
	var out bytes.Buffer
	e := env{in: strings.NewReader("scan B-PACKER\nscan 1001\nscan XYZ\n"), out: &out, err: &out, clock: time.Now}
	if code := packctl(t.Context(), e, []string{"run", "--data", data}); code != 0 {
		t.Fatal(out.String())
	}
	if code, said := call("find", "1001", "--lang", "pl"); code != 0 || !strings.Contains(said, "Zamówienie 1001 otwarte, do zeskanowania: 4 sztuki. ") {
		t.Errorf("%d %s", code, said)
	}
	if code, said := call("find", "1001", "--lang", "tlh"); code != 2 || !strings.Contains(said, "zh-Hans") {
		t.Errorf("%d %s", code, said)
	}
	settings := filepath.Join(data, "station.toml")
	text, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(settings, bytes.Replace(text, []byte(`language = "en"`), []byte(`language = "fr"`), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, said := call("doctor"); !strings.Contains(said, "fr: 0 of the ") {
		t.Error(said)
	}
}
