package pack

import (
	"fmt"
	"slices"
	"strings"
)

// Proof is what is asked for beside a weight that can not tell everything: of each
// product in Open one unit is scanned once more, because one more or less of it would
// not be noticed. It counts for the contents and the carton that it was asked for.
type Proof struct {
	Of      string   `json:"Of"`
	Open    []string `json:"Open,omitempty"`
	Done    []string `json:"Done,omitempty"`
	Weighed *Weighed `json:"Weighed,omitempty"` // the weight that waits for it, nil for none
}

// ProofAsked: this is asked for now, or was given.
type ProofAsked struct {
	Proof Proof `json:"Proof"`
}

func (ProofAsked) Tag() string { return "proof-asked" }

// packedAs tells one content of a parcel in its carton from another.
func (w *Work) packedAs() string {
	var out []string
	if w.Parcel.Carton != nil {
		out = append(out, w.Parcel.Carton.ID)
	}
	for _, l := range w.Lines {
		if l.In > 0 {
			out = append(out, fmt.Sprint(l.ID, " ", l.In))
		}
	}
	return strings.Join(out, ", ")
}

// proof is that of what is in the parcel now, nil for none.
func (w *Work) proof() *Proof {
	if p := w.Parcel.Proof; p != nil && p.Of == w.packedAs() {
		return p
	}
	return nil
}

// Unproved is the product of which one unit is to be scanned once more, while a weight
// waits for that; nil for none.
func (w *Work) Unproved() *Line {
	p := w.proof()
	if p == nil || p.Weighed == nil || len(p.Open) == 0 {
		return nil
	}
	i := slices.IndexFunc(w.Lines, func(l Line) bool { return l.SKU == p.Open[0] })
	if i < 0 {
		return nil
	}
	return &w.Lines[i]
}

// wantsProof asks for another proof of what a scale's weight does not tell, and reports
// whether it did. What was confirmed by hand has no code to scan.
func (d *decision) wantsProof(e Weighed) bool {
	if !d.s.Rules.SecondScan || e.Typed || e.Expect == nil {
		return false
	}
	w := d.s.Work
	next := Proof{Of: w.packedAs(), Weighed: &e}
	if now := w.proof(); now != nil {
		next.Done = now.Done
	}
	for _, l := range w.Lines {
		if l.In > 0 && l.Manual == 0 && slices.Contains(e.Expect.Blind, l.SKU) && !slices.Contains(next.Done, l.SKU) && !slices.Contains(next.Open, l.SKU) {
			next.Open = append(next.Open, l.SKU)
		}
	}
	if len(next.Open) == 0 {
		return false
	}
	d.askProof(next)
	return true
}

func (d *decision) askProof(p Proof) {
	d.emit(ProofAsked{p})
	name := ""
	if l := d.s.Work.Unproved(); l != nil {
		name = l.Name
	}
	d.say(Asked, CodeProofNeeded, func(v *Verdict) { v.SKU, v.Name, v.Expected = p.Open[0], name, p.Open })
}

// proves takes a scan as the proof that is asked for, and reports whether it was one.
func (d *decision) proves(p Product) bool {
	proof := d.s.Work.proof()
	if d.s.Phase != Weighing || proof == nil || proof.Weighed == nil || !slices.Contains(proof.Open, p.SKU) {
		return false
	}
	next := Proof{Of: proof.Of, Done: append(slices.Clone(proof.Done), p.SKU), Weighed: proof.Weighed}
	for _, sku := range proof.Open {
		if sku != p.SKU {
			next.Open = append(next.Open, sku)
		}
	}
	if len(next.Open) > 0 {
		d.askProof(next)
		return true
	}
	d.emit(ProofAsked{next})
	d.judgeWeight(*proof.Weighed)
	return true
}

// unproved has a weight that is off keep no earlier one waiting for its proof.
func (d *decision) unproved() {
	if p := d.s.Work.Parcel.Proof; p != nil && p.Weighed != nil {
		d.emit(ProofAsked{Proof{Of: p.Of, Done: p.Done}})
	}
}
