package desktop

import (
	"testing"
	"time"

	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/folder"
	"packbench/station/engine"
	"packbench/station/journal"
	"packbench/station/pack"
)

// The second tap of a hand that taps twice answers nothing that cannot be undone. (V6)
func TestADoubleTapIsNoAnswer(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	f := &Front{Shell: &shell.Shell{Folder: &folder.Folder{Clock: func() time.Time { return now }}}}
	asked := func(reason pack.Reason) {
		state := pack.State{Question: &pack.Question{}}
		f.noted(engine.Update{State: state, Row: journal.Row{}, Facts: []pack.Fact{pack.Judged{Verdict: pack.Verdict{At: now, Kind: pack.Asked, Code: pack.CodeCancelled, Reason: reason}}}})
	}
	choose, back := pack.Command{Name: "choose", N: 1}, pack.Command{Name: "back"}
	asked(pack.ReasonLine)
	if f.tooSoon(choose) {
		t.Error("a harmless question does not hear its answer")
	}
	for _, reason := range []pack.Reason{pack.ReasonSure, pack.ReasonSureLoading} {
		asked(reason)
		now = now.Add(120 * time.Millisecond)
		if !f.tooSoon(choose) || f.tooSoon(back) {
			t.Errorf("%s, 120 ms later: the answer is taken, or there is no way back", reason)
		}
		now = now.Add(500 * time.Millisecond)
		if f.tooSoon(choose) {
			t.Errorf("%s, 620 ms later: the answer is not taken", reason)
		}
	}
	asked(pack.ReasonSure)
	f.noted(engine.Update{State: pack.State{Question: &pack.Question{}}})
	if f.tooSoon(choose) {
		t.Error("another question does not hear its answer")
	}
}
