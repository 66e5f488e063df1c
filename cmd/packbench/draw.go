//go:build !ci

package main

import (
	"reflect"
	"unsafe"

	"fyne.io/fyne/v2"
)

// drawFrame draws the windows that have changed. The toolkit has no call for it: it draws
// sixty times a second, and what comes between two times waits for half a turn on average.
//
//go:linkname drawFrame fyne.io/fyne/v2/internal/driver/glfw.(*gLDriver).drawSingleFrame
func drawFrame(driver unsafe.Pointer)

// onTurn reports whether this is the window's own turn. Once the toolkit has ended, it runs
// what is posted wherever that comes from, and there is nothing left to draw on.
//
//go:linkname onTurn fyne.io/fyne/v2/internal/async.IsMainGoroutine
func onTurn() bool

// drawNow draws what has changed since the last frame. It must not be called while a frame
// is drawn.
func drawNow() {
	if onTurn() {
		drawFrame(reflect.ValueOf(fyne.CurrentApp().Driver()).UnsafePointer())
	}
}
