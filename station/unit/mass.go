package unit

import (
	"fmt"
	"math/big"
	"strings"
)

// Mass is a mass in milligrams. 0 is a real zero; a missing mass is a matter
// of its holder, never of a special value.
type Mass int64

// Masses of the units that scales and people use.
const (
	Milligram Mass = 1
	Gram      Mass = 1_000
	Kilogram  Mass = 1_000_000
)

// milligrams in one unit, exact (a pound is 453,592.37 mg by definition).
var massUnits = map[string]*big.Rat{
	"mg": big.NewRat(1, 1),
	"g":  big.NewRat(1_000, 1),
	"kg": big.NewRat(1_000_000, 1),
	"t":  big.NewRat(1_000_000_000, 1),
	"lb": big.NewRat(45_359_237, 100),
	"oz": big.NewRat(28_349_523_125, 1_000_000),
}

// ParseMass reads "1.234kg", "812 g", "1.5 lb" or "3oz". The unit is required.
func ParseMass(text string) (Mass, error) {
	number, unit := split(text)
	if unit == "" {
		return 0, fmt.Errorf("mass %q: the unit is missing (kg, g, lb or oz)", clip(text))
	}
	return MassOf(number, unit)
}

// ExactMass is [ParseMass] in milligrams and what is left of them: ten pounds are not
// ten times a rounded pound.
func ExactMass(text string) (*big.Rat, error) {
	number, unit := split(text)
	return milligrams(number, unit)
}

// MassOf is [ParseMass] for a number and a unit that came apart, as a scale
// sends them. The unit's case does not matter.
func MassOf(number, unit string) (Mass, error) {
	value, err := milligrams(number, unit)
	if err != nil {
		return 0, err
	}
	mg, err := round(value)
	if err != nil {
		return 0, fmt.Errorf("mass %q: %w", clip(number), err)
	}
	return Mass(mg), nil
}

func milligrams(number, unit string) (*big.Rat, error) {
	factor, ok := massUnits[strings.ToLower(strings.TrimSpace(unit))]
	if !ok {
		return nil, fmt.Errorf("mass %q: unknown unit %q", clip(number), clip(unit))
	}
	value, err := decimal(strings.TrimSpace(number))
	if err != nil {
		return nil, fmt.Errorf("mass: %w", err)
	}
	return value.Mul(value, factor), nil
}

// Abs returns the mass without its sign.
func (m Mass) Abs() Mass {
	if m < 0 {
		return -m
	}
	return m
}

// String writes kilograms with three decimals, "1.234 kg".
func (m Mass) String() string { return fixed(int64(m), int64(Kilogram), 3) + " kg" }

// Pounds writes pounds and tenths of an ounce, "2 lb 11.5 oz".
func (m Mass) Pounds() string {
	const poundInHundredths = 45_359_237 // of a milligram
	tenths := (int64(m)*100*160 + poundInHundredths/2) / poundInHundredths
	lb, oz := tenths/160, tenths%160
	ounces := fmt.Sprintf("%d.%d oz", oz/10, oz%10)
	if lb == 0 {
		return ounces
	}
	return fmt.Sprintf("%d lb %s", lb, ounces)
}

// Grams writes whole grams, "812 g".
func (m Mass) Grams() string { return fixed(int64(m), int64(Gram), 0) + " g" }
