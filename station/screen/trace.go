package screen

import (
	"strings"
	"time"
	"unicode"

	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/say"
)

// TraceInputs is what the page that judges trace codes is made of.
type TraceInputs struct {
	Frame     Frame
	Code      string  // that was scanned last, "" for none yet
	Box       string  // SSCC of a box whose square code is still to be scanned
	Result    *Traced // nil: no code was judged yet
	Looking   bool    // a code is being judged
	Comparing bool    // the next scan is compared with this one
	Trouble   string  // why a code could not be judged
	Free      bool    // the bench has nothing in hand, and can print

	Sought string // what was looked for, where the code is none of ours
	Found  []FoundThing
	Chosen int    // of Found
	Saved  Said   // where the page of it was written, or why it was not
	Folder string // that it is in, "" for none
}

// Traced is what a code turned out to be.
type Traced struct {
	At      time.Time
	Verdict string // "genuine", "altered", "forged", "foreign", "unknown", "copied"
	Reason  string
	// SSCC is what the code claims; the others are known of a genuine one only.
	SSCC, Order, Parcel, Carrier, Tracking string
	Doubtful                               bool // genuine, but of a parcel that was voided or is not known here
	Second                                 bool // it was the second code that is no good
	Agrees                                 bool // it was compared, and both belong together
	Bars                                   bool // only the bars of an SSCC were read
	Number                                 bool // it is no trace code, but the tracking number of our parcel
	Story                                  []TraceEvent
}

// TraceEvent is one thing that happened to a parcel; Text is in words already.
type TraceEvent struct {
	At      time.Time
	Kind    pack.Kind
	Who     string // person id
	Station string
	Text    string
}

// TraceView is the page that judges trace codes.
type TraceView struct {
	Title      string
	Type       Action
	Compare    Action
	Again      Action
	Back       Action
	Field      string // the code that was scanned
	FieldEmpty string
	FieldWord  string
	Card       Card
	Facts      []Figure
	StoryWord  string
	Story      []TraceRow
	StoryNone  string // said where there is no story
	Next       Next

	Rows  []ThingRow // what a text may mean, where that is several things
	Known []Figure   // of the one that is shown
	Save  *Action
	Saved string
}

// TraceRow is one step of a parcel's story.
type TraceRow struct {
	Day   string // over the first row of a day
	Time  string
	Kind  pack.Kind
	Shape Shape
	Text  string
	Who   string // "Packer One, bench S1"
}

// TraceKind is the kind of verdict that a trace code gets: it decides colour,
// shape and sound.
func TraceKind(t Traced) pack.Kind {
	switch {
	case t.Bars, t.Number:
		return pack.Asked
	case t.Verdict == "genuine" && !t.Doubtful:
		return pack.Accepted
	case t.Verdict == "genuine", t.Verdict == "unknown":
		return pack.Asked
	case t.Verdict == "foreign" && !t.Second:
		return pack.Info
	}
	return pack.Refused
}

