package cases

import (
	"cmp"

	"packbench/station/pack"
)

// GroupOf names the cause that a case shares with others, in words. Cases
// with equal words have one cause: the same code that nobody knows, the same
// product picked wrongly, the same product off its weight, the same packer.
//
// Example: "barcode not in catalogue: 4006381333931".
func GroupOf(c Case) string { return SharedOf(c).String() }

// Shared is that cause in its parts, for whoever puts it into another language.
type Shared struct {
	Cause string // in words; or the code of the case where there are none
	Given string // what was wrong with the code that was scanned, "" for nothing
	About string // product, code, person, bench…: "" for nothing
}

// String says it.
func (s Shared) String() string {
	text := s.Cause
	if s.Given != "" {
		text += ", " + s.Given
	}
	if s.About != "" {
		text += ": " + s.About
	}
	return text
}

// SharedOf is the cause of a case.
func SharedOf(c Case) Shared {
	if cause := goods[c.Code]; cause != "" {
		return named(cause, c.SKU)
	}
	switch c.Kind {
	case KindOverride, KindWeight:
		return weightGroup(c)
	case KindShort:
		return named("short line", c.SKU)
	case KindExcess:
		return named("too much packed", c.SKU)
	case KindSwap:
		return named("damaged goods", c.SKU)
	case KindCount:
		return named("count differs", c.SKU)
	case KindShop:
		return named("not told to the shop", c.Scanned)
	case KindNews:
		return named(NewsWords(c.Code), "")
	case KindMass:
		return named("weight in the catalogue", c.SKU)
	case KindClaim:
		return named("claim at the hub", c.Scanned)
	case KindLock:
		return named("packer", c.By)
	}
	switch c.Code {
	case pack.CodeFailover:
		return named("carrier not available", c.Scanned)
	case pack.CodeCloseOut:
		return named("not known to the carrier", c.Scanned)
	case pack.CodeLabelDearer:
		return named("dearer than quoted", c.Scanned)
	case pack.CodeLabelLost:
		return named("label lost at the carrier", "")
	case pack.CodeLabelDouble:
		return named("label given back", c.Scanned)
	case pack.CodePurchaseUnknown:
		return named("carrier cannot tell", c.Scanned)
	case pack.CodeUnknownCode:
		return unknownGroup(c)
	case pack.CodeAmbiguousCode:
		return named("one barcode, several products", c.Scanned)
	case pack.CodeWrongItem:
		return named("pick error", cmp.Or(c.SKU, c.Scanned))
	case pack.CodePackTooBig:
		return named("pack larger than the line", c.SKU)
	case pack.CodeOverScan, pack.CodeLabelWrongBox:
		return named("packer", c.By)
	case pack.CodePrinterTrouble, pack.CodeLabelUnknownOutcome, pack.CodeLabelWaiting:
		return named("printing", c.Station)
	}
	return named(string(c.Code), cmp.Or(c.SKU, c.Scanned, c.Number, c.Order))
}

// newsWords say what does not fit in what a carrier says.
var newsWords = map[pack.Code]string{
	"delivery-withdrawn": "Delivered, and then it moved on", "delivered-twice": "Delivered twice", "delivered-on-the-way-back": "Delivered on its way back",
	"moves-after-return": "It moves after it came back", "moves-though-cancelled": "It moves although it was cancelled", "ends-apart": "Two different ends are told",
	"delivered-before-accepted": "Delivered before the carrier had it", "delivered-too-soon": "Delivered minutes after it left", "delivered-elsewhere": "Delivered elsewhere",
	"delivered-unscanned": "Delivered, and never scanned before", "buyer-misses-it": "Delivered, but its buyer says it is missing",
}

// NewsWords say what does not fit in what a carrier says, by the code of its case.
func NewsWords(code pack.Code) string { return cmp.Or(newsWords[code], string(code)) }

// goods are the causes of what goods are turned away for, whether or not they went in.
var goods = map[pack.Code]string{
	pack.CodeExpired: "expired goods", pack.CodeShortLife: "goods too old", pack.CodeRecalled: "recalled lot", pack.CodeSerialSeen: "serial number seen before",
}

// Likeness is the same for cases that one answer may settle: of one kind, with one code,
// about one thing.
func (c Case) Likeness() string { return c.Kind + " " + string(c.Code) + " " + c.Group }

// unknownGroup tells codes that nobody knows from codes that were read badly:
// those are the station's trouble, not the catalogue's.
func unknownGroup(c Case) Shared {
	switch c.Given {
	case "":
		return named("barcode not in catalogue", c.Scanned)
	case "badge":
		return named("badge not recognised", "")
	case "badge-typed":
		return named("badge typed, not scanned", "")
	case "forged":
		return named("forged label", c.Scanned)
	}
	return Shared{Cause: "code misread", Given: c.Given, About: c.Station}
}

const tareGroup = "weight: a different carton than chosen"

func weightGroup(c Case) Shared {
	sku := c.SKU
	if c.Weight != nil && c.Weight.Cause != nil {
		sku = cmp.Or(c.Weight.Cause.SKU, sku)
		if c.Weight.Cause.Kind == "carton" {
			return named(tareGroup, "")
		}
	}
	return named("weight off", sku)
}

func named(cause, what string) Shared { return Shared{Cause: cause, About: what} }
