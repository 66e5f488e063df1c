package gs1

import (
	"slices"
	"strconv"
	"strings"
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

// dayForms are the ways in which people write a day, and monthForms a month, that can be
// read in one way only.
var (
	dayForms   = []string{"2006-1-2", "2.1.2006", "2 Jan 2006", "20060102"}
	monthForms = []string{"2006-1", "1/2006", "1.2006", "1-2006", "1/06"}
)

// ReadDay reads a day as people type it, or as it stands in a code: "2027-01-31",
// "31.1.2027", "270131". A month stands for its last day. What is no day, or may be two,
// as 03/04/2027 is, is the zero time.
func ReadDay(text string, year int) time.Time {
	text = strings.TrimSpace(text)
	if day := Day(text, year); !day.IsZero() {
		return day
	}
	if strings.Count(text, "/") == 2 {
		british, a := time.Parse("2/1/2006", text)
		american, b := time.Parse("1/2/2006", text)
		switch {
		case a == nil && b == nil && !british.Equal(american):
			return time.Time{}
		case a == nil:
			return british
		}
		return american // zero where it is neither
	}
	for _, form := range dayForms {
		if day, err := time.Parse(form, text); err == nil {
			return day
		}
	}
	for _, form := range monthForms {
		if day, err := time.Parse(form, text); err == nil {
			return day.AddDate(0, 1, -1)
		}
	}
	return time.Time{}
}

// OfScale returns the number of the article that a shop's own scale has printed a code
// for, which holds the weight or the price beside it: two digits of prefix, five of the
// article, five of the value and the check digit. The article's number has zeros for the
// value. It is "" where the number does not begin with one of the prefixes.
func (g GTIN) OfScale(prefixes []string) GTIN {
	if len(g) != 14 || g[0] != '0' || !slices.Contains(prefixes, string(g[1:3])) {
		return ""
	}
	body := string(g[:8]) + "00000"
	check, err := CheckDigit(body)
	if err != nil {
		return ""
	}
	return GTIN(body + string(check))
}
