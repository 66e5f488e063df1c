package shopfront

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"packbench/cmd/internal/shops"
	"packbench/station/screen"
	"packbench/station/store"
)

// draft is a shop that is being added or changed. Its secret is what was entered now,
// never what is kept.
type draft struct {
	kind   shops.Kind
	of     store.Shop
	secret string
	fresh  bool
	fault  string
	saving bool
}

func isField(id string) bool { return strings.HasPrefix(id, screen.ShopField) }

// add begins a shop of a kind, with a name that no other one has.
func (p *Page) add(kind string) {
	for _, k := range p.Bench.Shops.Kinds {
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
		p.draft = &draft{kind: k, fresh: true, of: store.Shop{ID: id, Kind: k.ID, Options: map[string]string{}}}
		if fixed(k) {
			p.draft.of.URL = k.URL
		}
	}
}

// fixed reports whether all shops of a kind have one address.
func fixed(k shops.Kind) bool { return k.URL != "" && !strings.Contains(k.URL, "example") }

func (p *Page) change(id string) {
	s, known := p.status(id)
	if !known {
		return
	}
	d := &draft{of: s.Shop}
	d.of.Options = maps.Clone(s.Options)
	if d.of.Options == nil {
		d.of.Options = map[string]string{}
	}
	for _, k := range p.Bench.Shops.Kinds {
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
		out = append(out, screen.Field{Key: screen.ShopID, Label: "Name here", Value: d.of.ID, Help: "Short, such as web; it cannot be changed later"})
	}
	url := screen.Field{Key: screen.ShopURL, Label: "Address", Value: d.of.URL, Wide: !d.fresh}
	if !fixed(d.kind) {
		url.Help = "Such as " + d.kind.URL
	}
	key := screen.Field{Key: screen.ShopKey, Label: d.kind.Secret, Value: d.secret, Wide: true, Empty: "not entered", Help: "Paste it from the shop's settings"}
	if !d.fresh {
		key.Empty, key.Help = "the kept one stays", "Only where it has changed"
	}
	out = append(out, url)
	if d.kind.Secret != "" {
		out = append(out, key)
	}
	set := slices.SortedStableFunc(slices.Values(d.kind.Set), func(a, b shops.Setting) int { return cmp.Compare(wide(a), wide(b)) })
	for i, s := range set {
		f := screen.Field{Key: screen.ShopSetting + s.Key, Label: s.Name, Value: d.of.Options[s.Key], Help: s.Help, Wide: wide(s) > 0}
		if i == 0 {
			f.Section = "What " + within(d.kind.Name) + " may be told besides"
		}
		if s.Needed {
			f.Empty = "needed"
		}
		out = append(out, f)
	}
	return out
}

// within is the name of a kind within a sentence.
func within(name string) string {
	if rest, article := strings.CutPrefix(name, "A "); article {
		return "a " + rest
	}
	return name
}

// halfHelp is how long the help of a field may be that takes half the page.
const halfHelp = 60

// wide is 1 for a setting that takes the whole width; those stand last.
func wide(s shops.Setting) int {
	if len(s.Help) > halfHelp {
		return 1
	}
	return 0
}

func (d *draft) shown() *screen.ShopDraft {
	return &screen.ShopDraft{Kind: kindOf(d.kind), ID: d.of.ID, Fresh: d.fresh, Fields: d.fields(), Fault: d.fault, Saving: d.saving}
}

func (d *draft) set(field, text string) {
	d.fault = ""
	switch field {
	case screen.ShopID:
		if d.fresh {
			d.of.ID = text
		}
	case screen.ShopURL:
		d.of.URL = text
	case screen.ShopKey:
		d.secret = text
	default:
		key := strings.TrimPrefix(field, screen.ShopSetting)
		if text == "" {
			delete(d.of.Options, key)
			return
		}
		d.of.Options[key] = text
	}
}

// name gives an open field its words.
func (d *draft) name(e *screen.Entry) {
	for _, f := range d.fields() {
		if f.Key == e.ID {
			e.Label, e.Hint = f.Label, f.Help
			e.Secret, e.Paste = f.Key == screen.ShopKey, f.Key != screen.ShopID
			e.Optional = f.Key != screen.ShopID
		}
	}
}

// missing says what a shop cannot do without.
func (d *draft) missing() string {
	switch {
	case d.of.ID == "":
		return "Give the shop a short name, such as web"
	case d.of.URL == "":
		return "Enter the shop's address"
	case d.fresh && d.secret == "" && d.kind.Secret != "":
		return "Paste the shop's key"
	}
	return ""
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
