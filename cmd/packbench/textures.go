package main

import (
	"time"
	_ "unsafe" // for go:linkname
)

// keptFor is how long the toolkit keeps what it once drew and does not draw any more: by
// itself a minute. Every scan shows new texts, such as "12 of 40", and without a
// graphics card the picture of each is memory of this program: 0.2 MB a scan. There is
// no call for it: FYNE_CACHE sets it, but only before a program starts.
//
//go:linkname keptFor fyne.io/fyne/v2/internal/cache.ValidDuration
var keptFor time.Duration

// keepShortly must be called before the first window. The toolkit marks what a window
// shows as in use only ten seconds before it would be dropped, so less would not do.
func keepShortly() { keptFor = 15 * time.Second }
