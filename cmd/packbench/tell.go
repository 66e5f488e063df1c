package main

import (
	"errors"
	"os"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/store"
	"packbench/station/ui"
)

// screenThere reports whether a window can be shown: without a display the toolkit
// ends the program.
func screenThere() bool {
	return runtime.GOOS == "windows" || runtime.GOOS == "darwin" || os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

// tell says in a window of its own why the bench did not start, until it is closed.
func tell(err error) {
	head, words := "packbench could not start", say.Sentence(err.Error())
	var running *store.Running
	if errors.As(err, &running) {
		head, words = "packbench is open already", "The bench "+running.Station+" has its window on this computer. Look for it behind the others or in the task bar."
	}
	a := app.NewWithID("org.packbench.bench")
	a.Settings().SetTheme(ui.Theme(screen.Light))
	w := a.NewWindow("packbench")
	title := widget.NewLabelWithStyle(head, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	text := widget.NewLabel(words)
	text.Wrapping = fyne.TextWrapWord
	w.SetContent(container.NewPadded(container.NewBorder(title, container.NewBorder(nil, nil, nil, widget.NewButton("Close", w.Close)), nil, nil, text)))
	w.Resize(fyne.NewSize(560, 220))
	w.CenterOnScreen()
	w.SetMaster()
	w.ShowAndRun()
}
