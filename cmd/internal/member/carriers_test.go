package member

import (
	"path/filepath"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/desks"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/track"
)

// What carriers said in one folder, before it belonged to the hub and since, is known in all,
// with its words.
func TestWhatCarriersSayIsKnownInAllFolders(t *testing.T) {
	s := newShop(t)
	first := s.sample()
	ctx := t.Context()
	alone := open_(t, first)
	said(t, alone, "N1", track.InTransit)
	if err := alone.Close(); err != nil {
		t.Fatal(err)
	}
	s.join(first, "", false)
	second := filepath.Join(t.TempDir(), "second")
	s.join(second, "S2", true)
	one, two := open_(t, first), open_(t, second)
	said(t, one, "N2", track.Accepted)
	said(t, two, "N3", track.Delivered)
	once(t, one, two)
	once(t, one, two)
	for _, d := range []*folder.Folder{one, two} {
		if err := d.Store.CatchUp(ctx); err != nil {
			t.Fatal(err)
		}
		for number, state := range map[string]track.State{"N1": track.InTransit, "N2": track.Accepted, "N3": track.Delivered} {
			if got, err := d.Store.Standing(ctx, "1003-1", number); err != nil || got.State != state || got.Text != "words of "+number {
				t.Errorf("%s knows of %s: %+v, %v", d.Settings.Station, number, got, err)
			}
		}
	}
}

// A folder that joined before it wrote what carriers say stays in step with its hub all the
// same: that alone stays in it.
func TestAFolderThatJoinedBefore(t *testing.T) {
	s := newShop(t)
	first := s.sample()
	s.join(first, "", false)
	server.Exec(t, s.database, `DELETE FROM packbench.writers WHERE writer = 'carrier-S1'`)
	second := filepath.Join(t.TempDir(), "second")
	s.join(second, "S2", true)
	one, two := open_(t, first), open_(t, second)
	said(t, one, "N1", track.Accepted)
	if err := one.AtDesk(t.Context(), cases.StationUnlocked{Station: "S1", By: "V1"}); err != nil {
		t.Fatal(err)
	}
	once(t, one, two)
	if head, err := two.Store.Head(t.Context(), cases.DeskOf("S1")); err != nil || head.Seq != 1 {
		t.Errorf("the desk of S1 is not told: %+v, %v", head, err)
	}
	if head, err := two.Store.Head(t.Context(), cases.CarriersOf("S1")); err != nil || head.Seq != 0 {
		t.Errorf("%+v, %v", head, err)
	}
}

func said(t *testing.T, d *folder.Folder, n string, state track.State) {
	t.Helper()
	e := track.Event{Carrier: "c", Number: n, Parcel: "1003-1", At: time.Now().Add(-time.Hour), Source: "a", State: state, Text: "words of " + n}
	writer, err := desks.Carriers(t.Context(), d.Store)
	if err == nil {
		err = d.Store.KeepTrackWords(t.Context(), e)
	}
	if err == nil {
		err = d.DecideIn(t.Context(), writer, func() (pack.Event, []pack.Fact, error) {
			return track.Answered{Source: "a"}, []pack.Fact{e.Told()}, nil
		})
	}
	if err != nil {
		t.Fatal(err)
	}
}
