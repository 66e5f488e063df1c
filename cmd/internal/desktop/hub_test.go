package desktop

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/member"
	"packbench/station/hub/hubtest"
	"packbench/station/screen"
)

// A hub that goes away is a red lamp with what it means, and packing goes on.
func TestAHubThatIsAwayHasALamp(t *testing.T) {
	server := hubtest.New(t)
	_, address := server.Database(t)
	ctx := t.Context()
	if _, _, err := member.Init(ctx, address, ""); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "data")
	foldertest.Init(t, dir, true, folder.Options{})
	if _, err := member.Join(ctx, dir, member.Joining{Address: address}); err != nil {
		t.Fatal(err)
	}
	f, err := folder.Open(ctx, dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f.Settings.Sounds = false
	d := deskOf(t, f, func(*Front) {})
	lamp := func(colour screen.Colour) func(screen.View) bool {
		return func(v screen.View) bool {
			return slices.ContainsFunc(v.Header.Lamps, func(l screen.Lamp) bool { return l.Kind == "hub" && l.Colour == colour })
		}
	}
	d.until("the lamp of the hub", lamp(screen.LampGreen))
	server.Stop()
	v := d.until("the hub to be away", lamp(screen.LampRed))
	if !strings.Contains(v.Header.Alert, "Hub: the hub cannot be reached") {
		t.Errorf("the header says %q", v.Header.Alert)
	}
	d.scanText("PB:badge:B-PACKER")
	d.until("the packer", func(v screen.View) bool { return v.Page == screen.PageIdle })
	d.scanText("1001")
	d.until("an order that was claimed ahead", func(v screen.View) bool { return v.Page == screen.PagePacking })
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	d.until("the hub to be back", lamp(screen.LampGreen))
}
