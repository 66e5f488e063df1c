package screen

import (
	"fmt"

	"packbench/station/pack"
)

// Card is the newest verdict, large.
type Card struct {
	Kind     pack.Kind // "" for an empty card
	Shape    Shape
	Word     string // the kind as a word: "Right", "Wrong"…
	Head     string
	Detail   string // "2 of 3"
	Step     string // what to do about it
	Item     *Item  // what was scanned
	Expected []Item // what would have been right
	More     int    // expected ones that are not listed
	Time     string
}

// maxExpected is how many expected products a refusal shows.
const maxExpected = 3

// word says a kind of verdict.
func word(k pack.Kind) string {
	switch k {
	case pack.Accepted:
		return "Right"
	case pack.Refused:
		return "Wrong"
	case pack.Asked:
		return "Look here"
	}
	return "Note"
}

func card(in BenchInputs) Card {
	if len(in.State.Recent) == 0 {
		return Card{}
	}
	v := in.State.Recent[0]
	c := CardOf(v, in.Names, in.Pictures)
	c.Time = v.At.In(in.Now.Location()).Format("15:04:05")
	return c
}

// CardOf makes the card of a verdict.
func CardOf(v pack.Verdict, names Names, pictures map[string]string) Card {
	s := Say(v, names)
	c := Card{Kind: v.Kind, Shape: ShapeOf(v.Kind), Word: word(v.Kind), Head: s.Head, Step: sentence(s.Step)}
	if v.SKU != "" {
		item := NewItem(v.SKU, v.Name, pictures[v.SKU])
		c.Item = &item
	}
	switch v.Code {
	case pack.CodeItem, pack.CodeCounted, pack.CodeRemoved, pack.CodePutBack, pack.CodeUndone:
		if v.Want > 0 {
			c.Detail = ofWant(v)
		}
		if v.Code == pack.CodeUndone && v.Name != "" {
			c.Detail = v.Name + ", " + ofWant(v)
		}
	case pack.CodePack:
		c.Detail = fmt.Sprintf("%d at once, %s", v.Qty, ofWant(v))
	case pack.CodeAllScanned:
		if v.Name != "" {
			c.Detail = v.Name + ", " + ofWant(v)
		}
	case pack.CodeWrongItem, pack.CodeOverScan, pack.CodePackTooBig:
		c.Detail = firstOf(v.Name, v.SKU)
		c.Step = sentence(refusalStep(v))
		for _, sku := range v.Expected {
			if len(c.Expected) == maxExpected {
				c.More = len(v.Expected) - maxExpected
				break
			}
			c.Expected = append(c.Expected, NewItem(sku, names.Of(sku), pictures[sku]))
		}
	default:
		c.Detail = sentence(s.Fact)
	}
	if c.Detail == c.Head {
		c.Detail = ""
	}
	return c
}

// refusalStep is the step of a refusal whose expected products stand beside it.
func refusalStep(v pack.Verdict) string {
	if v.Code == pack.CodePackTooBig {
		return fmt.Sprintf("only %d open: scan single units", max(0, v.Want-v.Have))
	}
	return "put it back"
}
