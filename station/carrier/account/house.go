package account

import (
	"regexp"
	"strings"
)

var (
	houseLast  = regexp.MustCompile(`^(.*\pL.*?)[ ,]+(\d+[a-zA-Z]?(?:[ ]?[-/+][ ]?\d*[a-zA-Z]?)?(?: [a-zA-Z])?)$`)
	houseFirst = regexp.MustCompile(`^(\d+[a-zA-Z]?(?:[-/]\d+)?)[ ,]+(.*\pL.*)$`)
)

// House tells a street from the number of the house, for interfaces that want them
// apart: "Karl-Marx-Allee 34 a" and "12 Maple Street". Where it is not clear which is the
// number, number is empty.
func House(line string) (street, number string) {
	line = strings.TrimSpace(line)
	first, last := houseFirst.FindStringSubmatch(line), houseLast.FindStringSubmatch(line)
	switch {
	case first != nil && last == nil:
		return first[2], first[1]
	case last != nil && first == nil:
		return last[1], last[2]
	}
	return line, ""
}

// Danger reports whether dangerous goods are in the parcel.
func (s Shipment) Danger() bool {
	for _, g := range s.Goods {
		if g.Danger != "" {
			return true
		}
	}
	return false
}
