package hubfront

import (
	"context"
	"os"
	"strings"

	"packbench/cmd/internal/member"
	"packbench/station/hub"
	"packbench/station/pack"
	"packbench/station/screen"
)

// draft is a hub that this folder is to join.
type draft struct {
	address, file string
	password      string
	desk, replace bool
	fault         string // in the language of the page, as found
	busy          member.Step
	found         string
	make          bool // a hub, in a database that has none
}

// testing and making are steps that are none of a join.
const (
	testing member.Step = "Testing…"
	making  member.Step = "Making the hub…"
)

// handed is what comes of a join, for the page of the next front.
type handed struct {
	draft  *draft
	joined member.Joined
	err    error
}

const handedOn = "hub"

// begin begins to join: again, where the folder belongs to a hub.
func (p *Page) begin() {
	p.draft = &draft{}
	if p.read != nil {
		p.draft.address = p.read.Without()
	}
}

func onOff(is bool) string {
	if is {
		return "true"
	}
	return "false"
}

// fields are those of the draft.
func (d *draft) fields() []screen.Field {
	choice := []screen.Choice{{Value: "true", Words: "On"}, {Value: "false", Words: "Off"}}
	return []screen.Field{
		{Key: screen.HubAddress, Label: "Address", Value: d.address, Wide: true, Help: "Such as postgres://owner@hub.lan/shop?sslmode=verify-full"},
		{Key: screen.HubPassword, Label: "Password", Value: d.password, Empty: "not entered", Help: "Typed once and kept nowhere"},
		{Key: screen.HubFile, Label: "Or a file with the password", Value: d.file, Empty: "none", Help: "Its first line, and nobody else may read it"},
		{Key: screen.HubDesk, Label: "It is a desk", Value: onOff(d.desk), Choices: choice, Wide: true, Help: "It may release what others hold, and change people, shops and settings"},
		{Key: screen.HubReplace, Label: "In place of a lost folder", Value: onOff(d.replace), Choices: choice, Wide: true, Help: "The folder that worked as this bench is gone, or a backup was put back"},
	}
}

// Name gives a field that is opened the words of what it is.
func (p *Page) Name(e *screen.Entry) {
	if !strings.HasPrefix(e.ID, screen.HubField) || p.draft == nil {
		return
	}
	for _, f := range p.draft.fields() {
		if f.Key == e.ID {
			e.Label, e.Hint, e.Secret, e.Paste, e.Optional = f.Label, f.Help, f.Key == screen.HubPassword, true, true
		}
	}
}

// Typed takes the text of a field; it reports whether the field was its own.
func (p *Page) Typed(field, text string) bool {
	if !strings.HasPrefix(field, screen.HubField) {
		return false
	}
	d := p.draft
	if d == nil || d.busy != "" || !p.Manages() {
		return true
	}
	d.fault, d.found, d.make = "", "", false
	switch field {
	case screen.HubAddress:
		d.address = text
	case screen.HubPassword:
		d.password = text
	case screen.HubFile:
		d.file = text
	case screen.HubDesk:
		d.desk = text == "true"
	case screen.HubReplace:
		d.replace = text == "true"
	}
	return true
}

// shown is the draft for the page.
func (d *draft) shown() *screen.HubDraft {
	return &screen.HubDraft{Fields: d.fields(), Fault: d.fault, Busy: string(d.busy), Found: d.found, Make: d.make}
}

// secret is the password of the draft. What is missing, or no good, stands in its fault.
func (p *Page) secret(d *draft) (password string, ok bool) {
	l := p.Language()
	d.fault, d.found = "", ""
	switch {
	case d.address == "":
		d.fault = l.Phrase("Enter the address of the hub")
	case member.HasPassword(d.address):
		d.fault = l.Phrase("Leave the password out of the address, which others can read")
	case d.file != "" && d.password == "":
		var err error
		if password, err = member.PasswordIn(d.file); err != nil {
			d.fault = words(l, err)
		}
		return password, err == nil
	}
	return d.password, d.fault == ""
}

// look asks whether a hub is there, and makes one where that is wanted.
func (p *Page) look(make bool) {
	d, l := p.draft, p.Language()
	if d == nil || d.busy != "" {
		return
	}
	password, ok := p.secret(d)
	if !ok {
		return
	}
	address := d.address
	if d.busy = testing; make {
		d.busy = making
	}
	p.Ask(func(ctx context.Context) func() {
		ctx, done := context.WithTimeout(ctx, 3*within)
		defer done()
		var err error
		if make {
			_, _, err = member.Init(ctx, address, password)
		}
		var benches []string
		if err == nil {
			benches, err = member.Look(ctx, address, password)
		}
		return func() {
			d.busy, d.make = "", hub.KindOf(err) == hub.NoHub
			switch {
			case d.make:
				d.found = l.Phrase("The database answers, and holds no hub yet")
			case err != nil:
				d.fault = words(l, err)
			case len(benches) == 0:
				d.found = l.Phrase("The hub answers. No bench belongs to it yet: this one will be its first")
			default:
				d.found = l.Say("The hub answers. Benches that belong to it: {benches}", "benches", strings.Join(benches, ", "))
			}
		}
	})
}

// join has this folder join, between this front and the next one.
func (p *Page) join() {
	d, l := p.draft, p.Language()
	if d == nil || d.busy != "" {
		return
	}
	password, ok := p.secret(d)
	if !ok {
		return
	}
	if s := p.Bench.Engine.State(); s.Phase != pack.Idle || s.Work != nil || s.Loading != nil || s.Return != nil || s.Question != nil {
		d.fault = l.Phrase("Put away what is in hand at this bench, then join")
		return
	}
	j := member.Joining{
		Address: d.address, Password: password, Station: p.Bench.Station, Desk: d.desk, Replace: d.replace, Env: os.Getenv,
		Tell: func(s member.Step) {
			d.busy = s
			p.Redraw()
		},
	}
	if !p.GiveWay(func(ctx context.Context) {
		joined, err := member.Join(ctx, p.Folder.Dir, j)
		d.busy = ""
		p.HandOn(handedOn, handed{d, joined, err})
	}) {
		d.fault = l.Phrase("This window cannot join: packctl hub join does")
	}
}

// handed takes what came of a join.
func (p *Page) handed() {
	h, is := p.Handed(handedOn).(handed)
	if !is {
		return
	}
	l := p.Language()
	if h.err != nil {
		p.draft = h.draft
		p.draft.fault = words(l, h.err)
		return
	}
	p.joined = &screen.ShopCame{Words: l.Say("This bench belongs to the hub now, as {station}", "station", h.joined.Station)}
	if h.joined.Badges > 0 {
		p.joined.Words = l.Say("This bench belongs to the hub now. Badges of {people} are to be given anew", "people", l.Many(h.joined.Badges, "person"))
	}
}
