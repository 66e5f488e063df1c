package carriers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"packbench/station"
	"packbench/station/carrier/account"
)

// AddressHint is what may be wrong with an address, said before anything is packed for it.
// It is a hint: nothing of the order is changed by it.
type AddressHint struct {
	Form  []string             // what its country's form of addresses says
	Asked string               // the account that checked it, "" where none did
	Check account.AddressCheck // what it said
	Meant []string             // what the account writes in another way
	Left  []string             // accounts that did not check it, and why
}

// OK reports whether nothing speaks against the address.
func (h AddressHint) OK() bool { return len(h.Form) == 0 && (h.Asked == "" || h.Check.OK) }

// Words are what may be wrong with the address, and nothing where it is right.
func (h AddressHint) Words() []string {
	words := slices.Clone(h.Form)
	if h.Asked != "" && !h.Check.OK {
		words = append(words, h.Asked+" does not know it: "+line(h.Check.Say))
	}
	for _, w := range h.Meant {
		words = append(words, h.Asked+" writes "+line(w))
	}
	return words
}

// CheckAddress looks at the address of an order by its form, and has the first account that
// can check it.
func (c *Carriers) CheckAddress(ctx context.Context, o station.Order) (AddressHint, error) {
	home := c.Sender().Address().Posted().Country
	h := AddressHint{Form: o.To.Doubts(home)}
	accounts, err := c.Store.Accounts(ctx)
	if err != nil || o.To.Nowhere() {
		return h, err
	}
	for _, of := range accounts {
		if _, alone := c.alone(of.ID); alone || c.Time().Before(of.Off) {
			continue
		}
		client, err := c.connect(of)
		if err != nil {
			h.Left = append(h.Left, err.Error())
			continue
		}
		checker, ok := client.(account.Addresses)
		if !ok {
			continue
		}
		to := o.To.ReadFrom(home).Posted()
		check, err := checker.CheckAddress(ctx, to) // how it goes says nothing of purchases, and counts for none
		if err != nil {
			h.Left = append(h.Left, fmt.Sprintf("account %s: %v", of.ID, err))
			continue
		}
		h.Asked, h.Check, h.Meant = of.ID, check, meant(to, check.Meant)
		break
	}
	return h, nil
}

// meant names what an account has in another way.
func meant(a, b station.Address) (out []string) {
	if b == (station.Address{}) {
		return nil
	}
	for _, part := range []struct{ what, have, want string }{
		{"street", a.Street + " " + a.Street2, b.Street + " " + b.Street2},
		{"city", a.City, b.City},
		{"region", a.Region, b.Region},
		{"postcode", a.Postcode, b.Postcode},
	} {
		have, want := strings.Fields(part.have), strings.Fields(part.want)
		if part.what == "postcode" && strings.HasPrefix(part.want, part.have) { // of a part of the place
			continue
		}
		if len(want) > 0 && !slices.EqualFunc(have, want, strings.EqualFold) {
			out = append(out, fmt.Sprintf("%s: %q, not %q", part.what, strings.Join(want, " "), strings.Join(have, " ")))
		}
	}
	return out
}
