package carriers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/country"
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

// CheckAddress looks at the address of an order by its form, and has the first account that
// can check it.
func (c *Carriers) CheckAddress(ctx context.Context, o station.Order) (AddressHint, error) {
	h := AddressHint{Form: form(o.To)}
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
		to := o.To.Posted()
		check, err := checker.CheckAddress(ctx, to)
		c.heard(of.ID, err)
		if err != nil {
			h.Left = append(h.Left, fmt.Sprintf("account %s: %v", of.ID, err))
			continue
		}
		h.Asked, h.Check, h.Meant = of.ID, check, meant(to, check.Meant)
		break
	}
	return h, nil
}

// form is what the form of an address says against it.
func form(a station.Address) (out []string) {
	for _, gap := range a.Gaps() {
		out = append(out, "it has no "+gap)
	}
	code := country.Code(a.Country)
	name, known := country.Name(code)
	_, fits := country.Fits(code, a.Postcode)
	switch {
	case code != "" && !known:
		out = append(out, fmt.Sprintf("there is no country %.20q", a.Country))
	case code == "" || a.Postcode == "" || fits || !country.HasPostcodes(code):
	default:
		text := fmt.Sprintf("%.20q is not a postcode of %s", a.Postcode, name)
		if other, ok := country.Name(country.Other(code, a.Postcode)); ok {
			text += ", but one of " + other
		}
		out = append(out, text)
	}
	if a.POBox() {
		out = append(out, "it is a box at a post office: many carriers do not deliver there")
	}
	return out
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
