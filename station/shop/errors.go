package shop

import "packbench/station/web"

// What comes of a call, see package web: a client of a shop adds nothing to it.
type (
	Doer      = web.Doer
	Throttled = web.Throttled
	Denied    = web.Denied
	Refused   = web.Refused
	Changed   = web.Changed
	Gone      = web.Gone
	Away      = web.Away
)

// NotDone reports whether an error says that nothing was done. Every other error,
// which is not nil, leaves open whether it was.
func NotDone(err error) bool { return web.NotDone(err) }

// Hopeless reports whether a person has to act before the same call can succeed.
func Hopeless(err error) bool { return web.Hopeless(err) }
