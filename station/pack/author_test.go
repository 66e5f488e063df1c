package pack

import (
	"fmt"
	"slices"
	"testing"

	"packbench/station"
	"packbench/station/people"
	"packbench/station/unit"
)

// table sets rows of who may do what.
func (d *desk) table(rows map[people.Action]people.Right) {
	d.rules(func(r *Rules) {
		r.Rights = people.Default()
		for a, row := range rows {
			r.Rights.Set(a, row)
		}
	})
}

// other is the other service that was taken of the open parcel since, if any.
func (d *desk) other(since int) *ServiceTaken {
	for _, f := range d.facts[since:] {
		if taken, ok := f.(ServiceTaken); ok {
			return &taken
		}
	}
	return nil
}

// Who lets one thing happen lets no other happen that they may not do themselves: another
// service for a parcel with a label voids that and makes one. What was let happen stays so
// until the other right was given too.
func TestABadgeIsGoodForNoOtherRight(t *testing.T) {
	boss, chief := badge("boss", station.Supervisor), badge("chief", station.Manager)
	pin := PinGiven{Person: "p1", OK: true}
	me := Scanned{Meanings: []Meaning{{Kind: MeansBadge, Person: &Person{ID: "p1", Role: station.Packer, PIN: true}}}}
	const done, wait, never = "done", "waits", "refused"
	for _, c := range []struct {
		void, label people.Right
		in          Event
		give        []Event
		want        []string
		author      string
	}{
		{"second yes yes yes", "second yes yes yes", nil, []Event{boss}, []string{done}, "boss"},
		{"second yes yes yes", "second second yes yes", nil, []Event{boss, chief}, []string{wait, done}, "chief"},
		{"second yes yes yes", "second no yes yes", nil, []Event{boss, chief}, []string{wait, done}, "chief"},
		{"second second yes yes", "second yes yes yes", nil, []Event{chief}, []string{done}, "chief"},
		{"second second yes yes", "second yes no yes", nil, []Event{chief, boss}, []string{wait, done}, "boss"},
		{"second yes yes yes", "no yes yes yes", nil, []Event{boss}, []string{never}, ""},
		{"second yes yes yes", "pin no yes yes", me, []Event{boss, pin}, []string{wait, done}, "boss"},
		{"pin yes yes yes", "second yes yes yes", me, []Event{pin, boss}, []string{wait, done}, "boss"},
		{"pin yes yes yes", "pin yes yes yes", me, []Event{pin}, []string{done}, ""},
		{"pin yes yes yes", "no yes yes yes", me, []Event{pin}, []string{never}, ""},
	} {
		name := fmt.Sprintf("void %s, label %s", c.void, c.label)
		d := newDesk(t)
		if c.in != nil {
			d.give(c.in)
			d.give(pin)
		}
		d.labelled()
		d.printed()
		d.table(map[people.Action]people.Right{people.Void: c.void, people.Label: c.label})
		since := len(d.facts)
		d.give(do("service", "express"))
		for i, e := range c.give {
			if d.other(since) != nil {
				t.Fatalf("%s: it happened before step %d", name, i+1)
			}
			d.give(e)
			got := done
			switch {
			case d.s.PIN != nil || d.s.Wanted != nil:
				got = wait
			case d.other(since) == nil:
				got = never
			}
			if got != c.want[i] {
				t.Errorf("%s: %s after step %d, want %s", name, got, i+1, c.want[i])
			}
		}
		for _, v := range d.s.Recent {
			if v.Code == CodeService && v.Kind == Accepted && v.Author != c.author {
				t.Errorf("%s: the author is %q, want %q", name, v.Author, c.author)
			}
		}
	}
}

// The reason may come after the badge: it is still known who that was.
func TestAReasonAfterTheBadgeKeepsWhatTheBadgeIsGoodFor(t *testing.T) {
	for label, want := range map[people.Right]bool{"second yes yes yes": true, "second second yes yes": false} {
		d := newDesk(t)
		d.labelled()
		d.printed()
		d.table(map[people.Action]people.Right{people.Void: "second yes yes yes reason", people.Label: label})
		since := len(d.facts)
		d.give(do("service", "express"))
		d.give(badge("boss", station.Supervisor))
		if d.give(answer(1)); (d.other(since) != nil) != want {
			t.Errorf("label %s: it happened: %v; %+v", label, !want, d.s.Recent[0])
		}
	}
}

