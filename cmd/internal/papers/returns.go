package papers

import (
	"context"
	"fmt"
	"strings"

	"packbench/cmd/internal/folder"
	"packbench/labels"
	"packbench/station"
	"packbench/station/store"
)

// longestRMA is how many characters of a return's number a bar code as wide as
// the label surely holds.
const longestRMA = 16

// RMA is the number of a parcel's return. It is made of the parcel's own, so
// that a return is known again without a table of returns; of its SSCC where a
// bar code cannot hold the name.
func RMA(p store.Parcel) string {
	if len(p.ID) > longestRMA || strings.Trim(p.ID, plainLetters) != "" {
		return folder.ReturnMark + p.SSCC
	}
	return folder.ReturnMark + p.ID
}

const plainLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/#"

// returnOf draws the return label of a parcel, to be sent back within the days
// of the settings, from the day that it was packed. The way is the parcel's turned round.
// It has no tracking number: that of the way out is used up, and the carrier
// that brings the parcel back gives its own. Its QR code is the parcel's trace
// code, which leads from the return to all that is known of the parcel.
func (d Papers) returnOf(ctx context.Context, id string, reprint int) (Drawn, error) {
	w, err := d.paperwork(ctx, id, d.Settings.Printers.For("return"))
	p := w.parcel
	switch {
	case err != nil:
		return Drawn{}, err
	case w.order.To == (station.Address{}):
		return Drawn{}, fmt.Errorf("the address of order %s is not kept any more", w.order.Called())
	}
	layout, missing, err := labels.ReturnLabel(d.back(w, reprint), w.profile)
	return d.File("return", p.Called(), layout, missing, err)
}

// back is what stands on the return label of a parcel.
func (d Papers) back(w paperwork, reprint int) labels.Return {
	p := w.parcel
	r := labels.Return{
		From: Address(w.order.To), To: Address(d.Sender().Address()), RMA: RMA(p), Order: p.OrderCalled(),
		Code: w.trace, Mass: p.Mass, Made: p.Began.In(d.Location()), Reprint: reprint, Shop: d.StationWords().Phrase,
	}
	if days := d.Settings.Printers.ReturnDays; days > 0 {
		r.ReturnBy = r.Made.AddDate(0, 0, days)
	}
	for _, c := range p.Contents {
		r.Units += c.Qty
	}
	return r
}
