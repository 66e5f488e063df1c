package shopsim

import "packbench/station/web/faults"

// What goes wrong on the way to a shop, see package faults.
type (
	Fault  = faults.Fault
	Faults = faults.Faults
)

// The faults.
const (
	LostBefore   = faults.LostBefore
	LostAfter    = faults.LostAfter
	CutAfter     = faults.CutAfter
	BadBefore    = faults.BadBefore
	BadAfter     = faults.BadAfter
	GatewayAfter = faults.GatewayAfter
	Page         = faults.Page
	PageAfter    = faults.PageAfter
	Missing      = faults.Missing
	Empty        = faults.Empty
	EmptyAfter   = faults.EmptyAfter
	Login        = faults.Login
	Expired      = faults.Expired
	TooMany      = faults.TooMany
	TooManyMute  = faults.TooManyMute
)

// AllFaults lists them.
var AllFaults = faults.All
