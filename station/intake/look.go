package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Glance is what a file of orders looks like before anything of it is taken.
type Glance struct {
	Header []string   // its headings as they are written, "" for a column without one
	Row    int        // in which they stand
	Rows   [][]string // the first rows below, each as wide as the header

	Kind     string // of file, as in Report; "" for one that nobody knows
	KindName string
	Fields   []GlanceField // of the plain form; of a file of another known kind none
	Refused  error         // why nothing can be packed from it, whatever its columns are
}

// GlanceField is a column of the plain form, and the headings that would fill it.
type GlanceField struct {
	Name string // as in Mapping.Columns
	Need bool
	At   int   // the place of the heading that fills it, from 1; 0: none, or it has to be asked
	Fits []int // the places of those that may, where it has to be asked
}

// Sure reports whether the file can be taken as it is: nothing is missing, and nothing
// would be guessed.
func (g Glance) Sure() bool {
	return g.Refused == nil && g.Kind != "" && !slices.ContainsFunc(g.Fields, func(f GlanceField) bool { return f.At == 0 && (f.Need || len(f.Fits) > 0) })
}

// Name is a kind of file: its word, and its name for people.
type Name struct{ ID, Name string }

// Kinds are the kinds of files of orders that a person may name, by their names.
func Kinds() []Name {
	out := []Name{}
	for i := range profiles {
		p := &profiles[i]
		if n := (Name{p.id(), p.name}); p.instead == "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	slices.SortFunc(out, func(a, b Name) int { return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return out
}

// How much of a file is looked at.
const (
	glanceRows = 5
	glanceCell = 80 // letters of a cell
)

// Look reads the headings of a file of orders and its first rows. The error is about the
// file as a whole.
func Look(ctx context.Context, r io.Reader, name string) (Glance, error) {
	g, err := look(ctx, r, name)
	if err != nil {
		return Glance{}, fmt.Errorf("%s: %w", filepath.Base(name), err)
	}
	return g, nil
}

func look(ctx context.Context, r io.Reader, name string) (g Glance, err error) {
	file, err := rewindable(r)
	if err != nil {
		return g, err
	}
	above, err := headingsAt(ctx, file, name)
	if err != nil {
		return g, err
	}
	src, err := open(file, name, &letters{})
	if err != nil {
		return g, err
	}
	var header []string
	for range above + 1 {
		if header, err = src.header(); err != nil {
			return g, err
		}
	}
	g.Row = above + 1
	for _, title := range header {
		g.Header = append(g.Header, clean(title))
	}
	for len(g.Rows) < glanceRows {
		rec, err := src.next()
		var broken *fault
		if errors.As(err, &broken) {
			continue
		}
		if err != nil {
			break // what is wrong further down is said when the file is read
		}
		g.Rows = append(g.Rows, glanced(rec.cells, len(header)))
	}
	g.know(header)
	return g, nil
}

// GlanceOf is what the headings of a file say by themselves.
func GlanceOf(header []string) Glance {
	g := Glance{Header: header}
	g.know(header)
	return g
}

// glanced are the cells of a row for a person to look at.
func glanced(cells []string, wide int) []string {
	out := make([]string, wide)
	for i := range min(wide, len(cells)) {
		text := cells[i]
		if len(text) > 4*glanceCell {
			text = strings.ToValidUTF8(text[:4*glanceCell], "")
		}
		text = clean(text)
		if letters := []rune(text); len(letters) > glanceCell {
			text = string(letters[:glanceCell]) + "…"
		}
		out[i] = text
	}
	return out
}

// headingsAt returns how many rows stand above the headings: they are the first row of a
// known kind, else the first that is about as wide as the widest.
func headingsAt(ctx context.Context, file io.ReadSeeker, name string) (above int, err error) {
	src, err := open(file, name, &letters{})
	if err != nil {
		return 0, err
	}
	defer func() {
		if _, failed := file.Seek(0, io.SeekStart); err == nil {
			err = failed
		}
	}()
	var wide []int
	for range mostAbove {
		header, failed := src.header()
		if failed != nil && len(wide) == 0 || ctx.Err() != nil {
			return 0, cmp.Or(ctx.Err(), failed)
		}
		if failed != nil {
			break
		}
		if m, err := plainSchema(header).match(header); recognise(header) != nil || err == nil && len(m.at) > 1 {
			return len(wide), nil
		}
		n := 0
		for _, title := range header {
			if clean(title) != "" {
				n++
			}
		}
		if wide = append(wide, n); isJSON(src) {
			break
		}
	}
	most := slices.Max(wide)
	return slices.IndexFunc(wide, func(n int) bool { return 5*n >= 4*most }), nil
}

func isJSON(src source) bool {
	_, is := src.(*jsonSource)
	return is
}

// know finds out what kind of file it is, and what would fill each column.
func (g *Glance) know(header []string) {
	if p := recognise(header); p != nil {
		g.Kind, g.KindName = p.id(), p.name
		if p.instead != "" {
			g.Refused = fmt.Errorf("this is %s: %s", p.name, p.instead)
		} else if _, err := p.columns.match(header); err != nil {
			g.Refused = fmt.Errorf("this is %s: %w", p.name, err)
		}
		return
	}
	columns := plainSchema(header)
	known := false
	for _, c := range columns {
		f := GlanceField{Name: c.name, Need: c.need}
		if fits := columns.fits(c, header); len(fits) > 1 {
			f.Fits = fits
		} else if len(fits) == 1 {
			f.At = fits[0]
		}
		known = known || f.At > 0 || len(f.Fits) > 0
		g.Fields = append(g.Fields, f)
	}
	switch {
	case !known && headless(header):
		g.Refused = errors.New("its first row holds data, and no headings: put a row above it that says what each column is, and choose the file again")
	case !slices.ContainsFunc(g.Fields, func(f GlanceField) bool { return f.Need && f.At == 0 && f.Fits == nil }):
		g.Kind = plainProfile.id()
	}
}

// fits are the places, from 1, of the headings that may fill a column: one where the best
// name is sure, several where that would be guessed. A name of the plain form's own goes
// before any other one.
func (s schema) fits(c column, header []string) (places []int) {
	const better, own, other = 0, 1, 2
	best := other + 1
	for i, title := range header {
		name, _, rank := s.find(plain(clean(title)))
		if name != c.name {
			continue
		}
		class := other
		switch {
		case rank < len(c.better):
			class = better
		case rank == len(c.better):
			class = own
		}
		if class < best {
			best, places = class, nil
		}
		if class == best {
			places = append(places, i+1)
		}
	}
	return places
}

// doubt says which headings fit one column, so that a person has to choose.
func (s schema) doubt(header []string) error {
	for _, c := range s {
		fits := s.fits(c, header)
		if len(fits) < 2 {
			continue
		}
		var titles []string
		for _, at := range fits {
			titles = append(titles, fmt.Sprintf("%q", short(clean(header[at-1]))))
		}
		if plain(clean(header[fits[0]-1])) == plain(clean(header[fits[1]-1])) {
			return nil // it stands there twice, which is said where the columns are looked up
		}
		return fmt.Errorf("%s may each be the column %q: choose one in the window (Settings, Set-up, Orders), or say it with packctl import orders FILE --map MAP", strings.Join(titles, " and "), c.name)
	}
	return nil
}

// datum is a cell that is no heading: a number, a date, an address of e-mail.
var datum = regexp.MustCompile(`^[-+]?[0-9][0-9.,:/ -]*([TZ][0-9:.Z+]*)?( ?[A-Z]{3}|€)?$|^[^ @]+@[^ @]+\.[a-zA-Z]+$`)

// headless reports whether a first row can hardly be headings.
func headless(header []string) bool {
	data, filled := 0, 0
	for _, title := range header {
		title = clean(title)
		if title == "" {
			continue
		}
		filled++
		if datum.MatchString(title) {
			data++
		}
	}
	return data > 1 && 4*data >= filled || data > 0 && data == filled
}
