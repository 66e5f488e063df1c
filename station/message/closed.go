package message

import "packbench/station/web"

// closed is a *web.Denied in words that do not speak of a key: an address is one here.
type closed struct{ who, say string }

// Closed says that a service takes nothing from here before a person has put that right.
func Closed(who, say string) error { return &closed{who, say} }

func (c *closed) Error() string { return c.who + ": " + c.say }

// Unwrap is what callers tell it by.
func (c *closed) Unwrap() error { return &web.Denied{Say: c.say, Who: c.who} }
