package intake

import (
	"cmp"
	"errors"
	"fmt"
	"hash/maphash"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"packbench/station"
	"packbench/station/gs1"
)

// barcodes reads "4006381333931;4006381333948*6": codes, and behind the star
// how many units a code stands for. Each is taken as it is printed, however it
// is written; one that can be read in several ways is looked for in all of them.
func barcodes(r row, rep *Report) ([]station.Barcode, error) {
	codes, doubt := cutCodes(r.raw("barcodes"))
	if doubt != "" {
		rep.warn(r, "barcodes", "%s", doubt)
	}
	var out []station.Barcode
	for _, part := range codes {
		b, err := barcode(r, part)
		if err != nil {
			return nil, err
		}
		t := gs1.ReadTrade(b.Code)
		forms := []string{t.Text}
		if t.Doubt != "" {
			for _, number := range t.Numbers {
				if form := number.Printed(); form != t.Text {
					forms = append(forms, form)
				}
			}
			rep.warn(r, "barcodes", "%s: %s; it is looked for as %s too", b.Code, t.Doubt, strings.Join(forms[1:], " and "))
		}
		for i, form := range forms {
			switch at := slices.IndexFunc(out, func(o station.Barcode) bool { return o.Code == form }); {
			case at < 0:
				out = append(out, station.Barcode{Code: form, Factor: b.Factor})
			case i == 0 && out[at].Factor != b.Factor:
				return nil, r.fail("barcodes", "%s stands for %d and for %d units", form, out[at].Factor, b.Factor)
			}
		}
	}
	return out, nil
}

// barcode reads one code with its factor.
func barcode(r row, part string) (station.Barcode, error) {
	code, count, many := strings.Cut(part, "*")
	b := station.Barcode{Factor: 1}
	if many {
		n, err := strconv.Atoi(strings.TrimSpace(count))
		if err != nil || n < 1 || n > MaxQty {
			return b, r.fail("barcodes", "%q: the number of units behind the * must be 1 to %d", short(part), MaxQty)
		}
		b.Factor = n
	}
	var err error
	if b.Code, err = wholeCode(strings.TrimSpace(code)); err != nil {
		return b, r.fail("barcodes", "%v", err)
	}
	if b.Code == "" || len(b.Code) > 100 {
		return b, r.fail("barcodes", "%q is not a code", short(part))
	}
	return b, nil
}

var (
	starred = strings.NewReplacer("×", "*", "＊", "*", "；", ";", "｜", "|", "，", ",", "、", ",", "／", "/", "·", ",", "•", ",")
	atStar  = regexp.MustCompile(`\s*\*\s*`)
	between = regexp.MustCompile(`\s*[,/]\s*`)
	spaced  = regexp.MustCompile(`,\s|\s/|/\s`)
	several = regexp.MustCompile(`[0-9]{8}[^0-9A-Za-z*]+[0-9]{8}|^[0-9 -]{24,}$`) // looks like several numbers
)

// cutCodes cuts a cell that holds several codes. Semicolons, bars and ends of
// lines stand between codes. A comma, a slash or a space may also belong to a
// code of the shop's own: that it is none is sure where there is a trade item
// number on each side of it. What is not sure is told in doubt.
func cutCodes(cell string) (codes []string, doubt string) {
	for _, part := range splitList(starred.Replace(cell)) {
		part = atStar.ReplaceAllString(part, "*")
		if ends := strings.Trim(part, ",/ "); tradeNumber(ends) {
			part = ends
		}
		if number := scanned(part); number != "" {
			codes = append(codes, number)
			continue
		}
		if code, _, _ := strings.Cut(part, "*"); tradeNumber(part) || exponent.MatchString(code) {
			codes = append(codes, part)
			continue
		}
		pieces := between.Split(strings.Trim(part, ",/ "), -1)
		if len(pieces) == 1 {
			pieces = strings.Fields(part)
		}
		numbers := 0
		for _, piece := range pieces {
			if tradeNumber(piece) {
				numbers++
			}
		}
		switch {
		case numbers == len(pieces) && numbers > 0:
			codes = append(codes, pieces...)
		case between.MatchString(part) && (numbers > 0 || spaced.MatchString(part)):
			codes = append(codes, pieces...)
			doubt = fmt.Sprintf("%q is read as %d codes; write ; between codes", short(part), len(pieces))
		default:
			codes = append(codes, part)
			if numbers > 0 || strings.Contains(part, ",") || several.MatchString(part) {
				doubt = cmp.Or(doubt, fmt.Sprintf("%q is read as one code; write ; between codes", short(part)))
			}
		}
	}
	return codes, doubt
}

// scanned is the trade item number of a code that was kept as a scanner sends it or as
// it is printed, with an AIM identifier, in brackets or as a link, and its factor; "" if
// it is none. Kept as it is, no scan of the number alone would find it.
func scanned(part string) string {
	code, count, many := strings.Cut(part, "*")
	read := gs1.Decode("", strings.TrimSpace(code))
	if read.GTIN == "" || read.AIM == "" && read.Kind != gs1.KindElementString && read.Kind != gs1.KindDigitalLink {
		return ""
	}
	if many {
		return read.GTIN.Printed() + "*" + count
	}
	return read.GTIN.Printed()
}

// tradeNumber reports whether a piece of a cell is a trade item number, which may
// have a factor.
func tradeNumber(piece string) bool {
	code, _, _ := strings.Cut(piece, "*")
	return len(gs1.ReadTrade(code).Numbers) > 0
}

// exponent is a number as programs write one that is long: 4.00638E+12, and
// 4.00638E12 where there is a point in it.
var exponent = regexp.MustCompile(`^[0-9](?:[.,]([0-9]+)[eE]|[eE]\+)\+?([0-9]{1,3})$`)

// wholeCode undoes what spreadsheets do to long numbers: 4.006381333931E+12
// still has all of its digits, 4.00638E+12 has lost some.
func wholeCode(code string) (string, error) {
	if reason := failed(code); reason != "" {
		return "", errors.New(reason)
	}
	m := exponent.FindStringSubmatch(code)
	if m == nil {
		return code, nil
	}
	n, err := strconv.Atoi(m[2])
	switch {
	case err == nil && n < 7 && len(m[2]) < 2:
		return code, nil // no spreadsheet writes that
	case err != nil || len(m[1]) != n:
		return "", fmt.Errorf("%s has lost digits in a spreadsheet; format the column as text and enter the code again", code)
	}
	return code[:1] + m[1], nil
}

var bareDigits = strings.NewReplacer(" ", "", "-", "")

// look warns of codes that will have to be asked about, or never be found.
func (p *products) look(r row, item station.Product, rep *Report) {
	for _, b := range item.Barcodes {
		key, digits := b.Code, bareDigits.Replace(b.Code)
		if gtin, err := gs1.ParseGTIN(b.Code); err == nil {
			key = string(gtin)
		} else if n := len(digits); strings.Trim(digits, "0123456789") == "" && (n == 8 || n == 12 || n == 13 || n == 14) {
			rep.warn(r, "barcodes", "%s looks like a GTIN, but its check digit is wrong", b.Code)
		}
		sum, this := maphash.String(p.seed, key), int32(len(p.ends)-1)
		if other, ok := p.codes[sum]; ok && other != this {
			rep.warn(r, "barcodes", "%s is a code of %s too; a scan of it will ask which is meant", b.Code, p.sku(other))
			continue
		}
		p.codes[sum] = this
	}
}
