package pack

// whole returns a fact with all that Fold applies. In journals of old three facts
// say which order the shop sent, or which parcel came back, and not what that made
// of the lines: for them it is worked out here, as it was then. Whoever changes a
// rule of alter.go leaves the one of today here.
func (s State) whole(fact Fact) Fact {
	switch f := fact.(type) {
	case OrderTaken:
		if f.Packed == nil {
			return taken(f.Order, f.Parcel)
		}
	case OrderAltered:
		if f.Lines == nil && s.Work != nil {
			return s.Work.altered(f.Order)
		}
	case ParcelReopened:
		if f.Lines == nil && s.Work != nil {
			return s.Work.reopened(f.Parcel)
		}
	}
	return fact
}
