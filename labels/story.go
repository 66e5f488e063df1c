package labels

import (
	"fmt"
	"strconv"
	"time"
)

// Story is a page that tells a person what happened to an order or a parcel. Its words
// come from whoever makes it, in English: they stand in the journal's language.
type Story struct {
	Title  string // "Order 1042"
	State  string
	Facts  []StoryFact
	Goods  []StoryGoods
	Cases  []string // one line each
	Events []StoryEvent
	At     time.Time // when the page was made
}

// StoryFact is a name and what it stands for: "Tracking", "JD0001".
type StoryFact struct{ Name, Value string }

// StoryGoods is how much of a product lies in a parcel.
type StoryGoods struct {
	Qty          int
	Name, Parcel string
	Note         string // serial numbers and lots
}

// StoryEvent is one thing that happened, at a bench or at the desk.
type StoryEvent struct {
	At          time.Time
	Where, Text string
}

// StoryPage lays out a story on as many pages as it takes.
func StoryPage(s Story, p Profile) (Layout, []Missing, error) {
	c, err := newCanvas(p)
	if err != nil {
		return Layout{}, nil, fmt.Errorf("story of %s: %w", s.Title, err)
	}
	f := newFlow(c)
	f.put(bold(60), 2, "title", s.Title)
	f.put(sans(30), 2, "state", s.State)
	f.gap(20)
	f.across(4)
	const abreast = 3
	for i := 0; i < len(s.Facts); i += abreast {
		var cells []cell
		for _, fact := range s.Facts[i:min(i+abreast, len(s.Facts))] {
			cells = append(cells, cell{caption: fact.Name, style: bold(28), lines: 2, texts: one(fact.Value)})
		}
		f.strip(cells...)
	}
	f.goods(s.Goods)
	if len(s.Cases) > 0 {
		f.chapter("Cases")
		for _, line := range s.Cases {
			f.need(lineHeight(f.mm(28)) * 2)
			f.put(sans(26), 2, "case", line)
		}
	}
	f.events(s.Events)
	c.footers(join(" · ", s.Title, "made "+s.At.Format("2006-01-02 15:04")))
	out := c.layout(s.Title)
	out.Made = s.At
	return out, c.missing, nil
}

// chapter sets a heading, never alone at the foot of a page.
func (f *flow) chapter(title string) {
	f.gap(30)
	f.need(lineHeight(f.mm(36)) + 4*lineHeight(f.mm(28)))
	f.put(bold(36), 1, "title", title)
}

func (f *flow) goods(all []StoryGoods) {
	if len(all) == 0 {
		return
	}
	f.chapter("What was packed")
	t := table{flow: f, body: sans(26).fixed(), columns: []column{
		{title: "Pieces", wide: 120, align: Right}, {title: "Product"}, {title: "Parcel", wide: 320}, {title: "Serial number, lot", wide: 420},
	}}
	t.heads()
	for _, g := range all {
		t.row("product "+g.Name, one(strconv.Itoa(g.Qty)), one(g.Name), one(g.Parcel), one(g.Note))
	}
}

func (f *flow) events(all []StoryEvent) {
	if len(all) == 0 {
		return
	}
	f.chapter("What happened")
	t := table{flow: f, body: sans(24).fixed(), columns: []column{
		{title: "Day", wide: 210}, {title: "Time", wide: 150}, {title: "What"}, {title: "Where", wide: 330},
	}}
	t.heads()
	for _, e := range all {
		t.row("event", one(e.At.Format("2006-01-02")), one(e.At.Format("15:04:05")), one(e.Text), one(e.Where))
	}
}
