package screen

import (
	"packbench/station/pack"
	"packbench/station/say"
)

// Lost is an input of a person that could not be recorded: nothing of it has
// happened. It is told in the place of the newest verdict, which is about an
// earlier input.
type Lost struct {
	Again string // what to do over: "scan it again"
	Cause string // "the disk is full"
	Fix   string // of the cause
	Back  bool   // inputs are recorded again since
}

func (l Lost) card() Card {
	kind, head := pack.Refused, "Not recorded: "+l.Again
	c := Card{Detail: say.Sentence(l.Cause), Step: say.Sentence(l.Fix)}
	if l.Back {
		kind, head = pack.Asked, "Recording again: "+l.Again
		c = Card{Detail: "The previous one was not recorded"}
	}
	c.Kind, c.Shape, c.Word, c.Head = kind, ShapeOf(kind), word(kind), head
	return c
}

func (l Lost) next() Next {
	n := Next{Text: say.Sentence(l.Again), Note: "it was not recorded", Kind: pack.Refused}
	if l.Back {
		n.Kind = pack.Asked
	}
	return n
}
