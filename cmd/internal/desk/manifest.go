package desk

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/store"
)

// parcelStory tells the story of one parcel, with the van that it left in.
func (d Desk) parcelStory(ctx context.Context, p store.Parcel) ([]Event, error) {
	events, err := d.Story(ctx, p.Order)
	if err != nil {
		return nil, err
	}
	events = slices.DeleteFunc(events, func(e Event) bool { return e.parcel != "" && e.parcel != p.ID })
	vans, err := d.vansThatLeft(ctx, []store.Parcel{p})
	return inOrder(append(events, vans...)), err
}

// vansThatLeft tells of the vans that parcels left in, each once.
func (d Desk) vansThatLeft(ctx context.Context, parcels []store.Parcel) ([]Event, error) {
	var out []Event
	told := map[string]bool{}
	for _, p := range parcels {
		if p.State != pack.ParcelHandedOut {
			continue
		}
		m, _, err := store.Known(d.Store.ManifestOf(ctx, p.ID))
		if err != nil {
			return nil, err
		}
		if !m.Gone || told[m.ID] {
			continue
		}
		v, err := d.vanOf(ctx, m)
		if err != nil {
			return nil, err
		}
		told[m.ID], out = true, append(out, v.left())
	}
	return out, nil
}

// inOrder puts events in the order of their times.
func inOrder(events []Event) []Event {
	slices.SortStableFunc(events, func(a, b Event) int { return a.At.Compare(b.At) })
	return events
}

// van is a van that left, or is being loaded, with what its story needs.
type van struct {
	store.Manifest
	lang    say.Language
	carrier string // by name, with the lane
	driver  string
	parcels []store.Parcel
}

func (d Desk) vanOf(ctx context.Context, m store.Manifest) (van, error) {
	v := van{Manifest: m, lang: d.lang}
	cards, _, err := d.Catalogue(ctx)
	if err != nil {
		return v, err
	}
	v.carrier = cards.NameOf(m.Carrier)
	if m.Lane != "" {
		v.carrier += d.lang.Say(", lane {lane}", "lane", m.Lane)
	}
	if v.driver, _, err = store.Known(d.Store.Driver(ctx, m.Driver)); err != nil {
		return v, err
	}
	v.parcels, err = d.Store.ParcelsOn(ctx, m.ID)
	return v, err
}

// left is the event of its leaving.
func (v van) left() Event {
	phrase := "The van of {carrier} left with {parcels}, manifest {list}."
	if v.SetBack() {
		phrase = "The van of {carrier} left with {parcels}, manifest {list}; the clock was set back while it was loaded."
	}
	words := v.lang.Say(phrase, "carrier", v.carrier, "parcels", v.lang.Many(len(v.parcels), "parcel"), "list", v.ID)
	return Event{At: v.Closed, Kind: "manifest-closed", Who: v.Person, Station: v.Station, Verdict: pack.Accepted, Text: words}
}

// foundManifest finds the list of a van and tells its story: who loaded what,
// when it left, who drove, and how its list was printed.
func (d Desk) foundManifest(ctx context.Context, text string) ([]Found, error) {
	m, known, err := store.Known(d.ManifestByNumber(ctx, text))
	if err != nil || !known {
		return nil, err
	}
	v, err := d.vanOf(ctx, m)
	if err != nil {
		return nil, err
	}
	f := Found{Kind: "manifest", ID: m.ID, State: "loading"}
	begun := Event{At: m.Began, Kind: "loading", Who: m.Person, Station: m.Station, Verdict: pack.Info, Text: d.lang.Say("A van of {carrier} is being loaded.", "carrier", v.carrier)}
	f.Story = []Event{begun}
	events, err := d.listEvents(ctx, v)
	if err != nil {
		return nil, err
	}
	f.Story = append(f.Story, events...)
	if m.Gone {
		f.State = string(pack.ParcelHandedOut)
	}
	inOrder(f.Story)
	return []Found{f}, nil
}

// listEvents reads from the journal what happened to a van and its list.
func (d Desk) listEvents(ctx context.Context, v van) ([]Event, error) {
	from := v.Began
	if v.SetBack() {
		from = v.Closed
	}
	var out []Event
	for r, err := range d.Store.RowsBetween(ctx, from, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)) {
		if err != nil {
			return nil, err
		}
		if !bytes.Contains(r.Facts, []byte(v.ID)) {
			continue
		}
		_, facts, err := folder.Codec().Decode(r)
		if err != nil {
			return nil, err
		}
		by := ""
		for _, f := range facts {
			if j, ok := f.(pack.Judged); ok {
				by = j.Verdict.By
			}
		}
		for _, f := range facts {
			if e, ok := v.event(r, f); ok {
				e.Who = by
				out = append(out, e)
			}
		}
	}
	return out, nil
}

// event says in words what a fact does to the van or its list.
func (v van) event(r journal.Row, f pack.Fact) (Event, bool) {
	l, e := v.lang, Event{At: r.At, Station: r.Writer, Verdict: pack.Info}
	of := ""
	switch f := f.(type) {
	case pack.ParcelLoaded:
		of, e.Kind, e.Verdict, e.Text = f.Manifest, "loaded", pack.Accepted, l.Say("{parcel} of order {order} is in the van.", "parcel", f.ParcelCalled(), "order", f.Called())
	case pack.ParcelUnloaded:
		of, e.Kind, e.Text = f.Manifest, "unloaded", l.Say("{parcel} of order {order} was taken out again.", "parcel", f.ParcelCalled(), "order", f.Called())
	case pack.ManifestClosed:
		of, e = f.Manifest, v.left()
		e.Text = l.Say("{first} {second}", "first", e.Text, "second", l.Say("Driver: {who}.", "who", cmp.Or(v.driver, l.Phrase("no longer known"))))
	case pack.DocumentStood:
		switch {
		case f.State != pack.PrintAsked:
			of, e.Kind, e.Text = f.Of, "manifest", l.PrintedList(f.Printing)
		case f.Reason != "":
			of, e.Kind, e.Text = f.Of, "reprinted", l.Say("The list is asked for again{reason}.", "reason", l.Because(f.Reason))
		}
	}
	return e, of == v.ID
}
