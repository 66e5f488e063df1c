package bench

import (
	"bytes"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/papers"
	"packbench/station"
	"packbench/station/engine"
	"packbench/station/pack"
)

// van packs order 1003 and hands it over, until the driver's name is asked for;
// it returns the manifest.
func (c *counter) van() string {
	c.Helper()
	label := c.label().Label
	for _, raw := range []engine.Raw{
		engine.Scan{Data: "00" + label.SSCC}, engine.Press{Command: pack.Command{Name: "handover"}}, engine.Scan{Data: "00" + label.SSCC}, engine.Press{Command: pack.Command{Name: "handover"}},
	} {
		c.do(raw)
	}
	l := c.bench.Engine.State().Loading
	if l == nil || !l.Driver {
		c.Fatalf("no van: %+v", c.last())
	}
	return l.Manifest
}

// leaves names the driver.
func (c *counter) leaves() {
	c.Helper()
	c.do(engine.Press{Command: pack.ReadCommand("driver", "Driver", "Sample")})
}

// The signed list, what is kept of it and a reprint say the same, whatever is
// taken in after the van has left; the reprint is marked.
func TestAReprintedListSaysWhatWasSigned(t *testing.T) { // L1, L4
	c := newCounter(t, nil, nil)
	id := c.van()
	c.leaves()
	m, err := c.data.Store.Manifest(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := papers.New(c.data).ListOf(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	first, err := papers.New(c.data).DrawList(t.Context(), m, signed, c.data.StationWords(), 0)
	if err != nil {
		t.Fatal(err)
	}
	marked, err := papers.New(c.data).DrawList(t.Context(), m, signed, c.data.StationWords(), 1)
	if err != nil {
		t.Fatal(err)
	}

	nobody := m
	nobody.Person = ""
	if blank, err := papers.New(c.data).DrawList(t.Context(), nobody, signed, c.data.StationWords(), 0); err != nil || bytes.Equal(blank.PDF, first.PDF) {
		t.Errorf("the list does not name who loaded, %v", err)
	}

	o, err := c.data.Store.Order(t.Context(), "1003")
	if err != nil {
		t.Fatal(err)
	}
	o.To.Country, o.To.Postcode, o.To.City = "FR", "75001", "Paris"
	if _, err := c.data.Store.PutOrders(t.Context(), []station.Order{o}); err != nil {
		t.Fatal(err)
	}
	c.data.Settings.Sender.Name, c.data.Settings.Language = "Another Shop", "de"
	kept, err := papers.New(c.data).ManifestOf(t.Context(), id)
	if err != nil || !bytes.Equal(kept.PDF, first.PDF) {
		t.Errorf("the kept list is not the signed one, %v", err)
	}
	c.do(engine.Press{Command: pack.ReadCommand("reprint-manifest", id, "lost")})
	var e pack.Effect
	for row, err := range c.data.Store.Rows(t.Context(), "S1", 1) {
		if err != nil {
			t.Fatal(err)
		}
		facts, err := folder.Codec().Facts(row)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range facts {
			if f, ok := f.(pack.EffectAsked); ok && f.Effect.Document.Kind == pack.DocumentManifest {
				e = f.Effect
			}
		}
	}
	again, err := c.data.Store.DocumentByEffect(t.Context(), e.Key())
	if err != nil || e.Copy != 1 || !bytes.Equal(again.PDF, marked.PDF) || bytes.Equal(again.PDF, first.PDF) {
		t.Errorf("reprint %d is not the signed list with its mark, %v", e.Copy, err)
	}
	if err := c.data.Speak("de"); err != nil {
		t.Fatal(err)
	}
	if other, err := papers.New(c.data).ManifestOf(t.Context(), id); err != nil || bytes.Equal(other.PDF, first.PDF) {
		t.Errorf("no other language, %v", err)
	}
}
