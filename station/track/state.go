package track

// State is where a parcel is, in words that mean the same for all carriers.
type State string

// The states of a parcel.
const (
	Unknown        State = "unknown"
	Announced      State = "announced" // the carrier has its data and has not seen it
	Accepted       State = "accepted"
	InTransit      State = "in_transit"
	Customs        State = "customs"
	OutForDelivery State = "out_for_delivery"
	Delivered      State = "delivered" // as the carrier claims
	ReadyForPickup State = "ready_for_pickup"
	AttemptFailed  State = "attempt_failed"
	Held           State = "held"
	Delayed        State = "delayed"
	AddressProblem State = "address_problem"
	Exception      State = "exception" // something is wrong, and it is not said what
	Refused        State = "refused"
	Damaged        State = "damaged"
	Returning      State = "returning"
	Returned       State = "returned"
	Lost           State = "lost"
	Cancelled      State = "cancelled"
	Expired        State = "expired" // who follows it has given up
)

// States lists all states, by how far along the way they lie.
func States() []State {
	return []State{
		Unknown, Expired, Announced, Accepted, InTransit, Customs, Delayed, Held, AddressProblem, Exception, OutForDelivery, AttemptFailed, ReadyForPickup,
		Refused, Returning, Damaged, Delivered, Lost, Returned, Cancelled,
	}
}

// steps is how far along the way a state lies: what is uncertain in time goes forward.
var steps = map[State]int{
	Unknown: 0, Expired: 1, Announced: 2, Accepted: 3, InTransit: 4, Customs: 4, Delayed: 5, Held: 5, AddressProblem: 5, Exception: 5, OutForDelivery: 6,
	AttemptFailed: 7, ReadyForPickup: 8, Refused: 9, Returning: 10, Damaged: 11, Delivered: 12, Lost: 13, Returned: 14, Cancelled: 15,
}

func (s State) step() int { return steps[s] }

// Problem reports whether a person should know of it.
func (s State) Problem() bool {
	switch s {
	case AttemptFailed, Held, Delayed, AddressProblem, Exception, Refused, Damaged, Returning, Returned, Lost, Cancelled, Expired:
		return true
	}
	return false
}

// Ends reports whether nothing is expected to follow.
func (s State) Ends() bool {
	return s == Delivered || s == Returned || s == Lost || s == Cancelled
}

// Scanned reports whether the carrier has had the parcel in its hands, where it says so.
func (s State) Scanned() bool {
	switch s {
	case Unknown, Announced, Expired, Cancelled, Lost:
		return false
	}
	return true
}
