package screen

import (
	"cmp"
	"slices"
	"time"

	"packbench/station/pack"
	"packbench/station/say"
)

// Waiting is how many parcels of a carrier wait on the dock.
type Waiting struct {
	Carrier string
	Parcels int
}

// DockParcel is a closed parcel that no van has taken, or one that a van took.
type DockParcel struct {
	ID, Carrier, Tracking string
	Name, Order           string // what people call it and its order
	Closed                time.Time
}

// LoadingView is a carrier's van at the dock (P5): what lies in it, and what is
// still to come.
type LoadingView struct {
	Carrier  string
	Count    string // "12 of 15 loaded"
	Done     int
	Total    int
	VanWord  string
	Van      []LoadRow // newest first
	VanEmpty string
	DockWord string
	Dock     []LoadRow // oldest first
	DockDone string    // said where nothing is left
	Unread   bool      // what is left is not known yet
}

// LoadRow is one parcel of a list at the dock.
type LoadRow struct {
	ID   string
	Text string // "order 1042"
	Note string // "since 09:12"
	New  bool   // it was scanned just now
}

// loading makes the middle of the page where a van is loaded.
func loading(in BenchInputs) *LoadingView {
	l := in.State.Loading
	if l == nil {
		return nil
	}
	left, t := leftOnDock(in), in.Lang
	v := &LoadingView{
		Carrier: cmp.Or(in.Names.Of(l.Carrier), t.Phrase("The carrier")), Done: len(l.Parcels), Total: len(l.Parcels) + len(left),
		VanWord: t.Phrase("In the van"), VanEmpty: t.Phrase("Nothing yet"), DockWord: t.Phrase("Still on the dock"), DockDone: t.Phrase("Nothing left to load"),
	}
	v.Count = t.Say("{n} of {all} loaded", "n", digits(v.Done), "all", digits(v.Total))
	if in.Unread {
		v.Count, v.DockDone, v.Unread = t.Say("{n} loaded", "n", digits(v.Done)), t.Phrase(beingRead), true
	}
	for i := range l.Parcels {
		p := l.Parcels[len(l.Parcels)-1-i]
		v.Van = append(v.Van, LoadRow{ID: p.ParcelCalled(), Text: t.Say("order {no}", "no", p.Called()), New: i == 0 && justLoaded(in.State, p)})
	}
	for _, p := range left {
		v.Dock = append(v.Dock, dockRow(t, p, in.Now))
	}
	return v
}

// leftOnDock is what is still to load. The tables follow the bench only while
// it is quiet: what lies in the van is not on the dock, whatever they say.
func leftOnDock(in BenchInputs) []DockParcel {
	l := in.State.Loading
	left := slices.DeleteFunc(slices.Clone(in.OnDock), func(p DockParcel) bool {
		return p.Carrier != l.Carrier || slices.ContainsFunc(l.Parcels, func(in pack.Loaded) bool { return in.Parcel == p.ID })
	})
	slices.SortStableFunc(left, func(a, b DockParcel) int { return a.Closed.Compare(b.Closed) })
	return left
}

func dockRow(l say.Language, p DockParcel, now time.Time) LoadRow {
	row := LoadRow{ID: cmp.Or(p.Name, p.ID), Text: l.Say("order {no}", "no", p.Order)}
	if !p.Closed.IsZero() {
		row.Note = l.Say("since {time}", "time", since(l, p.Closed, now))
	}
	return row
}

// since writes a time of the past: "09:12", "Mon 09:12" and, longer ago, "3 Nov".
func since(l say.Language, t, now time.Time) string {
	t = t.In(now.Location())
	switch days := daysBetween(t, now); {
	case days == 0:
		return t.Format("15:04")
	case days > 0 && days < 7:
		return l.Time(t, "Mon 15:04")
	}
	return l.Time(t, "2 Jan")
}

func justLoaded(s pack.State, p pack.Loaded) bool {
	return len(s.Recent) > 0 && s.Recent[0].Code == pack.CodeHandedOver && s.Recent[0].Parcel == p.Parcel
}

