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

// step is the division in milligrams, as the display has it: 0.01 lb is no
// whole number of milligrams.
func (o ScaleOptions) step() *big.Rat {
	one := new(big.Rat).Set(unitMass[o.Unit])
	for range decimals(o) {
		one.Quo(one, big.NewRat(10, 1))
	}
	times := nearest(new(big.Rat).Quo(big.NewRat(int64(o.Division), 1), one))
	return one.Mul(one, big.NewRat(max(times, 1), 1))
}

// counts is how many divisions the display shows for a mass.
func (o ScaleOptions) counts(mass unit.Mass) int64 {
	return nearest(new(big.Rat).Quo(big.NewRat(int64(mass), 1), o.step()))
}

// mass is what so many divisions weigh, to the milligram.
func (o ScaleOptions) mass(counts int64) unit.Mass {
	return unit.Mass(nearest(new(big.Rat).Mul(big.NewRat(counts, 1), o.step())))
}

// nearest rounds halves away from zero.
func nearest(r *big.Rat) int64 {
	n, _ := new(big.Int).SetString(r.FloatString(0), 10)
	return n.Int64()
}

// shown is the number on the display: "1.750", "-0.012".
func shown(mass unit.Mass, o ScaleOptions) string {
	value := new(big.Rat).SetInt64(int64(mass))
	return value.Quo(value, unitMass[o.Unit]).FloatString(decimals(o))
}
