package intake

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"packbench/station/unit"
)

// marks say how the numbers of a column, or of a file, are written.
type marks struct {
	point, comma bool // it is the decimal mark, as a number has proven
	bare         bool // a thousand and more stand without a mark
}

// sure returns the decimal mark, or 0 where none is proven, or both are.
func (m marks) sure() byte {
	switch {
	case m.point && !m.comma:
		return '.'
	case m.comma && !m.point:
		return ','
	}
	return 0
}

// numeral is a number inside a text: 120,5 and 80 of "120,5 x 80 mm".
var numeral = regexp.MustCompile(`[0-9][0-9.,'’ \x{00a0}\x{202f}]*`)

// see learns from a cell. In a column of whole numbers there are no decimals but
// zeros.
func (m *marks) see(cell string, whole bool) {
	for _, text := range numeral.FindAllString(cell, 4) {
		n, err := split(strings.TrimRight(text, "., "))
		switch {
		case err != nil:
		case n.mark == 0:
			m.bare = m.bare || len(n.whole) > 3
		case n.open:
			if whole && strings.Trim(n.decimals, "0") != "" {
				m.prove(other(n.mark))
			}
		default:
			m.prove(n.mark)
		}
	}
}

func (m *marks) prove(decimal byte) {
	m.point, m.comma = m.point || decimal == '.', m.comma || decimal == ','
}

func other(mark byte) byte { return '.' + ',' - mark }

// figures are a number that is taken apart: at mark, the decimal mark, 0 for none.
// Open is one whose only mark has three digits on its right and one to three on
// its left: it may as well stand between thousands.
type figures struct {
	whole, decimals string
	mark            byte
	open            bool
}

var ungrouped = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "", "’", "")

func split(text string) (figures, error) {
	s := ungrouped.Replace(text)
	if s == "" {
		return figures{}, errors.New("it is empty")
	}
	commas, points := strings.Count(s, ","), strings.Count(s, ".")
	at := strings.LastIndexAny(s, ",.")
	var n figures
	switch {
	case commas+points == 0:
		return figures{whole: s}, nil
	case commas > 1 && points == 0, points > 1 && commas == 0:
		n.mark, at = other(s[at]), len(s) // it stands between thousands only
	case strings.Count(s, s[at:at+1]) > 1:
		return n, notNumber(text)
	default:
		n.mark, n.decimals = s[at], s[at+1:]
		left := strings.TrimLeft(s[:at], "+-")
		n.open = commas+points == 1 && len(n.decimals) == 3 && len(left) > 0 && len(left) < 4 && left[0] != '0'
	}
	groups := strings.Split(strings.ReplaceAll(s[:at], ",", "."), ".")
	for _, group := range groups[1:] {
		if len(group) != 3 {
			return n, notNumber(text)
		}
	}
	n.whole = strings.Join(groups, "")
	return n, nil
}

// twoWays reports whether a text has a number that can be read in two ways.
func twoWays(text string) bool {
	if len(text) >= 30 || !strings.ContainsAny(text, ".,") {
		return false
	}
	n, err := split(numeral.FindString(text))
	return err == nil && n.open
}

func notNumber(text string) error { return fmt.Errorf("%q is not a number", short(text)) }

// errTwoWays says that a number may be another one, a thousand times as large.
var errTwoWays = errors.New("can be read in two ways")

// number writes a number of a column with a decimal point and nothing else.
// Places are the decimals that such a quantity has: 0 for pieces, 2 for most
// money. A lone mark with three digits behind it is a decimal mark or one
// between thousands: the other cells of its column say which, else those of the
// other columns. Where none does, the habit of the format and the kind of
// quantity must agree, or nothing is read.
func (r row) number(name, text string, places int) (string, error) {
	if strings.ContainsAny(text, "eE") {
		return expand(strings.ReplaceAll(text, " ", ""))
	}
	n, err := split(text)
	if err != nil {
		return "", err
	}
	asDecimal, asThousands := n.whole+"."+n.decimals, n.whole+n.decimals
	switch {
	case n.decimals == "":
		return n.whole, nil
	case !n.open:
		return asDecimal, nil
	}
	// what a workbook keeps as a number has no zeros at its end
	stored := r.stored && !r.textual && n.mark == '.' && !(r.serial && strings.HasSuffix(n.decimals, "0"))
	column := r.marks[name]
	sure := column.sure()
	switch {
	case column.point || column.comma:
	case column.bare && places > 0: // no mark stands between thousands there
		sure = n.mark
	default:
		sure = r.marks[""].sure()
	}
	habit := byte('.')
	if r.comma {
		habit = ','
	}
	switch {
	case sure == n.mark, sure == 0 && stored:
		return asDecimal, nil
	case sure != 0, places == 0 && strings.Trim(n.decimals, "0") != "":
		return asThousands, nil
	case places >= 3 && habit == n.mark:
		return asDecimal, nil
	case places > 0 && places < 3 && r.comma && n.mark == '.':
		return asThousands, nil
	}
	return "", fmt.Errorf("%q %w, as %s or as %s; write %s or %s0", short(text), errTwoWays, asThousands, asDecimal, asThousands, asDecimal)
}

// placesOf returns the decimals that a measure in a unit has: nobody weighs to
// the milligram here.
func placesOf(word string) int {
	switch strings.ToLower(strings.TrimSpace(word)) {
	case "g", "gram", "grams", "mg", "mm":
		return 2
	}
	return 3
}

