package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
)

// choose returns what has a person choose a file in the toolkit's dialog. The keyboard
// is the sink's again afterwards: a scan must not land in a dialog.
func choose(w fyne.Window, sink fyne.Focusable) func(then func(path string)) {
	return func(then func(path string)) {
		fyne.Do(func() {
			d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
				if err != nil || file == nil {
					return
				}
				_ = file.Close() // it is read by its path, off the window's turn
				then(file.URI().Path())
			}, w)
			d.SetOnClosed(func() { w.Canvas().Focus(sink) })
			d.SetFilter(storage.NewExtensionFileFilter([]string{".csv", ".tsv", ".txt", ".xlsx", ".json", ".jpg", ".jpeg", ".png"}))
			d.Resize(w.Canvas().Size())
			d.Show()
		})
	}
}