// Trace makes the page that judges trace codes.
func Trace(in TraceInputs) View {
	view, l := in.Frame.view(PageTrace, "trace"), in.Frame.Lang
	view.Of = in.Of()
	v := &TraceView{
		Title: l.Phrase("Find and trace"), FieldWord: l.Phrase("Code"), Field: readable(in.Code), FieldEmpty: l.Phrase("Nothing scanned yet"), StoryWord: l.Phrase("What happened to the parcel"),
		Back: Action{ID: "trace:back", Label: l.Phrase("Back"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: "bench"}},
		Type: Action{ID: "trace:type", Label: l.Phrase("Find"), Key: in.Frame.keys()["type"], Enabled: true, Intent: Intent{Kind: IntentEdit, Name: "trace"}},
		Compare: Action{
			ID: "trace:compare", Label: l.Phrase("Compare"), Key: in.Frame.keys()["trace:compare"], Enabled: in.comparable(), On: in.Comparing,
			Intent: Intent{Kind: IntentSelect, Name: "compare", Value: "next"},
		},
		Again: Action{
			ID: "trace:again", Label: l.Phrase("Reprint"), Key: in.Frame.keys()["trace:again"], Command: "reprint", Enabled: in.Again() != "",
			Intent: Intent{Kind: IntentReprint},
		},
		StoryNone: l.Phrase("Scan a genuine code to see its story here"),
	}
	if in.Comparing {
		v.Compare.Label, v.Compare.Intent.Value = l.Phrase("Stop comparing"), ""
	}
	if r := in.Result; r != nil && !in.Looking {
		v.Card = traceCard(l, *r, in.Frame.Now)
		v.Facts = traceFacts(l, *r, in.Frame.Names)
		v.Story = traceStory(*r, in.Frame)
		v.StoryNone = l.Phrase(noStory(*r))
	}
	if in.Sought != "" && !in.Looking {
		v.sought(in)
	}
	if in.Trouble != "" {
		v.Card = Card{Kind: pack.Refused, Shape: ShapeOf(pack.Refused), Word: l.Phrase(word(pack.Refused)), Head: l.Phrase("Not checked"), Detail: say.Sentence(in.Trouble), Step: l.Phrase("Scan it again")}
		if in.Comparing {
			v.Card.Word = l.Phrase(secondCode)
		}
	}
	v.Next = traceNext(in).in(l)
	view.Trace = v
	return view
}

// comparable reports whether a second code can be held against this one.
func (in TraceInputs) comparable() bool {
	return in.Result != nil && !in.Looking && !in.Result.Bars && (in.Result.Verdict == "genuine" || in.Result.Verdict == "copied") && !in.Result.Second
}

const secondCode = "The second code"

// Again is the SSCC of the parcel whose label can be printed again, "" for none: nothing
// comes out for a code that is not surely of that parcel.
func (in TraceInputs) Again() string {
	if at := in.Chosen; in.Sought != "" && at >= 0 && at < len(in.Found) && in.Free && !in.Looking {
		return in.Found[at].Again
	}
	r := in.Result
	if r == nil || !in.Free || in.Looking || in.Comparing || r.Parcel == "" || r.Doubtful || r.Second || !r.Number && r.Verdict != "genuine" {
		return ""
	}
	return r.SSCC
}

func traceCard(l say.Language, t Traced, now time.Time) Card {
	kind := TraceKind(t)
	c := Card{
		Kind: kind, Shape: ShapeOf(kind), Word: l.Phrase(word(kind)), Head: l.Phrase(traceHead(t.Verdict)), Detail: l.Sentence(t.Reason), Step: l.Phrase(traceStep(t)),
		Time: t.At.In(now.Location()).Format("15:04:05"),
	}
	if t.Second {
		c.Word = l.Phrase(secondCode)
	}
	if t.Agrees {
		c.Detail = l.Say("Both codes belong to this parcel: {reason}", "reason", t.Reason)
	}
	if t.Number {
		what, step, _ := strings.Cut(t.Reason, ": ")
		c.Head, c.Detail, c.Step = l.Phrase("Tracking number"), l.Sentence(what), l.Sentence(step)
	}
	if t.Bars {
		c.Head, c.Detail = l.Phrase("Bars only"), l.Phrase("The bars of an SSCC carry no signature: anyone can print them")
	}
	return c
}

func traceHead(verdict string) string {
	return map[string]string{
		"genuine": "Genuine", "altered": "Altered", "forged": "Forged", "foreign": "Not one of our trace codes", "unknown": "Unknown", "copied": "Copied",
	}[verdict]
}

