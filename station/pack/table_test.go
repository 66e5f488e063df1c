package pack

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/people"
	"packbench/station/unit"
)

// way is how an action of the table is done at the bench.
type way struct {
	event Event
	done  func([]Fact) bool
	first Event // before it, if anything
}

func factOf[F Fact](facts []Fact) bool {
	return slices.ContainsFunc(facts, func(f Fact) bool { _, ok := f.(F); return ok })
}

func asked(kind EffectKind) func([]Fact) bool {
	return func(facts []Fact) bool {
		return slices.ContainsFunc(facts, func(f Fact) bool {
			e, ok := f.(EffectAsked)
			return ok && e.Effect.Kind == kind
		})
	}
}

func ways() map[people.Action][]way {
	closed := sevenRef(ParcelClosed)
	typed := reading(1800 * unit.Gram)
	typed.Typed = true
	moved := func(facts []Fact) bool {
		return slices.ContainsFunc(facts, func(f Fact) bool { m, ok := f.(UnitsMoved); return ok && m.Action.How == ByHand })
	}
	voids := func(facts []Fact) bool {
		return factOf[LabelVoided](facts) || slices.ContainsFunc(facts, func(f Fact) bool {
			e, ok := f.(EffectAsked)
			return ok && e.Effect.Kind == EffectOpen && e.Effect.Parcel != ""
		})
	}
	strange := van
	strange.Strangers = []Stranger{{Parcel: "9-1"}}
	leaves := func(facts []Fact) bool {
		return slices.ContainsFunc(facts, func(f Fact) bool { c, ok := f.(CaseOpened); return ok && c.Code == CodeCloseOut })
	}
	given := func(facts []Fact) bool { return factOf[OrderLeft](facts) || factOf[LoadingEnded](facts) }
	return map[people.Action][]way{
		people.LetGo:       {{event: Command{Name: "handover", Value: "post", Van: &strange, Sure: true}, done: leaves}},
		people.Confirm:     {{event: do("confirm", "1"), done: moved}},
		people.Void:        {{event: do("void"), done: voids}, {event: do("service", "express"), done: voids}, {event: Command{Name: "reopen", Parcel: &closed, Sure: true}, done: voids}},
		people.TypedWeight: {{event: typed, done: factOf[WeightTaken]}},
		people.Reprint:     {{event: do("reprint", "lost"), done: asked(EffectPrint)}, {event: Command{Name: "reprint", Reason: "lost", Parcel: &closed}, done: asked(EffectPrint)}},
		people.Cancel:      {{event: do("cancel"), done: given}, {first: card("cancel"), event: card("cancel"), done: given}},
		people.Purchase:    {{event: do("label-none"), done: asked(EffectLook)}},
		people.Label:       {{event: reading(1800 * unit.Gram), done: asked(EffectBuy)}, {event: do("service", "post"), done: asked(EffectBuy)}},
		people.Return:      {{event: do("return"), done: factOf[ReturnBegan]}},
		people.Handover:    {{event: Command{Name: "handover", Value: "post", Van: &van}, done: factOf[LoadingBegan]}},
	}
}

// TestTheWholeTable: every action of the bench, by every role, with every leave, wherever
// the bench may stand: with yes it happens, with pin once the PIN is right, with second
// once another person's badge is here, and with no it does not. What does not fit the
// moment happens with none of them.
func TestTheWholeTable(t *testing.T) {
	all := ways()
	for _, spec := range people.Specs() {
		if !spec.Bench || spec.Action == people.Unlock || spec.Action == people.Override {
			continue // see below: those need a badge as they are
		}
		list := all[spec.Action]
		if len(list) == 0 {
			t.Errorf("nothing here does %q", spec.Action)
		}
		can := 0
		for _, at := range situations {
			d := newDesk(t)
			at.play(d)
			if d.s.Awaits(func(e Effect) bool { return e.Kind == EffectQuote }) {
				continue // what the carriers answer comes in between
			}
			for i, w := range list {
				for _, role := range people.Roles() {
					if walk(t, d.s, fmt.Sprintf("%s (%d) by a %s, %s", spec.Action, i, role, at.name), spec.Action, w, role) {
						can++
					}
				}
			}
		}
		if can == 0 {
			t.Errorf("%s: it happens in no situation", spec.Action)
		}
	}
}

// tried is a bench that inputs are tried on, and the facts of the last one.
type tried struct {
	s     State
	facts []Fact
	n     int
}

func (d *tried) give(e Event) {
	d.n++
	var facts []Fact
	facts, d.s = Step(d.s, Input{ID: fmt.Sprintf("S1.T%d", d.n), At: time.Unix(int64(1000+d.n), 0).UTC(), Event: e})
	d.facts = append(d.facts, facts...)
	for _, asked := range d.s.Pending {
		if asked.Kind == EffectQuote {
			d.give(QuotesReady{Effect: asked.ID, Quotes: []Quote{{Service: "post", Carrier: "demo", Allowed: true, Chosen: true}}})
			return
		}
	}
}

