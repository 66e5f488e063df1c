package accountfront

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/carriers/kinds"
	"packbench/cmd/internal/desktop/shell"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/store"
)

// draft is an account that is being added or changed. Its secret is what was entered now,
// never what is kept.
type draft struct {
	kind   kinds.Kind
	of     store.Account
	secret string
	fresh  bool
	fault  string
	saving bool
}

func isField(id string) bool { return strings.HasPrefix(id, screen.AccountField) }

// add begins an account of a kind, with a name that no other one has.
func (p *Page) add(kind string) {
	for _, k := range p.Bench.Carriers.Kinds {
		if k.ID != kind {
			continue
		}
		id := k.ID
		for n := 2; ; n++ {
			if _, taken := p.status(id); !taken {
				break
			}
			id = fmt.Sprintf("%s-%d", k.ID, n)
		}
		p.draft = &draft{kind: k, fresh: true, of: store.Account{ID: id, Kind: k.ID, Options: map[string]string{}}}
	}
}

func (p *Page) change(id string) {
	s, known := p.status(id)
	if !known {
		return
	}
	d := &draft{of: s.Account}
	if d.of.Options = maps.Clone(s.Options); d.of.Options == nil {
		d.of.Options = map[string]string{}
	}
	for _, k := range p.Bench.Carriers.Kinds {
		if k.ID == s.Kind {
			d.kind = k
			p.draft = d
		}
	}
}

// fields are those of the draft.
func (d *draft) fields() []screen.Field {
	var out []screen.Field
	if d.fresh {
		out = append(out, screen.Field{Key: screen.AccountID, Label: "Name here", Value: d.of.ID, Help: "Short, such as post; it cannot be changed later"})
	}
	key := screen.Field{Key: screen.AccountKey, Label: d.kind.Secret, Value: d.secret, Wide: true, Empty: "not entered", Help: "Paste it from the carrier's web page"}
	if !d.fresh {
		key.Empty, key.Help = "the kept one stays", "Only where it has changed"
	}
	out = append(out, key)
	for i, s := range d.kind.Set {
		f := screen.Field{Key: screen.AccountSetting + s.Key, Label: s.Name, Value: d.of.Options[s.Key], Help: s.Help, Wide: true}
		if i == 0 {
			f.Section = "What " + d.kind.Name + " may be told besides"
		}
		if s.Needed {
			f.Empty = "needed"
		}
		out = append(out, f)
	}
	return append(out,
		screen.Field{Key: screen.AccountSetting + carriers.Sample, Label: "Samples only", Value: d.of.Options[carriers.Sample], Help: "yes: labels that cost nothing and take no parcel anywhere", Wide: true},
		screen.Field{Key: screen.AccountURL, Label: "Another address", Value: d.of.URL, Help: "Where it is not " + d.kind.URL, Empty: "the usual one", Wide: true})
}

func (d *draft) shown() *screen.ShopDraft {
	return &screen.ShopDraft{Kind: kindOf(d.kind), ID: d.of.ID, Fresh: d.fresh, Fields: d.fields(), Fault: d.fault, Saving: d.saving}
}

func (d *draft) set(field, text string) {
	d.fault = ""
	switch field {
	case screen.AccountID:
		if d.fresh {
			d.of.ID = text
		}
	case screen.AccountURL:
		d.of.URL = text
	case screen.AccountKey:
		d.secret = text
	default:
		key := strings.TrimPrefix(field, screen.AccountSetting)
		if text == "" {
			delete(d.of.Options, key)
			return
		}
		d.of.Options[key] = text
	}
}

// Name gives a field that is opened the words of what it is.
func (p *Page) Name(e *screen.Entry) {
	if !isField(e.ID) || p.draft == nil {
		return
	}
	for _, f := range p.draft.fields() {
		if f.Key == e.ID {
			e.Label, e.Hint = f.Label, f.Help
			e.Secret, e.Paste = f.Key == screen.AccountKey, f.Key != screen.AccountID
			e.Optional = f.Key != screen.AccountID
		}
	}
}

// Typed takes the text of a field; it reports whether the field was its own.
func (p *Page) Typed(field, text string) bool {
	if !isField(field) {
		return false
	}
	if d := p.draft; d != nil && !d.saving && p.Manages() {
		d.set(field, text)
	}
	return true
}

// missing says what an account cannot do without.
func (d *draft) missing() string {
	switch {
	case d.of.ID == "":
		return "Give the account a short name, such as post"
	case d.fresh && d.secret == "":
		return "Paste the account's key"
	}
	return ""
}

// save keeps the draft, and tests it where that went well.
func (p *Page) save() {
	d := p.draft
	if d == nil || d.saving || d.kind.ID == "" {
		return
	}
	if d.fault = d.missing(); d.fault != "" {
		return
	}
	d.saving = true
	all, of, secret, fresh := p.Bench.Carriers, d.of, d.secret, d.fresh
	of.Options = maps.Clone(of.Options)
	p.Ask(func(ctx context.Context) func() {
		err := keep(ctx, all, of, secret, fresh)
		return func() {
			d.saving = false
			if err != nil {
				d.fault = say.Sentence(shell.FirstLine(err))
				return
			}
			p.Stale = true
			if p.draft == d {
				p.draft, p.Selected[selectedAccount] = nil, of.ID
			}
			p.test(of.ID)
		}
	})
}

// keep adds the account, or changes it. A new one never takes the place of another.
func keep(ctx context.Context, all *carriers.Carriers, of store.Account, secret string, fresh bool) error {
	_, known, err := store.Known(all.Store.Account(ctx, of.ID))
	switch {
	case err != nil:
		return err
	case fresh && known:
		return fmt.Errorf("there is an account called %s already: choose another name", of.ID)
	}
	return all.Add(ctx, of, secret)
}
