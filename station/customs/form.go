package customs

import "packbench/station/unit"

// Form is a customs paper.
type Form string

// The papers, named as the documents that they become.
const (
	CN22    Form = "cn22"    // the small declaration
	CN23    Form = "cn23"    // the full one
	Invoice Form = "invoice" // commercial invoice
)

// Packet is the most that a packet of the letter post weighs. Above it the
// parcel post carries, which knows no small declaration.
const Packet = 2 * unit.Kilogram

// small is what goods may be worth for a small declaration, in whole units of
// a currency: 300 SDR (Regulations to the UPU Convention, letter post), rounded
// down to what that was worth at least in the years 2021 to 2026. The full
// declaration is right wherever the small one is, so too low a limit costs
// paper, too high a one the parcel; a currency that is not here has none.
var small = map[string]int64{
	"EUR": 340, "GBP": 270, "USD": 380, "CHF": 310, "CAD": 500, "AUD": 540,
	"DKK": 2500, "SEK": 3600, "NOK": 3600, "PLN": 1400, "CZK": 8000, "JPY": 44000,
}

// Forms returns the papers of a parcel that needs some. Where the service wants
// CN23 (the parcel post) or Invoice (a courier) it gets that; else a packet worth
// little has the small declaration, and the rest the full one with an invoice.
func Forms(wants Form, value unit.Money, gross unit.Mass) []Form {
	switch wants {
	case CN23:
		return []Form{CN23, Invoice}
	case Invoice:
		return []Form{Invoice}
	}
	limit, known := small[value.Currency]
	most, err := unit.ParseMoney("1", value.Currency)
	if known && err == nil && gross <= Packet && value.Minor <= limit*most.Minor {
		return []Form{CN22}
	}
	return []Form{CN23, Invoice}
}
