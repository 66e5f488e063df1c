package carton

import (
	"packbench/station/unit"
)

// Problem is what is to be packed, and into what.
type Problem struct {
	ID        string
	Objective Objective
	Boxes     []Box
	Items     []Item
	Rules     Rules
	Charge    Charge
	// Effort is how many steps the search may take: the same problem with the same
	// effort has the same solution, on any machine. 0: [DefaultEffort].
	Effort int
	// Unknown are fields of the JSON that mean nothing here: what they asked for is not
	// done.
	Unknown []string
}

// Objective is what makes one solution better than another, once both have packed
// as much.
type Objective string

const (
	FewestBoxes Objective = "boxes" // then the least outer volume
	LeastCost   Objective = "cost"  // then fewest boxes
	MostFilled  Objective = "fill"  // the most volume in one box
)

// Box is a type of box that there may be many of.
type Box struct {
	ID    string
	Inner unit.Size
	Outer unit.Size // zero: as Inner
	Tare  unit.Mass
	Max   unit.Mass // gross, with tare; 0: no limit
	Stock int       // how many there are; 0: no limit, negative: none
	Cost  int64     // in the same unit as [Charge]
}

// Rules hold for all boxes of a problem.
type Rules struct {
	// Heavy and Bulky (mm³) keep fragile items apart: they share no box with an item
	// above either. 0: no limit.
	Heavy unit.Mass
	Bulky int64
	// Support is the share of a unit's base, in thousandths, that must rest on the
	// floor or on others.
	Support int
}

// DefaultSupport is half of the base.
const DefaultSupport = 500

// Charge is what a box costs beside its own price, in any one unit.
type Charge struct {
	PerParcel int64
	PerKilo   int64 // of the billed mass
	// Divisor is how many mm³ are billed as a kilogram where that is more than the mass.
	// 0: mass alone counts.
	Divisor int64
}

// Turn says which edge of an item may stand upright. The zero value allows all.
type Turn struct {
	Not   [3]bool // width, length, depth: it may not stand upright
	Fixed bool    // not turned at all
}

// Flat keeps the depth upright and lets the item turn on the spot.
var Flat = Turn{Not: [3]bool{true, true, false}}

// Solution says where each unit is.
type Solution struct {
	Boxes    []Filled
	Unpacked []Left
	Own      []Left // in cartons of their own
	Steps    int    // how many were taken
}

// Filled is one box with its units. The floor is at Z 0, and a unit never stands
// before what it rests on.
type Filled struct {
	Box   int // index into [Problem.Boxes]
	Units []Placed
}

// Placed is one unit: its corner nearest the origin, and its edges as it lies.
type Placed struct {
	Item    int // index into [Problem.Items]
	X, Y, Z unit.Length
	Size    unit.Size
}

// Left is so many units of an item that are in no box, and why.
type Left struct {
	Item int
	N    int
	Why  Why
}

// Why is the reason that units are in no box.
type Why string

const (
	NoSize      Why = "no-dimensions" // an edge is missing, 0 or negative
	NoMass      Why = "no-mass"       // and every box that it would fit in has a limit
	TooLarge    Why = "too-large"     // for every box, however it is turned
	TooHeavy    Why = "too-heavy"     // for every box that it would fit in
	NotTogether Why = "not-together"  // its group may not be in one box, or does not go into any
	NoBoxLeft   Why = "no-box-left"   // all boxes that it fits in are used up
	NoRoom      Why = "no-room"       // the one box of [MostFilled] is full
	OwnCarton   Why = "own-carton"    // as the product's own rule
)
