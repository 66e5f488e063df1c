package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"packbench/cmd/internal/desk"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/unit"
)

// answer is the object that answers one input line.
type answer struct {
	N          int           `json:"n"`
	Input      string        `json:"input"`
	Verdict    pack.Kind     `json:"verdict"`
	Code       pack.Code     `json:"code,omitempty"`
	Message    string        `json:"message"`
	Phase      pack.Phase    `json:"phase"`
	Order      string        `json:"order,omitempty"`
	Line       string        `json:"line,omitempty"`
	SKU        string        `json:"sku,omitempty"`
	Qty        int           `json:"qty,omitempty"`
	Expected   []string      `json:"expected,omitempty"`
	Open       *int          `json:"open,omitempty"`
	Choices    []choice      `json:"choices,omitempty"`
	Mass       *unit.Mass    `json:"mass_mg,omitempty"`
	ExpectedMg *unit.Mass    `json:"expected_mg,omitempty"`
	Tolerance  *unit.Mass    `json:"tolerance_mg,omitempty"`
	Cause      *pack.Cause   `json:"cause,omitempty"`
	Causes     []pack.Likely `json:"causes,omitempty"`
	Service    string        `json:"service,omitempty"`
	Price      *unit.Money   `json:"price,omitempty"`
	Documents  []document    `json:"documents,omitempty"`
	Parcel     string        `json:"parcel,omitempty"`
	Return     string        `json:"return,omitempty"`
	Grade      string        `json:"grade,omitempty"`
	Becomes    string        `json:"disposition,omitempty"`
	Bin        string        `json:"bin,omitempty"`
	Case       string        `json:"case,omitempty"`
	By         string        `json:"by,omitempty"`
	Author     string        `json:"authorised_by,omitempty"`
}

type choice struct {
	N    int    `json:"n"`
	Text string `json:"text"`
}

type document struct {
	Kind string `json:"kind"`
	File string `json:"file"`
}

func (a *answer) refuse(code pack.Code, words string) {
	a.Verdict, a.Code, a.Message = pack.Refused, code, words
}

func (a *answer) inform(words string) { a.Verdict, a.Message = pack.Info, words }

// text is the answer for people.
func (a answer) text() string {
	mark := map[pack.Kind]string{pack.Accepted: "✔", pack.Refused: "✖", pack.Asked: "?", pack.Info: "i"}[a.Verdict]
	out := fmt.Sprintf("%s %s", mark, a.Message)
	for _, c := range a.Choices {
		out += fmt.Sprintf("\n    %d  %s", c.N, c.Text)
	}
	for _, d := range a.Documents {
		out += fmt.Sprintf("\n    %s: %s", d.Kind, d.File)
	}
	return out
}

// led reports whether the line itself led to an update: it is the line's row, or
// about the parcel that the line claimed for a van or weighed.
func (s *session) led(u engine.Update) bool {
	switch e := u.Input.Event.(type) {
	case pack.ParcelClaimed:
		return strings.HasPrefix(e.Effect, s.own+".")
	case pack.QuotesReady:
		return strings.HasPrefix(e.Effect, s.own+".")
	}
	return s.own != "" && u.Input.ID == s.own
}

// fill makes the answer of what the line led to. The verdict of the line
// itself leads; what came between the lines (a word from the desk) or followed
// by itself (the label after the weight) adds its fields, and takes the lead
// only when it went wrong or asks something; what came before never takes it from
// a line that did something. A retry is told as what came of it.
func (s *session) fill(ctx context.Context, a *answer, updates []engine.Update) {
	state := s.bench.Engine.State()
	a.Phase = state.Phase
	a.Documents = s.printer.take()
	lead, news := s.sortOut(a, updates)
	if w := state.Work; w != nil {
		open := w.OpenUnits()
		a.Open = &open
		a.Order = cmp.Or(a.Order, w.Called())
	}
	if lead == nil {
		if a.Message == "" {
			a.inform("nothing changed")
		}
		return
	}
	names := s.names(ctx, state, *lead)
	a.Verdict, a.Code = lead.Kind, lead.Code
	a.Message = s.lang.Message(s.told(ctx, *lead), names)
	for _, v := range news {
		a.Message += " " + s.lang.Message(v, names)
	}
	a.By, a.Author = lead.By, lead.Author
	if a.Open == nil && (lead.Code == pack.CodeOrderClosed || lead.Code == pack.CodeCancelled) {
		a.Open = &lead.Open
	}
	for _, c := range lead.Choices {
		a.Choices = append(a.Choices, choice{N: c.N, Text: c.Text})
	}
}

// told is a verdict with the shop's own words, where the journal has none.
func (s *session) told(ctx context.Context, v pack.Verdict) pack.Verdict {
	if v.Why != pack.SeeOrder {
		return v
	}
	if o, err := s.bench.Store.Order(ctx, v.Order); err == nil && o.Reason != "" {
		v.Why = o.Reason
	}
	return v
}

