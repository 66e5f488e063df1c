// Command empty is a window with nothing in it but a label that every key
// changes: what the start of the bench and its pictures are measured against, and
// the other window that tests switch to. It prints a line when it is in front and
// has drawn a frame.
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
	label, typed := widget.NewLabel(""), 0
	w.SetContent(label)
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) {
		typed++
		label.SetText([]string{"odd", "EVEN"}[typed%2])
	})
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
