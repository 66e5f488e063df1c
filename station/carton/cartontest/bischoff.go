package cartontest

import (
	"fmt"
	"slices"

	"packbench/station/carton"
)

// Types is how many types of box the classes BR1 to BR7 have.
var Types = [...]int{3, 5, 8, 10, 12, 15, 20}

// Bischoff makes the n-th problem (from 0) of a class of Bischoff and Ratcliff, "Issues
// in the development of approaches to container loading" (Omega 23, 1995), as published
// in the OR-Library (thpack1 to thpack7): a container of 587 × 233 × 220 cm and cargo of
// about its volume. Every unit must rest on others with its whole base.
func Bischoff(types, n int) carton.Problem {
	var (
		inner = [3]int{587, 233, 220}
		low   = [3]int{30, 25, 20}
		high  = [3]int{120, 100, 80}
		rest  = inner[0] * inner[1] * inner[2]
		next  = lehmer(2502505 + 100*n)
	)
	p := carton.Problem{
		ID: fmt.Sprintf("br-%d-%d", types, n+1), Objective: carton.MostFilled,
		Boxes: []carton.Box{{ID: "container", Inner: Millimetres(inner[0]*10, inner[1]*10, inner[2]*10)}},
		Rules: carton.Rules{Support: 1000},
	}
	for range 10 {
		next()
	}
	volumes := make([]int, types)
	for i := range types {
		var e [3]int
		for k := range e {
			e[k] = low[k] + int(next()*float64(high[k]-low[k]+1))
		}
		slices.SortFunc(e[:], func(a, b int) int { return b - a }) // as the library prints them
		it := carton.Item{SKU: fmt.Sprint(i), Qty: 1, Size: Millimetres(e[0]*10, e[1]*10, e[2]*10)}
		for k := range e { // an edge stands upright only where it is not twice as long as the base
			it.Turn.Not[k] = e[k] >= 2*min(e[(k+1)%3], e[(k+2)%3])
		}
		p.Items = append(p.Items, it)
		volumes[i] = e[0] * e[1] * e[2]
		rest -= volumes[i]
	}
	for {
		k := int(next() * float64(types))
		if volumes[k] > rest {
			return p
		}
		p.Items[k].Qty++
		rest -= volumes[k]
	}
}

// lehmer is the generator of Park and Miller, which the published problems come of.
func lehmer(seed int) func() float64 {
	const modulus = 1<<31 - 1
	return func() float64 {
		seed = seed * 16807 % modulus
		return float64(seed) / modulus
	}
}
