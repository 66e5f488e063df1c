package gs1

import "time"

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
