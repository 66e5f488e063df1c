package shopfront

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/shops"
	"packbench/station/screen"
	"packbench/station/store"
)

// draft is a shop that is being added or changed.
type draft struct {
	shell.Draft
	of store.Shop // as it is kept
}

func isField(id string) bool { return strings.HasPrefix(id, screen.ShopField) }

// begin begins the draft of a kind; of another one there is none.
func (p *Page) begin(kind string, of store.Shop) *draft {
	for _, k := range p.Bench.Shops.Kinds {
		if k.ID != kind {
			continue
		}
		d := &draft{of: of, Draft: shell.Draft{Field: screen.ShopField, Kind: kindOf(k), ID: of.ID, URL: of.URL, Options: shell.OptionsOf(of.Options)}}
		for _, s := range k.Set {
			d.Set = append(d.Set, shell.DraftSetting(s))
		}
		return d
	}
	return nil
}

// add begins a shop of a kind.
func (p *Page) add(kind string) {
	id := shell.FreeID(kind, func(id string) bool {
		_, taken := p.status(id)
		return taken
	})
	d := p.begin(kind, store.Shop{ID: id, Kind: kind})
	if d == nil {
		return
	}
	if d.Fresh = true; d.fixed() {
		d.URL = d.Kind.Example
	}
	p.draft = d
}

// fixed reports whether all shops of the kind have one address.
func (d *draft) fixed() bool {
	return d.Kind.Example != "" && !strings.Contains(d.Kind.Example, "example")
}

func (p *Page) change(id string) {
	if s, known := p.status(id); known {
		p.draft = p.begin(s.Kind, s.Shop)
	}
}

// fields are those of the draft.
func (d *draft) fields() []screen.Field {
	url := screen.Field{Key: screen.ShopURL, Label: "Address", Value: d.URL, Wide: !d.Fresh}
	if !d.fixed() {
		url.Help = "Such as " + d.Kind.Example
	}
	out := append(d.NameField("web"), url)
	return append(append(out, d.KeyField("the shop's settings")...), d.SettingFields()...)
}

// missing says what a shop cannot do without.
func (d *draft) missing() string {
	switch {
	case d.ID == "":
		return "Give the shop a short name, such as web"
	case d.URL == "":
		return "Enter the shop's address"
	case d.Fresh && d.Secret == "" && d.Kind.Secret != "":
		return "Paste the shop's key"
	}
	return ""
}

// shop is what the draft would be kept as.
func (d *draft) shop() store.Shop {
	of := d.of
	of.ID, of.URL, of.Options = d.ID, d.URL, maps.Clone(d.Options)
	return of
}

// keep adds the shop, or changes it. A new one never takes the place of another.
func keep(ctx context.Context, all *shops.Shops, of store.Shop, secret string, fresh bool) error {
	now, known, err := store.Known(all.Store.Shop(ctx, of.ID))
	switch {
	case err != nil:
		return err
	case fresh && known:
		return fmt.Errorf("there is a shop called %s already: choose another name", of.ID)
	case known:
		of.Paused = now.Paused // it may have been paused meanwhile
	}
	return all.Add(ctx, of, secret)
}
