package screen

import (
	"cmp"
	"strings"

	"packbench/station/pack"
	"packbench/station/say"
)

// Card is the newest verdict, large.
type Card struct {
	Kind     pack.Kind // "" for an empty card
	Shape    Shape
	Word     string // the kind as a word: "OK", "Stop"…
	Head     string
	Detail   string // "2 of 3"
	Step     string // what to do about it
	Item     *Item  // what was scanned
	Expected []Item // what would have been right
	// Words over the two, and how many expected ones are not listed.
	ScannedWord  string
	ExpectedWord string
	More         string
	Time         string
}

// maxExpected is how many expected products a refusal shows.
const maxExpected = 3

// word says a kind of verdict.
func word(k pack.Kind) string { return cmp.Or(looks[k].word, "Note") }

func card(in BenchInputs) Card {
	if in.Lost != nil {
		return in.Lost.card(in.Lang)
	}
	v := newest(in.State)
	if v == nil {
		return Card{}
	}
	if v.Why == pack.SeeOrder && in.Why != "" {
		told := *v
		told.Why = in.Why
		v = &told
	}
	c := cardOf(in.Lang, *v, in.Names, in.Pictures)
	c.Time = v.At.In(in.Now.Location()).Format("15:04:05")
	if len(in.Doubts) > 0 && in.State.Work != nil && v.Order == in.State.Work.Order && (v.Code == pack.CodeOrderOpened || v.Code == pack.CodeResumed) {
		c.Detail = in.Lang.Sentence(in.Lang.Say("look at the address: {what}", "what", strings.Join(in.Doubts, "; ")))
	}
	if in.LabelsTo != "" && v.Code == pack.CodeLabelPrinted && v.Reason == "" && !v.Closed {
		c.Head = in.Lang.Phrase("Label saved")
	}
	if in.State.Label().Copy > 0 && (v.Code == pack.CodeLabelPrinted || v.Code == pack.CodeLabelSent) && v.Reason == "" {
		c.Detail = in.Lang.Phrase("Printed again: throw the first one away")
	}
	return c
}

// newest is the verdict that the card shows, nil for none: the last one, but no news of
// a paper while its label still needs somebody, and no old weight, which the bar tells
// of for as long as it lies there.
func newest(s pack.State) *pack.Verdict {
	if s.Question.TornOff() {
		for _, v := range s.Recent {
			if voids(*v) {
				return v
			}
		}
	}
	for len(s.Recent) > 0 && s.Recent[0].Code == pack.CodeWeightStale {
		s.Recent = s.Recent[1:]
	}
	if len(s.Recent) == 0 {
		return nil
	}
	if s.Phase != pack.Closing || s.Work == nil {
		return s.Recent[0]
	}
	for _, v := range s.Recent {
		switch {
		case paperNews(*v):
			continue
		case made(*v) && !v.ToCheck() && v.Parcel == s.Work.Parcel.ID: // another carrier took over: that is to be seen
			continue
		case warns(*v) && v.Parcel == s.Work.Parcel.ID && made(*s.Recent[0]):
			return v
		case v.Parcel != s.Work.Parcel.ID:
		case v.Code == pack.CodePrinterTrouble && s.Label().State == pack.PrintTrouble, v.ToCheck():
			return v
		}
		break
	}
	return s.Recent[0]
}

// warns reports whether a verdict tells something of a label that somebody should see,
// although it comes.
func warns(v pack.Verdict) bool {
	return v.Code == pack.CodeFailover || v.Code == pack.CodeLabelDearer || v.Code == pack.CodeLabelLost
}

// made reports whether a verdict says no more than that the label comes.
func made(v pack.Verdict) bool {
	return v.Code == pack.CodeLabelMade || v.Code == pack.CodeLabelPrinted || v.Code == pack.CodeLabelSent && v.Reason == ""
}

// voids reports whether a verdict says that a label on a box is void: it stays on the
// card until somebody has said that the label is destroyed.
func voids(v pack.Verdict) bool {
	switch v.Code {
	case pack.CodeVoided, pack.CodeReopened:
		return v.Kind == pack.Accepted
	case pack.CodeService:
		return v.Reason == pack.ReasonOldLabelVoid
	case pack.CodeOrderChanged:
		return v.Reason == pack.ReasonAddress
	}
	return false
}

// paperNews reports whether a verdict came by itself and is about a paper beside
// the label.
func paperNews(v pack.Verdict) bool { return v.Paper != "" && v.Manifest == "" }

// CardOf makes the card of a verdict, in English.
func CardOf(v pack.Verdict, names say.Names, pictures map[string]string) Card {
	return cardOf(say.English, v, names, pictures)
}

