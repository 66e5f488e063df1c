// Package ui draws a screen.View with Fyne and hands back what a person does
// as data: intents for touches, keys for whatever is typed. It owns pixels:
// where a panel stands, how large type is, how a shape is drawn.
//
// It must not hold any truth, choose a word or a colour of its own, start a
// goroutine, or call the toolkit's hand-over itself: the caller passes one in.
//
// The whole window is one focusable object, the Surface. Nothing else can take
// the keyboard, so a scan never lands in a field and its Enter never presses a
// button (S2); the focus that people see is part of the View.
package ui