// Why an order is cancelled is asked with a list of its own, which the shop has; each of
// its lists is offered where it belongs, and the usual one where the shop has none.
func TestTheShopsOwnReasons(t *testing.T) {
	offered := func(d *desk) (codes []string) {
		d.t.Helper()
		if d.s.Question == nil {
			d.t.Fatalf("nothing is asked: %+v", d.s.Recent[0])
		}
		for _, c := range d.s.Question.Choices {
			if !c.IsBack() {
				codes = append(codes, c.Text)
			}
		}
		return codes
	}
	for _, c := range []struct {
		list string
		want []string
	}{{"", CancelReasons}, {" fraud-check  wrong-order ", []string{"fraud-check", "wrong-order"}}} {
		d := newDesk(t)
		d.packed(order1042())
		d.table(map[people.Action]people.Right{people.Cancel: "second yes yes yes reason"})
		d.rules(func(r *Rules) { r.Reasons = people.Reasons{Cancel: c.list, Accept: "other-filling"} })
		d.give(Command{Name: "cancel"})
		d.want(answer(1), Asked, CodeNeedsRole, Weighing)
		d.give(badge("boss", station.Supervisor))
		if got := offered(d); !slices.Equal(got, c.want) {
			t.Errorf("%q: a cancel is asked with %v, not %v", c.list, got, c.want)
		}
		if d.give(answer(2)); d.s.Phase != Idle || d.s.Recent[0].Code != CodeCancelled {
			t.Errorf("%q: %+v", c.list, d.s.Recent[0])
		}
	}
	d := newDesk(t)
	d.rules(func(r *Rules) { r.Reasons = people.Reasons{Short: "in-the-wash", Accept: "other-filling"} })
	d.packed(order1042())
	d.give(reading(1300 * unit.Gram))
	d.give(badge("boss", station.Supervisor))
	if got := offered(d); !slices.Equal(got, []string{"other-filling"}) {
		t.Errorf("a weight is accepted with %v", got)
	}
}

// Who works alone authorises themselves, with a PIN where they need one, and no trainee
// does. What they may not do at all they do not authorise either.
func TestWhoWorksAloneAndATrainee(t *testing.T) {
	for _, l := range []people.Leave{people.Yes, people.WithPIN, people.Second, people.No} {
		for _, trainee := range []bool{false, true} {
			for _, item := range []bool{false, true} {
				d := newDesk(t)
				d.give(Scanned{Meanings: []Meaning{{Kind: MeansBadge, Person: &Person{ID: "p1", Role: station.Packer, PIN: true, Trainee: trainee}}}})
				d.give(PinGiven{Person: "p1", OK: true})
				d.openOrder(order1042())
				d.rules(func(r *Rules) {
					r.WorksAlone, r.Rights = true, people.Default()
					r.Rights.Set(people.Override, people.Right("yes yes yes yes").With(station.Packer, l))
				})
				c := Command{Name: "authorise"}
				if item {
					c.Item, c.Value = &Product{SKU: "MUG", Factor: 1}, string(CodeRecalled)
				} else {
					d.packAll()
					d.give(reading(900 * unit.Gram))
				}
				happened := func() bool {
					return factOf[WeightTaken](d.facts) || slices.ContainsFunc(d.facts, func(f Fact) bool { c, ok := f.(CaseOpened); return ok && c.Kind == "override" })
				}
				d.facts = nil
				d.give(c)
				c.Reason = "filling"
				d.give(c)
				want := "done"
				switch {
				case l == people.No:
					want = "refused"
				case trainee:
					want = "a badge"
				case l == people.WithPIN:
					want = "a PIN"
				}
				got := "refused"
				switch {
				case happened():
					got = "done"
				case d.s.Wanted != nil:
					got = "a badge"
				case d.s.PIN != nil:
					got = "a PIN"
				}
				name := fmt.Sprintf("%s, trainee %v, goods %v", l, trainee, item)
				if got != want {
					t.Errorf("%s: %s, want %s: %+v", name, got, want, d.s.Recent[0])
				}
				switch want {
				case "a PIN":
					if d.give(PinGiven{Person: "p1"}); happened() {
						t.Errorf("%s: with a wrong PIN", name)
					}
					if d.give(PinGiven{Person: "p1", OK: true}); !happened() {
						t.Errorf("%s: the right PIN is not enough: %+v", name, d.s.Recent[0])
					}
				case "a badge":
					own := Scanned{Meanings: []Meaning{{Kind: MeansBadge, Person: &Person{ID: "p1", Role: station.Packer, Trainee: true}}}}
					if d.give(own); happened() {
						t.Errorf("%s: a trainee authorises themselves", name)
					}
					if d.give(badge("boss", station.Supervisor)); !happened() {
						t.Errorf("%s: another's badge is not enough: %+v", name, d.s.Recent[0])
					}
				}
			}
		}
	}
}

