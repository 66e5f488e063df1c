package gs1

import "strconv"

// Trades is how many trade items a code stands for.
type Trades struct {
	Of  string // their GTIN, where it is not the code's own
	May []int  // how many it may be, the likeliest first; none: a number that cannot be
	// Part says that it is one of several pieces that only together are an item.
	Part bool
}

// Trades reads how many trade items an element string says it is of: AI 30 of a
// variable measure item, whose GTIN begins with 9, and AI 37 of what is in a logistic
// unit, AI 02, or of pieces there, AI 8026. On any other item AI 30 has no meaning, so that the packer is asked.
func (c Code) Trades() Trades {
	number := func(ai string) (text string) {
		for _, e := range c.Elements {
			switch {
			case e.AI != ai || e.Value == text:
			case text != "":
				return "?" // it says two things
			default:
				text = e.Value
			}
		}
		return text
	}
	several := func(text string) []int {
		if n, err := strconv.Atoi(text); err == nil && n > 0 {
			return []int{n}
		}
		return nil
	}
	variable, content, piece := number("30"), number("02"), number("8006")
	if inside := number("8026"); inside != "" && piece == "" && c.GTIN == "" && content == "" { // pieces in a logistic unit
		if len(inside) != 18 {
			return Trades{May: []int{1}}
		}
		return Trades{Of: inside[:14], May: several(number("37")), Part: inside[16:] != "01"}
	}
	switch {
	case len(piece) == 18 && c.GTIN == "": // of an item that comes in pieces: which one, and of how many
		return Trades{Of: piece[:14], May: []int{1}, Part: piece[16:] != "01"}
	case content != "" && c.GTIN == "":
		gtin, err := ParseGTIN(content)
		if err != nil {
			return Trades{May: []int{1}}
		}
		return Trades{Of: string(gtin), May: several(number("37"))}
	case variable == "" || c.GTIN == "":
		return Trades{May: []int{1}}
	}
	may := several(variable)
	if len(may) > 0 && may[0] > 1 && c.GTIN[0] != '9' {
		may = append(may, 1)
	}
	return Trades{May: may}
}
