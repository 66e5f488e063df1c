package scale

import (
	"fmt"
	"strconv"
	"strings"
)

// lbOz is the unit of a number of pounds and ounces, "12:07.50".
const lbOz = "lb:oz"

// ouncesOf returns such a number in ounces. A number that is none stays as it
// is, with a unit that is none either.
func ouncesOf(number string) (total, unit string) {
	plain, minus := strings.CutPrefix(number, "-")
	pounds, ounces, _ := strings.Cut(plain, ":")
	total, ok := poundsOunces(pounds, ounces)
	switch {
	case !ok:
		return number, ""
	case minus:
		total = "-" + total
	}
	return total, "oz"
}

// poundsOunces adds pounds and ounces that came apart: "02" and "05.2" are
// "37.2" ounces.
func poundsOunces(pounds, ounces string) (total string, ok bool) {
	if !digits(pounds) || !number(ounces) || len(pounds) > 6 || len(ounces) > 8 {
		return "", false
	}
	whole, decimals, point := strings.Cut(ounces, ".")
	p, _ := strconv.Atoi(pounds)
	o, _ := strconv.Atoi(whole)
	if o >= 16 {
		return "", false
	}
	total = fmt.Sprint(16*p + o)
	if point {
		total += "." + decimals
	}
	return total, true
}
