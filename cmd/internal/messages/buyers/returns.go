package buyers

import (
	"bytes"
	"cmp"
	"context"
	"image"
	"image/color"
	"image/png"
	"slices"
	"time"

	"packbench/cmd/internal/messages"
	"packbench/cmd/internal/papers"
	"packbench/labels/barcode"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/message"
	"packbench/station/returns"
	pages "packbench/station/site"
	"packbench/station/store"
)

// ofReturns is what there is to tell of returns since a time, where a target wants any of it.
func (b *Buyers) ofReturns(ctx context.Context, states []pages.News, since time.Time) (out []happened, err error) {
	if !slices.ContainsFunc(states, pages.News.OfReturn) {
		return nil, nil
	}
	all, err := b.Store.Returns(ctx, store.ReturnFilter{Since: since})
	if err != nil {
		return nil, err
	}
	announced, err := b.Store.Returns(ctx, store.ReturnFilter{Told: since})
	all = append(all, announced...)
	for _, r := range all {
		for news, at := range dueOf(r) {
			out = append(out, happened{news: news, at: at, of: r.ID, sscc: r.SSCC, order: r.Order, parcel: r.Parcel, ret: r.ID})
		}
	}
	return out, err
}

// dueOf is what is so of a return, and since when: it is announced, it came in with something that was sent, and
// its money was paid. What is exchanged or credited is no money on its way.
func dueOf(r store.Return) map[pages.News]time.Time {
	if r.State == store.ReturnAnnounced && r.Order != "" {
		return map[pages.News]time.Time{pages.NewsAnnounced: r.Began}
	}
	if r.State != store.ReturnClosed || r.Order == "" || r.Money == "" {
		return nil
	}
	out := map[pages.News]time.Time{pages.NewsReturn: r.Closed}
	if r.Money == store.MoneyPaid && r.Way == returns.Refund && r.Owed.Currency != "" && r.Owed.Minor > 0 {
		out[pages.NewsMoney] = r.Settled
	}
	return out
}

// returnLetter makes what is sent of a return, or says why it is not sent any more. Its order
// may be cancelled by now: a shop may call one so that came back whole.
func (b *Buyers) returnLetter(ctx context.Context, k messages.Kind, w wish, link string) (l message.Letter, why string, err error) {
	r, known, err := store.Known(b.Store.Return(ctx, w.Return))
	if err != nil || !known {
		return l, "the return is not known any more", err
	}
	o, known, err := store.Known(b.Store.Order(ctx, r.Order))
	if err != nil {
		return l, "", err
	}
	_, still := dueOf(r)[w.News]
	if !known {
		return l, "its order is not known any more", nil
	}
	if why := untold(k, o, still); why != "" {
		return l, why, nil
	}
	in := b.BuyerWords(o.To)
	l = message.Letter{ID: w.ID, At: w.At, To: o.To.Email}
	told := pages.Told{News: w.News, Parcel: pages.Parcel{Order: o.Called(), SSCC: r.SSCC}, At: w.At, Link: link}
	switch w.News {
	case pages.NewsMoney:
		told.Amount = r.Owed.String()
	case pages.NewsAnnounced:
		if told.Back, err = b.announced(ctx, r, o); err == nil {
			l.Code, err = picture(r.ID)
		}
		if err != nil {
			return l, "", err
		}
	}
	l.Subject, l.Text = pages.Letter(told, b.Site.Shop(b.Time()), in)
	l.Data = data{
		News: w.News, Order: o.Called(), ShopOrder: o.Ref().ID, Parcel: r.Parcel, SSCC: r.SSCC, Return: r.ID, Amount: told.Amount, At: w.At, Link: link, Language: in.Tag(),
	}
	return l, "", nil
}

// announced is what a buyer is told of a return that they announced.
func (b *Buyers) announced(ctx context.Context, r store.Return, o station.Order) (*pages.Policy, error) {
	comes, err := b.Store.ReturnComes(ctx, r.ID)
	out := &pages.Policy{Number: r.ID, ShopPays: r.Payer == config.ShopPays}
	for _, c := range comes {
		name := c.SKU
		if p, known, err := store.Known(b.Store.Product(ctx, c.SKU)); err != nil {
			return nil, err
		} else if known {
			name = cmp.Or(p.Name, name)
		}
		out.Lines = append(out.Lines, pages.Sold{SKU: c.SKU, Name: name, Qty: c.Qty})
	}
	if to := b.Folder.Sender().Address(); to.Street != "" {
		out.To = papers.Address(to).Lines(papers.Address(o.To))
	}
	return out, err
}

// How large a code is drawn: dots of a module, and modules around it, which a phone's screen and
// a printer both keep apart.
const (
	dots  = 8
	quiet = 4
)

// picture draws a number as the QR code that a bench scans.
func picture(number string) ([]byte, error) {
	m, err := barcode.QR(number, barcode.Q)
	if err != nil {
		return nil, err
	}
	side := (m.Size + 2*quiet) * dots
	img := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	for y := range m.Size * dots {
		for x := range m.Size * dots {
			if m.Dark[y/dots*m.Size+x/dots] {
				img.SetColorIndex(x+quiet*dots, y+quiet*dots, 1)
			}
		}
	}
	var out bytes.Buffer
	err = png.Encode(&out, img)
	return out.Bytes(), err
}
