package site

import (
	"fmt"
	"net/mail"
	"net/url"
	"strings"
	"time"

	"packbench/station/phrases"
)

// Sold is a line that can be sent back, and how many of it at most.
type Sold struct {
	SKU, Name string
	Qty       int
}

// Return is what the form of a return is made of.
type Return struct {
	Order string
	To    string // where it is sent: an e-mail address, or one that begins with https://
	Lines []Sold
	Until time.Time // last day; zero: there is none
	Gone  time.Time
}

// The codes that a form is sent with, whatever its language, and what stands for them.
var (
	reasons = []fact{
		{"unwanted", "I do not want it any more"},
		{"fit", "It does not fit"},
		{"not-as-described", "It is not as described"},
		{"damaged", "It came damaged"},
		{"wrong-item", "It is not what I ordered"},
		{"other", "Something else"},
	}
	wishes = []fact{{"refund", "Money back"}, {"exchange", "Exchange"}, {"credit", "Credit"}}
)

// form is the form on its page.
type form struct {
	Action, Order                  string
	Mail                           bool
	Lines                          []wanted
	Qty, Reason, Wish, Email, Send string
	Reasons, Wishes                []fact
	Notes                          []string
}

type wanted struct {
	SKU, Name string
	Most      int
}

// sentTo is where a form goes, and what of that its policy has to allow.
func sentTo(to string) (action, allowed string, err error) {
	if u, err := url.Parse(to); err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil {
		return u.String(), "https://" + u.Host, nil
	}
	a, err := mail.ParseAddress(to)
	if err != nil || a.Name != "" || a.Address != to || strings.ContainsAny(to, "?&# \r\n\"") {
		return "", "", fmt.Errorf("%.60q is neither an e-mail address nor one that begins with https://", to)
	}
	return "mailto:" + to, "mailto:", nil
}

// Form is the page on which a buyer announces a return. To open it does nothing; it is sent
// when its button is pressed.
func Form(r Return, s Shop, in phrases.Language) ([]byte, error) {
	v := voice{in, s.Zone}
	action, allowed, err := sentTo(r.To)
	if err != nil {
		return nil, err
	}
	out := v.sheet(s, v.Phrase("Announce a return"))
	out.Policy, out.Above = policy(allowed), v.Say("Order %s", r.Order)
	f := &form{
		Action: action, Order: r.Order, Qty: v.Phrase("How many?"), Reason: v.Phrase("Reason"), Wish: v.Phrase("What would you like?"), Email: v.Phrase("Your e-mail address"),
		Send: v.Phrase("Send"),
	}
	f.Reasons, f.Wishes = v.all(reasons), v.all(wishes)
	if f.Mail = strings.HasPrefix(action, "mailto:"); f.Mail {
		f.Action += "?subject=" + strings.ReplaceAll(url.QueryEscape(v.Phrase("Announce a return")+": "+r.Order), "+", "%20")
		f.Notes = append(f.Notes, v.Phrase("Your mail program opens with what you entered: please send that mail."))
	}
	if !r.Until.IsZero() {
		f.Notes = append(f.Notes, v.Phrase("Announce a return")+": "+v.Say("until %s", v.day(v.in(r.Until))))
	}
	for _, l := range r.Lines {
		f.Lines = append(f.Lines, wanted{l.SKU, l.Name, l.Qty})
	}
	out.Form = f
	if where := v.ask(s); where != "" {
		out.Ask = &fact{v.Phrase("Questions?"), where}
	}
	out.Foot = v.written(s, r.Gone)
	return v.draw(out)
}

func (v voice) all(of []fact) (out []fact) {
	for _, f := range of {
		out = append(out, fact{f.Name, v.Phrase(f.Text)})
	}
	return out
}