func cardOf(l say.Language, v pack.Verdict, names say.Names, pictures map[string]string) Card {
	s := l.Verdict(v, names)
	kind := v.Kind
	if v.ToCheck() && kind == pack.Accepted {
		kind = pack.Asked // somebody has to look
	}
	c := Card{Kind: kind, Shape: ShapeOf(kind), Word: l.Phrase(word(kind)), Head: s.Head}
	if !nextSays(v) {
		c.Step = l.Sentence(s.Step)
	}
	if v.SKU != "" {
		item := NewItem(v.SKU, v.Name, pictures[v.SKU])
		c.Item = &item
	}
	switch v.Code {
	case pack.CodeItem, pack.CodeCounted, pack.CodeRemoved, pack.CodePutBack, pack.CodeUndone, pack.CodePack, pack.CodeAllScanned:
		c.Detail = counted(l, v)
		if to := l.ForKit(v); to != "" {
			c.Detail = strings.TrimPrefix(c.Detail+", "+to, ", ")
		}
	case pack.CodeWrongItem, pack.CodeOverScan:
		c.Detail, c.Step = cmp.Or(v.Name, v.SKU), l.Phrase("Put it back")
		c.expected(l, v, names, pictures)
	case pack.CodePackTooBig:
		c.Detail, c.Step = cmp.Or(v.Name, v.SKU), l.Say("Only {n} open: scan single units", "n", digits(max(0, v.Want-v.Have)))
	case pack.CodeOrderOpened, pack.CodeResumed:
		if v.Open > 0 {
			c.Detail = l.Say("{count} to scan", "count", l.Units(v.Open))
		}
	case pack.CodeOrderClosed:
		c.Detail = l.Phrase("Complete") + l.Short(v.Short)
		if len(v.Missing) > 0 {
			c.Detail = l.Sentence(s.Fact)
		}
	case pack.CodeHandedOver:
		c.Detail = l.Sentence(s.Fact)
		if v.Manifest == "" && v.Reason == "" {
			c.Detail = l.Say("{n} loaded", "n", digits(v.Have))
		}
	case pack.CodeWeightOff:
		c.weightOff(l, v, names, pictures)
	case pack.CodeWeightOK, pack.CodeLabelPrinted, pack.CodeLabelSent, pack.CodeLabelMade, pack.CodeSignedIn, pack.CodeSignedOut, pack.CodeService:
		c.Detail = quiet(l, v)
		if v.ToCheck() {
			c.Detail = l.Sentence(s.Fact)
		}
	case pack.CodePrinterTrouble:
		c.Step, _, _ = strings.Cut(c.Step, ". ") // there is room for the first thing to do
		c.Detail = cmp.Or(what(l, v.Trouble), l.Sentence(s.Fact))
		if v.Paper != "" || v.Manifest != "" {
			c.Detail = l.Say(map[bool]string{true: "Not printed yet: {cause}", false: "Not printed: {cause}"}[v.Waits], "cause", cmp.Or(l.Lower(what(l, v.Trouble)), l.Phrase("the cause is unknown")))
		}
	default:
		c.Detail = l.Sentence(s.Fact)
	}
	if c.Detail == c.Head {
		c.Detail = ""
	}
	return c
}

// counted is how many units of a line lie in the box now; "" where it is about no line.
func counted(l say.Language, v pack.Verdict) string {
	switch {
	case v.Code == pack.CodePack:
		return l.Say("{n} at once, {count}", "n", digits(v.Qty), "count", l.OfWant(v))
	case (v.Code == pack.CodeUndone || v.Code == pack.CodeAllScanned) && v.Name != "":
		return v.Name + ", " + l.OfWant(v)
	case v.Code != pack.CodeAllScanned && v.Want > 0:
		return l.OfWant(v)
	}
	return ""
}

// nextSays reports whether the line about what to do next says the same as the
// verdict's own step, which the card then leaves out.
func nextSays(v pack.Verdict) bool {
	if v.Kind == pack.Refused && v.Code != pack.CodeWeightOff || len(v.Missing) > 0 || v.ToCheck() {
		return false
	}
	switch v.Code {
	case pack.CodeOrderOpened, pack.CodeResumed, pack.CodeOrderClosed, pack.CodeParked, pack.CodeSignedIn, pack.CodeSignedOut,
		pack.CodeLabelMade, pack.CodeLabelPrinted, pack.CodeLabelSent, pack.CodeAllScanned, pack.CodeShort, pack.CodeWeightOff, pack.CodeLoading:
		return true
	case pack.CodeHandedOver:
		return v.Manifest == ""
	}
	return v.Kind == pack.Asked && v.Reason != pack.ReasonUnknown
}

// quiet is the second line of a card whose head has said it all.
func quiet(l say.Language, v pack.Verdict) string {
	switch {
	case v.Code == pack.CodeWeightOK && v.Weight != nil && v.Weight.Author != "":
		return l.Sentence(l.Words(v.Weight.Reason))
	case v.Code == pack.CodeService && v.Price != nil:
		return l.Decimal(v.Price.String())
	}
	return ""
}

// expected fills in what would have been right.
func (c *Card) expected(l say.Language, v pack.Verdict, names say.Names, pictures map[string]string) {
	if len(v.Expected) == 0 {
		return
	}
	c.ScannedWord, c.ExpectedWord = l.Phrase("Scanned"), l.Phrase("Expected")
	for _, sku := range v.Expected[:min(len(v.Expected), maxExpected)] {
		c.Expected = append(c.Expected, NewItem(sku, names.Of(sku), pictures[sku]))
	}
	if more := len(v.Expected) - maxExpected; more > 0 {
		c.More = l.Say("and {n} more", "n", digits(more))
	}
}

// weightOff shows the likely cause with its picture (W3).
func (c *Card) weightOff(l say.Language, v pack.Verdict, names say.Names, pictures map[string]string) {
	if v.Weight == nil {
		return
	}
	c.Detail = l.Phrase("Open the box and check it")
	if likely := l.Asked(v.Weight.Cause, names); likely != "" {
		c.Detail = likely
	}
	if cause := v.Weight.Cause; cause != nil && cause.SKU != "" {
		item := NewItem(cause.SKU, names.Of(cause.SKU), pictures[cause.SKU])
		c.Item = &item
	}
}
