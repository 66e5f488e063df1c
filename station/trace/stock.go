package trace

import "fmt"

// Stock is how much of a range of numbers is left.
type Stock struct {
	Left uint64
	Size uint64 // of the whole range
	More string // what to do for more numbers; "" is to ask the carrier
}

// Empty tells that nothing is left.
func (s Stock) Empty() bool { return s.Left == 0 }

// Low tells that it is time to ask for a new range: 5 % is left, but at least
// 200 numbers and at most 5000, and never before half of the range is used.
func (s Stock) Low() bool {
	return s.Left <= min(max(min(s.Size/20, 5000), 200), s.Size/2)
}

// Words say what is left, for a person.
func (s Stock) Words() string {
	more := s.More
	if more == "" {
		more = "ask the carrier for a new range"
	}
	switch {
	case s.Empty():
		return fmt.Sprintf("all %d numbers are used up: %s", s.Size, more)
	case s.Low():
		return fmt.Sprintf("only %d of %d numbers are left: %s", s.Left, s.Size, more)
	}
	return fmt.Sprintf("%d of %d numbers are left", s.Left, s.Size)
}