// traceStep says what to do about a verdict.
func traceStep(t Traced) string {
	switch {
	case t.Bars:
		return "" // the line below says it
	case t.Verdict == "genuine" && t.Doubtful:
		return "Find out what happened to this parcel"
	case t.Verdict == "genuine":
		return ""
	case t.Verdict == "copied":
		return "Hold both boxes back"
	case t.Verdict == "unknown":
		return "Ask whether it is one of our old keys"
	case t.Verdict == "foreign" && !t.Second:
		return "It says nothing about our parcels"
	}
	return "Hold the box back"
}

func traceFacts(l say.Language, t Traced, names say.Names) []Figure {
	var out []Figure
	add := func(name, value string) {
		if value != "" {
			out = append(out, Figure{name, value})
		}
	}
	sscc := "SSCC"
	if t.Verdict != "genuine" && t.Verdict != "copied" && t.Parcel == "" && !t.Bars {
		sscc = "SSCC it claims"
	}
	add(l.Phrase("parcel"), t.Parcel)
	add(l.Phrase("order"), t.Order)
	add(l.Phrase("carrier"), names.Of(t.Carrier))
	add(l.Phrase("tracking"), t.Tracking)
	add(l.Phrase(sscc), t.SSCC)
	return out
}

// traceStory tells the steps, oldest first. Who reads the names of others on
// the cases' page reads them here; a packer reads their ids, as packctl prints them.
func traceStory(t Traced, f Frame) []TraceRow {
	names, l := f.Names, f.Lang
	if !f.may(people.Cases) {
		names = say.Names{f.Person.ID: f.Names.Of(f.Person.ID)}
	}
	var out []TraceRow
	last := ""
	for _, e := range t.Story {
		at := e.At.In(f.Now.Location())
		row := TraceRow{Time: at.Format("15:04:05"), Kind: e.Kind, Shape: ShapeOf(e.Kind), Text: e.Text, Who: l.Say("bench {bench}", "bench", e.Station)}
		if desk, is := strings.CutPrefix(e.Station, "desk"); is { // "desk-S2" of a folder of several
			row.Who = l.Phrase("desk") + strings.Replace(desk, "-", " ", 1)
		}
		if e.Who != "" {
			row.Who = names.Of(e.Who) + ", " + row.Who
		}
		if day := l.Time(at, "Mon 2 Jan 2006"); day != last {
			row.Day, last = day, day
		}
		out = append(out, row)
	}
	return out
}

func noStory(t Traced) string {
	switch {
	case t.Bars, t.Number:
		return "Scan the square code to see the story"
	case t.Verdict == "genuine" || t.Verdict == "copied":
		return "No parcel here has this code"
	}
	return "No history is shown for a code that is not genuine: its number may be made up"
}

func traceNext(in TraceInputs) Next {
	switch {
	case in.Looking:
		return Next{Text: "Looking…"}
	case in.Comparing:
		return Next{Text: "Scan the other code of this box", Note: "its label's bars, or the slip inside", Kind: pack.Asked}
	case in.Box != "":
		return Next{Text: "Scan the square code of this box", Note: "on its label, or on the slip inside"}
	case in.Sought != "":
		return Next{Text: "Scan or type the next thing", Note: "order, parcel, tracking, serial number, lot, product, name"}
	case in.Result == nil:
		return Next{Text: "Scan the square code of a label or a slip", Note: "or anything else that is to be found"}
	}
	return Next{Text: "Scan the next code", Note: "from a label or a slip"}
}

// readable is a code as it can be shown: what is not a character is a dot, and
// a long one loses its middle.
func readable(code string) string {
	text := []rune(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '·'
		}
		return r
	}, code))
	const most = 96
	if len(text) > most {
		text = append(append(text[:most/2:most/2], '…'), text[len(text)-most/2:]...)
	}
	return string(text)
}

// targets are in the order in which they stand.
func (v *TraceView) targets() []Action {
	out := []Action{v.Again, v.Compare, v.Type, v.Back}
	if v.Save != nil {
		out[1] = *v.Save
	}
	for _, r := range v.Rows {
		out = append(out, r.Action)
	}
	return out
}
