package carton

// cube is a box of room, from its low corner up to its high one.
type cube struct{ x, y, z, X, Y, Z int32 }

func (c *cube) meets(o *cube) bool {
	return c.x < o.X && o.x < c.X && c.y < o.Y && o.y < c.Y && c.z < o.Z && o.z < c.Z
}

func (c *cube) within(o *cube) bool {
	return c.x >= o.x && c.X <= o.X && c.y >= o.y && c.Y <= o.Y && c.z >= o.z && c.Z <= o.Z
}

// solid is what stands in a room: one unit, or a block of them.
type solid struct {
	cube
	kind  int32 // of a block: its index
	noTop bool
}

// room is the inside of one box: what stands in it, and the largest free cubes, which
// overlap. In a strict room each of them rests on the floor or on tops with its whole
// base; in any other a base may hang over, and what is put there is looked at.
type room struct {
	size   [3]int32
	strict bool
	least  int32 // no free cube with a shorter edge is kept
	free   []cube
	solids []solid

	fresh []cube // of the last carving
}

func (r *room) reset(size [3]int32, strict bool, least int32) {
	r.size, r.strict, r.least = size, strict, least
	r.free = append(r.free[:0], cube{X: size[0], Y: size[1], Z: size[2]})
	r.solids = r.solids[:0]
}

// copyFrom makes the room equal to another, and shares nothing with it.
func (r *room) copyFrom(o *room) {
	r.size, r.strict, r.least = o.size, o.strict, o.least
	r.free = append(r.free[:0], o.free...)
	r.solids = append(r.solids[:0], o.solids...)
}

// put adds a solid whose cube is free. top is how much of its top takes something,
// from its low corner, and matters in a strict room only.
func (r *room) put(s solid, top [2]int32) {
	r.solids = append(r.solids, s)
	c := s.cube
	if s.noTop {
		c.Z = r.size[2]
	}
	r.fresh = r.fresh[:0]
	kept := r.free[:0]
	for _, f := range r.free {
		if !f.meets(&c) {
			kept = append(kept, f)
			continue
		}
		r.around(f, &c)
		if r.strict {
			r.part(cube{max(f.x, c.x), max(f.y, c.y), c.Z, min(f.X, c.x+top[0]), min(f.Y, c.y+top[1]), f.Z})
			continue
		}
		r.part(cube{f.x, f.y, c.Z, f.X, f.Y, f.Z})
		r.part(cube{f.x, f.y, f.z, f.X, f.Y, c.z})
	}
	r.free = kept
	for i := range r.fresh {
		r.keep(r.fresh[i])
	}
	if r.strict {
		r.join(c.Z)
	}
}

// around adds what is left of a free cube on the four sides of what was put into it.
func (r *room) around(f cube, c *cube) {
	r.part(cube{f.x, f.y, f.z, c.x, f.Y, f.Z})
	r.part(cube{c.X, f.y, f.z, f.X, f.Y, f.Z})
	r.part(cube{f.x, f.y, f.z, f.X, c.y, f.Z})
	r.part(cube{f.x, c.Y, f.z, f.X, f.Y, f.Z})
}

func (r *room) part(c cube) {
	if c.X-c.x >= r.least && c.Y-c.y >= r.least && c.Z-c.z >= r.least {
		r.fresh = append(r.fresh, c)
	}
}

// keep adds a free cube unless it is in another, and drops those that are in it.
func (r *room) keep(c cube) {
	for i := range r.free {
		if c.within(&r.free[i]) {
			return
		}
	}
	kept := r.free[:0]
	for i := range r.free {
		if !r.free[i].within(&c) {
			kept = append(kept, r.free[i])
		}
	}
	r.free = append(kept, c)
}

// join adds the cubes that rest on two tops of one height side by side.
func (r *room) join(z int32) {
	for i := 0; i < len(r.free) && len(r.free) < 400; i++ {
		a := r.free[i]
		if a.z != z || z == 0 {
			continue
		}
		for j := 0; j < i; j++ {
			b := r.free[j]
			if b.z != z {
				continue
			}
			n := len(r.free)
			if a.X == b.x || b.X == a.x {
				r.keepLarge(cube{min(a.x, b.x), max(a.y, b.y), z, max(a.X, b.X), min(a.Y, b.Y), min(a.Z, b.Z)})
			} else if a.Y == b.y || b.Y == a.y {
				r.keepLarge(cube{max(a.x, b.x), min(a.y, b.y), z, min(a.X, b.X), max(a.Y, b.Y), min(a.Z, b.Z)})
			}
			if len(r.free) != n || i >= len(r.free) || r.free[i] != a {
				i = -1 // what was kept has moved
				break
			}
		}
	}
}

func (r *room) keepLarge(c cube) {
	if c.X-c.x >= r.least && c.Y-c.y >= r.least && c.Z-c.z >= r.least {
		r.keep(c)
	}
}

// holds reports whether enough of the base of what would stand at c rests on tops.
func (r *room) holds(c *cube, support int64) bool {
	need := support * int64(c.X-c.x) * int64(c.Y-c.y)
	for i := range r.solids {
		s := &r.solids[i]
		if s.Z != c.z || s.noTop {
			continue
		}
		w, l := min(s.X, c.X)-max(s.x, c.x), min(s.Y, c.Y)-max(s.y, c.y)
		if w > 0 && l > 0 {
			need -= 1000 * int64(w) * int64(l)
			if need <= 0 {
				return true
			}
		}
	}
	return need <= 0
}
