package web

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Doer sends one request: an *http.Client does.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Throttled says that fewer questions are wanted. Nothing was done.
type Throttled struct {
	Wait time.Duration // at least this long; 0: it was not said
	Who  string        // wants them, "the shop" where nothing stands here
}

func (e *Throttled) Error() string {
	if e.Wait <= 0 {
		return who(e.Who) + " asks for a pause"
	}
	return fmt.Sprintf("%s asks for a pause of %s", who(e.Who), e.Wait.Round(time.Second))
}

// Denied says that the key is not valid or lacks a right. Nothing was done.
type Denied struct {
	Right string // that is missing, as its owner calls it; "" for the key as a whole
	Say   string // what was said
	Who   string
}

func (e *Denied) Error() string {
	if e.Right != "" {
		return fmt.Sprintf("the key of %s lacks the right %s", who(e.Who), e.Right)
	}
	if e.Say == "" {
		return who(e.Who) + " does not accept the key"
	}
	return who(e.Who) + " does not accept the key: " + e.Say
}

// Refused is a no that will be no the next time as well: a person must look at it.
// Nothing was done.
type Refused struct{ Say, Who string }

func (e *Refused) Error() string { return who(e.Who) + " refused: " + e.Say }

// Changed says that what the call rested on is no longer so. Nothing was done; read
// it again.
type Changed struct{ Say, Who string }

func (e *Changed) Error() string { return who(e.Who) + " has changed it meanwhile: " + e.Say }

// Gone says that what was asked for is not known there.
type Gone struct{ What, Who string }

func (e *Gone) Error() string { return who(e.Who) + " has no " + e.What }

// Away says that nobody could be reached, or all is out of order there, and that
// nothing was done, surely. It is asked again by itself.
type Away struct {
	Say string // "" where Err says it
	Err error
	Who string
}

func (e *Away) Error() string {
	switch {
	case e.Err == nil:
		return who(e.Who) + " cannot be reached: " + e.Say
	case e.Say == "":
		return who(e.Who) + " cannot be reached: " + e.Err.Error()
	}
	return who(e.Who) + " cannot be reached: " + e.Say + ": " + e.Err.Error()
}
func (e *Away) Unwrap() error { return e.Err }

// NotDone reports whether an error says that nothing was done. Every other error,
// which is not nil, leaves open whether it was.
func NotDone(err error) bool {
	return errors.As(err, new(*Throttled)) || errors.As(err, new(*Denied)) || errors.As(err, new(*Refused)) ||
		errors.As(err, new(*Changed)) || errors.As(err, new(*Gone)) || errors.As(err, new(*Away))
}

// who names the one who was asked.
func who(name string) string { return cmp.Or(name, "the shop") }

// Hopeless reports whether a person has to act before the same call can succeed.
func Hopeless(err error) bool {
	return errors.As(err, new(*Refused)) || errors.As(err, new(*Gone))
}
