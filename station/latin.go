package station

import (
	"cmp"
	"strings"

	"packbench/station/country"
)

// Latin is what the recipient's address is in Latin letters, where it is written in
// others. Posts abroad sort by it and customs read it; whoever delivers reads the
// address itself. Postcode and country are those of the address.
type Latin struct {
	Name    string `json:",omitempty"`
	Company string `json:",omitempty"`
	Street  string `json:",omitempty"`
	Street2 string `json:",omitempty"`
	City    string `json:",omitempty"`
	Region  string `json:",omitempty"`
}

// ReadFrom returns an address as offices of a country read it which it is sent from: in
// Latin letters, as far as the shop gave those, where it goes abroad. What has no Latin
// form and is read as it is stays.
func (a Address) ReadFrom(home string) Address {
	if a.Latin == (Latin{}) || a.within(home) {
		return a
	}
	own := func(latin, local string) string {
		if country.Unread("", local) != "" {
			local = ""
		}
		return cmp.Or(strings.TrimSpace(latin), local)
	}
	out := a
	out.Latin = Latin{}
	out.Name, out.Company = own(a.Latin.Name, a.Name), own(a.Latin.Company, a.Company)
	out.Street, out.Street2 = own(a.Latin.Street, a.Street), own(a.Latin.Street2, a.Street2)
	out.City, out.Region = own(a.Latin.City, a.City), own(a.Latin.Region, a.Region)
	return out
}

// within reports whether an address lies in a country, or nobody knows in which.
func (a Address) within(home string) bool {
	to := country.Code(a.Country)
	return to == "" || home == "" || to == country.Code(home)
}

// UnreadFrom returns the script of an address that offices of the country it is sent
// from do not read: it goes abroad, and who gets it, its street or its city have no Latin
// form. "" where all of it is read.
func (a Address) UnreadFrom(home string) string {
	if a.within(home) {
		return ""
	}
	read := a.ReadFrom(home)
	for _, part := range []struct{ local, read string }{
		{cmp.Or(a.Name, a.Company), cmp.Or(read.Name, read.Company)},
		{a.Street + a.Street2, read.Street + read.Street2},
		{a.City, read.City},
	} {
		text := part.read
		if strings.TrimSpace(text) == "" {
			text = part.local
		}
		if script := country.Unread("", text); script != "" {
			return script
		}
	}
	return ""
}

// Words are what tells an address from another: all of it but how its recipient is
// called or written to. One without a Latin form has the words that it had before there
// were any.
func (a Address) Words() []string {
	words := []string{a.Name, a.Company, a.Street, a.Street2, a.Postcode, a.City, a.Region, a.Country}
	if l := a.Latin; l != (Latin{}) {
		words = append(words, l.Name, l.Company, l.Street, l.Street2, l.City, l.Region)
	}
	return words
}
