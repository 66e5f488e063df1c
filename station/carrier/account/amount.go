package account

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strings"

	"packbench/station/unit"
)

var plainAmount = regexp.MustCompile(`^-?[0-9]{1,12}(\.[0-9]{0,9})?$`)

// Amount reads a price as interfaces write them, "8.2", "5.93000" or 12, with a currency
// in any case. What is beyond the currency's smallest coin is rounded half up. Nothing,
// a number with an exponent, or a currency that is none is an error: a price that is
// read wrongly would be believed.
func Amount(text, currency string) (unit.Money, error) {
	text = strings.TrimSpace(text)
	if !plainAmount.MatchString(text) {
		return unit.Money{}, errors.New("a price is not a plain number")
	}
	currency = strings.ToUpper(strings.TrimSpace(currency))
	one, err := unit.ParseMoney("1", currency)
	if err != nil {
		return unit.Money{}, fmt.Errorf("a price has no currency: %w", err)
	}
	value, ok := new(big.Rat).SetString(strings.TrimSuffix(text, "."))
	if !ok {
		return unit.Money{}, errors.New("a price is not a plain number")
	}
	value.Mul(value, new(big.Rat).SetInt64(2*one.Minor)).Add(value, new(big.Rat).SetInt64(1))
	minor := new(big.Int).Div(value.Num(), new(big.Int).Mul(value.Denom(), big.NewInt(2)))
	return unit.Money{Minor: minor.Int64(), Currency: currency}, nil
}

// Decimal is an amount as a plain number, "8.20" or "800".
func Decimal(m unit.Money) json.Number {
	one, err := unit.ParseMoney("1", m.Currency)
	if err != nil {
		one.Minor = 100
	}
	sign, minor := "", m.Minor
	if minor < 0 {
		sign, minor = "-", -minor
	}
	places := len(fmt.Sprint(one.Minor)) - 1
	if places == 0 {
		return json.Number(fmt.Sprintf("%s%d", sign, minor))
	}
	return json.Number(fmt.Sprintf("%s%d.%0*d", sign, minor/one.Minor, places, minor%one.Minor))
}

// Pound and Ounce in milligrams, times a million.
const (
	poundMicro = 453_592_370_000
	ounceMicro = 28_349_523_125
)

// Pounds, Ounces and Kilograms are a mass as a plain number with so many decimals, rounded
// up: a parcel that a scale finds heavier than was paid for is charged again.
func Pounds(m unit.Mass, decimals int) json.Number { return ratio(int64(m), poundMicro, decimals) }

// Ounces: see Pounds.
func Ounces(m unit.Mass, decimals int) json.Number { return ratio(int64(m), ounceMicro, decimals) }

// Kilograms: see Pounds.
func Kilograms(m unit.Mass, decimals int) json.Number {
	return ratio(int64(m), int64(unit.Kilogram)*1_000_000, decimals)
}

// Grams is a mass in whole grams, rounded up.
func Grams(m unit.Mass) int { return int((m + unit.Gram - 1) / unit.Gram) }

// Inches and Centimetres are a length as a plain number, rounded up.
func Inches(l unit.Length, decimals int) json.Number {
	return ratio(int64(l), int64(unit.Inch)*1_000_000, decimals)
}

// Centimetres: see Inches.
func Centimetres(l unit.Length, decimals int) json.Number {
	return ratio(int64(l), 10*int64(unit.Millimetre)*1_000_000, decimals)
}

// ratio is value by size, which is given times a million, rounded up.
func ratio(value, sizeMicro int64, decimals int) json.Number {
	scale := int64(1)
	for range decimals {
		scale *= 10
	}
	n := new(big.Int).Mul(big.NewInt(value), big.NewInt(1_000_000*scale))
	q, rest := new(big.Int).QuoRem(n, big.NewInt(sizeMicro), new(big.Int))
	if rest.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	v := q.Int64()
	if decimals == 0 {
		return json.Number(fmt.Sprint(v))
	}
	return json.Number(fmt.Sprintf("%d.%0*d", v/scale, decimals, v%scale))
}
