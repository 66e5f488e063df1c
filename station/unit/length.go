package unit

import (
	"fmt"
	"math/big"
	"strings"
)

// Length is a length in micrometres.
type Length int64

// Lengths of the units that product data comes in.
const (
	Micrometre Length = 1
	Millimetre Length = 1_000
	Metre      Length = 1_000_000
	Inch       Length = 25_400
)

var lengthUnits = map[string]*big.Rat{
	"um": big.NewRat(1, 1),
	"µm": big.NewRat(1, 1),
	"mm": big.NewRat(1_000, 1),
	"cm": big.NewRat(10_000, 1),
	"m":  big.NewRat(1_000_000, 1),
	"in": big.NewRat(25_400, 1),
}

// ParseLength reads "120mm", "12 cm" or "4in". The unit is required.
func ParseLength(text string) (Length, error) {
	number, unit := split(text)
	factor, ok := lengthUnits[strings.ToLower(unit)]
	if !ok {
		return 0, fmt.Errorf("length %q: the unit must be mm, cm, m or in", clip(text))
	}
	value, err := decimal(number)
	if err != nil {
		return 0, fmt.Errorf("length: %w", err)
	}
	um, err := round(value.Mul(value, factor))
	if err != nil {
		return 0, fmt.Errorf("length %q: %w", clip(text), err)
	}
	return Length(um), nil
}

// String writes millimetres, "120 mm"; tenths only where there are any.
func (l Length) String() string {
	if l%Millimetre == 0 {
		return fixed(int64(l), int64(Millimetre), 0) + " mm"
	}
	return fixed(int64(l), int64(Millimetre), 1) + " mm"
}

// Size is the three edges of a box. Which edge stands upright is its holder's
// word; by habit Depth does.
type Size struct {
	Width  Length `json:"w"`
	Length Length `json:"l"`
	Depth  Length `json:"d"`
}

// IsZero says that no size is known.
func (s Size) IsZero() bool { return s == Size{} }

// Volume returns cubic millimetres, rounded up.
func (s Size) Volume() int64 {
	v := new(big.Int).Mul(big.NewInt(int64(s.Width)), big.NewInt(int64(s.Length)))
	v.Mul(v, big.NewInt(int64(s.Depth)))
	v.Add(v, big.NewInt(999_999_999))
	v.Quo(v, big.NewInt(1_000_000_000))
	if !v.IsInt64() {
		return 1<<63 - 1
	}
	return v.Int64()
}

// String writes "300 × 200 × 150 mm".
func (s Size) String() string {
	part := func(l Length) string { return strings.TrimSuffix(l.String(), " mm") }
	return part(s.Width) + " × " + part(s.Length) + " × " + part(s.Depth) + " mm"
}
