package screen

import (
	"cmp"
	"slices"
	"time"

	"packbench/station/people"
	"packbench/station/say"
)

// DockInputs is what the page of the dock is made of.
type DockInputs struct {
	Frame     Frame
	Parcels   []DockParcel // that no van has taken
	Manifests []Manifest   // of today, the newest first
	Selected  string       // the manifest whose parcels are shown, "": the newest
	On        []DockParcel // the parcels of that manifest
	Said      string       // what became of the last printing
	Free      bool         // a van can be loaded now
}

// Manifest is what one van took.
type Manifest struct {
	ID      string
	Carrier string
	Driver  string // the name, "" where it is no longer known
	By      string // person id
	Closed  time.Time
	SetBack bool // by the clock it left before its loading began
	Parcels int
}

// DockView is the page of the dock: what waits, carrier by carrier, and what
// left today.
type DockView struct {
	Title    string
	Back     Action
	After    *Action // to the parcels that need somebody, nil for who may not see them
	Owed     *Action // to what buyers are owed, nil for who may not see it
	Vans     []DockGroup
	Empty    string // said where nothing waits
	Unread   bool   // nothing is known yet, not even that all is well
	GoneWord string
	Gone     []ManifestRow
	GoneNone string // said where no van has left
	Detail   *ManifestDetail
	Said     string
}

// DockGroup is what waits for one carrier.
type DockGroup struct {
	Carrier string
	Text    string // "12 parcels, the oldest since 09:12"
	Load    Action
	Rows    []LoadRow // the oldest first, at most dockShown
	More    string    // "and 12 more"
}

// ManifestRow is one van that left.
type ManifestRow struct {
	Title  string
	Text   string
	Chosen bool
	Select Action
}

// ManifestDetail is one van that left, in full.
type ManifestDetail struct {
	Title string
	Text  string
	Rows  []LoadRow
	Print Action
}

// dockShown is how many parcels of a carrier the page lists; the rest are more
// of the same.
const dockShown = 6

// Dock makes the page of the dock.
func Dock(in DockInputs) View {
	view := in.Frame.view(PageDock, "bench")
	names, l := in.Frame.Names, in.Frame.Lang
	v := &DockView{
		Title: l.Phrase("Dock"), Said: say.Sentence(in.Said), Empty: l.Phrase("Nothing is waiting on the dock"), GoneWord: l.Phrase("Left today"), GoneNone: l.Phrase("No van has left today"),
		Back: Action{ID: "dock:back", Label: l.Phrase("Back"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: "bench"}},
	}
	if in.Frame.may(people.Cases) {
		v.After = &Action{ID: "page:after", Label: l.Phrase("After it left"), Key: in.Frame.keys()["after"], Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageAfter)}}
	}
	if in.Frame.may(people.Owed) {
		v.Owed = &Action{ID: "page:owed", Label: l.Phrase("Money owed"), Key: in.Frame.keys()["owed"], Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageOwed)}}
	}
	if in.Frame.Unread {
		v.Empty, v.GoneNone, v.Unread = l.Phrase(beingRead), "", true
	}
	var carriers []string
	waiting := map[string][]DockParcel{}
	for _, p := range in.Parcels {
		if waiting[p.Carrier] == nil {
			carriers = append(carriers, p.Carrier)
		}
		waiting[p.Carrier] = append(waiting[p.Carrier], p)
	}
	slices.SortStableFunc(carriers, func(a, b string) int { return len(waiting[b]) - len(waiting[a]) })
	for i, c := range carriers {
		v.Vans = append(v.Vans, dockGroup(c, waiting[c], i, in))
	}
	list := in.Manifests
	for i, m := range list {
		chosen := m.ID == in.Selected || i == 0 && !slices.ContainsFunc(list, func(o Manifest) bool { return o.ID == in.Selected })
		v.Gone = append(v.Gone, ManifestRow{
			Title: carrierName(l, names, m.Carrier), Text: since(l, m.Closed, in.Frame.Now) + " · " + l.Many(m.Parcels, "parcel"), Chosen: chosen,
			Select: Action{ID: "manifest:" + m.ID, Label: m.ID, Enabled: true, On: chosen, Intent: Intent{Kind: IntentSelect, Name: "manifest", Value: m.ID}},
		})
		if chosen {
			view.Of = About("van", m.ID)
			v.Detail = manifestDetail(m, in)
		}
	}
	view.Dock = v
	return view
}

func dockGroup(carrier string, parcels []DockParcel, n int, in DockInputs) DockGroup {
	slices.SortStableFunc(parcels, func(a, b DockParcel) int { return a.Closed.Compare(b.Closed) })
	l := in.Frame.Lang
	g := DockGroup{Carrier: carrierName(l, in.Frame.Names, carrier), Text: l.Many(len(parcels), "parcel")}
	if t := parcels[0].Closed; !t.IsZero() {
		g.Text += l.Say(", the oldest since {time}", "time", since(l, t, in.Frame.Now))
	}
	g.Load = Action{
		ID: "load:" + carrier, Label: l.Phrase("Load a van"), Command: "handover " + carrier, Enabled: in.Free && carrier != "",
		Intent: command("handover", carrier),
	}
	if n < 9 {
		g.Load.Key = digits(n + 1)
	}
	for _, p := range parcels[:min(len(parcels), dockShown)] {
		g.Rows = append(g.Rows, dockRow(l, p, in.Frame.Now))
	}
	if rest := len(parcels) - len(g.Rows); rest > 0 {
		g.More = l.Say("and {n} more", "n", digits(rest))
	}
	return g
}

func manifestDetail(m Manifest, in DockInputs) *ManifestDetail {
	l := in.Frame.Lang
	d := &ManifestDetail{Title: l.Say("Manifest {no}", "no", m.ID), Text: l.Say("driver {name}", "name", cmp.Or(m.Driver, l.Phrase("no longer known")))}
	if m.By != "" {
		d.Text += " · " + l.Say("loaded by {who}", "who", in.Frame.Names.Of(m.By))
	}
	if m.SetBack {
		d.Text += " · " + l.Phrase(say.Clock)
	}
	for _, p := range in.On {
		d.Rows = append(d.Rows, LoadRow{ID: cmp.Or(p.Name, p.ID), Text: l.Say("order {no}", "no", p.Order), Note: p.Tracking})
	}
	d.Print = Action{ID: "manifest:print", Label: l.Phrase("Print again"), Key: DefaultKeys()["manifest:print"], Enabled: true, Intent: Intent{Kind: IntentManifest, Name: m.ID}}
	return d
}

// targets are in the order in which they stand.
func (d *DockView) targets() []Action {
	out := []Action{d.Back}
	if d.Owed != nil {
		out = append(out, *d.Owed)
	}
	if d.After != nil {
		out = append(out, *d.After)
	}
	for _, g := range d.Vans {
		out = append(out, g.Load)
	}
	for _, m := range d.Gone {
		out = append(out, m.Select)
	}
	if d.Detail != nil {
		out = append(out, d.Detail.Print)
	}
	return out
}
