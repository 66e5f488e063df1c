package stockfront

import (
	"context"
	"strconv"
	"strings"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/stockroom"
	"packbench/station"
	"packbench/station/cases"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/unit"
)

// linking is a code that a product gets.
type linking struct {
	of   string // the product, "" for none
	code string
}

// change begins what changes the product that is shown.
func (p *Catalogue) change(in screen.Intent) {
	d := p.detail
	if in.Name == screen.ShelfUnlink {
		p.link = linking{}
		return
	}
	if d == nil || d.SKU != in.Value || d.SKU != p.Selected[selectedItem] || p.busy || !p.May(people.Products) {
		return
	}
	switch in.Name {
	case screen.ShelfLink:
		p.link, p.Said = linking{of: d.SKU}, screen.Said{}
	case screen.ShelfWeigh:
		p.Said = screen.Said{}
		p.Entry = entry(screen.EntryShelfWeight, "", "")
	case screen.ShelfHandle:
		p.Said = screen.Said{}
		p.Entry = screen.HandlingEntry(d.Handling())
	case screen.ShelfMark:
		p.Said = screen.Said{}
		p.Entry = screen.DangerEntry(d.Danger)
	}
}

// code takes the code that the product is to have too, and asks what one stands for.
func (p *Catalogue) code(text string) {
	if text == "" || p.link.of == "" || p.link.of != p.Selected[selectedItem] {
		return
	}
	p.link.code = text
	p.Entry = entry(screen.EntryShelfFactor, "1", "")
}

// Typed takes the text of a field; it reports whether the field was its own.
func (p *Catalogue) Typed(field, text string) bool {
	switch field {
	case screen.EntryShelf:
		p.Find(text)
	case screen.EntryShelfCode:
		p.code(text)
	case screen.EntryShelfFactor:
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			p.Entry = entry(field, text, "A whole number, 1 or more")
			return true
		}
		if l := p.link; l.of != "" && l.code != "" && l.of == p.Selected[selectedItem] {
			p.link = linking{}
			p.decide(l.of, p.Language().Phrase("The code is added"), func(ctx context.Context, d desk.Desk, who cases.Asker) error {
				return d.Link(ctx, who, "", l.code, l.of, n)
			})
		}
	case screen.EntryShelfWeight:
		mass, err := unit.ParseMass(text)
		if err != nil || mass <= 0 {
			p.Entry = entry(field, text, "Add a unit: 350 g or 1.25 kg")
			return true
		}
		if sku := p.Selected[selectedItem]; sku != "" && p.detail != nil && p.detail.SKU == sku {
			p.decide(sku, p.Language().Phrase("The weight is corrected"), func(ctx context.Context, d desk.Desk, who cases.Asker) error {
				return d.CorrectMass(ctx, who, sku, mass)
			})
		}
	case screen.EntryShelfDanger:
		is, ok := station.ParseDanger(text)
		if sku := p.Selected[selectedItem]; ok && sku != "" && p.detail != nil && p.detail.SKU == sku {
			p.decide(sku, p.Language().Phrase("The mark is changed"), func(ctx context.Context, d desk.Desk, who cases.Asker) error {
				return d.MarkDanger(ctx, who, sku, is)
			})
		}
	case screen.EntryShelfHandling:
		name, value, _ := strings.Cut(text, "=")
		p.handle(name, value)
	case screen.EntryShelfPerBox, screen.EntryShelfGroup:
		name := map[string]string{screen.EntryShelfPerBox: station.HandlingPerBox, screen.EntryShelfGroup: station.HandlingGroup}[field]
		if err := new(station.Handling).Set(name, text); err != nil {
			p.Entry = entry(field, text, map[string]string{screen.EntryShelfPerBox: "A whole number; empty for no limit", screen.EntryShelfGroup: "The name of a group; empty for none"}[field])
			return true
		}
		p.handle(name, text)
	default:
		return false
	}
	return true
}

// handle changes one thing of how the shown product is packed.
func (p *Catalogue) handle(name, value string) {
	if sku := p.Selected[selectedItem]; sku != "" && p.detail != nil && p.detail.SKU == sku {
		p.decide(sku, p.Language().Phrase("The rule is changed"), func(ctx context.Context, d desk.Desk, who cases.Asker) error {
			_, err := d.ChangeHandling(ctx, who, sku, func(h *station.Handling) error { return h.Set(name, value) })
			return err
		})
	}
}

// decide carries out a decision of the desk in the name of the person at the bench, in
// the background.
func (p *Catalogue) decide(sku, done string, act func(context.Context, desk.Desk, cases.Asker) error) {
	p.busy = true
	p.AtDesk(act, func(err error) {
		words := done
		if err != nil {
			words = say.Sentence(shell.FirstLine(err))
		}
		p.busy = false
		p.Say(screen.About("product", sku), words)
	})
}

// Follow returns what takes scans while the page is open and the bench is idle, nil
// while it is not: the code of a product shows it, all else goes to the bench.
func (p *Catalogue) Follow(s pack.State) (take func(engine.Scan) bool) {
	p.open = p.Page == screen.PageCatalogue && s.Phase == pack.Idle && s.Question == nil && s.Person.ID != ""
	if !p.open {
		p.link = linking{}
		return nil
	}
	return p.divert
}

// divert takes a scan, on the goroutine of its device.
func (p *Catalogue) divert(scan engine.Scan) bool {
	own, is := folder.CutPrefixFold(scan.Data, folder.OwnPrefix)
	if is && own != "command:back" {
		return false
	}
	p.Do(func() {
		switch {
		case !p.open: // the page was left meanwhile
			p.Bench.Engine.Post(scan)
		case is && p.link.of != "":
			p.link = linking{}
		case is:
			p.Open("")
		default:
			p.scanned(scan)
		}
	})
	return true
}

// scanned shows the product that was scanned, or takes its code for the one that is to
// have it.
func (p *Catalogue) scanned(scan engine.Scan) {
	room, of := stockroom.New(p.Folder), p.link.of
	p.Ask(func(ctx context.Context) func() {
		found, err := room.Article(ctx, scan)
		return func() {
			switch {
			case !p.open || err != nil || found.Badge:
				p.Bench.Engine.Post(scan)
			case of != "" && of == p.link.of:
				p.Live().Judged(scan.Device, pack.Accepted)
				p.code(scan.Data)
			case found.SKU == "":
				p.Bench.Engine.Post(scan)
			default:
				p.Live().Judged(scan.Device, pack.Accepted)
				p.Selected[selectedItem] = found.SKU
				p.text, p.Stale = "", true
				p.place(found.Key, -1)
			}
		}
	})
}