// loadingNext says what to do at a van.
func loadingNext(in BenchInputs) Next {
	l := in.State.Loading
	left := len(leftOnDock(in))
	toGo := in.Lang.Say("{count} to go", "count", in.Lang.Many(left, "parcel"))
	switch {
	case l.Driver && left > 0:
		return Next{Text: "Type the driver's name", Note: in.Lang.Say("{parcels} for this carrier would stay behind", "parcels", in.Lang.Many(left, "parcel")), Kind: pack.Asked}
	case l.Driver:
		return Next{Text: "Type the driver's name", Kind: pack.Asked}
	}
	if r := in.State.Recent; len(r) > 0 && r[0].Kind == pack.Refused && r[0].Parcel != "" {
		return Next{Text: "Take it out, scan the next label", Note: toGo}
	}
	switch {
	case len(l.Parcels) == 0:
		return Next{Text: "Scan each parcel's label as it goes in"}
	case left == 0:
		return Next{Text: "Close the van", Note: "nothing left to load"}
	}
	return Next{Text: "Scan the next parcel's label", Note: toGo}
}

// listNext says what to do about the list of the van that left last.
func listNext(l say.Language, s pack.State) (Next, bool) {
	if lists := s.Lists(); len(lists) > 0 {
		return notPrinted(l, s, lists[len(lists)-1]), true
	}
	for _, e := range s.Pending {
		if e.Document.Kind == pack.DocumentManifest {
			return Next{Text: "Wait for the list", Note: "the driver signs it"}, true
		}
	}
	return Next{}, false
}

// notPrinted says what to do about a list that is not printed.
func notPrinted(lang say.Language, s pack.State, l pack.Printing) Next {
	switch {
	case l.State == pack.PrintUnknown:
		return Next{Text: lang.Say("Look for the list {no}", "no", l.Of), Note: "print it again from the dock page if it did not come out", Kind: pack.Asked}
	case s.OnItsWay(l.Document):
		return Next{Text: "The list is not printed yet: fix the printer", Note: what(lang, l.Trouble), Kind: pack.Asked}
	}
	return Next{Text: "The list is not printed yet: try again", Note: what(lang, l.Trouble), Kind: pack.Asked}
}

// listFailed tells of a list that does not come by itself and surely has not come.
func listFailed(s pack.State) bool {
	return slices.ContainsFunc(s.Lists(), func(l pack.Printing) bool { return l.State == pack.PrintTrouble && !s.OnItsWay(l.Document) })
}

// loadingActions are the buttons at a van.
func loadingActions(in BenchInputs) []Action {
	l := in.State.Loading
	full := action(in, "handover", "Van is full", len(l.Parcels) > 0)
	full.Primary = len(l.Parcels) > 0 && len(leftOnDock(in)) == 0
	if l.Driver {
		full = Action{
			ID: "do:driver", Label: in.Lang.Phrase("Type driver's name"), Key: in.Keys["driver"], Enabled: true, Primary: true,
			Intent: Intent{Kind: IntentEdit, Name: "driver"},
		}
	}
	return []Action{full, action(in, "undo", "Take last one out", len(l.Parcels) > 0), typing(in), action(in, "cancel", "Cancel loading", true)}
}

// DockRow is one carrier of the panel on the idle page.
type DockRow struct {
	Carrier string
	Text    string // "12 parcels"
}

// dockRows are the carriers that have parcels on the dock, the most first.
func dockRows(in BenchInputs) []DockRow {
	list := slices.Clone(in.Dock)
	slices.SortStableFunc(list, func(a, b Waiting) int { return b.Parcels - a.Parcels })
	var out []DockRow
	for _, w := range list {
		out = append(out, DockRow{Carrier: carrierName(in.Lang, in.Names, w.Carrier), Text: in.Lang.Many(w.Parcels, "parcel")})
	}
	if len(out) == 0 {
		out = []DockRow{{Carrier: in.Lang.Phrase("Nothing waiting")}}
		if in.Unread {
			out[0].Carrier = in.Lang.Phrase(beingRead)
		}
	}
	return out
}

func carrierName(l say.Language, names say.Names, id string) string {
	return cmp.Or(names.Of(id), l.Phrase("No carrier"))
}
