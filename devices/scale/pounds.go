package scale

import (
	"fmt"
	"strconv"
	"strings"
)

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
