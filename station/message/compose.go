package message

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/pack"
)

// Message is what is sent, to one target at one time. It can be sent again as it is.
type Message struct {
	ID       string    `json:"id"` // no other message has it
	At       time.Time `json:"at"`
	Title    string    `json:"title"`
	Sections []Section `json:"sections,omitempty"`
}

// Section is what a message says of one kind.
type Section struct {
	Kind  Kind     `json:"kind"`
	Title string   `json:"title"`
	N     int      `json:"n"`
	News  []News   `json:"news,omitempty"` // the first of them
	Lines []string `json:"lines,omitempty"`
}

// Batch is the news of one kind: how many there are, and the first of them.
type Batch struct {
	Kind Kind
	N    int
	News []News
}

// Shown is how many news of a kind a message names; the rest is counted. A message stays
// below what the smallest service takes (20 kB), whatever is in it.
const Shown = 5

// Compose makes one message of all that has gathered. company is whose bench it is, "" where
// that is not known; loc is the clock that people read.
func Compose(id, company string, at time.Time, all []Batch, loc *time.Location) Message {
	m := Message{ID: id, At: at.UTC()}
	var counts []string
	for _, k := range kinds {
		for _, b := range all {
			if b.Kind != k.Kind || b.N == 0 {
				continue
			}
			s := Section{Kind: k.Kind, N: b.N, Title: many(b.N, k), News: b.News[:min(len(b.News), Shown)]}
			for _, n := range s.News {
				s.Lines = append(s.Lines, n.lines(loc)...)
			}
			if more := b.N - len(s.News); more > 0 && len(s.News) > 0 {
				s.Lines = append(s.Lines, fmt.Sprintf("and %d more", more))
			}
			m.Sections = append(m.Sections, s)
			counts = append(counts, s.Title)
		}
	}
	m.Title = cmp.Or(station.OneLine(company, mostOfField), "packbench") + ": " + strings.Join(counts, ", ")
	return m
}

// Test is the message of the Test key.
func Test(id, company string, at time.Time) Message {
	return Message{ID: id, At: at.UTC(), Title: cmp.Or(station.OneLine(company, mostOfField), "packbench") + ": this is a test. Messages from the packing benches come here"}
}

// Counted are figures of how many news of each kind there are.
func Counted(all []Batch) (out []Figure) {
	for _, k := range kinds {
		for _, b := range all {
			if b.Kind == k.Kind && b.N > 0 {
				out = append(out, Figure{strings.ToUpper(k.many[:1]) + k.many[1:], strconv.Itoa(b.N)})
			}
		}
	}
	return out
}

func many(n int, k kind) string {
	if n == 1 {
		return "1 " + k.one
	}
	return fmt.Sprintf("%d %s", n, k.many)
}

// lines say one thing that happened.
func (n News) lines(loc *time.Location) []string {
	if n.Digest != nil {
		return n.Digest.lines()
	}
	parts := []string{n.At.In(loc).Format("15:04")}
	add := func(format string, values ...string) {
		args := make([]any, len(values))
		for i, v := range values {
			if v == "" {
				return
			}
			args[i] = v
		}
		parts = append(parts, fmt.Sprintf(format, args...))
	}
	add("bench %s", n.Station)
	add("order %s", n.Order)
	add("parcel %s", n.Parcel)
	add("product %s", n.SKU)
	add("bin %s", n.Bin)
	add("%s", n.Carrier)
	add("%s instead of %s", n.To, n.From)
	if n.Qty != 0 {
		add("%s", fmt.Sprintf("%+d", n.Qty))
	}
	add("%s", n.why())
	if n.Kind == Override {
		add("approved by %s", n.Author)
	}
	add("case %s", n.Case)
	return []string{strings.Join(parts, ", ")}
}

// why says in words what the kind alone does not.
func (n News) why() string {
	switch n.Kind {
	case Override, Label, Failover:
		if n.Code == string(pack.CodeLabelWaiting) {
			return "no label yet"
		}
		return strings.ReplaceAll(n.Code, "-", " ") // the words of a carrier may hold an address
	}
	return ""
}

// mostFigures is how many figures, and things to look at, stand in a digest.
const mostFigures = 20

func (d *Digest) lines() []string {
	out := []string{station.OneLine(d.Name, mostOfField)}
	for _, f := range d.Figures[:min(len(d.Figures), mostFigures)] {
		out = append(out, station.OneLine(f.Name+": "+f.N, 2*mostOfField))
	}
	for _, text := range d.Look[:min(len(d.Look), mostFigures)] {
		out = append(out, "To look at: "+station.OneLine(text, 2*mostOfField))
	}
	return out
}

// Text is the message as plain text, one line each, for services that take that.
func (m Message) Text() string {
	var b strings.Builder
	b.WriteString(m.Title + "\n")
	for _, s := range m.Sections {
		b.WriteString("\n" + s.Title + "\n")
		for _, line := range s.Lines {
			b.WriteString("  " + line + "\n")
		}
	}
	return b.String()
}
