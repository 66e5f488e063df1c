package account

import (
	"errors"

	"packbench/station/web"
)

// Why is what a refusal is about.
type Why string

// The classes of refusals.
const (
	BadAddress Why = "address"
	BadParcel  Why = "parcel" // its mass or size
	NoService  Why = "service"
	NoFunds    Why = "funds"
	NoCustoms  Why = "customs"
	NotSet     Why = "settings" // a key, right, contract or account
	Price      Why = "price"    // it is another one now
	TooLate    Why = "too-late" // to give back, to close out
	Other      Why = "other"
)

// Refused is a carrier's no that will be no the next time as well. Nothing was done.
type Refused struct {
	Why     Why
	Field   string // of the address or parcel; "" where it is not said
	Say     string // the carrier's own words
	Request string // the carrier's number of the call, for its help desk
	// Spent: the reference is used up there all the same, so that the next purchase needs
	// another one.
	Spent bool
	// Stands: whatever is asked, the same parcel gets the same no. The account's client knows
	// it by its own rules and asked nobody; what a carrier answers may have passed in an hour.
	Stands bool
}

// Unserved is the no to a parcel that is not sent with an account, whenever it is asked.
func Unserved(say string) *Refused { return &Refused{Why: NoService, Say: say, Stands: true} }

func (e *Refused) Error() string {
	text := "the carrier refused: " + e.Say
	if e.Request != "" {
		text += " (its number of this call is " + e.Request + ")"
	}
	return text
}

// Hint says what a person does about a refusal, "" where the carrier's words say it.
func (e *Refused) Hint() string {
	switch e.Why {
	case BadAddress:
		return "Correct the address in the shop, then try again."
	case BadParcel:
		return "Check the carton and the weight, or take another service."
	case NoService:
		return "Take another service."
	case NoFunds:
		return "Put money on the account, then try again."
	case NoCustoms:
		return "Complete tariff number, origin and value of the products."
	case NotSet:
		return "Look at the account in Settings, Carriers."
	case Price:
		return "Weigh again, so that the prices are asked for again."
	}
	return ""
}

// NotDone reports whether an error says that nothing was done. Every other error, which
// is not nil, leaves open whether it was.
func NotDone(err error) bool { return errors.As(err, new(*Refused)) || web.NotDone(err) }

// Down reports whether an error says that the carrier cannot be used now, and may be
// later: nothing was done, and no person has to act.
func Down(err error) bool {
	return errors.As(err, new(*web.Away)) || errors.As(err, new(*web.Throttled))
}
