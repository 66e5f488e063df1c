package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"packbench/cmd/internal/bench"
	"packbench/cmd/internal/desk"
	"packbench/devices"
	"packbench/station/engine"
	"packbench/station/gs1"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/store"
	"packbench/station/trace"
)

// tracing is the page that judges trace codes while it is open; run's goroutine
// owns it.
type tracing struct {
	code    string // the newest, or the one that others are compared with
	box     string // SSCC of a box whose square code is still to come
	result  *screen.Traced
	trouble string
	looking bool
	waiting []tracedScan // came while one was being judged
}

// tracedScan is a code for the page. Device is "" for one that was typed.
type tracedScan struct {
	code, device string
	cut          bool
}

// lookUpFor is how long the judging of one code may take.
const lookUpFor = 20 * time.Second

// followTrace sends scans to the page while it is open. A locked bench waits
// for a badge, whatever page is open.
func (f *front) followTrace(s pack.State) {
	live := f.live.Load()
	switch {
	case f.page == screen.PageTrace && s.Phase != pack.Locked:
		if f.tracing == nil {
			f.tracing = &tracing{}
		}
		live.Divert(f.divert) // devices may have been started anew
	case f.tracing != nil:
		f.tracing = nil
		delete(f.selected, "compare")
		live.Divert(nil)
	}
}

// divert takes a scan for the page, on its device's goroutine. Cards of the
// bench, badges above all, stay with the bench.
func (f *front) divert(s devices.Scan) bool {
	if bench.Own(s.Data) {
		return false
	}
	scan := engine.Scan{Gesture: s.ID, Device: s.Device, AIM: s.AIM, Data: string(s.Data), Cut: s.Cut, At: s.At}
	f.do(func() {
		if f.tracing == nil { // the page was left meanwhile
			f.bench.Engine.Post(scan)
			return
		}
		f.judge(tracedScan{code: scan.Data, device: scan.Device, cut: scan.Cut})
	})
	return true
}

// typedCode is a code that was typed into the page's field.
func (f *front) typedCode(text string) {
	_, code := gs1.SplitAIM(text)
	if f.tracing != nil && !bench.Own([]byte(code)) {
		f.judge(tracedScan{code: code})
	}
}

// judge finds out what a code is, one after the other.
func (f *front) judge(s tracedScan) {
	t := f.tracing
	if t.looking {
		t.waiting = append(t.waiting, s)
		return
	}
	f.entry = nil // what was found must be seen
	t.trouble = ""
	comparing := f.selected["compare"] != "" && t.result != nil
	if s.cut {
		t.trouble = "only a part of the code came through"
		f.heard(s, pack.Refused)
		return
	}
	delete(f.selected, "compare")
	bars := ssccOf(s.code)
	code, box := t.code, t.box
	t.box = ""
	switch {
	case comparing && bars != "":
		f.lookUp(s, code, func(ctx context.Context) (screen.Traced, error) { return f.traced(ctx, code, bars) })
	case comparing:
		f.lookUp(s, code, func(ctx context.Context) (screen.Traced, error) { return f.compared(ctx, code, s.code) })
	case bars != "":
		t.code, t.box = s.code, bars
		t.result = &screen.Traced{At: f.data.Clock(), Bars: true, Verdict: string(trace.Foreign), SSCC: bars}
		f.heard(s, screen.TraceKind(*t.result))
	default:
		f.lookUp(s, s.code, func(ctx context.Context) (screen.Traced, error) { return f.traced(ctx, s.code, box) })
	}
}

// lookUp judges a code off run's goroutine: the tables may have to catch up
// first. The code is what the page then shows, unless the second one is bad.
func (f *front) lookUp(s tracedScan, code string, find func(context.Context) (screen.Traced, error)) {
	t := f.tracing
	t.looking = true
	go func() {
		ctx, stop := context.WithTimeout(context.Background(), lookUpFor)
		defer stop()
		found, err := find(ctx)
		f.do(func() {
			t.looking = false
			if f.tracing != t {
				return // the page was left meanwhile
			}
			t.result, t.code = &found, code
			if found.Second {
				t.code = s.code
			}
			kind := screen.TraceKind(found)
			if err != nil {
				t.result, t.trouble, kind = nil, firstLine(err), pack.Refused
			}
			f.heard(s, kind)
			if len(t.waiting) > 0 {
				next := t.waiting[0]
				t.waiting = t.waiting[1:]
				f.judge(next)
			}
		})
	}()
}

// heard makes a verdict of the page heard, as those of the bench are.
func (f *front) heard(s tracedScan, kind pack.Kind) { f.live.Load().Judged(s.device, kind) }

// traced judges one code, found on the box with this SSCC ("" for none).
func (f *front) traced(ctx context.Context, code, box string) (screen.Traced, error) {
	found, err := desk.New(f.data).Trace(ctx, code, box)
	if err != nil {
		return screen.Traced{}, err
	}
	out := screen.Traced{
		At: f.data.Clock(), Verdict: string(found.Verdict), Reason: found.Reason, SSCC: found.SSCC, Order: found.Order, Parcel: found.Parcel,
	}
	genuine := found.Verdict == trace.Genuine
	out.Agrees, out.Doubtful = genuine && box != "", genuine && (found.Parcel == "" || found.Case != "")
	for _, e := range found.Events {
		out.Story = append(out.Story, screen.TraceEvent{At: e.At, Kind: e.Verdict, Who: e.Who, Station: e.Station, Text: e.Text})
	}
	if found.Parcel == "" {
		return out, nil
	}
	p, err := f.data.Store.ParcelBySSCC(ctx, found.SSCC)
	if err != nil && !errors.Is(err, store.ErrUnknown) {
		return out, err
	}
	out.Carrier, out.Tracking = p.Carrier, p.Tracking
	out.Doubtful = out.Doubtful || genuine && p.State == pack.ParcelVoided
	return out, nil
}

// compared holds the second code of a box against the first, which is genuine:
// both must name one parcel.
func (f *front) compared(ctx context.Context, first, second string) (screen.Traced, error) {
	other, err := f.traced(ctx, second, "")
	if err != nil {
		return other, err
	}
	if other.Verdict != string(trace.Genuine) && other.Verdict != string(desk.VerdictCopied) {
		other.Second = true
		return other, nil
	}
	return f.traced(ctx, first, other.SSCC)
}

// ssccOf reads the bars of an SSCC, "" for any other code. A square code holds
// an SSCC too, but more than that.
func ssccOf(code string) string {
	plain := strings.ReplaceAll(code, " ", "")
	if strings.Contains(plain, ":") {
		return ""
	}
	if c := gs1.Decode("", plain); c.SSCC != "" {
		return c.SSCC
	}
	sscc, err := gs1.ParseSSCC(plain)
	if err != nil {
		return ""
	}
	return sscc
}

// traceView is the page that judges trace codes.
func (f *front) traceView(frame screen.Frame) screen.View {
	in := screen.TraceInputs{Frame: frame, Comparing: f.selected["compare"] != ""}
	if t := f.tracing; t != nil {
		in.Code, in.Box, in.Result, in.Looking, in.Trouble = t.code, t.box, t.result, t.looking, t.trouble
	}
	return screen.Trace(in)
}
