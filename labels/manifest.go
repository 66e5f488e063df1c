package labels

import (
	"fmt"
	"image"
	"slices"
	"strconv"
	"time"

	"packbench/labels/barcode"
	"packbench/station/unit"
)

// Manifest is what a carrier's driver takes over: the list that both sign. It is
// kept as JSON, under the names of its fields.
type Manifest struct {
	Number  string // of the manifest; printed as Code 128
	Carrier string
	Lane    string // "Dock 2"; "" prints none
	From    Address
	Driver  string // "" leaves a line to write the name on
	Vehicle string
	By      string    // who hands over; "" leaves a line to write the name on
	At      time.Time // of the hand-over; the zero time leaves room to write it by hand
	Rows    []ManifestRow
	Sample  bool // prints that it is a sample
	Reprint int  // how often it was printed before; 0 is the first print
}

// ManifestRow is one parcel of a manifest.
type ManifestRow struct {
	Tracking, SSCC    string
	Service           string
	Country, Postcode string
	Mass              unit.Mass
}

// CarrierManifest lays out a manifest on as many pages as it takes: the
// parcels, the totals of each service, and where the driver signs.
func CarrierManifest(m Manifest, p Profile) (Layout, []Missing, error) {
	c, err := newCanvas(p)
	if err != nil {
		return Layout{}, nil, fmt.Errorf("manifest: %w", err)
	}
	l := manifestLayout{flow: newFlow(c), m: m}
	if err := l.head(); err != nil {
		return Layout{}, nil, fmt.Errorf("manifest %s: %w", m.Number, err)
	}
	l.parcels()
	l.totals()
	l.hands()
	c.footers(join(" · ", c.say("Manifest %s", m.Number), m.Carrier, c.reprint(m.Reprint)))
	out := c.layout("Manifest " + m.Number)
	out.Made = m.At
	return out, c.missing, nil
}

type manifestLayout struct {
	*flow
	m Manifest
}

// reprint is the mark of a paper that was printed before; "" for the first.
func (c *canvas) reprint(n int) string {
	if n == 0 {
		return ""
	}
	return c.say("REPRINT no. %d", n)
}

func (l *manifestLayout) head() error {
	if len(l.m.Rows) == 0 {
		return fmt.Errorf("there is no parcel on it")
	}
	code, err := l.number(l.m.Number)
	if err != nil {
		return err
	}
	top := l.room
	if !code.Empty() {
		l.room.Max.X = code.Min.X - l.mm(30)
	}
	l.put(bold(60), 1, "title", l.say("MANIFEST"))
	l.put(bold(36), 2, "carrier", join(" · ", l.m.Carrier, l.m.Lane))
	if l.m.Sample {
		l.put(bold(28), 1, "title", l.say("SAMPLE – no parcel is handed over"))
	}
	if l.m.Reprint > 0 {
		l.put(bold(28), 1, "title", l.reprint(l.m.Reprint))
	}
	l.room = image.Rect(top.Min.X, max(l.room.Min.Y, code.Max.Y)+l.mm(10), top.Max.X, top.Max.Y)
	l.across(4)
	when := ""
	if !l.m.At.IsZero() {
		when = l.day(l.m.At) + l.m.At.Format(" 15:04")
	}
	l.strip(
		cell{caption: l.say("From"), share: 3, style: sans(28), lines: 3, address: l.m.From.parts(Address{}), whose: "sender's ", joined: true},
		cell{caption: l.say("Handed over"), share: 2, style: bold(28), lines: 2, texts: one(when)},
	)
	l.strip(
		cell{caption: l.say("Driver"), field: "driver", share: 3, style: bold(28), lines: 2, texts: one(l.m.Driver)},
		cell{caption: l.say("Vehicle"), field: "vehicle", share: 2, style: bold(28), lines: 2, texts: one(l.m.Vehicle)},
		cell{caption: l.say("Parcels"), share: 2, style: bold(28), texts: one(strconv.Itoa(len(l.m.Rows)))},
	)
	l.gap(20)
	return nil
}

