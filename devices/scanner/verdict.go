package scanner

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	"packbench/station/gs1"
)

// Limits of what a person typed right before a code.
const (
	longestLead = 3                      // keys that came late together with a code
	markedLead  = 8                      // the same, where the code shows where it begins
	heldOver    = 3                      // keys that a scanner never sends while one of its own is down
	justTyped   = 600 * time.Millisecond // a person who typed until then is typing
	oneTurn     = 16 * time.Millisecond  // of the window, which hands keys out by turns
)

// char returns the character that a scanner means by a key.
func (w *Wedge) char(code int) (rune, bool) {
	return w.opts.Layout.sent(code, mods{
		shift: w.inBurst(keyLeftShift, keyRightShift),
		ctrl:  w.inBurst(keyLeftCtrl, keyRightCtrl),
		alt:   w.inBurst(keyLeftAlt, keyLeftAlt),
		altGr: w.inBurst(keyRightAlt, keyRightAlt),
	})
}

// named gives a stroke its character when the toolkit has none to give.
func (w *Wedge) named(s Stroke) Stroke {
	if w.hasRunes || s.Ctrl || s.Alt {
		return s
	}
	if r, ok := w.opts.Layout.Char(s.Code, s.Shift, false); ok {
		s.Rune = r
		if accent, dead := accents[r]; dead {
			s.Rune = accent.alone
		}
	}
	return s
}

// scan reports whether the burst is a scanner's, and how many keys at its front
// are a person's all the same.
func (w *Wedge) scan(entered bool) (lead int, is bool) {
	lead, code := w.lead()
	if code {
		return lead, true
	}
	for _, p := range w.presses[lead:] {
		if p.person {
			return 0, false
		}
	}
	few := fewKeys
	if entered {
		few = fewEntered
	}
	return lead, w.chars(lead) >= few && w.fast(lead)
}

// lead counts the keys at the front of a burst that a person typed, and says
// whether a code with the configured prefix follows.
//
// A window that stands still hands out late and together what was typed
// meanwhile, so a key typed up to 0.3 s before a scan may come in one burst with
// it. What can be known of such a key: it is held over the keys that follow, or
// repeats; the code shows where it begins, by the prefix or by the AIM
// identifier of a scanner that sends one; a gap to the rest sets it apart, or it
// stands before a GTIN, while the person was typing. Nothing else tells it from
// the first character of a code: then the burst is one code, which is shown as
// unknown rather than guessed at.
func (w *Wedge) lead() (lead int, code bool) {
	held := w.held()
	if w.opts.Prefix != "" {
		for i := held; i < min(len(w.presses), markedLead+1); i++ {
			if w.prefixed(i) && len(Accents(w.runes(i))) > len(w.opts.Prefix) {
				return i, true
			}
		}
	}
	if w.opts.AIM || w.aim {
		for i := held; i < min(len(w.presses), markedLead+1); i++ {
			if aim, _ := SplitAIM(Accents(w.runes(i))); aim != "" {
				return i, false
			}
		}
	}
	for i := held + 1; i < min(len(w.presses), held+longestLead+1); i++ {
		if w.apart(held, i) {
			return i, false
		}
	}
	return held, false
}

// held counts the keys at the front that were held down: by a person.
func (w *Wedge) held() int {
	n := 0
	for i, p := range w.presses {
		switch first := w.presses[0].stroke.Code; {
		case p.person && (p.stroke.Code == first || p.stroke.Code == 0), w.hasUps && p.over >= heldOver:
			n = i + 1
		case p.stroke.Code != first && i >= longestLead:
			return n
		}
	}
	return n
}

// apart reports whether the keys up to i were typed before a code that begins
// there. A burst that is a code by its own check digit or identifier is whole.
func (w *Wedge) apart(from, i int) bool {
	p := w.presses[i]
	if w.chars(i) < fewKeys || !w.fast(i) {
		return false
	}
	whole := Accents(w.runes(from))
	if aim, _ := SplitAIM(whole); aim != "" || isGTIN(whole) {
		return false
	}
	typing := w.presses[from].at.Sub(w.typed) < justTyped
	if p.gap.long > perKey && (typing || !p.gap.stalled) && p.gap.long >= 3*w.widest(i+1) {
		return true
	}
	together := w.late && p.at.Equal(w.presses[from].at)
	return typing && together && isGTIN(Accents(w.runes(i)))
}

// widest is the longest gap from a press on, stalls left out.
func (w *Wedge) widest(from int) time.Duration {
	widest := time.Duration(0)
	for _, p := range w.presses[from:] {
		if !p.gap.stalled {
			widest = max(widest, p.gap.long)
		}
	}
	return widest
}

func isGTIN(code []byte) bool {
	_, err := gs1.ParseGTIN(string(code))
	return err == nil
}

// fast reports whether the keys from a press on came at a scanner's pace. A stall is
// no slowness: of the window, which hands the keys out late, or, in a code that is
// long enough to show its pace all the same, of the computer or the cable. But
// where more than a few gaps are so, it is a person at a slow window.
func (w *Wedge) fast(from int) bool {
	first := 0
	if from < len(w.presses) {
		first = w.presses[from].keys
	}
	gaps := slices.Clone(w.gaps[min(first+1, len(w.gaps)):])
	slices.SortFunc(gaps, func(a, b gap) int { return cmp.Compare(b.long, a.long) })
	elapsed, stalls := time.Duration(0), max(mayStall, len(gaps)/4)
	for _, g := range gaps {
		switch {
		case g.long <= perKey || stalls == 0:
		case g.still > 0:
			g.long = max(g.long-g.still, 0)
			stalls--
		case len(gaps) >= stretched:
			g.long = w.opts.PerKey
			stalls--
		}
		elapsed += g.long
	}
	n := time.Duration(max(len(gaps), 1))
	return elapsed <= min(n*w.opts.PerKey+oneTurn, n*perKey)
}

// prefixed reports whether the configured prefix begins with a press, as far as
// the burst goes.
func (w *Wedge) prefixed(from int) bool {
	text, prefix := Accents(w.runes(from)), []byte(w.opts.Prefix)
	return len(text) > 0 && len(prefix) > 0 && (bytes.HasPrefix(text, prefix) || bytes.HasPrefix(prefix, text))
}

// chars counts the characters from a press on.
func (w *Wedge) chars(from int) int { return len(w.runes(from)) }

func (w *Wedge) runes(from int) []rune {
	var all []rune
	for _, p := range w.presses[min(from, len(w.presses)):] {
		if p.has {
			all = append(all, p.char)
		}
	}
	return all
}
