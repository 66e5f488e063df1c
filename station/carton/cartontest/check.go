// Package cartontest judges solutions of packing problems and makes problems up. The
// checker shares nothing with the packer but the words of a problem and its solution,
// so that the two are not wrong alike; the problems come of a seed and of nothing else.
//
// [Check] names all that is wrong with a solution. [Orders], [Bischoff] and [Random]
// make problems.
package cartontest

import (
	"fmt"

	"packbench/station/carton"
	"packbench/station/unit"
)

// Check says in words all that is wrong with a solution; none means that it may be
// packed as it stands.
func Check(p carton.Problem, s carton.Solution) []string {
	c := check{p: p}
	for n, b := range s.Boxes {
		if b.Box < 0 || b.Box >= len(p.Boxes) {
			c.say("box %d is of no type", n)
			continue
		}
		c.box(n, b)
	}
	c.counts(s)
	c.groups(s)
	c.reasons(s)
	if p.Objective == carton.MostFilled && len(s.Boxes) > 1 {
		c.say("%d boxes where one is to be filled", len(s.Boxes))
	}
	return c.wrong
}

type check struct {
	p     carton.Problem
	wrong []string
}

func (c *check) say(format string, args ...any) {
	if len(c.wrong) < 20 {
		c.wrong = append(c.wrong, fmt.Sprintf(format, args...))
	}
}

func (c *check) box(n int, b carton.Filled) {
	kind := c.p.Boxes[b.Box]
	in := kind.Inner
	gross, of := kind.Tare, map[int]int{}
	if len(b.Units) == 0 {
		c.say("box %d is empty", n)
	}
	for k, u := range b.Units {
		if u.Item < 0 || u.Item >= len(c.p.Items) {
			c.say("box %d unit %d is of no item", n, k)
			return
		}
		it := c.p.Items[u.Item]
		of[u.Item]++
		gross += it.Mass
		if kind.Max > 0 && it.Mass <= 0 {
			c.say("box %d: the mass of item %d is not known", n, u.Item)
		}
		if u.X < 0 || u.Y < 0 || u.Z < 0 || u.X+u.Size.Width > in.Width || u.Y+u.Size.Length > in.Length || u.Z+u.Size.Depth > in.Depth {
			c.say("box %d unit %d is not inside", n, k)
		}
		if !mayLie(it, u.Size) {
			c.say("box %d unit %d: item %d may not lie as %s", n, k, u.Item, u.Size)
		}
		if it.Own {
			c.say("box %d: item %d ships in its own carton", n, u.Item)
		}
		c.neighbours(n, k, b.Units)
	}
	if kind.Max > 0 && gross > kind.Max {
		c.say("box %d weighs %s, at most %s", n, gross, kind.Max)
	}
	for i, count := range of {
		if most := c.p.Items[i].Most; most > 0 && count > most {
			c.say("box %d has %d of item %d, at most %d", n, count, i, most)
		}
	}
	c.apart(n, of)
}

// neighbours looks at one unit beside all others of its box.
func (c *check) neighbours(n, k int, units []carton.Placed) {
	u := units[k]
	var held unit.Length // area in µm²
	for j, v := range units {
		if j == k {
			continue
		}
		across := overlap(u.X, u.Size.Width, v.X, v.Size.Width) * overlap(u.Y, u.Size.Length, v.Y, v.Size.Length)
		if across > 0 && j < k && overlap(u.Z, u.Size.Depth, v.Z, v.Size.Depth) > 0 {
			c.say("box %d: units %d and %d overlap", n, j, k)
		}
		if across > 0 && v.Z+v.Size.Depth == u.Z {
			held += across
			if j > k {
				c.say("box %d: unit %d stands before unit %d below it", n, k, j)
			}
		}
		if across > 0 && v.Z+v.Size.Depth <= u.Z && c.p.Items[v.Item].NoTop {
			c.say("box %d: unit %d is above unit %d, which takes nothing on top", n, k, j)
		}
	}
	if u.Z > 0 && held*1000 < unit.Length(c.p.Rules.Support)*u.Size.Width*u.Size.Length {
		c.say("box %d unit %d floats: %d of %d", n, k, held, u.Size.Width*u.Size.Length)
	}
}

// apart looks for fragile items beside heavy or bulky ones.
func (c *check) apart(n int, of map[int]int) {
	for i, count := range of {
		if !c.p.Items[i].Fragile {
			continue
		}
		for j := range of {
			other := c.p.Items[j]
			r := c.p.Rules
			above := r.Heavy > 0 && other.Mass > r.Heavy || r.Bulky > 0 && other.Size.Volume() > r.Bulky
			if above && (j != i || count > 1) {
				c.say("box %d: item %d is fragile, item %d is heavy or bulky", n, i, j)
			}
		}
	}
}

