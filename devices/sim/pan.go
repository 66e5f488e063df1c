package sim

import (
	"math/big"
	"strings"

	"packbench/station/unit"
)

// pan is what a scale remembers beside its load: what it calls zero, and the
// tare.
type pan struct {
	opts ScaleOptions
	zero unit.Mass
	tare unit.Mass
}

func (p *pan) gross(now load) unit.Mass { return now.mass - p.zero }
func (p *pan) net(now load) unit.Mass   { return p.gross(now) - p.tare }

// nearZero is the range that zero can be set in: makers allow about 2 % of the
// capacity.
func (p *pan) nearZero(now load) bool { return now.mass.Abs() <= p.opts.Capacity/50 }

// atZero says that the empty pan weighs 0.
func (p *pan) atZero(now load) bool { return p.opts.counts(p.gross(now)) == 0 }

// setZero takes the load as zero, if it may.
func (p *pan) setZero(now load) bool {
	if !p.rests(now) || !p.nearZero(now) {
		return false
	}
	p.zero, p.tare = now.mass, 0
	return true
}

// setTare takes the load as tare, if it may.
func (p *pan) setTare(now load) bool {
	if !p.rests(now) || p.gross(now) < 0 {
		return false
	}
	p.tare = p.gross(now)
	return true
}

func (p *pan) rests(now load) bool { return now.steady && !now.over && !now.under }

// show returns a mass without its sign, and whether it is less than nothing.
func (p *pan) show(mass unit.Mass) (text string, negative bool) {
	text, negative = strings.CutPrefix(shown(mass, p.opts), "-")
	return text, negative && strings.ContainsAny(text, "123456789")
}

// lastDigit is how many of the last digit shown a division is: 1, 2 or 5.
func (o ScaleOptions) lastDigit() int64 {
	one := new(big.Rat).Set(unitMass[o.Unit])
	for range decimals(o) {
		one.Quo(one, big.NewRat(10, 1))
	}
	return nearest(one.Quo(o.step(), one))
}

// zeros fills a number up with leading zeros.
func zeros(text string, width int) string {
	return strings.Repeat("0", max(width-len(text), 0)) + text
}
