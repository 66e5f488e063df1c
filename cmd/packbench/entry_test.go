package main

import (
	"testing"

	"packbench/station/screen"
)

// A view that the window holds must not change under it: it would see nothing
// new in the next one, and draw nothing.
func TestTypingLeavesTheShownViewAlone(t *testing.T) {
	f := &front{selected: map[string]string{}}
	f.act(screen.Intent{Kind: screen.IntentEdit, Name: "code"})
	shown := f.entry
	f.act(screen.Intent{Kind: screen.IntentText, Name: "code", Value: "1"})
	if shown.Text != "" || f.entry.Text != "1" {
		t.Errorf("the shown field reads %q, the new one %q", shown.Text, f.entry.Text)
	}
}

func TestTypedWeightNeedsItsUnit(t *testing.T) {
	f := &front{selected: map[string]string{}}
	f.act(screen.Intent{Kind: screen.IntentEdit, Name: "weight"})
	f.act(screen.Intent{Kind: screen.IntentEnter, Name: "weight", Value: "735"})
	if f.entry == nil || !f.entry.Bad || f.entry.Text != "735" {
		t.Errorf("735 of what? The field is %+v", f.entry)
	}
}
