package desktop

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/desk"
	"packbench/station/config"
	"packbench/station/screen"
)

// Whoever does not see the screen hears each verdict in the badge's language, and with a
// question its answers; a bench where that is not set is silent.
func TestVerdictsAreSpoken(t *testing.T) {
	dir := t.TempDir()
	log := filepath.Join(dir, "log")
	if err := os.WriteFile(filepath.Join(dir, "spd-say"), []byte("#!/bin/sh\necho \"$*\" >> '"+log+"'\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	said := func(want string) {
		t.Helper()
		text := ""
		for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
			data, _ := os.ReadFile(log)
			if text = string(data); strings.Contains(text, want) {
				return
			}
		}
		t.Errorf("never said: %s\nsaid:\n%s", want, text)
	}
	known := func(f *Front) { // people are read beside the first scans; here they are known before
		var err error
		if f.Names, f.Spoken, err = desk.New(f.Folder).People(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	d := newDeskWith(t, known, []func(*config.Settings){func(s *config.Settings) { s.Spoken, s.Language = true, "de" }})
	d.scan("4099999")
	said("--language de -- Niemand ist angemeldet. Ausweis scannen.")
	d.signIn("B-PACKER") // a badge that reads English
	said("--language en -- Packer One is signed in: ")
	d.scan("1001")
	d.until("the order", func(v screen.View) bool { return v.Bench != nil && v.Bench.Order.ID == "1001" })
	d.scanText("PB:command:cancel")
	said("--language en -- This will cancel this order: answer 1, or go back. 1: Yes, cancel this order. 2: Back.")
}
