package cards

import (
	"slices"
	"strings"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/station/pack"
)

// The sheet holds a card for every reason that the bench asks for, for every
// paper, and for all that can be begun without a typed word; each has words.
func TestCommandSheetIsWhole(t *testing.T) {
	d := &folder.Folder{}
	codes := map[string]bool{}
	groups := map[string][]string{}
	for _, c := range New(d).commandCards().Cards {
		if c.Title == "" || codes[c.Code] && !strings.HasPrefix(c.Code, "PB:reason:") {
			t.Errorf("card %q of %q", c.Title, c.Code)
		}
		codes[c.Code] = true
		groups[c.Group] = append(groups[c.Group], c.Code)
		if name, found := strings.CutPrefix(c.Code, "PB:command:"); found {
			if name, _, _ = strings.Cut(name, ":"); !slices.Contains(pack.Commands, name) {
				t.Errorf("%s is no command", c.Code)
			}
		}
	}
	want := []string{"PB:command:handover", "PB:command:put-back", "PB:command:swap"}
	for _, kind := range pack.PaperKinds {
		want = append(want, "PB:command:paper:"+kind)
	}
	for _, r := range slices.Concat(pack.ReprintReasons, pack.ShortReasons, pack.OverrideReasons) {
		want = append(want, "PB:reason:"+r)
	}
	for _, code := range want {
		if !codes[code] {
			t.Errorf("there is no card %s", code)
		}
	}
	if _, double := groups["Commands"]; double {
		t.Error("a group has the title of the sheet")
	}
}

// What takes back the work of others stands apart, at the end of the sheet.
func TestCardsThatTakeBackStandAlone(t *testing.T) {
	d := &folder.Folder{}
	cards := New(d).commandCards().Cards
	last := cards[len(cards)-1].Group
	for i, c := range cards {
		back := c.Code == "PB:command:cancel" || c.Code == "PB:command:void"
		if back != (c.Group == last) || back && i < len(cards)-2 {
			t.Errorf("%s is card %d of %d, in %q", c.Code, i+1, len(cards), c.Group)
		}
	}
}

// Those of every day and the others are all that there are.
func TestTheSheetOfEveryDayLosesNoCard(t *testing.T) {
	all := New(&folder.Folder{}).commandCards()
	front, rest := daily(all)
	if len(front.Cards) != len(everyDay) || len(front.Cards)+len(rest.Cards) != len(all.Cards) {
		t.Errorf("%d of %d for every day, and %d others of %d", len(front.Cards), len(everyDay), len(rest.Cards), len(all.Cards))
	}
}
