// Command empty is a window with nothing in it: what the bench's start is
// measured against, and the other window that tests switch to. It prints a
// line when it is in front and has drawn a frame.
package main

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

func main() {
	a := app.NewWithID("org.packbench.empty")
	w := a.NewWindow("nothing here")
	w.SetContent(widget.NewLabel(""))
	w.Resize(fyne.NewSize(1280, 800))
	a.Lifecycle().SetOnEnteredForeground(func() {
		ticks := 0
		var wait *fyne.Animation
		wait = fyne.NewAnimation(time.Minute, func(float32) {
			if ticks++; ticks == 2 {
				wait.Stop()
				fmt.Println("ready")
			}
		})
		wait.Start()
	})
	w.ShowAndRun()
}
