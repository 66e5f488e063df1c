package home

import (
	"context"
	"fmt"
	"strings"

	"packbench/cmd/internal/boxes"
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/screen"
)

// longEffort is how many steps the packer of boxes gets while the packer walks to the box.
const longEffort = 60_000

// boxPlan is the plan of the open order's boxes, and what it was made for.
type boxPlan struct {
	of   string
	plan *screen.BoxPlan
}

// planOf says what a plan is made for: it is the same however many units are scanned.
func planOf(w *pack.Work) string {
	if w == nil {
		return ""
	}
	var of strings.Builder
	fmt.Fprint(&of, w.Order, " ", w.Parcel.ID)
	if c := w.Parcel.Carton; c != nil {
		fmt.Fprint(&of, " ", c.ID)
	}
	for _, l := range w.Lines {
		if l.Kind != station.Note {
			fmt.Fprint(&of, "|", l.SKU, " ", l.In+l.Open())
		}
	}
	return of.String()
}

// planBoxes has the boxes of the open order planned in the background: at once, and then
// with more search, whose answer takes the place of the first.
func (p *Page) planBoxes() {
	w := p.Bench.Engine.State().Work
	of := planOf(w)
	if of == p.plan.of {
		return
	}
	p.plan = boxPlan{of: of}
	if w != nil {
		p.planWith(w, of, 0)
	}
}

func (p *Page) planWith(w *pack.Work, of string, effort int) {
	p.Ask(func(ctx context.Context) func() {
		plan, err := boxes.PlanOf(ctx, p.Folder, w, effort)
		if err != nil && ctx.Err() == nil {
			p.Folder.Log.Warn("no plan of the boxes", "order", w.Order, "error", err)
		}
		return func() {
			if err != nil || p.plan.of != of { // else another order is open by now
				return
			}
			p.plan.plan = shownPlan(plan)
			if effort == 0 && len(plan.Unsized) == 0 {
				p.planWith(w, of, longEffort)
			}
		}
	})
}

func shownPlan(b boxes.Plan) *screen.BoxPlan {
	out := &screen.BoxPlan{Now: b.Now, Rest: b.Rest, Best: b.Best}
	if len(b.Unsized) > 0 {
		out.Unsized = b.Unsized[0].Called()
	}
	return out
}
