package carton

import (
	"cmp"
	"slices"
)

// widths are how many layouts and how many blocks of each the passes of a beam search
// keep.
var widths = []int{1, 2, 3, 4, 6, 8, 11, 16, 22, 32, 45, 64, 90, 128}

// beam is the n-th pass (from 1) of a search that puts block after block, tries a few
// for each layout, judges each by filling it to the end, and keeps the best (after
// Araya and Riff, "A beam search approach to the container loading problem", 2014). What
// is filled is told to found.
func (b *builder) beam(sp *space, load []int32, n int, done func() bool, found func([]put, []int32)) {
	width := widths[min(n-1, len(widths)-1)]
	s := b.blocks(sp)
	now := []*layout{b.begin(sp, load, n-1)}
	var next []*layout
	most := int64(-1)
	full := b.take()
	defer b.release(full)
	choices := make([]choice, 0, width)
	for len(now) > 0 && !done() {
		for _, l := range now {
			at := b.corners(s, l, &choices)
			for _, c := range choices {
				if done() {
					break
				}
				child := b.take()
				child.copyFrom(l)
				b.lay(s, child, at, c.block)
				full.copyFrom(child)
				b.greedy(sp, full, 0)
				child.final = full.final
				next = append(next, child)
				if full.final > most {
					most = full.final
					found(b.tell(sp, full, load))
				}
			}
			b.release(l)
		}
		now, next = b.survivors(next, now[:0], width), next[:0]
	}
	for _, l := range now {
		b.release(l)
	}
}

// corners finds blocks for the best free cube that takes any, and drops those that take none.
func (b *builder) corners(s *blocks, l *layout, choices *[]choice) int {
	for len(l.room.free) > 0 {
		at := corner(&l.room)
		*choices = b.best(s, l, &l.room.free[at], (*choices)[:0], 0)
		if len(*choices) > 0 {
			return at
		}
		l.room.free = slices.Delete(l.room.free, at, at+1)
	}
	*choices = (*choices)[:0]
	return -1
}

// survivors keeps the best of different layouts: two that end with the same volume are
// likely the same.
func (b *builder) survivors(from, into []*layout, width int) []*layout {
	slices.SortStableFunc(from, func(a, b *layout) int {
		return cmp.Or(cmp.Compare(b.final, a.final), cmp.Compare(b.volume, a.volume))
	})
	for i, l := range from {
		if len(into) < width && (i == 0 || l.final != from[i-1].final) {
			into = append(into, l)
		} else {
			b.release(l)
		}
	}
	return into
}

func (b *builder) tell(sp *space, l *layout, load []int32) ([]put, []int32) {
	puts := b.puts(sp, l)
	in := make([]int32, len(load))
	for _, p := range puts {
		in[p.kind]++
	}
	return puts, in
}
