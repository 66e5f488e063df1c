// Package tracefront is the window's page that judges trace codes, and finds everything
// else by what people call it.
//
// A [Page] belongs to the goroutine of the front's Run; what it asks, it asks in the
// background. It must not tell the story of a code that is not surely genuine, or change
// anything but by an input of the bench.
package tracefront

import (
	"context"
	"strings"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/finder"
	"packbench/station/engine"
	"packbench/station/gs1"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/trace"
)

// Page judges trace codes, and finds everything else by what people call it.
type Page struct {
	*shell.Shell
	open   *tracing // nil while the page is not open
	folder string   // that the last page was written into
}

// tracing is what came since the page was opened.
type tracing struct {
	code    string // the newest, or the one that others are compared with
	box     string // SSCC of a box whose square code is still to come
	result  *screen.Traced
	trouble string
	looking bool
	waiting []tracedScan // came while one was being judged

	sought string // what was looked for, "" where the code is one of ours
	found  []finder.Found
}

// tracedScan is a code for the page. Device is "" for one that was typed.
type tracedScan struct {
	code, device string
	cut          bool
	find         bool // it is no trace code: it says what is looked for
}

// lookUpFor is how long the judging of one code may take.
const lookUpFor = 20 * time.Second

// Follow returns what takes scans while the page is open, nil while it is not. A
// locked bench waits for a badge, whatever page is open.
func (p *Page) Follow(s pack.State) (take func(engine.Scan) bool) {
	switch {
	case p.Page == screen.PageTrace && s.Phase != pack.Locked:
		if p.open == nil {
			p.open = &tracing{}
		}
		return p.divert
	case p.open != nil:
		p.open = nil
		delete(p.Selected, "compare")
	}
	return nil
}

// divert takes a scan for the page, on its device's goroutine. Cards of the
// bench, badges above all, stay with the bench.
func (p *Page) divert(scan engine.Scan) bool {
	if bench.Own(scan.Data) && !bench.PrintsAgain(scan.Data) {
		return false
	}
	p.Do(func() {
		if p.open == nil { // the page was left meanwhile
			p.Bench.Engine.Post(scan)
			return
		}
		if bench.Own(scan.Data) {
			p.Again(scan)
			return
		}
		p.judge(tracedScan{code: scan.Data, device: scan.Device, cut: scan.Cut})
	})
	return true
}

// Again has the bench print the label, or a paper, of the parcel that the page shows, as
// if that had been scanned there before: it asks for the reason.
func (p *Page) Again(asked engine.Raw) {
	if sscc := p.inputs().Again(); sscc != "" {
		p.Bench.Engine.Post(engine.Scan{Device: engine.Touch, Data: "00" + sscc})
	}
	p.Bench.Engine.Post(asked)
}

// Typed is a code that was typed into the page's field.
func (p *Page) Typed(text string) {
	_, code := gs1.SplitAIM(text)
	switch {
	case p.open == nil || bench.Own(code):
	default:
		p.judge(tracedScan{code: code, find: !p.proof(code)})
	}
}

// Find opens the page with what a text means, instead of what stood there before.
func (p *Page) Find(text string) {
	p.open = &tracing{}
	p.Typed(text)
}

// judge finds out what a code is, one after the other.
func (p *Page) judge(s tracedScan) {
	t := p.open
	if t.looking {
		t.waiting = append(t.waiting, s)
		return
	}
	p.Entry = nil // what was found must be seen
	t.trouble = ""
	comparing := p.Selected["compare"] != "" && t.result != nil
	if !comparing { // what was found of the code before is not shown with this one
		t.code, t.result, t.sought, t.found = s.code, nil, "", nil
		delete(p.Selected, "found")
	}
	if s.cut {
		if !comparing {
			t.code, t.box = "", ""
		}
		t.trouble = p.Language().Phrase("only part of the code was read")
		p.heard(s, pack.Refused)
		return
	}
	delete(p.Selected, "compare")
	bars, l := ssccOf(s.code), p.Language()
	code, box := t.code, t.box
	t.box = ""
	switch {
	case s.find && !comparing:
		p.find(s)
	case comparing && bars != "":
		p.lookUp(s, code, func(ctx context.Context) (screen.Traced, error) { return p.traced(ctx, l, code, bars) })
	case comparing:
		p.lookUp(s, code, func(ctx context.Context) (screen.Traced, error) { return p.compared(ctx, l, code, s.code) })
	case bars != "":
		t.code, t.box = s.code, bars
		t.result = &screen.Traced{At: p.Folder.Clock(), Bars: true, Verdict: string(trace.Foreign), SSCC: bars}
		p.heard(s, screen.TraceKind(*t.result))
	default:
		p.lookUp(s, s.code, func(ctx context.Context) (screen.Traced, error) { return p.traced(ctx, l, s.code, box) })
	}
}

