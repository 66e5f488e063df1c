package pack

import (
	"cmp"
	"slices"
)

// List is the list of a van that left, while it is not printed.
type List struct {
	Manifest string     `json:"Manifest"`
	Carrier  string     `json:"Carrier,omitempty"`
	Key      string     `json:"Key"` // of the wish to print it, for a retry
	Reprint  int        `json:"Reprint,omitempty"`
	State    PrintState `json:"State"`           // trouble, or unknown: somebody must look whether it came out
	Words    string     `json:"Words,omitempty"` // of the printer
}

// Printing tells whether the list of a manifest is on its way: its printer is
// asked, or waits for somebody to mend it.
func (s State) Printing(manifest string) bool {
	for _, e := range s.Pending {
		if e.Kind == EffectManifest && e.Manifest == manifest {
			return true
		}
	}
	return false
}

// list finds a list that is not printed; nil when there is none.
func (s State) list(manifest string) *List {
	i := slices.IndexFunc(s.Lists, func(l List) bool { return l.Manifest == manifest })
	if i < 0 {
		return nil
	}
	return &s.Lists[i]
}

// foldList keeps a list until it is printed.
func foldList(now []List, f ManifestPrinted) []List {
	out := slices.DeleteFunc(slices.Clone(now), func(l List) bool { return l.Manifest == f.Manifest })
	if f.State != PrintPrinted && f.State != PrintSent {
		out = append(out, List(f))
	}
	return clipLists(out)
}

// looked forgets the lists that somebody was to look for: other work has begun.
func looked(now []List) []List {
	return clipLists(slices.DeleteFunc(slices.Clone(now), func(l List) bool { return l.State == PrintUnknown }))
}

// clipLists makes no list of lists the same as none ever.
func clipLists(l []List) []List {
	if len(l) == 0 {
		return nil
	}
	return l
}

// manifestMade is news of the printing of a list.
func (d *decision) manifestMade(e ManifestMade) {
	asked, ok := d.s.Pending[e.Effect]
	if !ok {
		return
	}
	if !e.Waits {
		d.emit(EffectEnded{ID: e.Effect})
	}
	state := cmp.Or(e.State, PrintTrouble)
	d.emit(ManifestPrinted{Manifest: asked.Manifest, Carrier: asked.Carrier, Key: asked.Key(), Reprint: asked.Reprint, State: state, Words: e.Words})
	about := func(v *Verdict) {
		v.Manifest, v.Carrier, v.Waits, v.Qty = asked.Manifest, asked.Carrier, e.Waits, len(asked.Parcels)
	}
	switch {
	case state == PrintPrinted || state == PrintSent:
		d.say(Accepted, CodeManifest, about, withReason(Reason(state)), func(v *Verdict) {
			switch {
			case e.Unprintable > 0:
				v.Reason, v.Qty = ReasonUnprintable, e.Unprintable
			case e.Untimed:
				v.Reason = map[PrintState]Reason{PrintPrinted: ReasonPrintedUntimed, PrintSent: ReasonSentUntimed}[state]
			}
		})
	case state == PrintUnknown && d.s.Phase == Idle:
		d.say(Asked, CodeManifest, about, withReason(Reason(state)))
	case state == PrintUnknown:
		d.say(Info, CodeManifest, about, withReason(Reason(state)))
	default:
		d.say(Refused, CodePrinterTrouble, about, withWhy(e.Words))
	}
}

// retryLists tries to print a list again of which surely nothing came: it is no
// reprint. While its printer waits it comes by itself.
func (d *decision) retryLists() {
	i := slices.IndexFunc(d.s.Lists, func(l List) bool { return l.State == PrintTrouble && !d.s.Printing(l.Manifest) })
	if i >= 0 {
		d.retryList(d.s.Lists[i])
		return
	}
	if i = slices.IndexFunc(d.s.Lists, func(l List) bool { return l.State == PrintTrouble }); i >= 0 {
		l := d.s.Lists[i]
		d.say(Refused, CodePrinterTrouble, withWhy(l.Words), func(v *Verdict) { v.Manifest, v.Carrier, v.Waits = l.Manifest, l.Carrier, true })
		return
	}
	d.notNow(ReasonRetry)
}

func (d *decision) retryList(l List) {
	d.effect(Effect{Kind: EffectManifest, Intent: l.Key, Manifest: l.Manifest, Carrier: l.Carrier, Reprint: l.Reprint})
	d.say(Info, CodeManifest, withReason(ReasonAgain), func(v *Verdict) { v.Manifest, v.Carrier = l.Manifest, l.Carrier })
}

// cmdReprintManifest prints the list of a van that has left again. It needs a
// reason, is marked and counted (L4), and what still waits in the printer is
// taken back. N is how often it was printed again before, -1 for a list that
// nobody knows. A list of which nothing came is not printed again but at last.
func (d *decision) cmdReprintManifest(c Command) {
	l := d.s.list(c.Value)
	switch {
	case c.N < 0:
		d.notNow(ReasonNoManifest)
	case l != nil && l.State == PrintTrouble && !d.s.Printing(c.Value):
		d.retryList(*l)
	case l == nil && d.s.Printing(c.Value): // nothing is wrong with it
		d.say(Info, CodeManifest, withReason(Reason(PrintAsked)), func(v *Verdict) { v.Manifest = c.Value })
	case !reasonForm.MatchString(c.Reason):
		d.askReason(CodeManifest, c, ReprintReasons)
	default:
		d.endPrinting(c.Value)
		d.effect(Effect{Kind: EffectManifest, Manifest: c.Value, Reprint: c.N + 1})
		d.emit(ManifestReprinted{Manifest: c.Value, Reason: c.Reason})
		d.say(Info, CodeManifest, withWhy(c.Reason), func(v *Verdict) { v.Manifest = c.Value })
	}
}

// endPrinting gives up what is under way for the list of a manifest.
func (d *decision) endPrinting(manifest string) {
	var ids []string
	for id, e := range d.s.Pending {
		if e.Kind == EffectManifest && e.Manifest == manifest {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		d.emit(EffectEnded{ID: id})
	}
}

// manifest is the number of a list: it says which list it is.
func (d *decision) manifest(m ManifestRef) {
	reason := ReasonListLeft
	if !m.Gone {
		reason = ReasonListLoading
	}
	d.say(Info, CodeManifest, withReason(reason), withCarrier(m.Carrier), func(v *Verdict) {
		v.Manifest, v.Qty, v.Left = m.ID, m.Parcels, m.Left
	})
}
