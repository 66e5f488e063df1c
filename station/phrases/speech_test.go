package phrases

import (
	"strings"
	"testing"
	"testing/fstest"
)

func readSpeech(t *testing.T, tag, text string) (Speech, error) {
	t.Helper()
	s, err := ListSpeeches(fstest.MapFS{tag + ".toml": {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	return s.In(tag)
}

// A file that was edited by hand says which line is wrong, and how.
func TestAWrongFileIsToldInWords(t *testing.T) {
	for text, want := range map[string]string{
		`"Box {box}" = "Karton {box"`:        `"Karton {box" has 1 × { and 0 × }`,
		`"Box {box}" "Karton {box}"`:         "line 1",
		"\n" + `"Undo" = "Zurück`:            "line 2",
		`"{n} units".some = "{n} Stück"`:     `the form "some"`,
		"\"Undo\" = \"A\"\n\"Undo\" = \"B\"": "stands here twice",
	} {
		if _, err := readSpeech(t, "de", text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestThingsAreCountedInTheirForm(t *testing.T) {
	pl, err := readSpeech(t, "pl", `"{n} parcels".one = "{n} paczka"
"{n} parcels".few = "{n} paczki"
"{n} parcels".many = "{n} paczek"
"{n} parcels".other = "{n} paczki"`)
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range map[int]string{0: "0 paczek", 1: "1 paczka", 3: "3 paczki", 5: "5 paczek", 12: "12 paczek", 22: "22 paczki", 25: "25 paczek"} {
		if have := pl.Count("{n} parcels", n); have != want {
			t.Errorf("%d: %s", n, have)
		}
	}
	if have := (Speech{}).Count("{n} parcels", 3); have != "3 parcels" {
		t.Error(have)
	}
}

// A phrase that is not there stays English, and none is copied to be found.
func TestALookUpCopiesNothing(t *testing.T) {
	de, err := readSpeech(t, "de", `"Undo" = "Rückgängig"`)
	if err != nil {
		t.Fatal(err)
	}
	if de.Phrase("Undo") != "Rückgängig" || de.Phrase("Park") != "Park" || de.Has("Park") || !de.Has("Undo") {
		t.Error(de.Phrase("Undo"), de.Phrase("Park"))
	}
	if n := testing.AllocsPerRun(100, func() { _, _ = de.Phrase("Undo"), de.Say("Park") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// Switching to a language is quick enough for one frame.
func BenchmarkReadALanguage(b *testing.B) {
	all, err := Supplied()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := all.In("uk"); err != nil {
			b.Fatal(err)
		}
	}
}
