package unit

import (
	"fmt"
	"math/big"
	"strings"
)

// Money is an amount in minor units (cents) of an ISO 4217 currency.
type Money struct {
	Minor    int64  `json:"minor"`
	Currency string `json:"currency"`
}

// decimals of the currencies that do not have two.
var minorDigits = map[string]int{
	"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "VND": 0, "PYG": 0, "UGX": 0, "XAF": 0, "XOF": 0,
	"BHD": 3, "JOD": 3, "KWD": 3, "OMR": 3, "TND": 3, "IQD": 3, "LYD": 3,
}

// Decimals returns how many decimals amounts of a currency have.
func Decimals(currency string) int {
	if n, ok := minorDigits[currency]; ok {
		return n
	}
	return 2
}

// ParseMoney reads a plain decimal ("12.50") in the given currency. Halves of a
// minor unit round away from zero.
func ParseMoney(text, currency string) (Money, error) {
	currency = strings.ToUpper(strings.TrimSpace(currency))
	if len(currency) != 3 {
		return Money{}, fmt.Errorf("money %q: currency %q is not a three-letter code", clip(text), clip(currency))
	}
	value, err := decimal(strings.TrimSpace(text))
	if err != nil {
		return Money{}, fmt.Errorf("money: %w", err)
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(Decimals(currency))), nil)
	minor, err := round(value.Mul(value, new(big.Rat).SetInt(scale)))
	if err != nil {
		return Money{}, fmt.Errorf("money %q: %w", clip(text), err)
	}
	return Money{Minor: minor, Currency: currency}, nil
}

// Decimal writes the amount without its currency, "12.50".
func (m Money) Decimal() string {
	digits := Decimals(m.Currency)
	scale := int64(1)
	for range digits {
		scale *= 10
	}
	return fixed(m.Minor, scale, digits)
}

// String writes "12.50 EUR".
func (m Money) String() string {
	if m.Currency == "" {
		return m.Decimal()
	}
	return m.Decimal() + " " + m.Currency
}
