package gs1

import (
	"strconv"
	"time"
)

// calendar reports whether six digits can be a date in any near century; day 00
// stands for no day in particular. A 29 February needs a year that divides by
// four, which holds from 1901 to 2099.
func calendar(yymmdd string, dayZero bool) bool {
	if dayZero && yymmdd[4:] == "00" {
		yymmdd = yymmdd[:4] + "01"
	}
	_, err := time.Parse("20060102", "20"+yymmdd)
	return err == nil
}

// Day reads the six digits YYMMDD of a date as it is seen in a year: the year with
// these last two digits that is at most 49 years before it or 50 after it. Day 00 is
// the last day of its month. What is no date is the zero time.
// Source: GS1 General Specifications, 7.12 and 3.4.
func Day(yymmdd string, year int) time.Time {
	if len(yymmdd) != 6 || !allDigits(yymmdd) || !calendar(yymmdd, true) {
		return time.Time{}
	}
	yy, _ := strconv.Atoi(yymmdd[:2])
	month, _ := strconv.Atoi(yymmdd[2:4])
	day, _ := strconv.Atoi(yymmdd[4:])
	full := year - year%100 + yy
	switch diff := yy - year%100; {
	case diff >= 51:
		full -= 100
	case diff <= -50:
		full += 100
	}
	if day == 0 {
		month++ // the day before its first
	}
	return time.Date(full, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}
