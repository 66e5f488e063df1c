package messagefront

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/messages"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/store"
)

// draft is a target that is being added or changed.
type draft struct {
	shell.Draft
	from string // where its secret is found
	open func(set map[string]string) bool
}

func isField(id string) bool { return strings.HasPrefix(id, screen.MessageField) }

// begin begins the draft of a kind; of another one there is none.
func (p *Page) begin(kind string, of store.MessageTarget) *draft {
	i := slices.IndexFunc(p.Bench.Messages.Kinds, func(k messages.Kind) bool { return k.ID == kind })
	if i < 0 {
		return nil
	}
	k := p.Bench.Messages.Kinds[i]
	d := &draft{from: k.From, open: k.Open, Draft: shell.Draft{Field: screen.MessageField, Kind: kindOf(k), ID: of.ID, URL: of.URL, Options: shell.OptionsOf(of.Options)}}
	for _, s := range k.Settings() {
		d.Set = append(d.Set, shell.DraftSetting(s))
	}
	return d
}

// add begins a target of a kind.
func (p *Page) add(kind string) {
	id := shell.FreeID(kind, func(id string) bool {
		_, taken := p.status(id)
		return taken
	})
	if d := p.begin(kind, store.MessageTarget{ID: id, Kind: kind}); d != nil {
		d.Fresh, p.draft = true, d
	}
}

func (p *Page) change(id string) {
	if t, known := p.status(id); known {
		p.draft = p.begin(t.Kind, t.MessageTarget)
	}
}

// fields are those of the draft.
func (d *draft) fields() []screen.Field {
	out := d.NameField("team")
	if d.Kind.Example != "" {
		out = append(out, screen.Field{Key: screen.MessageURL, Label: "Mail server", Value: d.URL, Help: "Such as " + d.Kind.Example, Wide: !d.Fresh})
	}
	return append(append(out, d.KeyField(d.from)...), d.SettingFields()...)
}

// Name gives a field that is opened the words of what it is.
func (p *Page) Name(e *screen.Entry) {
	if isField(e.ID) && p.draft != nil {
		p.draft.Draft.Name(e, p.draft.fields())
	}
}

// Typed takes the text of a field; it reports whether the field was its own.
func (p *Page) Typed(field, text string) bool {
	if !isField(field) {
		return false
	}
	if d := p.draft; d != nil && !d.Saving && p.Manages() {
		d.Enter(field, text)
	}
	return true
}

// missing says what a target cannot do without.
func (d *draft) missing() string {
	switch {
	case d.ID == "":
		return "Give the target a short name, such as team"
	case d.Kind.Example != "" && d.URL == "":
		return "Enter the mail server"
	case d.Fresh && d.Secret == "" && (d.open == nil || !d.open(d.Options)):
		return "Enter this: " + cmp.Or(say.Lower(d.Kind.Secret), "the secret")
	}
	return ""
}

// save keeps the draft, and tests it where that went well.
func (p *Page) save() {
	d := p.draft
	if d == nil {
		return
	}
	of := store.MessageTarget{ID: d.ID, Kind: d.Kind.ID, URL: d.URL, Options: maps.Clone(d.Options)}
	all, secret, fresh := p.Bench.Messages, d.Secret, d.Fresh
	p.Keep(&d.Draft, d.missing(), func(ctx context.Context) error { return keep(ctx, all, of, secret, fresh) }, func() {
		if p.draft == d {
			p.draft, p.Selected[selectedTarget] = nil, of.ID
		}
		p.test(of.ID)
	})
}

// keep adds the target, or changes it. A new one never takes the place of another.
func keep(ctx context.Context, all *messages.Messages, of store.MessageTarget, secret string, fresh bool) error {
	_, known, err := store.Known(all.Store.MessageTarget(ctx, of.ID))
	switch {
	case err != nil:
		return err
	case fresh && known:
		return fmt.Errorf("there is a target called %s already: choose another name", of.ID)
	}
	return all.Add(ctx, of, secret)
}
