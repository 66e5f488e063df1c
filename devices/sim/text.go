package sim

import (
	"math/big"

	"packbench/station/unit"
)

// milligrams in one unit of a simulated scale.
var unitMass = map[string]*big.Rat{
	"g":  big.NewRat(1_000, 1),
	"kg": big.NewRat(1_000_000, 1),
	"lb": big.NewRat(45_359_237, 100),
	"oz": big.NewRat(28_349_523_125, 1_000_000),
}

// decimals is how many the display has: as many as the division needs.
func decimals(o ScaleOptions) int {
	step := new(big.Rat).Set(unitMass[o.Unit])
	division := big.NewRat(2*int64(o.Division)+1, 2) // it was rounded to milligrams
	n := 0
	for ; n < 6 && step.Cmp(division) > 0; n++ {
		step.Quo(step, big.NewRat(10, 1))
	}
	return n
}

// shown is the number on the display: "1.750", "-0.012".
func shown(mass unit.Mass, o ScaleOptions) string {
	value := new(big.Rat).SetInt64(int64(mass))
	return value.Quo(value, unitMass[o.Unit]).FloatString(decimals(o))
}
