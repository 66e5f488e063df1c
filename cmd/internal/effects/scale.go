package effects

import (
	"context"
	"errors"

	"packbench/station/pack"
)

// Scale tells the scale that is connected now "zero" or "tare", and returns once it
// shows zero. Its errors are words for the packer.
type Scale func(ctx context.Context, command string) error

// ErrNoScale is a Scale's error where none is connected.
var ErrNoScale = errors.New("no scale is connected")

// scaleCommand carries out the scale effect. After a restart nobody waits for
// it any more, and the scale may hold the next parcel.
func (r *Runner) scaleCommand(ctx context.Context, e pack.Effect, unsure bool) pack.Event {
	if unsure {
		return pack.EffectDone{Effect: e.ID}
	}
	done := pack.ScaleObeyed{Effect: e.ID}
	if err := r.Scale(ctx, e.Do); err != nil {
		done.Trouble = troubleOf(err)
	}
	return done
}
