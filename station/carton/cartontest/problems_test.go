package cartontest

import (
	"testing"

	"packbench/station/carton"
)

// The first problem of thpack1, as the OR-Library prints it.
func TestBischoffIsAsPublished(t *testing.T) {
	p := Bischoff(3, 0)
	want := []struct {
		size [3]int
		up   [3]bool
		qty  int
	}{
		{[3]int{108, 76, 30}, [3]bool{false, false, true}, 40},
		{[3]int{110, 43, 25}, [3]bool{false, true, true}, 33},
		{[3]int{92, 81, 55}, [3]bool{true, true, true}, 39},
	}
	for i, w := range want {
		it := p.Items[i]
		not := [3]bool{!w.up[0], !w.up[1], !w.up[2]}
		if it.Size != Millimetres(w.size[0]*10, w.size[1]*10, w.size[2]*10) || it.Qty != w.qty || it.Turn.Not != not {
			t.Errorf("type %d: %+v, want %+v", i, it, w)
		}
	}
}

// One fault each, and one solution that has none.
func TestCheckNamesEveryFault(t *testing.T) {
	sound := func() (carton.Problem, carton.Solution) {
		p := carton.Problem{
			Objective: carton.FewestBoxes,
			Boxes:     []carton.Box{{ID: "A", Inner: Millimetres(100, 100, 100), Max: 10_000_000, Tare: 100_000}},
			Items: []carton.Item{
				{Size: Millimetres(100, 60, 50), Mass: 1_000_000, Qty: 1},
				{Size: Millimetres(100, 40, 50), Mass: 1_000_000, Qty: 1},
				{Size: Millimetres(50, 60, 50), Mass: 1_000_000, Qty: 1},
			},
			Rules: carton.Rules{Support: 500},
		}
		put := func(i, x, y, z int) carton.Placed {
			return carton.Placed{Item: i, X: Millimetres(x, 0, 0).Width, Y: Millimetres(y, 0, 0).Width, Z: Millimetres(z, 0, 0).Width, Size: p.Items[i].Size}
		}
		return p, carton.Solution{Boxes: []carton.Filled{{Units: []carton.Placed{put(0, 0, 0, 0), put(1, 0, 60, 0), put(2, 0, 30, 50)}}}}
	}
	tests := map[string]func(p *carton.Problem, s *carton.Solution){
		"":        func(*carton.Problem, *carton.Solution) {},
		"outside": func(_ *carton.Problem, s *carton.Solution) { s.Boxes[0].Units[2].X += 51_000 },
		"overlap": func(_ *carton.Problem, s *carton.Solution) { s.Boxes[0].Units[1].Y-- },
		"floats":  func(_ *carton.Problem, s *carton.Solution) { s.Boxes[0].Units[2].Z++ },
		"half": func(p *carton.Problem, s *carton.Solution) {
			p.Items[1].Qty, s.Boxes[0].Units = 0, append(s.Boxes[0].Units[:1:1], s.Boxes[0].Units[2])
			s.Boxes[0].Units[1].Y = 31_000
		},
		"turned": func(p *carton.Problem, _ *carton.Solution) {
			p.Items[2].Turn.Fixed, p.Items[2].Size = true, Millimetres(60, 50, 50)
		},
		"upright": func(p *carton.Problem, _ *carton.Solution) { p.Items[0].Turn.Not[2] = true },
		"mass":    func(p *carton.Problem, _ *carton.Solution) { p.Boxes[0].Max = 3_099_999 },
		"no mass": func(p *carton.Problem, _ *carton.Solution) { p.Items[0].Mass = 0 },
		"fragile": func(p *carton.Problem, _ *carton.Solution) { p.Items[0].Fragile, p.Rules.Heavy = true, 999_999 },
		"bulky":   func(p *carton.Problem, _ *carton.Solution) { p.Items[0].Fragile, p.Rules.Bulky = true, 199_999 },
		"own":     func(p *carton.Problem, _ *carton.Solution) { p.Items[0].Own = true },
		"top":     func(p *carton.Problem, _ *carton.Solution) { p.Items[0].NoTop = true },
		"most": func(p *carton.Problem, s *carton.Solution) {
			p.Items[1] = p.Items[0]
			p.Items[1].Qty, p.Items[0].Qty, p.Items[0].Most = 0, 2, 1
			s.Boxes[0].Units[1].Item = 0
		},
		"lost": func(_ *carton.Problem, s *carton.Solution) { s.Boxes[0].Units = s.Boxes[0].Units[:2] },
		"left out": func(_ *carton.Problem, s *carton.Solution) {
			s.Boxes[0].Units, s.Unpacked = s.Boxes[0].Units[:2], []carton.Left{{Item: 2, N: 1, Why: carton.TooLarge}}
		},
		"no box left": func(p *carton.Problem, _ *carton.Solution) { p.Boxes[0].Stock = -1 },
		"group": func(p *carton.Problem, s *carton.Solution) {
			p.Items[0].Group, p.Items[2].Group = "g", "g"
			s.Boxes[0].Units, s.Unpacked = s.Boxes[0].Units[:2], []carton.Left{{Item: 2, N: 1, Why: carton.NotTogether}}
		},
		"order":        func(_ *carton.Problem, s *carton.Solution) { u := s.Boxes[0].Units; u[0], u[2] = u[2], u[0] },
		"empty box":    func(_ *carton.Problem, s *carton.Solution) { s.Boxes = append(s.Boxes, carton.Filled{}) },
		"no such type": func(_ *carton.Problem, s *carton.Solution) { s.Boxes[0].Box = 7; s.Boxes[0].Units = nil },
	}
	for name, spoil := range tests {
		p, s := sound()
		spoil(&p, &s)
		var wrong []string
		func() {
			defer func() {
				if recover() != nil {
					wrong = []string{"panic"}
				}
			}()
			wrong = Check(p, s)
		}()
		if (len(wrong) > 0) != (name != "") {
			t.Errorf("%q: %q", name, wrong)
		}
	}
}