// walk tries one action in one situation with every leave, and reports whether it can
// happen there.
func walk(t *testing.T, stands State, name string, a people.Action, w way, role station.Role) bool {
	t.Helper()
	me, other := Person{ID: "me", Role: role, PIN: true}, Person{ID: "other", Role: station.Packer}
	if role == station.Packer {
		other.Role = station.Supervisor
	}
	begin := func(l people.Leave) *tried {
		d := &tried{s: stands}
		if d.s.Person.ID != "" {
			d.s.Person = me
		}
		d.s.Rules.Rights = people.Default()
		d.s.Rules.Rights.Set(a, people.Right("yes yes yes yes").With(role, l))
		if w.first != nil {
			d.give(w.first)
		}
		return d
	}
	give := func(d *tried, e Event) bool {
		d.facts = nil
		d.give(e)
		return w.done(d.facts)
	}
	badgeOf := func(p Person) Event {
		return Scanned{Meanings: []Meaning{{Kind: MeansBadge, Person: &p}}}
	}
	can := give(begin(people.Yes), w.event)
	for _, l := range []people.Leave{people.WithPIN, people.Second, people.No} {
		d, words := begin(l), ""
		alone := l == people.Second && stands.Rules.WorksAlone // who authorises themselves
		switch {
		case alone && give(d, w.event) == can && (!can || strings.Contains(asJSON(t, d.facts), `"Author":"me"`)):
		case give(d, w.event):
			words = "it happens at once"
		case !can:
		case l == people.WithPIN:
			switch {
			case d.s.PIN == nil || d.s.Recent[0].Code != CodePINNeeded:
				words = "no PIN is asked for"
			case give(d, PinGiven{Person: "me"}) || d.s.PIN == nil:
				words = "it happens with a wrong PIN, or none is asked for again"
			case give(d, PinGiven{Person: "other", OK: true}):
				words = "it happens with the PIN of somebody else"
			case !give(d, PinGiven{Person: "me", OK: true}):
				words = "it does not happen with the right PIN"
			}
		case l == people.Second:
			bare := me
			bare.PIN = false
			switch {
			case d.s.Wanted == nil || d.s.Recent[0].Code != CodeNeedsRole:
				words = "no badge is asked for"
			case give(d, badgeOf(bare)):
				words = "one's own badge is enough"
			case !give(d, badgeOf(other)):
				words = "another's badge is not enough"
			case d.s.Person.ID != "me" || !strings.Contains(asJSON(t, d.facts), `"other"`):
				words = "both names do not stand in the journal"
			}
		default:
			if v := d.s.Recent[0]; v.Kind != Refused || v.Code != CodeNeedsRole || d.s.Wanted != nil && d.s.Wanted != stands.Wanted {
				words = "it is not refused"
			} else if stands.Wanted == nil && give(d, badgeOf(other)) {
				words = "another's badge lets it happen"
			}
		}
		if words != "" {
			t.Errorf("%s, with %s: %s; %+v", name, l, words, d.s.Recent[0])
		}
	}
	return can
}

// A lock is lifted, and a weight that is off accepted, by whoever's badge may: by none
// that has second or no, and with pin once the PIN is right. Nobody accepts their own.
func TestTheTableOfLocksAndOverrides(t *testing.T) {
	for _, a := range []people.Action{people.Unlock, people.Override} {
		for _, role := range people.Roles() {
			for _, l := range []people.Leave{people.Yes, people.WithPIN, people.Second, people.No} {
				for _, pin := range []bool{false, true} {
					d := newDesk(t)
					happens := func() bool { return d.s.Phase != Locked }
					if a == people.Unlock {
						d.openOrder(order1042())
						for range 3 {
							d.give(scanItem("BLUE", 1))
						}
					} else {
						d.packed(order1042())
						d.give(reading(900 * unit.Gram))
						d.give(Command{Name: "authorise", Reason: "filling"})
						happens = func() bool { return factOf[WeightTaken](d.facts) }
					}
					table := people.Default()
					table.Set(a, people.Right("yes yes yes yes").With(role, l))
					d.s.Rules.Rights = table
					boss := Person{ID: "boss", Role: role, PIN: pin}
					d.give(Scanned{Meanings: []Meaning{{Kind: MeansBadge, Person: &boss}}})
					if pin && (l == people.Yes || l == people.WithPIN) {
						if happens() || d.s.PIN == nil {
							t.Errorf("%s by a %s with %s: without the PIN", a, role, l)
						}
						if d.give(PinGiven{Person: "boss", Wait: 30}); happens() {
							t.Errorf("%s by a %s with %s: with a wrong PIN", a, role, l)
						}
						d.give(PinGiven{Person: "boss", OK: true})
					}
					if want := l == people.Yes || l == people.WithPIN && pin; happens() != want {
						t.Errorf("%s by a %s with %s (has a PIN: %v): %v, want %v", a, role, l, pin, happens(), want)
					}
				}
			}
		}
	}
}

// Goods that are scanned while a badge or a PIN is awaited are kept apart and named.
func TestScansMeanwhileAreKeptApart(t *testing.T) {
	d := newDesk(t)
	d.openOrder(order1042())
	d.give(do("confirm", "1"))
	before := d.s.Work.Units()
	if v := d.want(scanItem("MUG", 1), Refused, CodeNotNow, Packing); v.Reason != ReasonWaitsForBadge || v.SKU != "MUG" {
		t.Errorf("%+v", v)
	}
	d.give(scanItem("CANDLE", 1))
	d.give(scanItem("MUG", 1))
	if d.s.Work.Units() != before || d.s.Wanted == nil {
		t.Error("they count, or the badge is no longer awaited")
	}
	d.give(badge("boss", station.Supervisor))
	if v := d.s.Recent[0]; v.Code != CodeKeptApart || !slices.Equal(v.Expected, []string{"MUG", "CANDLE"}) || d.s.Work.Units() != before+1 {
		t.Errorf("%+v", v)
	}
	d.give(do("confirm", "1"))
	d.give(scanItem("CANDLE", 1))
	if v := d.want(do("back"), Info, CodeBack, Packing); v.Reason != ReasonKeptApart || !slices.Equal(v.Expected, []string{"CANDLE"}) {
		t.Errorf("%+v", v)
	}
}
