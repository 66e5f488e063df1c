package desktop

import (
	"time"

	"packbench/station/pack"
)

// InFront tells that the window came to the front: what was typed into another one is
// no code.
func (f *Front) InFront() {
	f.Live().Focus()
	f.Do(func() { f.behind = false })
}

// Behind tells that another window took the keys.
func (f *Front) Behind() { f.Do(func() { f.behind = true }) }

// deaf reports whether scans go into another window: those of a scanner that types do,
// those of one with a port of its own do not (V12).
func (f *Front) deaf() bool {
	s := f.setup.Running()
	return f.behind && f.Simulator == nil && (s.Scanner.Kind == "wedge" || s.Scanner2.Kind == "wedge")
}

// elevated reports whether somebody with more rights than a packer's is signed in. Who
// works alone has them with or without a badge.
func (f *Front) elevated() bool {
	s := f.Bench.Engine.State()
	return s.Person.ID != "" && s.Rules.Table().Above(s.Person.Standing()) && s.Phase != pack.Locked && !s.Rules.WorksAlone
}

// restarted signs out who has more rights than a packer and was at the bench when it
// ended: such rights need a badge (V13). It is called before anybody can sign in, so that
// a badge that is scanned while the bench starts stays.
func (f *Front) restarted() {
	f.touched = time.Now()
	if f.elevated() {
		f.press(pack.Command{Name: "sign-out"})
	}
}

// guard signs out who is signed in once nobody has touched the bench for a while: those
// with more rights than a packer's sooner (V13) than others, if those at all (P1). The
// order that is open stays as it is, for the next badge.
func (f *Front) guard(now time.Time) {
	rules := f.setup.Running().Rules
	minutes := rules.PackersAfter
	if f.elevated() {
		minutes = rules.SignOutAfter
	}
	limit, s := time.Duration(minutes)*time.Minute, f.Bench.Engine.State()
	if limit > 0 && now.Sub(f.touched) >= limit && s.Person.ID != "" && s.Phase != pack.Locked {
		f.touched = now
		f.press(pack.Command{Name: "sign-out"})
	}
}