func (c *check) counts(s carton.Solution) {
	seen := make([]int, len(c.p.Items))
	used := make([]int, len(c.p.Boxes))
	for _, b := range s.Boxes {
		used[b.Box]++
		for _, u := range b.Units {
			seen[u.Item]++
		}
	}
	for _, l := range s.Unpacked {
		seen[l.Item] += l.N
	}
	for _, l := range s.Own {
		seen[l.Item] += l.N
		if !c.p.Items[l.Item].Own {
			c.say("item %d has no carton of its own", l.Item)
		}
	}
	for i, it := range c.p.Items {
		if seen[i] != it.Qty {
			c.say("item %d: %d of %d units", i, seen[i], it.Qty)
		}
	}
	for i, b := range c.p.Boxes {
		if b.Stock > 0 && used[i] > b.Stock || b.Stock < 0 && used[i] > 0 {
			c.say("%d boxes %s, there are %d", used[i], b.ID, b.Stock)
		}
	}
}

func (c *check) groups(s carton.Solution) {
	in, out := map[string]map[int]bool{}, map[string]bool{}
	for n, b := range s.Boxes {
		for _, u := range b.Units {
			if g := c.p.Items[u.Item].Group; g != "" {
				if in[g] == nil {
					in[g] = map[int]bool{}
				}
				in[g][n] = true
			}
		}
	}
	for _, l := range s.Unpacked {
		out[c.p.Items[l.Item].Group] = true
	}
	for g, boxes := range in {
		if len(boxes) > 1 || out[g] {
			c.say("group %q is torn apart", g)
		}
	}
}

// reasons looks whether what is called impossible is so.
func (c *check) reasons(s carton.Solution) {
	for _, l := range s.Unpacked {
		it := c.p.Items[l.Item]
		fits := c.somewhere(it)
		switch l.Why {
		case carton.NoSize:
			if it.Size.Width > 0 && it.Size.Length > 0 && it.Size.Depth > 0 {
				c.say("item %d has dimensions", l.Item)
			}
		case carton.NoMass:
			if it.Mass > 0 {
				c.say("item %d has a mass", l.Item)
			}
		case carton.TooLarge, carton.TooHeavy:
			if fits {
				c.say("item %d is not %s", l.Item, l.Why)
			}
		case carton.NotTogether:
			if it.Group == "" {
				c.say("item %d is of no group", l.Item)
			}
		case carton.NoRoom:
			if c.p.Objective != carton.MostFilled {
				c.say("item %d is left out", l.Item)
			}
		case carton.NoBoxLeft:
			if c.endless(it) {
				c.say("item %d is left out though there are boxes without end", l.Item)
			}
		default:
			c.say("item %d is left out for no reason: %q", l.Item, l.Why)
		}
	}
}

// somewhere reports whether a unit fits alone in some box.
func (c *check) somewhere(it carton.Item) bool {
	for _, b := range c.p.Boxes {
		if c.alone(it, b) {
			return true
		}
	}
	return false
}

func (c *check) endless(it carton.Item) bool {
	for _, b := range c.p.Boxes {
		if b.Stock == 0 && c.alone(it, b) {
			return true
		}
	}
	return false
}

func (c *check) alone(it carton.Item, b carton.Box) bool {
	if b.Max > 0 && (it.Mass <= 0 || it.Mass+b.Tare > b.Max) {
		return false
	}
	e := [3]unit.Length{it.Size.Width, it.Size.Length, it.Size.Depth}
	for _, o := range [][3]int{{0, 1, 2}, {1, 0, 2}, {0, 2, 1}, {2, 0, 1}, {1, 2, 0}, {2, 1, 0}} {
		s := unit.Size{Width: e[o[0]], Length: e[o[1]], Depth: e[o[2]]}
		if mayLie(it, s) && s.Width <= b.Inner.Width && s.Length <= b.Inner.Length && s.Depth <= b.Inner.Depth {
			return true
		}
	}
	return false
}

// mayLie reports whether the edges of an item, as they lie, are one of its ways to lie.
func mayLie(it carton.Item, s unit.Size) bool {
	if it.Turn.Fixed {
		return s == it.Size
	}
	e := [3]unit.Length{it.Size.Width, it.Size.Length, it.Size.Depth}
	for up := range 3 {
		if it.Turn.Not[up] || e[up] != s.Depth {
			continue
		}
		a, b := e[(up+1)%3], e[(up+2)%3]
		if a == s.Width && b == s.Length || b == s.Width && a == s.Length {
			return true
		}
	}
	return false
}

func overlap(a, la, b, lb unit.Length) unit.Length {
	return max(0, min(a+la, b+lb)-max(a, b))
}
