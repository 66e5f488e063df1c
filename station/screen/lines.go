package screen

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/say"
)

// maxDots is how many units are shown as dots; more are told by numbers.
const maxDots = 8

// LineView is one line of the order.
type LineView struct {
	ID       string
	Item     Item
	Bin      string
	Have     int
	Want     int
	Dots     int    // 0: too many for dots
	Count    string // "2 of 3"
	Kit      string // that it is a part of
	Note     string // "1 short: not found", "by hand"
	Done     bool
	Short    bool // some of it was left out, or is too much
	Text     bool // a note to confirm, not goods
	Selected bool
	Last     bool // the newest verdict was about it
	Select   Action
}

// Shown says which rows of a list are shown: "7–12 of 60".
func Shown(l say.Language, first, shown, total int) string {
	if shown == 1 {
		return l.OfAll(first+1, total)
	}
	return l.Say("{from}–{to} of {all}", "from", digits(first+1), "to", digits(first+shown), "all", digits(total))
}

// lines lists the open lines in the order of the shop, then the finished ones.
func lines(in BenchInputs, w *pack.Work) []LineView {
	var open, done []LineView
	selected := selectedLine(in, w)
	for i, l := range w.Lines {
		if l.Instead != nil && l.In+l.Packed == 0 { // nothing is sent in place of another one any more
			continue
		}
		if l.Kind != station.Note && l.Qty == 0 && l.In+l.Packed+l.Short == 0 && slices.ContainsFunc(w.Lines, func(o pack.Line) bool { return o.Instead != nil && o.Instead.Line == l.ID && o.In+o.Packed > 0 }) {
			continue // all of it is sent as something else
		}
		v := line(in, l, i)
		v.Selected = l.ID == selected
		if v.Done {
			done = append(done, v)
		} else {
			open = append(open, v)
		}
	}
	return append(open, done...)
}

func line(in BenchInputs, l pack.Line, index int) LineView {
	v := LineView{
		ID: l.ID, Bin: l.Bin, Item: NewItem(l.SKU, l.Name, cmp.Or(l.Picture, in.Pictures[l.SKU])),
		Have: l.Packed + l.In, Want: l.Qty, Done: l.Open() == 0, Short: l.LeftOut() > 0,
		Select: Action{ID: "line:" + l.ID, Label: in.Lang.Phrase("Choose"), Enabled: true, Intent: Intent{Kind: IntentSelect, Name: "line", Value: l.ID}},
	}
	if l.Kind == station.Note {
		v.Text, v.Item.Name, v.Item.Initials = true, noteText(in.Lang, in.Order, index, l), "!"
		v.Count = in.Lang.Phrase("confirm")
		if v.Done {
			v.Count = in.Lang.Phrase("confirmed")
		}
	} else {
		v.Count = in.Lang.OfAll(v.Have, v.Want) + in.Lang.Short(l.LeftOut())
		if v.Want <= maxDots {
			v.Dots = v.Want
		}
	}
	switch {
	case l.Excess() > 0:
		v.Note, v.Done, v.Short = in.Lang.Say("{n} too many", "n", digits(l.Excess())), false, true
	case v.Short:
		v.Note = in.Lang.Sentence(in.Lang.Words(l.Reason))
	case l.Manual > 0:
		v.Note = in.Lang.Say("{n} by hand", "n", digits(l.Manual))
	case l.Swapped > 0:
		v.Note = in.Lang.Say("{n} swapped", "n", digits(l.Swapped))
	case l.Fragile:
		v.Note = in.Lang.Phrase("fragile")
	}
	if l.Kit != nil {
		v.Kit = l.Kit.Name
		v.Note = strings.TrimSuffix(in.Lang.Say("for {kit}", "kit", v.Kit)+", "+in.Lang.Lower(v.Note), ", ")
	}
	if l.Instead != nil {
		v.Note = strings.TrimSuffix(in.Lang.Say("in place of {item}", "item", l.Instead.Name)+", "+in.Lang.Lower(v.Note), ", ")
	}
	r := in.State.Recent
	v.Last = len(r) > 0 && r[0].Line == l.ID
	return v
}

// noteText finds the words of a note in the order, which the journal does not
// keep.
func noteText(lang say.Language, o *station.Order, index int, l pack.Line) string {
	if o != nil {
		if i := slices.IndexFunc(o.Lines, func(x station.Line) bool { return x.ID == l.ID }); i >= 0 && o.Lines[i].Text != "" {
			return o.Lines[i].Text
		}
	}
	return cmp.Or(l.Name, lang.Say("Note {n}", "n", strconv.Itoa(index+1)))
}

// selectedLine is the line that commands about a line mean.
func selectedLine(in BenchInputs, w *pack.Work) string {
	if slices.ContainsFunc(w.Lines, func(l pack.Line) bool { return l.ID == in.Selected }) {
		return in.Selected
	}
	return ""
}

func digits(n int) string { return strconv.Itoa(n) }

func ofUnits(l say.Language, done, total int) string {
	if l.English() && total == 1 {
		return fmt.Sprintf("%d of 1 unit", done)
	}
	return l.Count("{done} of {n} units", total, "done", digits(done))
}

// Smaller says why a page is not as large as it was asked for.
func Smaller(l say.Language) string { return l.Phrase("As large as this page has room for") }
