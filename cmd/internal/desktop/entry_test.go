package desktop

import (
	"testing"

	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/folder"
	"packbench/station/screen"
)

// A view that the window holds must not change under it: it would see nothing
// new in the next one, and draw nothing.
func TestTypingLeavesTheShownViewAlone(t *testing.T) {
	f := &Front{Shell: shell.New(&folder.Folder{})}
	f.act(screen.Intent{Kind: screen.IntentEdit, Name: "code"})
	shown := f.Entry
	f.act(screen.Intent{Kind: screen.IntentType, Name: "code", Value: "1"})
	if shown.Text != "" || f.Entry.Text != "1" {
		t.Errorf("the shown field reads %q, the new one %q", shown.Text, f.Entry.Text)
	}
}

func TestTypedWeightNeedsItsUnit(t *testing.T) {
	f := &Front{Shell: shell.New(&folder.Folder{})}
	f.act(screen.Intent{Kind: screen.IntentEdit, Name: "weight"})
	f.act(screen.Intent{Kind: screen.IntentEnter, Name: "weight", Value: "735"})
	if f.Entry == nil || !f.Entry.Bad || f.Entry.Text != "735" {
		t.Errorf("735 of what? The field is %+v", f.Entry)
	}
}
