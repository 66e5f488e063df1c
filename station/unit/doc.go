// Package unit owns the three quantities of the bench: [Mass] in milligrams,
// [Length] in micrometres and [Money] in minor units of its currency. All are
// integers, because a rounded float is a wrong receipt.
//
// [ParseMass], [ParseLength] and [ParseMoney] read what people and files write;
// String writes it back. Multiply constants for a value of your own (250 *
// unit.Gram), and convert to int64 for the raw number only where it leaves the
// program. The package must not know what is weighed, measured or paid.
package unit

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// ErrRange says that a quantity does not fit its integer.
var ErrRange = errors.New("quantity out of range")

// decimal is an exact decimal number: the digits that a person or a device
// wrote, and the power of ten that they stand at.
func decimal(text string) (*big.Rat, error) {
	if text == "" || len(text) > 40 {
		return nil, fmt.Errorf("%q is not a number", clip(text))
	}
	digits := false
	point := false
	for i, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits = true
		case r == '.' && !point:
			point = true
		case (r == '-' || r == '+') && i == 0:
		default:
			return nil, fmt.Errorf("%q is not a number", clip(text))
		}
	}
	if !digits {
		return nil, fmt.Errorf("%q is not a number", clip(text))
	}
	rat, ok := new(big.Rat).SetString(strings.TrimSuffix(text, "."))
	if !ok {
		return nil, fmt.Errorf("%q is not a number", clip(text))
	}
	return rat, nil
}

// round returns the integer nearest to r; halves go away from zero.
func round(r *big.Rat) (int64, error) {
	twice := new(big.Int).Mul(r.Num(), big.NewInt(2))
	den := new(big.Int).Mul(r.Denom(), big.NewInt(2))
	if twice.Sign() < 0 {
		twice.Sub(twice, r.Denom())
	} else {
		twice.Add(twice, r.Denom())
	}
	q := new(big.Int).Quo(twice, den)
	if !q.IsInt64() || q.Int64() == math.MinInt64 {
		return 0, ErrRange
	}
	return q.Int64(), nil
}

// split cuts "1.2 kg" into number and unit.
func split(text string) (number, unit string) {
	text = strings.TrimSpace(text)
	i := strings.IndexFunc(text, func(r rune) bool {
		return (r < '0' || r > '9') && r != '.' && r != '-' && r != '+'
	})
	if i < 0 {
		return text, ""
	}
	return text[:i], strings.TrimSpace(text[i:])
}

// fixed writes value/scale with the given number of decimals, exactly rounded; halves
// go away from zero. Scale is a power of ten with at least so many zeros.
func fixed(value, scale int64, decimals int) string {
	one := int64(1)
	for range decimals {
		one *= 10
	}
	last := uint64(scale / one) // what the last decimal stands for
	abs := uint64(value)
	if value < 0 {
		abs = -abs
	}
	abs = (abs + last/2) / last
	text := strconv.AppendUint(make([]byte, 0, 24), abs, 10)
	for len(text) <= decimals {
		text = slices.Insert(text, 0, '0')
	}
	if decimals > 0 {
		text = slices.Insert(text, len(text)-decimals, '.')
	}
	if value < 0 {
		text = slices.Insert(text, 0, '-')
	}
	return string(text)
}

func clip(text string) string {
	if len(text) > 40 {
		return text[:40] + "…"
	}
	return text
}
