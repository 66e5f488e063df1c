package main

import (
	"time"

	"fyne.io/fyne/v2"
)

// ready tells once that the window takes scans: it is in front, so that keys
// come here, the first view of the bench is in it, and a frame with that view
// has been drawn. All of it happens on the window's own turn.
type ready struct {
	tell         func()
	front, shown bool
	told         bool
}

func (r *ready) inFront() { r.front = true; r.look() }
func (r *ready) isShown() { r.shown = true; r.look() }

// look waits for one frame once all is there. The window draws a frame between
// two ticks of an animation.
func (r *ready) look() {
	if r.tell == nil || r.told || !r.front || !r.shown {
		return
	}
	r.told = true
	ticks := 0
	var wait *fyne.Animation
	wait = fyne.NewAnimation(time.Minute, func(float32) {
		if ticks++; ticks == 2 {
			wait.Stop()
			r.tell()
		}
	})
	wait.Start()
}