// looked is how much of a file is read ahead to see how its numbers are written.
const (
	lookedRows  = 1000
	lookedBytes = 4 << 20
)

// lookedAt is a source whose first rows have been read already.
type lookedAt struct {
	source
	held []read
}

type read struct {
	record
	err error
}

// lookAhead reads the first rows of a file and learns from their numbers.
func lookAhead(src source, m *match) *lookedAt {
	a := &lookedAt{source: src}
	m.marks = map[string]marks{}
	for size := 0; len(a.held) < lookedRows && size < lookedBytes; {
		rec, err := src.next()
		rec.cells = slices.Clone(rec.cells[:min(len(rec.cells), MaxColumns)]) // more are blank
		a.held = append(a.held, read{rec, err})
		var broken *fault
		if err != nil && !errors.As(err, &broken) {
			break
		}
		for name, kind := range m.numbers {
			if i := m.at[name]; i < len(rec.cells) {
				seen := m.marks[name]
				seen.see(clean(rec.cells[i]), kind == whole)
				seen.point = seen.point && !m.serial // a workbook's own numbers have it, and prove nothing of its texts
				m.marks[name] = seen
			}
		}
		for _, cell := range rec.cells {
			size += len(cell)
		}
	}
	var all marks
	for _, seen := range m.marks {
		all.point, all.comma = all.point || seen.point, all.comma || seen.comma
	}
	m.marks[""] = all
	return a
}

func (a *lookedAt) next() (record, error) {
	if len(a.held) == 0 {
		return a.source.next()
	}
	first := a.held[0]
	a.held[0] = read{}
	a.held = a.held[1:]
	if errors.Is(first.err, io.EOF) {
		a.held = []read{first}
	}
	return first.record, first.err
}

// signs are those of one currency each; the dollar and others are those of
// several.
var signs = map[string]string{
	"€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₺": "TRY", "₪": "ILS", "₴": "UAH", "₫": "VND", "฿": "THB", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "lei": "RON", "Fr.": "CHF",
	"US$": "USD", "CA$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "R$": "BRL", "MX$": "MXN", "NT$": "TWD",
	"$": "USD CAD AUD NZD HKD SGD MXN TWD CLP COP ARS", "¥": "JPY CNY", "kr": "SEK NOK DKK ISK", "kr.": "SEK NOK DKK ISK",
}

// priced is an amount with a sign or code before or behind it.
var priced = regexp.MustCompile(`^([^0-9.,+-]*)([+-]?[0-9.,][^\pL\p{Sc}]*?)\s*(?:[.,][-–—])?\s*([\pL\p{Sc}.]*)$`)

// money reads an amount: "12.50", "12,50 EUR", "€ 12.50". The currency is what
// the file says in another column, if it does; else that of the sign.
func (r row) money(name, said string, o Options) (unit.Money, error) {
	text := r.figures(name)
	if text == "" {
		return unit.Money{}, nil
	}
	digits, word := text, ""
	if strings.Trim(text, "0123456789.") != "" || strings.HasSuffix(text, ".") { // a sign or a word stands beside it
		if f := priced.FindStringSubmatch(text); f != nil {
			before, behind := strings.TrimSpace(f[1]), f[3]
			if before != "" && behind != "" && before != behind {
				return unit.Money{}, r.fail(name, "%q is not a number", short(text))
			}
			digits, word = f[2], cmp.Or(before, behind)
		}
	}
	currency, err := currencyOf(word, said, cmp.Or(said, o.Currency, "EUR"))
	if err != nil {
		return unit.Money{}, r.fail(name, "%q: %v", short(text), err)
	}
	digits, err = r.number(name, digits, unit.Decimals(strings.ToUpper(currency)))
	if err != nil {
		return unit.Money{}, r.fail(name, "%v", err)
	}
	m, err := unit.ParseMoney(digits, currency)
	if err != nil {
		return unit.Money{}, r.fail(name, "%v", err)
	}
	return m, nil
}

// currencyOf finds the currency of an amount: word is what stands beside it, said
// what the file says elsewhere, usual what counts when nothing is said.
func currencyOf(word, said, usual string) (string, error) {
	list, sign := signs[word]
	all := strings.Fields(list)
	switch {
	case word == "":
		return usual, nil
	case !sign && len(word) == 3 && strings.Trim(strings.ToUpper(word), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "":
		return word, nil
	case !sign:
		return "", fmt.Errorf("%q is no currency; write three letters, such as EUR", short(word))
	case slices.Contains(all, strings.ToUpper(usual)):
		return usual, nil
	case said != "":
		return "", fmt.Errorf("%s is not the sign of %s", word, short(said))
	case len(all) > 1:
		return "", fmt.Errorf("%s is the sign of several currencies; write three letters, such as %s", word, all[0])
	}
	return list, nil
}

// expand writes out a number with an exponent.
func expand(s string) (string, error) {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(s), "e")
	n, err := strconv.Atoi(exponent)
	if err != nil || n < -20 || n > 20 || len(mantissa) > 30 || strings.Trim(mantissa, "0123456789.+-") != "" {
		return "", notNumber(s)
	}
	rat, ok := new(big.Rat).SetString(mantissa + "e" + exponent)
	if !ok {
		return "", notNumber(s)
	}
	return strings.TrimSuffix(strings.TrimRight(rat.FloatString(12), "0"), "."), nil
}