// lookUp judges a code in the background: the tables may have to catch up
// first. The code is what the page then shows, unless the second one is bad.
func (p *Page) lookUp(s tracedScan, code string, find func(context.Context) (screen.Traced, error)) {
	t := p.open
	t.looking = true
	p.Ask(func(ctx context.Context) func() {
		ctx, stop := context.WithTimeout(ctx, lookUpFor)
		defer stop()
		found, err := find(ctx)
		return func() {
			t.looking = false
			if p.open != t {
				return // the page was left meanwhile
			}
			t.result, t.code = &found, code
			if found.Second {
				t.code = s.code
			}
			kind := screen.TraceKind(found)
			if err == nil && p.seek(found, s) {
				return
			}
			if err != nil {
				t.result, t.trouble, kind = nil, shell.FirstLine(err), pack.Refused
			}
			p.heard(s, kind)
			p.next()
		}
	})
}

// next judges what came meanwhile.
func (p *Page) next() {
	if t := p.open; len(t.waiting) > 0 {
		s := t.waiting[0]
		t.waiting = t.waiting[1:]
		p.judge(s)
	}
}

// heard makes a verdict of the page heard, as those of the bench are.
func (p *Page) heard(s tracedScan, kind pack.Kind) { p.Live().Judged(s.device, kind) }

// traced judges one code, found on the box with this SSCC ("" for none).
func (p *Page) traced(ctx context.Context, l say.Language, code, box string) (screen.Traced, error) {
	found, err := desk.New(p.Folder).In(l).Trace(ctx, code, box)
	if err != nil {
		return screen.Traced{}, err
	}
	out := screen.Traced{
		At: p.Folder.Clock(), Verdict: string(found.Verdict), Reason: found.Reason, SSCC: found.SSCC, Order: found.Order, Parcel: found.Parcel,
		Number: found.Number,
	}
	genuine := found.Verdict == trace.Genuine
	out.Agrees, out.Doubtful = genuine && box != "", genuine && (found.Parcel == "" || found.Case != "")
	out.Story = steps(found.Events)
	if found.Number && found.Of.ID != "" {
		out.SSCC, out.Order, out.Parcel = found.Of.SSCC, found.Of.OrderCalled(), found.Of.Called()
	}
	out.Carrier, out.Tracking = found.Of.Carrier, found.Of.Tracking
	out.Doubtful = out.Doubtful || found.Of.State == pack.ParcelVoided
	return out, nil
}

// compared holds the second code of a box against the first, which is genuine:
// both must name one parcel.
func (p *Page) compared(ctx context.Context, l say.Language, first, second string) (screen.Traced, error) {
	other, err := p.traced(ctx, l, second, "")
	if err != nil {
		return other, err
	}
	if other.Verdict != string(trace.Genuine) && other.Verdict != string(desk.VerdictCopied) {
		other.Second = true
		return other, nil
	}
	return p.traced(ctx, l, first, other.SSCC)
}

// ssccOf reads the bars of an SSCC, "" for any other code. A square code holds
// an SSCC too, but more than that.
func ssccOf(code string) string {
	if strings.Contains(code, ":") {
		return ""
	}
	return trace.ReadSSCC(code)
}

func (p *Page) View(frame screen.Frame) screen.View {
	in := p.inputs()
	in.Frame = frame
	return screen.Trace(in)
}

func (p *Page) inputs() screen.TraceInputs {
	s := p.Bench.Engine.State()
	in := screen.TraceInputs{Comparing: p.Selected["compare"] != "", Free: s.Phase == pack.Idle && s.Loading == nil && s.Question == nil}
	if t := p.open; t != nil {
		in.Sought, in.Chosen, in.Found = t.sought, p.chosen(), things(p.Language(), t.found)
		in.Saved, in.Folder = p.Said, p.folder
		in.Code, in.Box, in.Result, in.Looking, in.Trouble = t.code, t.box, t.result, t.looking, t.trouble
	}
	return in
}
