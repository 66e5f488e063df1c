package papers

import (
	"context"
	"errors"

	"packbench/labels"
	"packbench/station"
	"packbench/station/store"
	"packbench/station/unit"
)

// slipOf draws the packing slip of a parcel.
func (d Papers) slipOf(ctx context.Context, id string, reprint int) (Drawn, error) {
	w, err := d.paperwork(ctx, id, d.Settings.Printers.For("slip"))
	if err != nil {
		return Drawn{}, err
	}
	s, err := d.slip(ctx, w, reprint)
	if err != nil {
		return Drawn{}, err
	}
	look, unread := d.look(w)
	s.Look = look
	layout, missing, err := LaidOut(s, d.lookOf(w).Font, w.profile)
	return d.File("slip", w.parcel.Called(), layout, append(missing, unread...), err)
}

// slip is what stands on the packing slip of a parcel.
func (d Papers) slip(ctx context.Context, w paperwork, reprint int) (labels.Slip, error) {
	s := labels.Slip{
		From: Address(d.Sender().Address()), To: Address(w.order.To), Order: w.order.Called(), Parcel: w.parcel.Called(),
		PieceN: w.n, PieceOf: w.of, Date: w.parcel.At.In(d.Location()), Trace: w.trace, Reprint: reprint, Gift: w.order.Gift, Message: w.order.Message,
		More: w.more(), Carrier: w.parcel.Carrier, Tracking: w.parcel.Tracking, Email: d.Sender().Email,
	}
	cards, _, err := d.Catalogue(ctx)
	if err != nil {
		return labels.Slip{}, err
	}
	s.Carrier = cards.NameOf(s.Carrier)
	for _, l := range w.order.Lines {
		if l.Kind == station.Note {
			continue
		}
		line := labels.SlipLine{SKU: l.SKU, Name: l.SKU, Ordered: l.Qty}
		if p, err := d.Store.Product(ctx, l.SKU); err == nil {
			line.Name, line.Picture = p.Name, d.files().Thumb(p.Picture)
		} else if !errors.Is(err, store.ErrUnknown) {
			return labels.Slip{}, err
		}
		line.Packed = w.packedOf(w.parcel, l)
		line.Note = w.note(l, line.Packed)
		if d.Settings.Printers.SlipPrices && !w.order.Gift {
			l.Price = shown(w.order, l)
			line.Price, line.Each = packedPrice(l, line.Packed), l.Price
		}
		s.Lines = append(s.Lines, line)
	}
	s.Total = totalOf(s.Lines)
	if d.Settings.Printers.SlipPrices && !w.order.Gift {
		s.Sums = sumsOf(w.order.Bill)
		s.Whole = len(s.Sums) > 0 && (w.of > 1 || s.More || !covers(w.order.Bill, s.Total))
	}
	s.Help = d.help(w.order, d.lookOf(w).Help)
	return s, nil
}

// covers reports whether the lines of a parcel are what a bill is of: not part of the
// order, and with nothing in it that left before or is not packed here.
func covers(b station.Bill, lines unit.Money) bool {
	goods := b.Subtotal
	if b.Off {
		goods.Minor += b.Discount.Minor
	}
	return goods.Currency == "" || lines.Currency == "" || goods == lines
}

// shown is the price of a unit as the shop shows it: what it was before anything was taken
// off the order as a whole, where the bill says what that is.
func shown(o station.Order, l station.Line) unit.Money {
	if o.Bill.Discount.Currency != "" && l.Listed.Currency != "" {
		return l.Listed
	}
	return l.Price
}

// sumsOf are the lines of a bill, as the shop has them.
func sumsOf(b station.Bill) (out []labels.SlipSum) {
	goods, off := labels.SlipSum{Name: labels.SumGoods, Amount: b.Subtotal}, labels.SlipSum{Name: labels.SumDiscount, Amount: b.Discount}
	off.Amount.Minor *= -1
	tax := labels.SlipSum{Name: labels.SumTax, Amount: b.Tax}
	total, paid := labels.SlipSum{Name: labels.SumTotal, Amount: b.Total, Strong: true}, labels.SlipSum{Name: labels.SumPaid, Amount: b.Paid, Strong: true}
	all := []labels.SlipSum{goods, off, {Name: labels.SumShipping, Amount: b.Shipping}, tax, total, paid}
	if b.Off {
		all[0], all[1] = off, goods
	}
	if b.Within {
		tax.Name = labels.SumWithin
		all = []labels.SlipSum{all[0], all[1], all[2], total, tax, paid}
	}
	for _, sum := range all {
		nothing := sum.Amount.Minor == 0 && (sum.Name == labels.SumDiscount || sum.Name == labels.SumTax || sum.Name == labels.SumWithin || sum.Name == labels.SumPaid)
		if sum.Amount.Currency != "" && !nothing {
			out = append(out, sum)
		}
	}
	return out
}

// packedPrice is what the units of a line cost that are in this parcel; no
// currency where the shop told no price or none is here.
func packedPrice(l station.Line, packed int) unit.Money {
	if l.Price.Currency == "" || packed == 0 {
		return unit.Money{}
	}
	return unit.Money{Minor: l.Price.Minor * int64(packed), Currency: l.Price.Currency}
}

// totalOf adds up what is in the parcel. A sum that leaves something out, or
// holds two currencies, would be a wrong one: then there is none.
func totalOf(lines []labels.SlipLine) unit.Money {
	var sum unit.Money
	for _, l := range lines {
		switch {
		case l.Packed == 0:
		case l.Price.Currency == "", sum.Currency != "" && sum.Currency != l.Price.Currency:
			return unit.Money{}
		default:
			sum = unit.Money{Minor: sum.Minor + l.Price.Minor, Currency: l.Price.Currency}
		}
	}
	return sum
}
