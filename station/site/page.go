package site

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"

	"packbench/station/phrases"
)

//go:embed page.css
var style string

//go:embed page.html
var text string

// Version says which pages these are: those of another one are drawn again.
func Version() string {
	sum := sha256.Sum256([]byte(text + style))
	return base64.StdEncoding.EncodeToString(sum[:9])
}

var pages = template.Must(template.New("page").Parse(text))

// policy forbids a page everything but its own style: even were something of others to come
// into it, nothing would be asked for. forms is where a form may be sent, "" for nowhere.
func policy(forms string) string {
	sum := sha256.Sum256([]byte(style))
	if forms == "" {
		forms = "'none'"
	}
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; img-src data:; base-uri 'none'; form-action " + forms
}

// sheet is what every page has.
type sheet struct {
	Lang, Title, Policy, Shop string
	Style                     template.CSS
	Above                     string // what the parcel is called
	Big                       string // how it stands, in a few words
	Warn                      bool   // and that is nothing good
	Facts                     []fact
	Next                      []string
	NextName                  string
	Return                    *link
	Ask                       *fact
	Found                     []string
	FoundName                 string
	Form                      *form
	Foot                      []string
}

type link struct{ Name, Href, Text string }

func (v voice) sheet(s Shop, title string) sheet {
	return sheet{Lang: v.Tag(), Title: title, Policy: policy(""), Shop: s.Name, Style: template.CSS(style)} //nolint:gosec // it is our own
}

func (v voice) draw(of sheet) ([]byte, error) {
	var b bytes.Buffer
	err := pages.Execute(&b, of)
	return b.Bytes(), err
}

// Page is the page whose address the buyer gets by mail.
func Page(p Parcel, s Shop, in phrases.Language) ([]byte, error) {
	v := voice{in, s.Zone}
	out := v.sheet(s, v.Phrase("Your parcel"))
	out.Above = v.Say("Order %s", p.Order)
	switch {
	case p.Of > 1:
		out.Above += ", " + v.Say("parcel %d of %d", p.N, p.Of)
	case p.N > 1 || p.N == 1 && p.Of == 0:
		out.Above += ", " + v.Say("parcel %d, more follow", p.N)
	}
	v.standing(&out, p, false)
	out.NextName, out.Next = v.Phrase("What comes next"), v.next(p)
	if p.Form != "" {
		out.Return = &link{v.Phrase("Send something back"), p.Form, v.Phrase("Announce a return")}
		if !p.ReturnBy.IsZero() {
			out.Return.Text += " (" + v.Say("until %s", v.day(v.in(p.ReturnBy))) + ")"
		}
	}
	if where := v.ask(s); where != "" {
		out.Ask = &fact{v.Phrase("Questions?"), where}
	}
	out.Foot = v.written(s, p.Gone)
	return v.draw(out)
}

// Outside is the page that everybody can read who sees the parcel: a driver, a neighbour, a
// finder.
func Outside(p Parcel, s Shop, in phrases.Language) ([]byte, error) {
	v := voice{in, s.Zone}
	out := v.sheet(s, v.Phrase("Parcel"))
	out.Above = "SSCC " + p.SSCC
	v.standing(&out, p, true)
	out.FoundName = v.Phrase("Found this parcel?")
	if where := v.ask(s); where != "" {
		out.Found = append(out.Found, v.Say("Please write to us: %s", where), v.Say("Name this number: %s", p.SSCC))
	} else {
		out.Found = append(out.Found, v.Phrase("Please give it to the carrier."))
	}
	out.Foot = v.written(s, p.Gone)
	return v.draw(out)
}

func (v voice) standing(out *sheet, p Parcel, outside bool) {
	out.Big = v.how(p)
	out.Facts = v.past(p, outside)
	if outside { // what the carrier says of it is the buyer's business
		if p.left() {
			out.Big = v.Phrase(handed)
		}
		return
	}
	if p.Late {
		out.Big += " – " + v.Phrase("it is late")
	}
	out.Warn = p.Late || p.State.Problem()
	out.Facts = append(out.Facts, v.heard(p)...)
}
