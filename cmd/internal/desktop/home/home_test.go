package home

import (
	"path/filepath"
	"testing"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/pack"
)

// The day is read for the page of signing in too, whatever is half done at the dock.
func TestTheDayIsReadWhileAVanIsOpen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	foldertest.Init(t, dir, true, folder.Options{})
	d, err := folder.Open(t.Context(), dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	var got bookings
	if err := got.look(t.Context(), desk.New(d), "S1", pack.State{Phase: pack.SignedOut, Loading: &pack.Loading{Manifest: "M-S1-1"}}); err != nil {
		t.Fatal(err)
	}
	if !got.day || got.counts.Due == 0 {
		t.Errorf("the day is %+v", got.counts)
	}
}
