package pack

import (
	"slices"

	"packbench/station/people"
)

// retryLists tries to print a list again of which surely nothing came: it is no
// reprint. While its printer waits it comes by itself.
func (d *decision) retryLists() {
	failed := slices.DeleteFunc(d.s.Lists(), func(l Printing) bool { return l.State != PrintTrouble })
	if i := slices.IndexFunc(failed, func(l Printing) bool { return !d.s.OnItsWay(l.Document) }); i >= 0 {
		d.retryList(failed[i])
		return
	}
	if len(failed) == 0 {
		d.notNow(ReasonRetry)
		return
	}
	l := failed[0]
	d.say(Refused, CodePrinterTrouble, withTrouble(l.Trouble), func(v *Verdict) { v.Manifest, v.Carrier, v.Waits = l.Of, l.Carrier, true })
}

func (d *decision) retryList(l Printing) {
	d.print(Effect{Document: l.Document, Intent: l.Key, Carrier: l.Carrier, Copy: l.Copy}, "")
	d.say(Info, CodeManifest, withReason(ReasonAgain), func(v *Verdict) { v.Manifest, v.Carrier = l.Of, l.Carrier })
}

// cmdReprintManifest prints the list of a van that has left again. It needs a
// reason, is marked and counted (L4), and what still waits in the printer is
// taken back. N is how often it was printed again before, -1 for a list that
// nobody knows. A list of which nothing came is not printed again but at last.
func (d *decision) cmdReprintManifest(c Command) {
	l := d.s.Document(DocumentManifest, c.Value)
	onItsWay := d.s.OnItsWay(l.Document)
	switch {
	case c.N < 0:
		d.notNow(ReasonNoManifest)
	case l.State == PrintTrouble && !onItsWay:
		d.retryList(l)
	case l.State == "" && onItsWay: // nothing is wrong with it
		d.say(Info, CodeManifest, withReason(ReasonAsked), func(v *Verdict) { v.Manifest = c.Value })
	case !people.IsReason(c.Reason):
		d.askReason(CodeManifest, c, people.Codes(d.s.Rules.Reasons.Reprint, ReprintReasons))
	case !d.may(people.Reprint, c):
	default:
		d.giveUpPrints(c.Value)
		d.print(Effect{Document: l.Document, Copy: c.N + 1}, c.Reason)
		d.say(Info, CodeManifest, withWhy(c.Reason), func(v *Verdict) { v.Manifest = c.Value })
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
