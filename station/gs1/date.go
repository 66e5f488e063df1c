package gs1

import (
	"fmt"
	"time"
)

// Date reads a GS1 date, YYMMDD, as midnight in now's time zone. The century
// is the one nearest to now: 51 or more years ahead is the last century, 50 or
// more years back is the next. Day 00 is the last day of the month (allowed for
// the application identifiers 11 to 17 and 4324, 4325; the element string says
// where it is not).
func Date(yymmdd string, now time.Time) (time.Time, error) {
	if len(yymmdd) != 6 || !allDigits(yymmdd) {
		return time.Time{}, fmt.Errorf("date %s: it must be six digits, year month day", clip(yymmdd))
	}
	year, month, day := number2(yymmdd), number2(yymmdd[2:]), number2(yymmdd[4:])
	current := now.Year()
	switch ahead := year - current%100; {
	case ahead >= 51:
		year += current - current%100 - 100
	case ahead <= -50:
		year += current - current%100 + 100
	default:
		year += current - current%100
	}
	if month < 1 || month > 12 {
		return time.Time{}, fmt.Errorf("date %s: there is no month %02d", yymmdd, month)
	}
	last := time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	if day > last {
		return time.Time{}, fmt.Errorf("date %s: there is no day %02d in that month", yymmdd, day)
	}
	if day == 0 {
		day = last
	}
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, now.Location()), nil
}

// number2 is the number of the first two digits of s.
func number2(s string) int { return int(s[0]-'0')*10 + int(s[1]-'0') }

// calendar reports whether six digits can be a date in any near century. A
// 29 February needs a year that divides by four, which holds from 1901 to 2099.
func calendar(yymmdd string, dayZero bool) bool {
	year, month, day := number2(yymmdd), number2(yymmdd[2:]), number2(yymmdd[4:])
	if month < 1 || month > 12 {
		return false
	}
	if day == 0 {
		return dayZero
	}
	return day <= time.Date(2000+year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