// A trainee who works alone needs another's badge for all that others do alone, save for
// giving an order up.
func TestATraineeWhoWorksAloneNeedsABadge(t *testing.T) {
	for name, want := range map[string]bool{"confirm": true, "cancel": false} {
		for _, l := range []people.Leave{people.Yes, people.WithPIN, people.Second} {
			d := newDesk(t)
			d.give(Scanned{Meanings: []Meaning{{Kind: MeansBadge, Person: &Person{ID: "p1", Role: station.Packer, PIN: true, Trainee: true}}}})
			d.give(PinGiven{Person: "p1", OK: true})
			row := people.Right("yes yes yes yes").With(station.Packer, l)
			d.rules(func(r *Rules) { r.WorksAlone, r.Rights = true, people.Default() })
			d.table(map[people.Action]people.Right{people.Confirm: row, people.Cancel: row})
			d.openOrder(order1042())
			if d.give(do(name, "1")); (d.s.Wanted != nil) != (want || l == people.Second) {
				t.Errorf("%s with %s: waits for %+v; %+v", name, l, d.s.Wanted, d.s.Recent[0])
			}
		}
	}
}

// A badge has nothing let pass where who is signed in may have nothing let pass: its owner
// takes over.
func TestABadgeOverridesNothingForWhoMayNot(t *testing.T) {
	for leave, want := range map[people.Leave]Code{people.No: CodeTakenOver, people.Second: CodeAuthorised, people.Yes: CodeAuthorised} {
		d := newDesk(t)
		d.packed(order1042())
		d.table(map[people.Action]people.Right{people.Override: people.Right("yes yes yes yes").With(station.Packer, leave)})
		d.give(reading(900 * unit.Gram))
		if v := d.give(badge("boss", station.Supervisor)); v.Code != want || (d.s.Person.ID == "boss") != (want == CodeTakenOver) {
			t.Errorf("%s: %s, and %s is signed in", leave, v.Code, d.s.Person.ID)
		}
		if d.give(answer(1)); factOf[WeightTaken](d.facts) != (want == CodeAuthorised) {
			t.Errorf("%s: %s", leave, d.s.Recent[0].Code)
		}
	}
}

// Where several vans wait one is chosen first, and a badge is asked for once; no badge is
// asked for where there is nothing to load.
func TestALoadingAsksForOneBadge(t *testing.T) {
	other := Van{Carrier: "fast", Name: "Fast", Dock: 1}
	begin := func() *desk {
		d := newDesk(t)
		d.give(badge("p1", station.Packer))
		d.table(map[people.Action]people.Right{people.Handover: "second yes yes yes"})
		return d
	}
	d := begin()
	if v := d.want(Command{Name: "handover", Vans: []Van{other, van}}, Asked, CodeLoading, Idle); len(v.Choices) < 2 {
		t.Errorf("%+v", v.Choices)
	}
	d.want(answer(2), Asked, CodeNeedsRole, Idle)
	d.give(badge("boss", station.Supervisor))
	if l := d.s.Loading; l == nil || l.Carrier != "post" || d.s.Wanted != nil || d.s.Person.ID != "p1" {
		t.Errorf("after one badge %+v is loaded, and waits for %+v", l, d.s.Wanted)
	}
	d = begin()
	d.want(Command{Name: "handover", Vans: []Van{van}}, Asked, CodeNeedsRole, Idle)
	if d.give(badge("boss", station.Supervisor)); d.s.Loading == nil {
		t.Error("the only van is not loaded")
	}
	d = begin()
	d.want(Command{Name: "handover"}, Refused, CodeNotNow, Idle)
	d.want(Command{Name: "handover", Value: "rocket"}, Refused, CodeWrongCarrier, Idle)
}

// A label that a badge or a PIN let be made is still of the bench's choice: a back-up takes
// over where its carrier is silent. One that somebody chose by hand is not.
func TestABackUpTakesOverWhereALabelWaited(t *testing.T) {
	for _, leave := range []people.Leave{people.Second, people.WithPIN} {
		for _, byHand := range []bool{false, true} {
			d := newDesk(t)
			d.give(Scanned{Meanings: []Meaning{{Kind: MeansBadge, Person: &Person{ID: "p1", Role: station.Packer, PIN: true}}}})
			d.give(PinGiven{Person: "p1", OK: true})
			d.table(map[people.Action]people.Right{people.Label: people.Right("yes yes yes yes").With(station.Packer, leave)})
			d.backedUp()
			if byHand {
				d.give(do("service", "post"))
			}
			if leave == people.Second {
				d.give(badge("boss", station.Supervisor))
			} else {
				d.give(PinGiven{Person: "p1", OK: true})
			}
			if d.s.Phase != Labelling {
				t.Fatalf("%s: no label is bought: %+v", leave, d.s.Recent[0])
			}
			if d.silence(); (d.s.Work.Parcel.Service == "express") == byHand {
				t.Errorf("%s, by hand %v: then %s is bought", leave, byHand, d.s.Work.Parcel.Service)
			}
		}
	}
}
