package accountfront

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/desktop/shell"
	"packbench/station/screen"
	"packbench/station/store"
)

// draft is an account that is being added or changed.
type draft struct {
	shell.Draft
	of store.Account // as it is kept
}

func isField(id string) bool { return strings.HasPrefix(id, screen.AccountField) }

// begin begins the draft of a kind; of another one there is none.
func (p *Page) begin(kind string, of store.Account) *draft {
	for _, k := range p.Bench.Carriers.Kinds {
		if k.ID != kind {
			continue
		}
		d := &draft{of: of, Draft: shell.Draft{Field: screen.AccountField, Kind: kindOf(k), ID: of.ID, URL: of.URL, Options: shell.OptionsOf(of.Options)}}
		for _, s := range k.Set {
			d.Set = append(d.Set, shell.DraftSetting(s))
		}
		if k.Follows {
			return d
		}
		d.Set = append(d.Set, shell.DraftSetting{Key: carriers.Sample, Name: "Samples only", Help: "yes: labels that cost nothing and take no parcel anywhere"})
		return d
	}
	return nil
}

// add begins an account of a kind.
func (p *Page) add(kind string) {
	id := shell.FreeID(kind, func(id string) bool {
		_, taken := p.status(id)
		return taken
	})
	if d := p.begin(kind, store.Account{ID: id, Kind: kind}); d != nil {
		d.Fresh, p.draft = true, d
	}
}

func (p *Page) change(id string) {
	if s, known := p.status(id); known {
		p.draft = p.begin(s.Kind, s.Account)
	}
}

// fields are those of the draft.
func (d *draft) fields() []screen.Field {
	out := append(append(d.NameField("post"), d.KeyField("the carrier's web page")...), d.SettingFields()...)
	return append(out, screen.Field{
		Key: screen.AccountURL, Label: "Another address", Value: d.URL, Help: "Where it is not " + d.Kind.Example, Empty: "the usual one", Wide: true,
	})
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

// missing says what an account cannot do without.
func (d *draft) missing() string {
	switch {
	case d.ID == "":
		return "Give the account a short name, such as post"
	case d.Fresh && d.Secret == "":
		return "Paste the account's key"
	}
	return ""
}

// account is what the draft would be kept as.
func (d *draft) account() store.Account {
	of := d.of
	of.ID, of.URL, of.Options = d.ID, d.URL, maps.Clone(d.Options)
	return of
}

// save keeps the draft, and tests it where that went well.
func (p *Page) save() {
	d := p.draft
	if d == nil {
		return
	}
	all, of, secret, fresh := p.Bench.Carriers, d.account(), d.Secret, d.Fresh
	p.Keep(&d.Draft, d.missing(), func(ctx context.Context) error { return keep(ctx, all, of, secret, fresh) }, func() {
		if p.draft == d {
			p.draft, p.Selected[selectedAccount] = nil, of.ID
		}
		p.test(of.ID)
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
