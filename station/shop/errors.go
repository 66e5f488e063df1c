package shop

import (
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Doer sends one request: an *http.Client does.
type Doer interface {
	Do(*http.Request) (*http.Response, error)
}

// Throttled says that the shop wants fewer questions. Nothing was done.
type Throttled struct{ Wait time.Duration } // at least this long; 0: it did not say

func (e *Throttled) Error() string {
	if e.Wait <= 0 {
		return "the shop asks for a pause"
	}
	return fmt.Sprintf("the shop asks for a pause of %s", e.Wait.Round(time.Second))
}

// Denied says that the key is not valid or lacks a right. Nothing was done.
type Denied struct {
	Right string // that is missing, as the shop calls it; "" for the key as a whole
	Say   string // what the shop said
}

func (e *Denied) Error() string {
	if e.Right != "" {
		return fmt.Sprintf("the key of the shop lacks the right %s", e.Right)
	}
	if e.Say == "" {
		return "the shop does not accept the key"
	}
	return "the shop does not accept the key: " + e.Say
}

// Refused is a no of the shop that will be no the next time as well: a person must
// look at it. Nothing was done.
type Refused struct{ Say string }

func (e *Refused) Error() string { return "the shop refused: " + e.Say }

// Changed says that what the call rested on is no longer so. Nothing was done; read
// it again.
type Changed struct{ Say string }

func (e *Changed) Error() string { return "the shop has changed it meanwhile: " + e.Say }

// Gone says that the shop does not know what was asked for.
type Gone struct{ What string }

func (e *Gone) Error() string { return "the shop has no " + e.What }

// Away says that the shop could not be reached, or is out of order, and that nothing
// was done, surely. It is asked again by itself.
type Away struct {
	Say string // "" where Err says it
	Err error
}

func (e *Away) Error() string {
	switch {
	case e.Err == nil:
		return "the shop cannot be reached: " + e.Say
	case e.Say == "":
		return "the shop cannot be reached: " + e.Err.Error()
	}
	return "the shop cannot be reached: " + e.Say + ": " + e.Err.Error()
}
func (e *Away) Unwrap() error { return e.Err }

// NotDone reports whether an error says that nothing was done. Every other error,
// which is not nil, leaves open whether it was.
func NotDone(err error) bool {
	return errors.As(err, new(*Throttled)) || errors.As(err, new(*Denied)) || errors.As(err, new(*Refused)) ||
		errors.As(err, new(*Changed)) || errors.As(err, new(*Gone)) || errors.As(err, new(*Away))
}

// Hopeless reports whether a person has to act before the same call can succeed.
func Hopeless(err error) bool {
	return errors.As(err, new(*Refused)) || errors.As(err, new(*Gone))
}
