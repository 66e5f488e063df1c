package screen

import (
	"cmp"

	"packbench/station/pack"
)

// IdleView is what stands quietly behind "scan an order".
type IdleView struct {
	Head    string // of the sign-in page
	Text    string
	Today   []Figure
	Cutoffs []CutoffRow
	Last    string
	Dock    []DockRow // parcels that wait for their carrier
	Open    Action    // opens the page of the dock
	Parked  []Action  // orders that wait here; touching one resumes it
}

// CutoffRow is the orders that leave by one time.
type CutoffRow struct {
	At   string
	Open int
	Done int
	Text string // "12 of 40 packed"
	Late bool
}

func idle(in BenchInputs) *IdleView {
	c := in.Counts
	v := &IdleView{Head: "Good to see you", Text: "Hold your badge under the scanner. You'll continue where you left off.", Today: []Figure{
		{"parcels today", digits(c.Parcels)},
		due(c),
		{"without label", digits(c.Waiting)},
	}}
	if in.Unread {
		v.Today = nil
	}
	for _, o := range c.Cutoffs {
		v.Cutoffs = append(v.Cutoffs, CutoffRow{
			At: when(o.At, in.Now), Open: o.Open, Done: o.Done, Late: o.Open > 0 && in.Now.After(o.At),
			Text: packedOf(o),
		})
	}
	if l := in.Last; l != nil {
		v.Last = "Last: " + l.ID + " · order " + l.Order + " · " + in.Names.Of(l.Service) + " · " + when(l.At, in.Now)
	}
	if in.State.Phase != pack.SignedOut && in.State.Phase != "" {
		v.Dock = dockRows(in)
		v.Open = Action{
			ID: "page:dock", Label: "On the dock", Key: in.Keys["dock"], Enabled: in.State.Phase == pack.Idle,
			Intent: Intent{Kind: IntentPage, Name: string(PageDock)},
		}
	}
	for _, id := range parked(in.State) {
		called := cmp.Or(in.State.Parked[id].Number, id)
		v.Parked = append(v.Parked, Action{
			ID: "parked:" + id, Label: "Resume " + called, Enabled: in.State.Phase == pack.Idle, Intent: Intent{Kind: IntentScan, Value: called},
		})
	}
	return v
}

// due is the orders that are still to pack today (V16).
func due(c Counts) Figure {
	if c.Due == 0 && c.Done > 0 {
		return Figure{"all packed", digits(c.Done)}
	}
	return Figure{"orders due", digits(c.Due)}
}

func packedOf(o Cutoff) string {
	if o.Open == 0 {
		return "all " + digits(o.Done) + " packed"
	}
	return digits(o.Done) + " of " + digits(o.Done+o.Open) + " packed"
}
