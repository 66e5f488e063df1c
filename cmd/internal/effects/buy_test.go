package effects

import (
	"context"
	"errors"
	"testing"
	"time"

	"packbench/station/pack"
)

// late does not answer a few times, and then takes back what it sold.
type late struct {
	Carrier
	silent int
	sold   bool
}

func (l *late) answer() error {
	if l.silent--; l.silent >= 0 {
		return errors.New("no answer")
	}
	return nil
}

func (l *late) Find(context.Context, Wish) (Purchase, bool, error) {
	return Purchase{}, l.sold, l.answer()
}

func (l *late) Void(context.Context, Wish) error {
	l.sold = false
	return l.answer()
}

// A carrier that does not answer is asked until it does, and the bench hears of it
// once.
func TestAVoidWaitsForItsCarrier(t *testing.T) {
	for silent := range 4 {
		m := &late{sold: true, silent: silent}
		r := &Runner{Options: Options{Carrier: m}, voidAgain: time.Microsecond}
		var told []pack.PurchaseState
		err := r.void(t.Context(), pack.Effect{ID: "S1.2.1", Intent: "S1.1.1"}, func(e pack.Event) { told = append(told, e.(pack.Voided).State) })
		want := []pack.PurchaseState{pack.PurchaseUnknown, ""}
		if silent == 0 {
			want = want[1:]
		}
		if err != nil || m.sold || len(told) != len(want) || told[0] != want[0] || told[len(told)-1] != "" {
			t.Errorf("silent %d times: told %q, sold %v, %v", silent, told, m.sold, err)
		}
	}
}

// The end of the program ends the asking; the wish stays.
func TestAVoidEndsWithTheProgram(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	r := &Runner{Options: Options{Carrier: &late{silent: 1 << 30}}, voidAgain: time.Hour}
	var told []pack.PurchaseState
	err := r.void(ctx, pack.Effect{ID: "S1.2.1", Intent: "S1.1.1"}, func(e pack.Event) {
		told = append(told, e.(pack.Voided).State)
		stop()
	})
	if err != nil || len(told) != 1 || told[0] != pack.PurchaseUnknown {
		t.Errorf("told %q, %v", told, err)
	}
}
