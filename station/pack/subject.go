package pack

// Subject is who works at a bench on which order, for whoever reads the facts of a
// journal and keeps no State.
type Subject struct{ Person, Order string }

// After returns the subject after one more fact of the bench.
func (s Subject) After(f Fact) Subject {
	switch f := f.(type) {
	case SignedInAs:
		s.Person = f.Person.ID
	case SignedOff:
		s.Person = ""
	case OrderTaken:
		s.Order = f.Order.ID
	case OrderResumed:
		s.Order = f.Order
	case OrderParked, OrderLeft, OrderClosed:
		s.Order = ""
	}
	return s
}
