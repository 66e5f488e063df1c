package store

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Range is a range of numbers: a fixed text around a serial number.
type Range struct {
	// Shape is what is fixed, with a star for each digit of the serial number:
	// "0952000**********" or "RB********GB". Check digits are left out.
	Shape string
	// First and Last bound the serial numbers; First is 1 or more.
	First, Last uint64
	// Make returns the whole number with a serial number.
	Make func(serial uint64) (string, error)
}

// Ranges are those that numbers are given out from now.
type Ranges struct {
	SSCC     Range
	Tracking map[string]Range // by carrier
}

// valid reports whether the range can be counted.
func (r Range) valid() bool {
	f := shapeOf(r.Shape)
	return plainName(r.Shape) && f.width > 0 && !strings.Contains(f.before+f.after, "*") &&
		r.First > 0 && r.Last >= r.First && r.Last <= math.MaxInt64 && r.Make != nil
}

// used tells how far the range is used where the serial numbers from first to
// last of a shape have been used. One shape may be a part of the other, as company
// prefix 952000 is of 95200. 0 says that they have no number in common.
func (r Range) used(text string, first, last uint64) uint64 {
	mine, other := shapeOf(r.Shape), shapeOf(text)
	if mine.after != other.after || len(mine.before)+mine.width != len(other.before)+other.width {
		return 0
	}
	from, to := other.fill(first), other.fill(min(last, other.most()))
	if !strings.HasPrefix(from, mine.before) {
		from = max(from, mine.fill(0))
	}
	if !strings.HasPrefix(to, mine.before) {
		to = min(to, mine.fill(mine.most()))
	}
	if !strings.HasPrefix(from, mine.before) || !strings.HasPrefix(to, mine.before) {
		return 0
	}
	if n := min(mine.serial(to), r.Last); n >= r.First && mine.serial(from) <= r.Last {
		return n
	}
	return 0
}

// shape is a Range.Shape in its parts.
type shape struct {
	before, after string
	width         int
}

func shapeOf(text string) shape {
	first, last := strings.IndexByte(text, '*'), strings.LastIndexByte(text, '*')
	if first < 0 {
		return shape{before: text}
	}
	return shape{before: text[:first], width: last + 1 - first, after: text[last+1:]}
}

// most is the largest serial number that the digits hold.
func (f shape) most() uint64 {
	most := uint64(1)
	for range min(f.width, 18) { // the database counts in 63 bits
		most *= 10
	}
	return most - 1
}

// fill returns the text up to the end of the serial number.
func (f shape) fill(serial uint64) string { return fmt.Sprintf("%s%0*d", f.before, f.width, serial) }

// serial reads what fill wrote, 0 where it is none.
func (f shape) serial(text string) uint64 {
	n, err := strconv.ParseUint(strings.TrimPrefix(text, f.before), 10, 63)
	if err != nil {
		return 0
	}
	return n
}
