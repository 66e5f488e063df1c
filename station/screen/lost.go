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

func (l Lost) card(in say.Language) Card {
	kind, head := pack.Refused, in.Say("Not recorded: {again}", "again", in.Phrase(l.Again))
	c := Card{Detail: in.Sentence(in.Phrase(l.Cause)), Step: in.Sentence(in.Phrase(l.Fix))}
	if l.Back {
		kind, head = pack.Asked, in.Say("Recording again: {again}", "again", in.Phrase(l.Again))
		c = Card{Detail: in.Phrase("The previous one was not recorded")}
	}
	c.Kind, c.Shape, c.Word, c.Head = kind, ShapeOf(kind), in.Phrase(word(kind)), head
	return c
}

func (l Lost) next(in say.Language) Next {
	n := Next{Text: in.Sentence(in.Phrase(l.Again)), Note: "it was not recorded", Kind: pack.Refused}
	if l.Back {
		n.Kind = pack.Asked
	}
	return n
}
