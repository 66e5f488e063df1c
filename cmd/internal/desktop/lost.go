package desktop

import (
	"context"
	"time"

	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/screen"
)

// notRecorded takes note of a person's input that was not recorded, until it is
// done over or the person does something else. What devices and printers tell
// meanwhile says nothing of it, but that inputs are recorded again.
func (f *Front) notRecorded(u engine.Update) {
	if u.Err == nil {
		f.recordedAgain()
		switch e := u.Input.Event.(type) {
		case pack.Scanned, pack.Command, pack.PinGiven:
			f.home.Lost = nil
		case pack.Weighed:
			if l := f.home.Lost; l != nil && (e.Typed || l.Again == again(engine.Weight{})) {
				f.home.Lost = nil
			}
		}
		return
	}
	what := again(u.Raw)
	if _, weighed := u.Raw.(engine.Weight); weighed && (u.State.Phase != pack.Weighing || f.home.Lost != nil) || what == "" {
		return
	}
	lost := &screen.Lost{Again: what}
	lost.Cause, lost.Fix = faultWords(u.Err)
	f.home.Lost = lost
}

// again says how a person does an input over; "" for what no person did.
func again(raw engine.Raw) string {
	switch raw.(type) {
	case engine.Scan, engine.Badge:
		return "scan it again"
	case engine.Press:
		return "press it again"
	case engine.Entry, engine.PIN:
		return "type it again"
	case engine.Weight:
		return "lift the parcel and weigh it again"
	}
	return ""
}

func (f *Front) recordedAgain() {
	if l := f.home.Lost; l != nil && !l.Back {
		back := *l // the window still holds the old one
		back.Back = true
		f.home.Lost = &back
	}
}

// tryEvery is how often the disk is tried while it fails.
const tryEvery = time.Second

// try finds out whether inputs are recorded again, while nobody dares to give one.
func (f *Front) try(now time.Time) {
	if f.trouble == nil || f.trying || now.Sub(f.tried) < tryEvery {
		return
	}
	f.trying, f.tried = true, now
	f.Ask(func(ctx context.Context) func() {
		err := f.Folder.Store.Try(ctx)
		return func() {
			f.trying = false
			if err == nil {
				f.trouble = nil
				f.recordedAgain()
			}
		}
	})
}
