package labels

// Paint calls rect for the black rectangles of a box, in dots. Bars, modules, frames
// and rules are all made of them; a Text has none. No two of a box overlap.
func Paint(b Box, rect func(x, y, w, h int)) {
	switch b := b.(type) {
	case Bars:
		at := 0
		for i, n := range b.Runs {
			switch {
			case i%2 != 0:
			case b.Upright:
				rect(b.X, b.Y+at, b.H, n*b.Dot)
			default:
				rect(b.X+at, b.Y, n*b.Dot, b.H)
			}
			at += n * b.Dot
		}
	case Matrix:
		paintMatrix(b, rect)
	case Rect:
		if b.Stroke <= 0 || 2*b.Stroke >= min(b.W, b.H) {
			rect(b.X, b.Y, b.W, b.H)
			return
		}
		rect(b.X, b.Y, b.W, b.Stroke)
		rect(b.X, b.Y+b.H-b.Stroke, b.W, b.Stroke)
		rect(b.X, b.Y+b.Stroke, b.Stroke, b.H-2*b.Stroke)
		rect(b.X+b.W-b.Stroke, b.Y+b.Stroke, b.Stroke, b.H-2*b.Stroke)
	case Line:
		rect(b.X, b.Y, b.W, b.H)
	}
}

// paintMatrix joins the dark modules of a row.
func paintMatrix(m Matrix, rect func(x, y, w, h int)) {
	for y := range m.Matrix.Size {
		for x := 0; x < m.Matrix.Size; x++ {
			from := x
			for m.Matrix.At(x, y) {
				x++
			}
			if x > from {
				rect(m.X+from*m.Dot, m.Y+y*m.Dot, (x-from)*m.Dot, m.Dot)
			}
		}
	}
}