// number sets a paper's own number as a bar code into the upper right corner
// and returns the room that it takes. On narrow paper it stands above all else:
// then the rest of the page is the room, and the given one is empty.
func (f *flow) number(number string) (image.Rectangle, error) {
	runs, err := barcode.Number(number)
	if err != nil {
		return image.Rectangle{}, fmt.Errorf("its number: %w", err)
	}
	all := runs.Modules() + 2*quietBars
	least := max(3, f.module(250*unit.Micrometre))
	dot := min(f.mm(5), f.room.Dx()*3/5/all)
	beside := dot >= least
	if !beside {
		dot = min(f.mm(5), f.room.Dx()/all)
	}
	if dot < least {
		return image.Rectangle{}, fmt.Errorf("its number %q is too long for %s paper", number, f.Paper.Name)
	}
	text, high := lineHeight(f.mm(30)), f.mm(130)
	box := image.Rect(f.room.Max.X-all*dot, f.room.Min.Y, f.room.Max.X, f.room.Min.Y+high)
	if !beside {
		box.Min.X, box.Max.Y = f.room.Min.X, f.room.Min.Y+f.mm(102)
	}
	f.bars(box, runs, number, dot)
	box.Max.Y += f.mm(6) + text
	f.canvas.line(image.Rect(box.Min.X, box.Max.Y-text, box.Max.X, box.Max.Y), bold(30).centred(), "number", number)
	if !beside {
		f.room.Min.Y = box.Max.Y + f.mm(10)
		return image.Rectangle{}, nil
	}
	return box, nil
}

func (l *manifestLayout) parcels() {
	wide := l.sheet()
	t := table{flow: l.flow, body: sans(28).fixed()}
	if wide {
		t.columns = []column{
			{title: l.say("No."), wide: 110, align: Right},
			{title: l.say("Tracking no.")},
			{title: "SSCC", wide: 400},
			{title: l.say("Service"), wide: 360},
			{title: l.say("To"), wide: 260},
			{title: l.say("Weight"), wide: 190, align: Right},
		}
	} else {
		t.body = sans(24).fixed()
		t.columns = []column{
			{title: l.say("No."), wide: 70, align: Right},
			{title: l.say("Tracking no., SSCC")},
			{title: l.say("Service"), wide: 190},
			{title: l.say("To"), wide: 160},
			{title: l.say("Weight"), wide: 140, align: Right},
		}
	}
	t.heads()
	for i, r := range l.m.Rows {
		n, to, mass := one(strconv.Itoa(i+1)), one(join(" ", r.Country, r.Postcode)), one("")
		if r.Mass > 0 {
			mass = one(l.figures(r.Mass))
		}
		field := "parcel " + first(r.Tracking, r.SSCC)
		if wide {
			t.row(field, n, one(r.Tracking), one(r.SSCC), one(r.Service), to, mass)
		} else {
			t.row(field, n, []string{r.Tracking, r.SSCC}, one(r.Service), to, mass)
		}
	}
}

// totals counts the parcels of each service, in the order of their names.
func (l *manifestLayout) totals() {
	type total struct {
		n    int
		mass unit.Mass
	}
	per := make(map[string]total)
	var all total
	var names []string
	for _, r := range l.m.Rows {
		t, known := per[r.Service]
		if !known {
			names = append(names, r.Service)
		}
		per[r.Service] = total{t.n + 1, t.mass + r.Mass}
		all = total{all.n + 1, all.mass + r.Mass}
	}
	slices.Sort(names)
	l.gap(20)
	l.need(l.mm(60) + 4*lineHeight(l.mm(28)))
	t := table{flow: l.flow, body: sans(28).fixed(), columns: []column{
		{title: l.say("Service")}, {title: l.say("Parcels"), wide: 200, align: Right}, {title: l.say("Weight"), wide: 260, align: Right},
	}}
	t.heads()
	for _, name := range names {
		t.row("service", one(first(name, "–")), one(strconv.Itoa(per[name].n)), one(l.figures(per[name].mass)))
	}
	t.body = bold(28).fixed()
	t.row("total", one(l.say("All parcels")), one(strconv.Itoa(all.n)), one(l.figures(all.mass)))
}

// hands is where both sign; it is never alone on a page without its sentence.
func (l *manifestLayout) hands() {
	words := l.say("The driver has counted the parcels above and takes them over.")
	l.gap(20)
	l.need(l.tall(l.room.Dx(), sans(28), words) + l.mm(28) + 2*l.signatureHeight())
	l.put(sans(28), 3, "form", words)
	name := l.say("Driver's name")
	if l.m.Driver != "" {
		name = l.say("Driver: %s", l.m.Driver)
	}
	l.signature(handLine{"driver", name}, handLine{"form", l.say("Driver's signature")})
	l.gap(20)
	l.signature(handLine{"who hands over", join(": ", l.say("Handed over by"), l.m.By)}, handLine{"form", l.say("Date and time")})
}
