package gs1

import "time"

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