// sortOut adds the verdicts of the updates to the answer and finds the one that leads.
// News is from before the line, displaced by its own verdict, or the end of what that
// began.
func (s *session) sortOut(a *answer, updates []engine.Update) (lead *pack.Verdict, news []pack.Verdict) {
	var papers []pack.Verdict // trouble with papers, which never takes the lead from the label's
	for _, u := range updates {
		all := u.Verdicts()
		if len(all) == 0 {
			continue
		}
		v := all[0]
		a.add(v)
		news = append(news, all[1:]...)
		own := s.led(u)
		if lead != nil && besides(v) {
			news = append(news, v)
			continue
		}
		if !own && leads(v) && v.Paper != "" {
			papers = append(papers, v)
			continue
		}
		if own && lead != nil && leads(*lead) && v.Kind != pack.Info {
			news = append(news, *lead)
			lead = nil
		}
		if lead != nil && lead.Code == pack.CodeHandedOver && v.Code == pack.CodeManifest && !leads(v) {
			news = append(news, v) // its list is out
		}
		if lead == nil || leads(v) || own && !leads(*lead) || tries(*lead) && v.Kind == pack.Accepted {
			if lead != nil && lead.Code == pack.CodeKeptApart {
				news = append(news, *lead) // it has to be scanned again
			}
			lead = &v
		}
	}
	slices.SortStableFunc(papers, func(v, w pack.Verdict) int {
		return cmp.Compare(slices.Index(pack.PaperKinds, v.Paper), slices.Index(pack.PaperKinds, w.Paper))
	})
	if len(papers) > 0 && (lead == nil || !leads(*lead)) {
		lead, papers = &papers[0], papers[1:]
	}
	news = append(news, papers...)
	return lead, news
}

// hideBadge takes the code of a badge out of the line that the answer repeats,
// by whatever way it came in.
func (a *answer) hideBadge(updates []engine.Update) {
	for _, u := range updates {
		if e, ok := u.Input.Event.(pack.Scanned); ok && e.Raw == "" {
			a.Input, _, _ = strings.Cut(a.Input, " ")
		}
	}
}

// leads reports whether a person must hear of a verdict although it is not about
// the line itself.
func leads(v pack.Verdict) bool {
	return v.Kind == pack.Refused || v.Kind == pack.Asked || v.Code == pack.CodeOrderChanged || v.Code == pack.CodeFailover || v.Code == pack.CodeLabelDearer || v.Code == pack.CodeLabelLost || v.ToCheck()
}

// besides reports whether a verdict is told beside the one that leads.
func besides(v pack.Verdict) bool {
	return v.Code == pack.CodeCloseOut && v.Kind == pack.Info || v.Code == pack.CodeVoidAsked || v.Code == pack.CodeVoidRefused || v.Code == pack.CodeLabelDouble || v.Code == pack.CodeLabelBought ||
		v.Code == pack.CodeSignedOut && v.Reason == pack.ReasonShiftOver
}

// tries reports whether a verdict only says that something is tried again.
func tries(v pack.Verdict) bool { return v.Kind == pack.Info && v.Reason == pack.ReasonAgain }

// add takes the fields that a verdict brings.
func (a *answer) add(v pack.Verdict) {
	v = v.ForPeople()
	a.Order, a.Line, a.SKU = cmp.Or(v.Order, a.Order), cmp.Or(v.Line, a.Line), cmp.Or(v.SKU, a.SKU)
	a.Service, a.Parcel, a.Case = cmp.Or(v.Service, a.Service), cmp.Or(v.Parcel, a.Parcel), cmp.Or(v.Case, a.Case)
	a.Return, a.Grade, a.Becomes, a.Bin = cmp.Or(v.Return, a.Return), cmp.Or(v.Grade, a.Grade), cmp.Or(v.Disposition, a.Becomes), cmp.Or(v.Bin, a.Bin)
	a.Price = cmp.Or(v.Price, a.Price)
	if v.Qty != 0 && v.Reason != pack.ReasonUnprintable { // there it counts characters
		a.Qty = v.Qty
	}
	if v.Expected != nil {
		a.Expected = v.Expected
	}
	if w := v.Weight; w != nil {
		a.Mass, a.Cause, a.Causes = &w.Mass, w.Cause, w.Causes
		if w.Known {
			a.ExpectedMg, a.Tolerance = &w.Expected, &w.Tolerance
		}
	}
}

// names returns the words for the ids that a verdict may hold.
func (s *session) names(ctx context.Context, state pack.State, v pack.Verdict) say.Names {
	names, err := desk.New(s.bench.Folder).Names(ctx)
	if err != nil {
		return say.Names{}
	}
	if state.Work != nil {
		for _, l := range state.Work.Lines {
			names[l.SKU] = l.Name
		}
	}
	if v.Weight != nil && v.Weight.Cause != nil && names[v.Weight.Cause.SKU] == "" {
		if p, err := s.bench.Store.Product(ctx, v.Weight.Cause.SKU); err == nil {
			names[p.SKU] = p.Name
		}
	}
	return names
}
