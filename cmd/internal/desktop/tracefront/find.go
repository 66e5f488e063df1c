package tracefront

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/finder"
	"packbench/cmd/internal/folder"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/trace"
)

// proof reports whether a code says that it is of a parcel, as a trace code or a link.
// Such a one is judged and nothing else: who made it up chose its number.
func (p *Page) proof(code string) bool {
	return trace.Looks(p.Folder.Settings.GS1.Domain, code) || strings.Contains(code, "://")
}

// seek looks for what a scan means that is no trace code at all; it reports whether it
// does.
func (p *Page) seek(found screen.Traced, s tracedScan) bool {
	if found.Verdict != string(trace.Foreign) || found.Number || found.Second || p.proof(s.code) {
		return false
	}
	p.find(s)
	return true
}

// find looks in the background for what a text means. What a scan means to nobody stays
// what it was judged to be.
func (p *Page) find(s tracedScan) {
	t := p.open
	t.looking = true
	everybody, l := p.May(people.Cases), p.Language()
	p.Ask(func(ctx context.Context) func() {
		ctx, stop := context.WithTimeout(ctx, lookUpFor)
		defer stop()
		found, err := finder.Finder{Desk: desk.New(p.Folder).In(l)}.Find(ctx, s.code, everybody)
		return func() {
			t.looking = false
			if p.open != t {
				return // the page was left meanwhile
			}
			kind := pack.Info
			if len(found) > 0 {
				kind = pack.Accepted
			}
			switch {
			case err != nil:
				t.result, t.trouble, kind = nil, shell.FirstLine(err), pack.Refused
			case len(found) > 0 || s.find:
				t.sought, t.found, t.result = s.code, found, nil
			}
			p.heard(s, kind)
			p.next()
		}
	})
}

// chosen is which of the things that were found is shown.
func (p *Page) chosen() int {
	n, _ := strconv.Atoi(p.Selected["found"]) // "": the first
	return n
}

func steps(events []desk.Event) []screen.TraceEvent {
	var out []screen.TraceEvent
	for _, e := range events {
		out = append(out, screen.TraceEvent{At: e.At, Kind: e.Verdict, Who: e.Who, Station: e.Station, Text: e.Text})
	}
	return out
}

// things are what was found, as the page shows it.
func things(l say.Language, list []finder.Found) []screen.FoundThing {
	var out []screen.FoundThing
	for _, f := range list {
		thing := screen.FoundThing{Title: f.TitleIn(l), State: stateOf(l, f), Story: steps(f.Story)}
		for _, g := range f.Goods {
			value := l.Say("{n} × {item} in {parcel}", "n", strconv.Itoa(g.Qty), "item", g.Name, "parcel", g.Parcel)
			if g.Note != "" {
				value += " (" + g.Note + ")"
			}
			thing.Known = append(thing.Known, screen.Figure{Name: l.Phrase("packed"), Value: value})
		}
		for _, fact := range f.Facts {
			thing.Known = append(thing.Known, screen.Figure{Name: l.Phrase(fact.Name), Value: fact.Value})
		}
		for _, c := range f.Cases {
			thing.Known = append(thing.Known, screen.Figure{Name: l.Phrase("case"), Value: c})
		}
		if f.Parcel.State != pack.ParcelVoided {
			thing.Again = f.Parcel.SSCC
		}
		out = append(out, thing)
	}
	return out
}

// Export writes the page of the thing that is shown into the documents folder, whole or
// not at all.
func (p *Page) Export(string) {
	t, at := p.open, p.chosen()
	if t == nil || at < 0 || at >= len(t.found) {
		return
	}
	one, of, l := t.found[at], p.inputs().Of(), p.Language()
	sought, everybody := t.sought, p.May(people.Cases)
	made := p.Folder.Clock()
	p.Ask(func(ctx context.Context) func() {
		name, err := filepath.Abs(filepath.Join(p.Folder.DocumentsDir(), "story-"+fileName(one.Kind+"-"+one.ID)+".pdf"))
		if err == nil {
			err = os.MkdirAll(filepath.Dir(name), 0o700)
		}
		var page []byte
		lost := 0
		if err == nil {
			one, err = p.english(ctx, l, sought, everybody, one)
		}
		if err == nil {
			page, lost, err = finder.Page(one, made, p.Folder.Location())
		}
		if err == nil {
			err = folder.WriteWhole(name, func(w io.Writer) error { _, err := w.Write(page); return err })
		}
		said, where := l.Say("Written to {file}", "file", name), filepath.Dir(name)
		switch {
		case err != nil:
			said, where = shell.FirstLine(err), ""
		case lost > 0:
			said += l.Say(" ({n} characters of it could not be printed)", "n", strconv.Itoa(lost))
		}
		return func() {
			p.folder = where
			p.Say(of, said)
		}
	})
}

// english is a thing as the page for who asked tells it, whatever the window speaks.
func (p *Page) english(ctx context.Context, l say.Language, sought string, everybody bool, one finder.Found) (finder.Found, error) {
	if l.English() {
		return one, nil
	}
	list, err := finder.New(p.Folder).Find(ctx, sought, everybody)
	for _, f := range list {
		if f.Kind == one.Kind && f.ID == one.ID {
			one = f
		}
	}
	return one, err
}

// stateOf says how a thing stands: a person by the role.
func stateOf(l say.Language, f finder.Found) string {
	switch {
	case l.English():
		return f.State
	case f.Kind == "person":
		return l.Phrase(f.State)
	}
	return l.State(f.State)
}

// fileName is a text as a file may be called on any computer.
func fileName(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return '-'
	}, text)
}

// OpenFolder shows the folder of the last page in the computer's own window.
func (p *Page) OpenFolder() {
	if where, of := p.folder, p.Said.Of; where != "" {
		p.Show(where, func(words string) { p.Say(of, words) })
	}
}
